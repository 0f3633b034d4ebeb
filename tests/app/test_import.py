"""`postbuch import mail`: each mail once, however often and however it ends; and what was left out is said."""

import asyncio
import json
import os
import pty
import signal
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from ingest.mbox import Dialect
from mail.address import Address
from storage import roster
from storage.connect import connected
from storage.entries import Entry
from storage.jobs import Job
from storage.messages import Capture, CaptureSource, Message, MessageState
from tests.ingest.archives import mail, mbox
from tests.running import PROGRAM, command, environment, running

EVA = "eva@firm.example"


async def _staff(url: str, *addresses: str) -> None:
    async with connected(url):
        for text in addresses or (EVA,):
            address = Address.parse(text)
            assert address
            await roster.add(roster.NewStaff(name=address.local_part, address=address), by=None)


async def _require_each_once(url: str, number: int) -> None:
    """Every mail is stored, captured and entered once, and nothing is left to do."""
    async with connected(url):
        assert await Job.all().count() == 0
        messages = await Message.all()
        assert {message.state for message in messages} <= {MessageState.FILED, MessageState.HELD}
        subjects = Counter([entry.subject for entry in await Entry.all().only("id", "subject")])
        assert subjects == {f"Letter {each}": 1 for each in range(number)}
        assert len(messages) == number
        captures = await Capture.all()
        assert len(captures) == number
        assert {(one.source, one.staff_id) for one in captures} == {(CaptureSource.ARCHIVE, 1)}


def _archive(folder: Path, number: int, *lines: str) -> Path:
    path = folder / "Sent.mbox"
    path.write_bytes(mbox((mail(each, *lines) for each in range(number)), Dialect.MBOXRD))
    return path


async def test_an_archive_is_entered_once_however_often_it_is_imported(
    database_url: str, tmp_path: Path
) -> None:
    await _staff(database_url)
    path = _archive(tmp_path, 150)
    for new in (150, 0):
        code, printed, errors = await command(
            tmp_path, "import", "mail", str(path), database_url=database_url
        )
        assert (code, errors) == (0, "")
        assert printed == f"150 mails: {new} new, {150 - new} known already.\n"
    await _require_each_once(database_url, 150)


@pytest.mark.parametrize("after", [0.0, 0.5])
async def test_killed_in_the_middle_and_begun_again_each_mail_is_there_once(
    database_url: str, tmp_path: Path, after: float
) -> None:
    await _staff(database_url)
    path = _archive(tmp_path, 1500, *["Much to say"] * 200)
    process = await asyncio.create_subprocess_exec(
        *PROGRAM, "import", "mail", str(path), env=environment(tmp_path, database_url=database_url)
    )
    await _until_some_are_taken(database_url)
    await asyncio.sleep(after)
    readers = _children(process.pid)
    process.kill()
    await process.wait()
    async with asyncio.timeout(20):
        while any(Path(f"/proc/{pid}").exists() for pid in readers):
            await asyncio.sleep(0.05)
    async with connected(database_url):
        assert await Message.all().count() > 0
        assert await Entry.all().count() < 1500
    code, printed, errors = await command(tmp_path, "import", "mail", str(path), database_url=database_url)
    assert (code, errors) == (0, "")
    assert printed.startswith("1500 mails: ")
    await _require_each_once(database_url, 1500)


def _children(pid: int) -> list[str]:
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return [child for task in tasks for child in (task / "children").read_text().split()]


async def _until_some_are_taken(url: str) -> None:
    async with asyncio.timeout(60), connected(url):
        while not await Message.all().count():
            await asyncio.sleep(0.01)


async def test_ctrl_c_tells_how_far_it_is_and_that_it_can_go_on(
    tmp_path: Path, sqlite_template: Path
) -> None:
    (tmp_path / "postbuch.db").write_bytes(sqlite_template.read_bytes())
    url = f"sqlite:///{tmp_path / 'postbuch.db'}"
    await _staff(url)
    path = _archive(tmp_path, 1500, *["Much to say"] * 200)
    process = await asyncio.create_subprocess_exec(
        *PROGRAM, "import", "mail", str(path), env=environment(tmp_path),
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    await _until_some_are_taken(url)
    process.send_signal(signal.SIGINT)
    printed, errors = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 130
    assert b" new, 0 known already." in printed
    assert errors.decode() == "Interrupted: what was taken stays; the same command goes on from there.\n"


async def test_beside_a_running_service_that_files_them(tmp_path: Path) -> None:
    path = _archive(tmp_path, 100)
    async with running(tmp_path) as service:
        code, printed, errors = await command(tmp_path, "import", "mail", str(path))
        assert (code, errors) == (0, "")
        assert await service.stop() == 0
    assert printed == "100 mails: 100 new, 0 known already.\n"
    await _require_each_once(f"sqlite:///{tmp_path / 'postbuch.db'}", 100)


async def test_a_dry_run_tells_what_would_be_and_writes_nothing(database_url: str, tmp_path: Path) -> None:
    await _staff(database_url)
    first = _archive(tmp_path, 10)
    await command(tmp_path, "import", "mail", str(first), database_url=database_url)
    second = tmp_path / "more.mbox"
    second.write_bytes(mbox([mail(number) for number in (*range(30), 29)], Dialect.MBOXO))
    arguments = ("import", "mail", str(second), "--dry-run")
    code, printed, _ = await command(tmp_path, *arguments, database_url=database_url)
    assert code == 0
    assert printed == "31 mails: 20 would be new, 11 known already.\n"
    await _require_each_once(database_url, 10)


async def test_the_report_names_what_was_left_out_and_why(database_url: str, tmp_path: Path) -> None:
    await _staff(database_url)
    folder = tmp_path / "mails"
    folder.mkdir()
    (folder / "good.eml").write_bytes(mail(0))
    (folder / "again.eml").write_bytes(mail(0))
    (folder / "large.eml").write_bytes(mail(1, "x" * 5000))
    (folder / "link.eml").symlink_to(folder / "good.eml")
    for number in range(12):
        (folder / f"empty{number}.eml").touch()
    how: dict[str, Any] = {"database_url": database_url, "smtp_largest_message": "4kB"}
    code, printed, _ = await command(tmp_path, "import", "mail", str(folder), "--json", **how)
    assert code == 0
    report = json.loads(printed)
    assert {key: report[key] for key in ("dry_run", "mails", "new", "known")} == {
        "dry_run": False, "mails": 2, "new": 1, "known": 1,
    }  # fmt: skip
    left_out = {one["why"]: one for one in report["left_out"]}
    assert {why: one["number"] for why, one in left_out.items()} == {"empty": 12, "too-large": 1, "link": 1}
    assert [one["name"] for one in left_out["too-large"]["names"]] == ["large.eml"]
    _, printed, _ = await command(tmp_path, "import", "mail", str(folder), **how)
    assert printed.startswith("2 mails: 0 new, 2 known already.\n14 left out:\n      12  nothing in it\n")
    assert "… and 2 more: --json names them" in printed
    assert "larger than smtp.largest_message in the settings\n          large.eml\n" in printed


async def test_with_several_staff_it_must_be_said_whose_archive_it_is(
    database_url: str, tmp_path: Path
) -> None:
    await _staff(database_url, EVA, "urs@firm.example")
    path = _archive(tmp_path, 3)
    for more, said in (((), "--as LOGIN"), (("--as", "rita"), "rita: nobody of the staff")):
        code, _, errors = await command(
            tmp_path, "import", "mail", str(path), *more, database_url=database_url
        )
        assert code == 1
        assert said in errors
    code, _, _ = await command(tmp_path, "import", "mail", str(path), "--as", EVA, database_url=database_url)
    assert code == 0
    await _require_each_once(database_url, 3)


async def test_what_is_no_archive_is_refused_in_a_sentence(database_url: str, tmp_path: Path) -> None:
    await _staff(database_url)
    path = tmp_path / "letter.docx"
    path.write_bytes(b"PK\x03\x04 not a zip")
    for name in ("letter.docx", "nothing.mbox"):
        code, printed, errors = await command(
            tmp_path, "import", "mail", str(tmp_path / name), database_url=database_url
        )
        assert (code, printed) == (1, "")
        assert errors.startswith(f"postbuch: {tmp_path / name}: ")
        assert "Traceback" not in errors


async def test_on_a_terminal_a_bar_shows_rate_and_time_left(tmp_path: Path, sqlite_template: Path) -> None:
    (tmp_path / "postbuch.db").write_bytes(sqlite_template.read_bytes())
    await _staff(f"sqlite:///{tmp_path / 'postbuch.db'}")
    path = _archive(tmp_path, 300)
    ours, theirs = pty.openpty()
    process = await asyncio.create_subprocess_exec(
        *PROGRAM, "import", "mail", str(path), stderr=theirs,
        env=environment(tmp_path) | {"TERM": "xterm", "COLUMNS": "120"},
    )  # fmt: skip
    os.close(theirs)
    shown = await asyncio.to_thread(_all_of, ours)
    assert await process.wait() == 0
    assert "Importing" in shown
    assert "300 mails" in shown
    assert "100%" in shown
    assert "/s" in shown


def _all_of(terminal: int) -> str:
    read = bytearray()
    try:
        while octets := os.read(terminal, 65536):
            read += octets
    except OSError:  # its other end was closed
        pass
    os.close(terminal)
    return read.decode(errors="replace")
