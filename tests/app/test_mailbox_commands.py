"""postbuch mailbox: set up, tried step by step, and read by the running service."""

import asyncio
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from storage.connect import connected, rows
from storage.schema import migrate
from tests.ingest.reading_mailboxes import mail
from tests.ingest.speaking import capture_address
from tests.running import command, running
from tests.servers.dovecot import PASSWORD, Dovecot, dovecot

_SECONDS = 60


@pytest.fixture
def server() -> Iterator[Dovecot]:
    with dovecot(tls=True) as server:
        server.add_user("eva@firm.example")
        server.put("eva@firm.example", [mail("one"), mail("two")])
        yield server


@pytest.fixture
async def folder(tmp_path: Path) -> Path:
    """A data folder in which Eva works."""
    url = f"sqlite:///{tmp_path / 'postbuch.db'}"
    await migrate(url)
    async with connected(url):
        await capture_address()
    return tmp_path


async def add(folder: Path, port: int, *more: str, password: str = PASSWORD) -> str:
    code, printed, errors = await command(
        folder,
        *("mailbox", "add", "eva@firm.example", "--host", "localhost", "--port", str(port), *more),
        *("--password-file", "-"),
        stdin=f"{password}\n".encode(),
    )
    assert code == 0, errors
    assert password not in printed + errors
    return printed


async def listed(folder: Path) -> list[dict[str, Any]]:
    _, printed, _ = await command(folder, "mailbox", "list", "--json")
    return list(json.loads(printed))


async def test_a_mailbox_is_tried_step_by_step(folder: Path, server: Dovecot) -> None:
    printed = await add(folder, server.tls_port, "--since", "all")
    assert "postbuch mailbox test 1" in printed
    code, printed, _ = await command(folder, "mailbox", "test", "1", imap_authorities=server.certificate)
    assert code == 0
    assert [line[:4] for line in printed.splitlines()] == ["ok  "] * 7
    assert "INBOX, Sent" in printed
    assert "(IDLE): yes" in printed
    assert "2 mails to read in INBOX" in printed


@pytest.mark.parametrize(
    ("encryption", "password", "step", "advice"),
    [
        ("tls", PASSWORD, "FAIL the connection cannot be encrypted", "imap.authorities"),
        ("none", "wrong", "FAIL cannot log in", "app password"),
        ("none", PASSWORD, "FAIL no folders to read: Nirgends", "choose another"),
    ],
)
async def test_the_step_that_fails_is_named_with_what_to_do(
    folder: Path, server: Dovecot, encryption: str, password: str, step: str, advice: str
) -> None:
    port = server.tls_port if encryption == "tls" else server.port
    await add(folder, port, "--encryption", encryption, "--folder", "Nirgends", password=password)
    code, printed, _ = await command(folder, "mailbox", "test", "1")
    assert code == 1
    assert step in printed
    assert advice in printed


async def test_a_server_that_is_not_there_is_named(folder: Path, server: Dovecot) -> None:
    await add(folder, server.port)
    server.stop()
    code, printed, _ = await command(folder, "mailbox", "test", "eva@firm.example")
    assert code == 1
    assert "FAIL the server is not reached: Connection refused" in printed


async def test_the_running_service_reads_what_is_added_and_tells_of_what_is_silent(
    folder: Path, server: Dovecot
) -> None:
    async with running(folder) as service:
        await add(folder, server.port, "--encryption", "none", "--since", "all")
        async with asyncio.timeout(_SECONDS):
            while [(one["filled"], one["to_fill"]) for one in await listed(folder)] != [(2, 2)]:
                await asyncio.sleep(0.2)
        await service.settled()
        async with aiohttp.ClientSession() as browser, browser.get(f"{service.web_url}/health") as response:
            assert (await response.json())["checks"]["mailboxes_silent"] == 0
        assert (await command(folder, "mailbox", "pause", "1"))[0] == 0
        assert [one["state"] for one in await listed(folder)] == ["paused"]
        assert (await command(folder, "mailbox", "resume", "1"))[0] == 0
        assert (await command(folder, "mailbox", "remove", "1"))[0] == 0
        assert await listed(folder) == []
        assert await service.stop() == 0
        assert not [line for line in service.log if "eva@" in line or PASSWORD in line]


async def test_keys_are_rotated(folder: Path, server: Dovecot) -> None:
    await add(folder, server.port, "--encryption", "none")
    code, printed, _ = await command(folder, "secrets", "rotate")
    assert (code, printed[:2]) == (0, "1 ")
    assert (await command(folder, "mailbox", "test", "1"))[0] == 0


async def test_a_token_and_whose_it_is_come_from_files_and_options(folder: Path, server: Dovecot) -> None:
    token = folder / "token.json"
    token.write_text(json.dumps({"access_token": "ya29.secret"}))
    options = ("mailbox", "add", "info@firm.example", "--host", "localhost", "--token-file", str(token))
    code, _, errors = await command(folder, *options)
    assert code == 1
    assert "--shared" in errors
    assert (await command(folder, *options, "--shared", "--name", "Info"))[0] == 0
    assert (await command(folder, *options, "--as", "eva@firm.example"))[0] == 0
    assert [(one["name"], one["staff"]) for one in await listed(folder)] == [
        ("Info", None),
        ("info@firm.example", "eva@firm.example"),
    ]
    async with connected(f"sqlite:///{folder / 'postbuch.db'}"):
        assert "ya29" not in str(await rows("SELECT * FROM mailbox"))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--after", "move"), "--move-to"),
        (("--since", "yesterday"), "2026-01-31"),
        (("--shared", "--as", "1"), "exclude"),
        (("--password-file", "missing"), "No such file"),
        ((), "MAILBOX_PASSWORD"),
    ],
)
async def test_what_is_wrong_with_a_mailbox_is_said_in_a_sentence(
    folder: Path, more: tuple[str, ...], said: str
) -> None:
    assert "MAILBOX_PASSWORD" not in os.environ
    code, _, errors = await command(folder, "mailbox", "add", "eva@firm.example", "--host", "h", *more)
    assert code == 1
    assert said in errors
    assert "Traceback" not in errors


async def test_a_mailbox_that_is_not_there_is_named(folder: Path) -> None:
    for name in ("test", "pause", "resume", "remove"):
        code, _, errors = await command(folder, "mailbox", name, "7")
        assert code == 1
        assert "postbuch mailbox list" in errors
