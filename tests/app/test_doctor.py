"""The doctor: each thing that can be wrong is found, with what to do."""

import json
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from storage import mailboxes
from storage.connect import connected, transaction
from storage.entries import Direction, Entry
from storage.jobs import FileMessage, Job, JobState, TableQueue
from storage.mailboxes import Mailbox, MailboxSetting
from storage.schema import migrate
from storage.secrets import Seal
from tests.running import command, running


async def _found(folder: Path, **settings: Any) -> tuple[int, dict[str, tuple[str, str]]]:
    """Return the doctor's exit code, and level and advice by what it is about."""
    code, printed, errors = await command(folder, "doctor", "--json", **settings)
    assert errors == ""
    return code, {found["about"]: (found["level"], found["advice"]) for found in json.loads(printed)}


def _url(folder: Path) -> str:
    return f"sqlite:///{folder / 'postbuch.db'}"


async def test_beside_a_running_service_all_is_well(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    async with running(folder):
        code, found = await _found(folder)
    assert code == 0
    assert {about for about, (level, _) in found.items() if level != "ok"} <= {"disk", "disk space"}
    assert {"pages", "SMTP", "jobs", "text index", "soundness", "version"} <= found.keys()


async def test_without_a_folder_it_says_what_to_run(tmp_path: Path) -> None:
    code, found = await _found(tmp_path / "missing")
    assert code == 1
    assert found["data folder"][0] == "fail"
    assert "postbuch serve" in found["data folder"][1]


async def test_an_older_database_is_a_failure(tmp_path: Path) -> None:
    await migrate(_url(tmp_path), target="0001_staff")
    code, found = await _found(tmp_path)
    assert code == 1
    assert found["database"] == ("fail", "Run `postbuch migrate`.")


@pytest.mark.parametrize("url", ["postgres://nobody:secret@127.0.0.1:1/none", "mysql://x"])
async def test_a_database_out_of_reach_is_a_failure(tmp_path: Path, url: str) -> None:
    code, found = await _found(tmp_path, database_url=url)
    assert code == 1
    assert found["database"][0] == "fail"
    assert "database_url" in found["database"][1]


async def test_a_file_that_is_no_database_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "postbuch.db").write_bytes(b"this is no database " * 500)
    code, found = await _found(tmp_path)
    assert (code, found["database"][0]) == (1, "fail")


async def test_an_index_that_disagrees_with_the_entries_is_found(tmp_path: Path) -> None:
    await migrate(_url(tmp_path))
    async with connected(_url(tmp_path)), transaction() as connection:
        await Entry.create(direction=Direction.INCOMING, at=datetime.now(UTC), text="offer")
        await connection.execute_query("DROP TRIGGER entry_search_update")
        await connection.execute_query("UPDATE entry SET text = 'complaint'")
    code, found = await _found(tmp_path)
    assert (code, found["text index"][0]) == (1, "fail")


async def test_rows_without_what_they_belong_to_are_found(tmp_path: Path) -> None:
    await migrate(_url(tmp_path))
    async with connected(_url(tmp_path), foreign_keys=False), transaction() as connection:
        await connection.execute_query(
            "INSERT INTO organisation_domain (organisation_id, domain) VALUES (77, 'muster.example')"
        )
    code, found = await _found(tmp_path)
    assert (code, found["soundness"][0]) == (1, "fail")


async def test_failed_and_stuck_jobs_are_warned_of(tmp_path: Path) -> None:
    await migrate(_url(tmp_path))
    async with connected(_url(tmp_path)):
        async with transaction():
            await TableQueue().enqueue([FileMessage(1)])
        await Job.filter(id=1).update(due_at=datetime.now(UTC) - timedelta(hours=1))
    assert (await _found(tmp_path))[1]["jobs"] == ("warn", "Is the service running?")
    async with connected(_url(tmp_path)):
        await Job.filter(id=1).update(state=JobState.DEAD)
    code, found = await _found(tmp_path)
    assert code == 0
    assert found["jobs"][0] == "warn"
    assert "postbuch failed" in found["jobs"][1]


async def test_a_secret_that_others_can_read_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("00" * 32)
    (tmp_path / "secret.key").chmod(0o644)
    code, found = await _found(tmp_path)
    assert code == 1
    assert "chmod 600" in found["secret key"][1]


async def test_a_port_that_is_taken_is_a_failure(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, found = await _found(tmp_path, smtp_port=taken.getsockname()[1])
    assert (code, found["smtp.port"][0], found["web.port"][0]) == (1, "fail", "ok")


@pytest.mark.parametrize(("days", "level"), [(-1, "fail"), (5, "warn"), (90, "ok")])
async def test_a_certificate_is_warned_of_before_it_ends(tmp_path: Path, days: int, level: str) -> None:
    _make_certificate(tmp_path, ends=datetime.now(UTC) + timedelta(days=days))
    _, found = await _found(tmp_path, tls_certificate="tls.pem", tls_key="tls.key")
    assert found["certificate"][0] == level


async def test_a_certificate_that_is_not_there_is_a_failure(tmp_path: Path) -> None:
    code, found = await _found(tmp_path, tls_certificate="tls.pem", tls_key="tls.key")
    assert (code, found["certificate"][0]) == (1, "fail")


async def test_it_looks_into_both_databases(database_url: str, tmp_path: Path) -> None:
    _, found = await _found(tmp_path, database_url=database_url)
    about = ("database", "version", "soundness", "text index", "clocks", "jobs")
    assert [found[name][0] for name in about] == ["ok"] * len(about)
    assert found["administrator"][0] == "warn"


def _make_certificate(folder: Path, *, ends: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "capture.example")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(ends - timedelta(days=100))
        .not_valid_after(ends)
        .sign(key, hashes.SHA256())
    )
    (folder / "tls.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "tls.key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


async def test_mailboxes_that_are_silent_and_lost_keys_are_found(tmp_path: Path) -> None:
    await migrate(_url(tmp_path))
    async with connected(_url(tmp_path)):
        sealed = Seal(tmp_path).sealed("password")
        setting = MailboxSetting(name="Eva", host="imap.firm.example", login="eva", secret=sealed)
        await mailboxes.add(setting, by=None)
    found = (await _found(tmp_path))[1]
    assert (found["mailboxes"][0], found["encryption keys"][0]) == ("ok", "ok")
    async with connected(_url(tmp_path)), transaction():
        await Mailbox.all().update(alarmed_at=datetime.now(UTC), problem="login_refused")
    (tmp_path / "encryption.keys").chmod(0o644)
    found = (await _found(tmp_path))[1]
    level, advice = found["mailbox 1 (Eva)"]
    assert (level, "`postbuch mailbox test 1`" in advice) == ("warn", True)
    assert "chmod 600" in found["encryption keys"][1]
    (tmp_path / "encryption.keys").unlink()
    found = (await _found(tmp_path))[1]
    assert "Restore" in found["encryption keys"][1]
    assert not (tmp_path / "encryption.keys").exists()
