"""Scans: one for a file however often it comes, pages with all that was read on them, letters as they are shown."""

import io
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from mail.letter import Box, Code, Found, LetterFields, LetterParty, Line, Page, TextSource, Word
from storage import blobs, letters, scan_reading
from storage.entries import Direction, Entry
from storage.jobs import ReadScan, TableQueue
from storage.letter_fields import packed_fields, unpacked_fields
from storage.scan_intake import ArrivedScan, KeptScan, keeping_scan
from storage.scan_reading import PageFiles
from storage.scans import Letter, ScanPage, ScanSource, ScanState
from storage.steps import transacted

_WORD = Word("Grüezi", Box(20, 30.25, 18.5, 4), 0.875)
_PAGE = Page(
    1,
    210,
    297,
    (Line((_WORD, Word("mitenand", Box(40, 30.25, 20, 4), 0.5))),),
    (Code("qr", "https://x.example/1", Box(150, 20, 20, 20)),),
    TextSource.OCR,
    turned=90,
    skew=-1.25,
)


async def arrived(raw: bytes = b"%PDF scan", name: str = "scan.pdf") -> KeptScan:
    scan = ArrivedScan(
        sha256(raw).hexdigest(), len(raw), io.BytesIO(raw), name, ScanSource.UPLOAD, datetime.now(UTC)
    )
    return await transacted(keeping_scan(scan, TableQueue()))


async def test_the_same_file_twice_is_one_scan_with_one_job(database: str) -> None:
    first, second = await arrived(), await arrived(name="again.pdf")
    assert (first.known, second.known) == (False, True)
    assert second.scan_id == first.scan_id
    claimed = await TableQueue().claim(10)
    assert [job.payload for job in claimed] == [ReadScan(first.scan_id)]
    kept = await scan_reading.scan(first.scan_id)
    assert kept
    assert (kept.name, kept.state) == ("scan.pdf", ScanState.WAITING)
    assert await blobs.read(kept.digest) == b"%PDF scan"


async def test_a_page_is_kept_with_words_codes_and_files_and_is_one_however_often_it_is_written(
    database: str, tmp_path: Path
) -> None:
    scan = await arrived()
    [job] = await TableQueue().claim(1)
    assert await scan_reading.begin(scan.scan_id) == 0
    (tmp_path / "1.jpeg").write_bytes(b"picture")
    (tmp_path / "1.pdf").write_bytes(b"%PDF page")
    files = PageFiles(_PAGE, tmp_path / "1.jpeg", "image/jpeg", tmp_path / "1.pdf")
    for _ in range(2):
        await scan_reading.keep_page(scan.scan_id, files, of=3, job=job, queue=TableQueue())
    [side] = await letters.sides(scan.scan_id)
    whole = await letters.side(scan.scan_id, 1)
    assert whole
    assert letters.page_of(whole) == _PAGE
    assert await blobs.read(side.image) == b"picture"
    assert await blobs.read(side.searchable) == b"%PDF page"
    kept = await letters.scan(scan.scan_id, None)
    assert kept
    assert (kept.state, kept.done, kept.pages) == (ScanState.READING, 1, 3)
    assert await scan_reading.begin(scan.scan_id) == 1


async def test_a_letter_in_quarantine_is_hidden_with_its_scan(database: str) -> None:
    scan = await arrived()
    later = datetime.now(UTC) + timedelta(hours=1)
    entry = await Entry.create(direction=Direction.INCOMING, at=datetime.now(UTC), visible_from=later)
    made = await Letter.create(scan_id=scan.scan_id, first_page=1, entry=entry, direction=Direction.INCOMING)
    assert await letters.letter(made.id, None) is None
    assert await letters.letter_of_entry(entry.id, None) is None
    assert await letters.scan(scan.scan_id, None) is None
    assert await letters.scans(most=10, viewer=None) == []
    await Entry.filter(id=entry.id).update(visible_from=None)
    shown = await letters.letter_of_entry(entry.id, None)
    assert shown
    assert (shown.id, list(shown.pages)) == (made.id, [])
    assert [one.id for one in await letters.scans(most=10, viewer=None)] == [scan.scan_id]


@pytest.mark.parametrize("state", [ScanState.FAILED, ScanState.REJECTED])
async def test_what_failed_waits_anew_and_what_is_read_does_not(database: str, state: ScanState) -> None:
    scan = await arrived()
    if state is ScanState.FAILED:
        await scan_reading.set_failed(scan.scan_id)
    else:
        await scan_reading.reject(scan.scan_id, "encrypted", {})
    assert await scan_reading.set_waiting(scan.scan_id)
    assert not await scan_reading.set_waiting(scan.scan_id)
    assert not await ScanPage.exists()


def test_the_fields_of_a_letter_come_back_as_they_were() -> None:
    read = LetterFields(
        language="de",
        sender=LetterParty(
            "Müller AG", "Anna Muster", "Weg 1", "8001", "Zürich", "CH", Box(1, 2, 3, 4), 1, 0.5
        ),
        date=date(2026, 3, 2),
        date_found=Found("2. März 2026", Box(1.5, 2, 3, 4), 1, 0.75),
        ibans=(Found("CH9300762011623852957", Box(1, 2, 3, 4), 2, 1.0),),
    )
    assert unpacked_fields(packed_fields(read)) == read
    assert unpacked_fields(packed_fields(LetterFields())) == LetterFields()
