"""The service as one runs it: a process that starts, tells where it is, and stops."""

import asyncio
import json
import signal
import smtplib
import socket
import stat
from email.message import EmailMessage
from pathlib import Path

import aiohttp
import pytest

from storage.connect import connected
from storage.messages import Message, MessageState
from storage.schema import migrate
from tests.running import DidNotStart, Postbuch, command, running


async def _send(service: Postbuch, *, subject: str = "An offer") -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "eva@firm.example", "anna@muster.example", subject
    mail.set_content("Good morning")

    def send() -> None:
        with smtplib.SMTP("127.0.0.1", service.smtp_port, timeout=20) as peer:
            peer.send_message(mail, to_addrs=[service.capture_address])

    await asyncio.to_thread(send)


async def _health(service: Postbuch) -> dict[str, object]:
    async with aiohttp.ClientSession() as browser, browser.get(f"{service.web_url}/health") as response:
        assert response.status == 200
        found: dict[str, object] = await response.json()
        return found


async def test_it_takes_mail_and_shows_pages(tmp_path: Path) -> None:
    async with running(tmp_path) as service:
        await _send(service)
        await service.settled()
        health = await _health(service)
        assert health["status"] == "ok"
        assert health["checks"]["jobs_failed"] == 0  # type: ignore[index]
        async with aiohttp.ClientSession() as browser, browser.get(service.web_url) as response:
            assert response.url.path == "/login"
        assert await service.stop() == 0


async def test_the_administrators_password_is_told_once(tmp_path: Path) -> None:
    async with running(tmp_path) as service:
        assert len(service.admin_password) >= 16
        assert service.capture_address.startswith("admin.")
        password = service.admin_password
        await service.stop()
    async with running(tmp_path) as service:
        assert password not in service.printed + "".join(service.log)
        assert "with password" not in service.printed
        assert "postbuch staff password admin" in service.printed
        assert service.everybodys_address == "capture@postbuch.localhost"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_it_stops_with_exit_code_0_when_asked(tmp_path: Path, number: signal.Signals) -> None:
    async with running(tmp_path) as service:
        service.process.send_signal(number)
        assert await asyncio.wait_for(service.process.wait(), 20) == 0
        assert not any('"level": "error"' in line or '"level": "warning"' in line for line in service.log)


async def test_mail_that_is_being_sent_when_it_stops_is_taken_to_its_end(tmp_path: Path) -> None:
    async with running(tmp_path) as service:
        reader, writer = await asyncio.open_connection("127.0.0.1", service.smtp_port)
        greeting = (
            f"EHLO peer.example\r\nMAIL FROM:<eva@firm.example>\r\nRCPT TO:<{service.capture_address}>\r\n"
        )
        writer.write(f"{greeting}DATA\r\n".encode())
        while not (await reader.readline()).startswith(b"354"):
            pass
        writer.write(b"Subject: the last one\r\n\r\n")
        stopping = asyncio.create_task(service.stop())
        await asyncio.sleep(0.5)
        writer.write(b"Good night\r\n.\r\n")
        assert (await reader.readline()).startswith(b"250 ")
        assert await stopping == 0
        writer.close()
    async with connected(f"sqlite:///{tmp_path / 'postbuch.db'}"):
        assert await Message.all().count() == 1


async def test_a_second_service_on_the_same_folder_is_refused(tmp_path: Path) -> None:
    async with running(tmp_path) as service:
        with pytest.raises(DidNotStart, match="served by another process"):
            async with running(tmp_path):
                pass
        assert (await _health(service))["status"] == "ok"


async def test_it_runs_on_both_databases(tmp_path: Path, database_url: str) -> None:
    async with running(tmp_path, database_url=database_url) as service:
        await _send(service)
        await service.settled()
        assert (await _health(service))["status"] == "ok"
        assert await service.stop() == 0
    async with connected(database_url):
        assert await Message.filter(state=MessageState.ACCEPTED).count() == 0
        assert await Message.all().count() == 1


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_two_services_cannot_share_a_database(tmp_path: Path, database_url: str) -> None:
    (tmp_path / "one").mkdir()
    async with running(tmp_path / "one", database_url=database_url):
        with pytest.raises(DidNotStart, match="Another service"):
            async with running(tmp_path / "two", database_url=database_url):
                pass


async def test_after_a_kill_it_starts_again(tmp_path: Path) -> None:
    async with running(tmp_path) as service:
        await service.kill()
    async with running(tmp_path) as service:
        assert (await _health(service))["status"] == "ok"


@pytest.mark.parametrize("name", ["WEB_PORT", "SMTP_PORT", "LMTP_PORT"])
async def test_a_port_that_is_taken_is_named(tmp_path: Path, name: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(DidNotStart, match=rf"{name.lower().replace('_', '.')}: .*{port}") as caught:
            async with running(tmp_path, **{name: port}):
                pass
    assert "Traceback" not in str(caught.value)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"WEB_PORT": "abc"}, "web.port"),
        ({"TLS_CERTIFICATE": "missing.pem", "TLS_KEY": "missing.pem"}, "tls.certificate"),
        ({"TLS_CERTIFICATE": "missing.pem"}, "tls.key"),
        ({"DATABASE_URL": "mysql://x"}, "postgres://"),
        ({"DATABASE_URL": "postgres://nobody:secret@127.0.0.1:1/none"}, "cannot be used"),
    ],
)
async def test_a_wrong_setting_stops_the_start_and_is_named(
    tmp_path: Path, settings: dict[str, str], said: str
) -> None:
    with pytest.raises(DidNotStart, match=said) as caught:
        async with running(tmp_path, **settings):
            pass
    assert "Traceback" not in str(caught.value)
    assert "secret" not in str(caught.value)


async def test_what_is_kept_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    async with running(folder):
        for path in (folder, *folder.iterdir()):
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path.name


async def test_subjects_addresses_and_texts_are_not_logged(tmp_path: Path) -> None:
    async with running(tmp_path, log_level="debug") as service:
        await _send(service, subject="a-secret-subject")
        await service.settled()
        await service.stop()
        log = "".join(service.log)
    assert "a-secret-subject" not in log
    assert "Good morning" not in log
    assert "INSERT" not in log
    assert all(json.loads(line)["event"] for line in log.splitlines())


async def test_an_older_database_is_not_touched_where_that_is_off(tmp_path: Path) -> None:
    await migrate(f"sqlite:///{tmp_path / 'postbuch.db'}", target="0002_correspondents")
    with pytest.raises(DidNotStart, match="postbuch migrate"):
        async with running(tmp_path, auto_migrate="false"):
            pass
    code, printed, _ = await command(tmp_path, "migrate", "--check")
    assert (code, printed.split()[0]) == (1, "0003_history")


async def test_an_older_database_is_copied_and_brought_up_to_date(tmp_path: Path) -> None:
    await migrate(f"sqlite:///{tmp_path / 'postbuch.db'}", target="0002_correspondents")
    async with running(tmp_path) as service:
        assert (await _health(service))["status"] == "ok"
    assert len(list(tmp_path.glob("postbuch-before-*.db"))) == 1
