"""Watched folders: a file is taken once it rests, moved once it is kept, and given back with the reason otherwise."""

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import pytest

from ingest.letters.folder import FolderSource, WatchedFolder
from ingest.letters.intake import Intake, ScanNote
from ingest.letters.reading import ScanRefused
from ingest.letters.rejecting import RejectToFolder, beside
from storage import blobs, letters, scan_reading
from storage.blobs import digest_of
from storage.connect import StorageUnavailable
from storage.jobs import TableQueue
from storage.scan_intake import KeptScan
from storage.scans import Scan, ScanSource


@pytest.fixture
def incoming(database: str, tmp_path: Path) -> Path:
    """The folder into which the scanner writes."""
    folder = tmp_path / "incoming"
    folder.mkdir()
    return folder


def source_of(
    folder: Path, *, rest: float = 0.0, keep_done: bool = True, outgoing: bool = False
) -> FolderSource:
    watched = WatchedFolder(folder, is_outgoing=outgoing)
    return FolderSource([watched], poll_seconds=30, rest_seconds=rest, keep_done=keep_done, language="de")


def intake(largest: int = 1000) -> Intake:
    return Intake(TableQueue(), largest)


async def test_a_file_is_moved_to_done_after_it_is_kept(incoming: Path) -> None:
    (incoming / "post.pdf").write_bytes(b"%PDF one")
    await source_of(incoming, outgoing=True).look(intake())
    [scan] = await letters.scans(most=10, viewer=None)
    assert (scan.name, scan.source, scan.is_outgoing) == ("post.pdf", ScanSource.FOLDER, True)
    assert not (incoming / "post.pdf").exists()
    done = incoming / "done" / beside("post.pdf", digest_of(b"%PDF one"))
    assert done.read_bytes() == b"%PDF one"


async def test_by_setting_it_is_deleted(incoming: Path) -> None:
    (incoming / "post.pdf").write_bytes(b"%PDF one")
    await source_of(incoming, keep_done=False).look(intake())
    assert await Scan.all().count() == 1
    assert list(incoming.iterdir()) == []


async def test_what_is_still_being_written_is_waited_for(incoming: Path) -> None:
    source, file = source_of(incoming, rest=0.2), incoming / "post.pdf"
    file.write_bytes(b"%PDF ha")
    assert await source.look(intake()) <= 0.2
    await asyncio.sleep(0.25)
    file.write_bytes(b"%PDF half, and the rest")
    await source.look(intake())
    assert not await Scan.exists()
    await asyncio.sleep(0.25)
    await source.look(intake())
    [scan] = await letters.scans(most=10, viewer=None)
    assert scan.digest == digest_of(b"%PDF half, and the rest")


async def test_hidden_and_temporary_files_folders_and_links_are_left_alone(
    incoming: Path, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_bytes(b"%PDF secret")
    (incoming / "link.pdf").symlink_to(tmp_path / "secret")
    (incoming / "sub").mkdir()
    (incoming / "sub" / "a.pdf").write_bytes(b"%PDF")
    for name in (".hidden.pdf", "~lock.pdf", "a.pdf.part", "b.tmp", "c.crdownload"):
        (incoming / name).write_bytes(b"%PDF")
    before = sorted(incoming.rglob("*"))
    await source_of(incoming).look(intake())
    assert not await Scan.exists()
    assert sorted(incoming.rglob("*")) == before


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "Die Datei ist leer."),
        (b"x" * 1001, "Die Datei ist zu gross: 1001 Bytes, höchstens 1000 werden gelesen."),
    ],
)
async def test_what_is_empty_or_huge_goes_to_rejected_with_the_reason(
    incoming: Path, content: bytes, reason: str
) -> None:
    (incoming / "post.pdf").write_bytes(content)
    await source_of(incoming).look(intake())
    assert (incoming / "rejected" / "post.pdf").read_bytes() == content
    assert (incoming / "rejected" / "post.pdf.txt").read_text() == f"{reason}\n"
    assert not await Scan.exists()


async def test_what_turns_out_to_be_no_scan_moves_from_done_to_rejected_and_so_it_does_again(
    incoming: Path,
) -> None:
    (incoming / "post.pdf").write_bytes(b"%PDF locked")
    await source_of(incoming).look(intake())
    [scan] = await letters.scans(most=10, viewer=None)
    refused = ScanRefused("encrypted")
    for _ in range(2):  # a crash may have it done twice
        await RejectToFolder("de")(scan, refused)
    name = beside("post.pdf", scan.digest)
    assert (incoming / "rejected" / name).read_bytes() == b"%PDF locked"
    assert "Kennwort" in (incoming / "rejected" / f"{name}.txt").read_text()
    assert list((incoming / "done").iterdir()) == []
    await scan_reading.reject(scan.id, "encrypted", {})
    (incoming / "again.pdf").write_bytes(b"%PDF locked")
    await source_of(incoming).look(intake())
    assert "Kennwort" in (incoming / "rejected" / "again.pdf.txt").read_text()
    assert await Scan.all().count() == 1


async def test_a_rejected_file_that_was_not_kept_beside_is_written_anew(incoming: Path) -> None:
    (incoming / "post.pdf").write_bytes(b"%PDF locked")
    await source_of(incoming, keep_done=False).look(intake())
    [scan] = await letters.scans(most=10, viewer=None)
    await RejectToFolder("fr")(scan, ScanRefused("damaged"))
    assert (incoming / "rejected" / beside("post.pdf", scan.digest)).read_bytes() == b"%PDF locked"


async def test_while_the_database_is_away_the_file_stays(incoming: Path) -> None:
    async def away(file: BinaryIO, note: ScanNote) -> KeptScan:
        raise StorageUnavailable("away")

    (incoming / "post.pdf").write_bytes(b"%PDF one")
    await source_of(incoming).look(away)
    assert (incoming / "post.pdf").exists()


async def test_where_nothing_can_be_moved_the_service_goes_on_and_tries_again(incoming: Path) -> None:
    (incoming / "done").write_text("in the way")
    (incoming / "rejected").write_text("in the way")
    (incoming / "post.pdf").write_bytes(b"%PDF one")
    (incoming / "empty.pdf").write_bytes(b"")
    source = source_of(incoming)
    await source.look(intake())
    assert {path.name for path in incoming.iterdir()} == {"done", "rejected", "post.pdf", "empty.pdf"}
    assert await Scan.all().count() == 1


async def test_what_is_written_to_while_it_is_taken_stays_and_is_taken_whole_later(incoming: Path) -> None:
    post = incoming / "post.pdf"
    post.write_bytes(b"%PDF half")

    async def meanwhile(file: BinaryIO, note: ScanNote) -> KeptScan:
        post.write_bytes(b"%PDF half, and the rest")
        return await intake()(file, note)

    source = source_of(incoming)
    await source.look(meanwhile)
    assert post.read_bytes() == b"%PDF half, and the rest"
    await source.look(intake())
    assert not post.exists()
    whole = await Scan.filter(digest=digest_of(b"%PDF half, and the rest")).first()
    assert whole
    assert await blobs.read(whole.digest) == b"%PDF half, and the rest"


async def test_a_new_file_is_told_by_the_kernel_long_before_the_clock(incoming: Path) -> None:
    running = asyncio.create_task(source_of(incoming).run(intake()))
    try:
        await asyncio.sleep(0.3)
        half = incoming / ".half"
        half.write_bytes(b"%PDF one")
        half.rename(incoming / "post.pdf")
        async with asyncio.timeout(10):  # the clock looks every 30 seconds
            while not (incoming / "done").exists():
                await asyncio.sleep(0.05)
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
    assert await Scan.all().count() == 1
