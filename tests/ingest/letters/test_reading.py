"""Scan files become upright pages; what must not be read is refused with its reason."""

from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from ingest.letters.reading import ScanReader, joined
from mail.letter import TextSource
from tests.ingest.letters.printing import GERMAN, printed, scanned
from tests.ingest.letters.taken import a_reader, pages_of


def _white(path: Path) -> Path:
    Image.new("L", (1654, 2339), 255).save(path, dpi=(200, 200))
    return path


reader = pytest.fixture(a_reader)


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


async def test_the_words_of_a_letter_are_read_with_their_places_and_found_in_its_pdf(
    reader: ScanReader, tmp_path: Path
) -> None:
    scanned(printed(GERMAN, tmp_path / "letter.pdf")).save(tmp_path / "letter.png", dpi=(200, 200))
    (page,) = await pages_of(reader, tmp_path / "letter.png")
    assert page.page.source is TextSource.OCR
    line = next(line for line in page.page.lines if line.text == "Sehr geehrte Frau Grossmüller,")
    assert abs(line.box.left - 22) < 1
    joined([page.searchable, page.searchable], tmp_path / "joined.pdf")
    texts = [one.extract_text() for one in PdfReader(tmp_path / "joined.pdf").pages]
    assert len(texts) == 2
    assert all("Sehr geehrte Frau Grossmüller," in text and "8001 Zürich" in text for text in texts)
