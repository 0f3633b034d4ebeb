"""The commands: each does what its help says, and wrong use ends with a sentence."""

import json
from pathlib import Path

import pytest

from storage.connect import connected, transaction
from storage.jobs import FileMessage, Job, JobState, TableQueue
from storage.schema import all_migrations, migrate
from storage.staff import CaptureAddress, Staff
from tests.running import command, running

COMMANDS = ("serve", "migrate", "staff add", "staff list", "staff revoke", "staff password",
            "mailbox add", "mailbox list", "mailbox test", "mailbox pause", "mailbox resume", "mailbox remove",
            "secrets rotate", "parse", "read-letter", "match", "history", "failed", "retry", "doctor", "demo",
            "organisation list", "organisation show", "organisation add", "person list", "person show", "person add",
            "person move",
            "print separator-sheets", "print sample-card", "read-card",
            "import mail", "import correspondents", "export correspondents")  # fmt: skip


@pytest.fixture
async def folder(tmp_path: Path) -> Path:
    """A data folder with a database without rows."""
    await migrate(_url(tmp_path))
    return tmp_path


def _url(folder: Path) -> str:
    return f"sqlite:///{folder / 'postbuch.db'}"


async def _failed_job(folder: Path) -> int:
    async with connected(_url(folder)):
        async with transaction():
            await TableQueue().enqueue([FileMessage(5)])
        job = await Job.get()
        await TableQueue().dead((await TableQueue().claim(1))[0], "ZeroDivisionError: a bug")
        return int(job.id)


@pytest.mark.parametrize("name", COMMANDS)
async def test_each_command_has_help_with_an_example(tmp_path: Path, name: str) -> None:
    code, printed, _ = await command(tmp_path, *name.split(), "--help")
    assert code == 0
    assert f"postbuch {name}" in printed.partition("Example:")[2]


async def test_without_a_command_the_help_lists_them_all(tmp_path: Path) -> None:
    _, printed, errors = await command(tmp_path)
    assert all(f" {name.split()[0]} " in printed + errors for name in COMMANDS)


async def test_an_unknown_command_or_option_is_wrong_use(tmp_path: Path) -> None:
    for arguments in (["serv"], ["doctor", "--jsn"], ["staff", "add"], ["retry", "seven"]):
        code, _, errors = await command(tmp_path, *arguments)
        assert code == 2
        assert "Usage" in errors
        assert "Traceback" not in errors


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("failed", "postbuch migrate"),
        ("staff list", "postbuch migrate"),
        ("retry 1", "postbuch migrate"),
        ("history Muster", "postbuch migrate"),
        ("retry", "postbuch failed"),
        ("parse missing.eml", "No such file"),
        ("parse .", "directory"),
        ("staff add Eva no-address", "no e-mail address"),
        ("staff add Eva eva@firm.example --language xx", "de, fr, it, en"),
    ],
)
async def test_what_cannot_be_done_is_said_in_a_sentence(tmp_path: Path, arguments: str, said: str) -> None:
    code, _, errors = await command(tmp_path, *arguments.split())
    assert code == 1
    assert said in errors
    assert "Traceback" not in errors


async def test_a_database_of_a_newer_program_is_left_alone(folder: Path) -> None:
    async with connected(_url(folder)), transaction() as connection:
        await connection.execute_query(
            "INSERT INTO tortoise_migrations (app, name, applied_at) VALUES ('storage', '9999_later', '2030-01-01')"
        )
    for name in ("failed", "migrate"):
        code, _, errors = await command(folder, name)
        assert code == 1
        assert "9999_later" in errors
        assert "newer program" in errors


async def test_parse_prints_a_mail_as_json(tmp_path: Path) -> None:
    mail = "From: Änne <aenne@muster.example>\r\nSubject: Grüße\r\n\r\nGuten Tag".encode()
    (tmp_path / "one.eml").write_bytes(mail)
    for arguments, stdin in ((["parse", str(tmp_path / "one.eml")], b""), (["parse", "-"], mail)):
        code, printed, _ = await command(tmp_path, *arguments, stdin=stdin)
        assert code == 0
        assert json.loads(printed)["subject"] == "Grüße"
        assert json.loads(printed)["from"] == [{"name": "Änne", "address": "aenne@muster.example"}]


async def test_migrate_makes_a_database_and_says_what_it_did(tmp_path: Path) -> None:
    code, printed, _ = await command(tmp_path, "migrate", "--check")
    assert (code, printed.split()) == (1, all_migrations())
    code, printed, _ = await command(tmp_path, "migrate")
    assert code == 0
    assert "up to date" in printed
    assert (await command(tmp_path, "migrate", "--check"))[:2] == (0, "")


async def test_staff_are_added_listed_and_revoked(folder: Path) -> None:
    code, printed, errors = await command(
        folder, "staff", "add", "Eva Graf", "Eva.Graf@firm.example", "--alias", "eva@firm.example"
    )
    assert (code, errors) == (0, "")
    assert "eva.graf" in printed
    assert "@postbuch.localhost" in printed
    assert "Temporary password" in printed
    _, listed, _ = await command(folder, "staff", "list", "--json")
    (eva,) = json.loads(listed)
    assert (eva["name"], eva["access"]) == ("Eva Graf", "staff")
    assert sorted(eva["addresses"]) == ["Eva.Graf@firm.example", "eva@firm.example"]
    assert (await command(folder, "staff", "revoke", "eva@firm.example"))[0] == 0
    assert "no staff" not in (await command(folder, "staff", "list", "--all"))[1]
    assert json.loads((await command(folder, "staff", "list", "--json"))[1]) == []
    async with connected(_url(folder)):
        assert (await CaptureAddress.get()).revoked_at is not None
    code, _, errors = await command(folder, "staff", "revoke", "eva@firm.example")
    assert (code, "left already" in errors) == (1, True)


async def test_an_address_that_is_taken_adds_nobody(folder: Path) -> None:
    await command(folder, "staff", "add", "Eva Graf", "eva@firm.example")
    arguments = ["staff", "add", "Tom", "tom@firm.example", "--alias", "EVA@firm.example"]
    code, _, errors = await command(folder, *arguments)
    assert code == 1
    assert "somebody has this address" in errors
    async with connected(_url(folder)):
        assert await Staff.all().count() == 1


async def test_the_only_administrator_cannot_be_revoked_but_gets_a_new_password(tmp_path: Path) -> None:
    async with running(tmp_path) as service:
        code, _, errors = await command(tmp_path, "staff", "revoke", "admin")
        assert code == 1
        assert "--access administrator" in errors
        code, printed, _ = await command(tmp_path, "staff", "password", "admin")
        assert code == 0
        assert service.admin_password not in printed


async def test_failed_jobs_are_listed_and_queued_anew(folder: Path) -> None:
    assert "No job" in (await command(folder, "failed"))[1]
    number = await _failed_job(folder)
    _, printed, _ = await command(folder, "failed")
    assert "ZeroDivisionError: a bug" in printed
    (job,) = json.loads((await command(folder, "failed", "--json"))[1])
    assert (job["id"], job["about"]) == (number, {"message_id": 5})
    code, _, errors = await command(folder, "retry", str(number + 1))
    assert (code, "no failed jobs" in errors) == (1, True)
    assert (await command(folder, "retry", str(number)))[0] == 0
    async with connected(_url(folder)):
        assert (await Job.get()).state is JobState.READY


async def test_all_failed_jobs_are_queued_anew_at_once(folder: Path) -> None:
    await _failed_job(folder)
    code, printed, _ = await command(folder, "retry", "--all")
    assert (code, printed) == (0, "1 queued anew.\n")


async def test_commands_write_beside_a_running_service(tmp_path: Path) -> None:
    async with running(tmp_path):
        for number in range(3):
            code, _, errors = await command(tmp_path, "staff", "add", f"N{number}", f"n{number}@firm.example")
            assert (code, errors) == (0, "")
        code, _, errors = await command(tmp_path, "migrate")
        assert code == 0
