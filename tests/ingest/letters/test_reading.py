"""Scan files become upright pages; what must not be read is refused with its reason."""

import struct
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.actions import JavaScript

from ingest.letters.limits import ScanLimits
from ingest.letters.reading import ReadPage, ScanReader, ScanRefused, joined
from mail.letter import TextSource
from tests.ingest.letters.printing import GERMAN, printed, scanned

LIMITS = ScanLimits(workers=1, pages=20, pixels=20_000_000, octets=30_000_000)


@pytest.fixture
async def reader() -> AsyncIterator[ScanReader]:
    async with ScanReader(LIMITS) as reader:
        yield reader


async def _read(reader: ScanReader, scan: Path) -> list[ReadPage]:
    folder = scan.parent / "pages"
    folder.mkdir(exist_ok=True)
    return [page async for page in reader.read(scan, folder)]


async def _refusal(reader: ScanReader, scan: Path) -> ScanRefused:
    with pytest.raises(ScanRefused) as refused:
        await _read(reader, scan)
    return refused.value


def _white(path: Path) -> Path:
    Image.new("L", (1654, 2339), 255).save(path, dpi=(200, 200))
    return path


async def test_a_picture_of_nothing_is_one_blank_page_of_its_size(reader: ScanReader, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    scan = _white(tmp_path / "scan.png")
    (page,) = [
        one async for one in reader.read(scan, tmp_path, told=lambda done, of: told.append((done, of)))
    ]
    assert page.page.is_blank
    assert page.page.source is TextSource.NONE
    assert (round(page.page.width), round(page.page.height)) == (210, 297)
    assert page.image.exists()
    assert len(PdfReader(page.searchable).pages) == 1
    assert told == [(0, 1), (1, 1)]


async def test_files_that_are_no_scan_are_refused(reader: ScanReader, tmp_path: Path) -> None:
    empty, text = tmp_path / "empty.pdf", tmp_path / "letter.pdf"
    empty.write_bytes(b"")
    text.write_text("Sehr geehrte Damen und Herren")
    assert (await _refusal(reader, empty)).code == "empty"
    assert (await _refusal(reader, text)).code == "unknown-kind"


async def test_a_locked_pdf_is_refused_and_one_that_opens_without_a_password_is_read(
    reader: ScanReader, tmp_path: Path
) -> None:
    for user_password in ("secret", ""):
        writer = PdfWriter()
        writer.add_blank_page(595, 842)
        writer.encrypt(user_password, "owner", algorithm="AES-256")
        writer.write(tmp_path / f"locked{user_password}.pdf")
    assert (await _refusal(reader, tmp_path / "lockedsecret.pdf")).code == "encrypted"
    assert len(await _read(reader, tmp_path / "locked.pdf")) == 1


async def test_too_many_pages_are_refused_with_their_number(reader: ScanReader, tmp_path: Path) -> None:
    writer = PdfWriter()
    for _ in range(21):
        writer.add_blank_page(595, 842)
    writer.write(tmp_path / "many.pdf")
    refused = await _refusal(reader, tmp_path / "many.pdf")
    assert (refused.code, refused.parameters) == ("too-many-pages", {"pages": "21", "most": "20"})


async def test_a_pdf_with_a_script_is_refused(reader: ScanReader, tmp_path: Path) -> None:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.add_open_action(JavaScript("app.alert('hello')"))
    writer.write(tmp_path / "script.pdf")
    refused = await _refusal(reader, tmp_path / "script.pdf")
    assert (refused.code, refused.parameters) == ("active", {"what": "JavaScript"})


async def test_a_tiff_whose_directories_run_in_a_circle_is_refused(
    reader: ScanReader, tmp_path: Path
) -> None:
    scan = _white(tmp_path / "loop.tif")
    raw = bytearray(scan.read_bytes())
    (directory,) = struct.unpack_from("<I", raw, 4)
    (fields,) = struct.unpack_from("<H", raw, directory)
    struct.pack_into("<I", raw, directory + 2 + 12 * fields, directory)
    scan.write_bytes(raw)
    refused = await _refusal(reader, scan)
    assert (refused.code, refused.parameters) == ("damaged", {"how": "loop"})


async def test_the_words_of_a_letter_are_read_with_their_places_and_found_in_its_pdf(
    reader: ScanReader, tmp_path: Path
) -> None:
    scanned(printed(GERMAN, tmp_path / "letter.pdf")).save(tmp_path / "letter.png", dpi=(200, 200))
    (page,) = await _read(reader, tmp_path / "letter.png")
    assert page.page.source is TextSource.OCR
    line = next(line for line in page.page.lines if line.text == "Sehr geehrte Frau Grossmüller,")
    assert abs(line.box.left - 22) < 1
    joined([page.searchable, page.searchable], tmp_path / "joined.pdf")
    texts = [one.extract_text() for one in PdfReader(tmp_path / "joined.pdf").pages]
    assert len(texts) == 2
    assert all("Sehr geehrte Frau Grossmüller," in text and "8001 Zürich" in text for text in texts)
