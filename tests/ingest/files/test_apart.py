"""No file can hold up, exhaust or end the service: it is read in a process apart."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from ingest.files.apart import Reader, Wanted, reading_apart
from ingest.files.limits import FILE_LIMITS, FileLimits
from ingest.files.told import FileDefect
from mail.parse import parse
from tests.ingest.files.office_files import pdf, pdf_bomb, zip_of_names
from tests.ingest.test_attachments import letter

MIB = 1024 * 1024


def wanted(raw: bytes) -> list[Wanted]:
    """Return all attachments of a mail."""
    return [Wanted(one.number, one.name, one.type) for one in parse(raw).attachments]


@asynccontextmanager
async def reader(**limits: float) -> AsyncIterator[Reader]:
    """Yield who reads within narrower limits."""
    async with reading_apart(FileLimits(**limits)) as one:  # type: ignore[arg-type]
        yield one


async def texts(reading: Reader, files: dict[str, bytes]) -> list[str]:
    """Return what the files of a mail say."""
    raw = letter(files)
    return [one.text for one in await reading.read(raw, wanted(raw))]


async def test_a_file_that_takes_too_long_keeps_what_was_read_and_holds_up_no_other() -> None:
    pages = pdf(*["Seite " + "x " * 300] * 2500)
    raw = letter({"lang.pdf": pages, "kurz.pdf": pdf("kurz")})
    async with reader(seconds=2, characters=10_000_000) as reading:
        started = time.monotonic()
        slow, quick = await reading.read(raw, wanted(raw))
        assert time.monotonic() - started < 60
    assert slow.defects == {FileDefect.TOO_SLOW}
    assert slow.text.startswith("Seite")
    assert (quick.text, quick.defects) == ("kurz", set())


async def test_a_file_that_needs_more_than_the_memory_is_left() -> None:
    raw = letter({"gross.txt": b"x" * 80 * MIB, "kurz.pdf": pdf("kurz")})
    async with reader(memory=320 * MIB) as reading:
        large, good = await reading.read(raw, wanted(raw))
    assert large.defects == {FileDefect.TOO_LARGE}
    assert good.text == "kurz"


async def test_an_archive_of_very_many_names_is_not_looked_through() -> None:
    raw = letter({"bombe.zip": zip_of_names(100_000), "kurz.pdf": pdf("kurz")})
    async with reader() as reading:
        bomb, good = await reading.read(raw, wanted(raw))
    assert bomb.defects == {FileDefect.TOO_LARGE}
    assert good.text == "kurz"


async def test_a_small_pdf_that_unpacks_to_very_much_is_harmless() -> None:
    raw = letter({"bombe.pdf": pdf_bomb(200 * MIB), "kurz.pdf": pdf("kurz")})
    assert len(raw) < 2 * MIB
    async with reader(seconds=10) as reading:
        started = time.monotonic()
        bomb, good = await reading.read(raw, wanted(raw))
        assert time.monotonic() - started < 60
    assert (bomb.text, good.text) == ("", "kurz")


async def test_a_reader_that_hangs_is_killed() -> None:
    async with reader(seconds=2) as reading:
        assert await texts(reading, {"a.pdf": pdf("eins")}) == ["eins"]
        assert reading._process
        hanging = reading._process
        os.kill(hanging.pid, signal.SIGSTOP)
        raw = letter({"b.pdf": pdf("zwei"), "c.pdf": pdf("drei")})
        told = await reading.read(raw, wanted(raw))
        assert [(one.text, one.defects) for one in told] == [("", {FileDefect.TOO_SLOW}), ("drei", set())]
        assert await hanging.wait() == -signal.SIGKILL


async def test_a_file_that_kills_its_reader_is_a_defect_and_the_next_is_read() -> None:
    raw = letter({f"{number}.pdf": pdf(*["Seite"] * 1500) for number in range(2)})
    async with reader() as reading:
        reads = asyncio.create_task(reading.read(raw, wanted(raw)))
        while reading._process is None:
            await asyncio.sleep(0.01)
        reading._process.kill()
        first, second = await reads
    assert first.defects == {FileDefect.BROKEN}
    assert second.text.startswith("Seite")


async def test_a_mail_of_very_many_files_is_read_as_far_as_is_reasonable() -> None:
    raw = letter({f"{number}.txt": f"Wort {number}".encode() for number in range(300)})
    async with reader(files_of_message=20) as reading:
        told = await reading.read(raw, wanted(raw))
    assert len(told) == 300
    assert [one.text for one in told[:20]] == [f"Wort {number}" for number in range(20)]
    assert {defect for one in told[20:] for defect in one.defects} == {FileDefect.TOO_MANY}


async def test_slow_files_do_not_add_up() -> None:
    slow = pdf(*["Seite " + "x " * 300] * 2500)
    raw = letter({f"{number}.pdf": slow for number in range(150)})
    async with reader(seconds=0.3, characters=10_000_000) as reading:
        started = time.monotonic()
        told = await reading.read(raw, wanted(raw))
        assert time.monotonic() - started < 60
    assert [one.defects for one in told] == [{FileDefect.TOO_SLOW}] * 150


async def test_the_process_ends_with_its_work_and_rests_in_between(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.files.apart._REST_SECONDS", 0.2)
    async with reading_apart(FILE_LIMITS) as reading:
        await texts(reading, {"a.pdf": pdf("eins")})
        resting = reading._process
        assert resting
        assert await asyncio.wait_for(resting.wait(), 10) == -signal.SIGKILL
        assert await texts(reading, {"a.pdf": pdf("zwei")}) == ["zwei"]
        last = reading._process
        assert last
    assert last.returncode == -signal.SIGKILL


async def test_the_process_knows_no_secret_of_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTBUCH_DATABASE_URL", "postgres://user:secret@host/name")
    async with reading_apart(FILE_LIMITS) as reading:
        await texts(reading, {"a.pdf": pdf("eins")})
        assert reading._process
        assert b"secret" not in Path(f"/proc/{reading._process.pid}/environ").read_bytes()
