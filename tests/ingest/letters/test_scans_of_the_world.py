"""Scans of the real world, where CORPUS_DIR names a folder of them: each is read, or refused with the right reason."""

from pathlib import Path

import pytest
from rapidfuzz.distance import Levenshtein

from ingest.letters.limits import ScanLimits
from ingest.letters.reading import ReadPage, ScanReader, ScanRefused
from mail.letter import TextSource

_KINDS = {".pdf", ".png", ".tif"}


@pytest.fixture
def scans(corpus_dir: Path) -> Path:
    folder = corpus_dir / "scans"
    if not folder.is_dir():
        pytest.skip(f"{folder} is not there")
    return folder


def _wrong(truth: str, text: str) -> float:
    """Return which part of the characters is wrong, white space folded."""
    truth, text = " ".join(truth.split()), " ".join(text.split())
    return Levenshtein.distance(truth, text) / len(truth)


async def _read(reader: ScanReader, scan: Path, folder: Path) -> list[ReadPage]:
    return [page async for page in reader.read(scan, folder)]


@pytest.mark.slow
@pytest.mark.timeout(1800)
async def test_each_scan_is_read_or_refused_with_its_reason(scans: Path, tmp_path: Path) -> None:
    refused: dict[str, str] = {}
    unread: dict[str, str] = {}
    async with ScanReader(ScanLimits(seconds=180)) as reader:
        for scan in sorted(path for path in scans.rglob("*") if path.suffix in _KINDS):
            try:
                pages = await _read(reader, scan, tmp_path)
            except ScanRefused as error:
                refused[scan.name] = error.code
                continue
            unread |= {f"{scan.name} {page.page.number}": page.problem for page in pages if page.problem}
    assert refused == {"invalid.pdf": "damaged"}
    assert not unread


@pytest.mark.parametrize(("name", "most"), [("eurotext", 0.1), ("phototest", 0.01)])
async def test_few_characters_are_wrong(scans: Path, tmp_path: Path, name: str, most: float) -> None:
    async with ScanReader(ScanLimits(workers=1)) as reader:
        (read,) = await _read(reader, scans / "text" / f"{name}.tif", tmp_path)
    assert _wrong((scans / "text" / f"{name}.txt").read_text(), read.page.text) <= most


@pytest.mark.parametrize(("name", "skew"), [("rotated_skew", 2.65), ("skew", -1.8)])
async def test_a_skewed_page_comes_upright(scans: Path, tmp_path: Path, name: str, skew: float) -> None:
    async with ScanReader(ScanLimits(workers=1)) as reader:
        (read,) = await _read(reader, scans / "pages" / f"{name}.pdf", tmp_path)
    assert read.page.turned == 0
    assert read.page.skew == pytest.approx(skew, abs=0.2)
    assert read.page.lines[0].text == "The LinnSequencer"
    first = next(line for line in read.page.lines if len(line.words) > 5)
    assert abs(first.words[0].box.bottom - first.words[-1].box.bottom) < 1.5


async def test_each_of_four_ways_round_is_read_alike(scans: Path, tmp_path: Path) -> None:
    async with ScanReader(ScanLimits(workers=2)) as reader:
        pages = await _read(reader, scans / "pages" / "cardinal.pdf", tmp_path)
    assert [read.page.turned for read in pages] == [0, 270, 180, 90]
    assert all(read.page.text.startswith("The LinnSequencer") for read in pages)


@pytest.mark.parametrize("name", ["blank", "no_contents"])
async def test_empty_pages_are_blank(scans: Path, tmp_path: Path, name: str) -> None:
    async with ScanReader(ScanLimits(workers=1)) as reader:
        (read,) = await _read(reader, scans / "pages" / f"{name}.pdf", tmp_path)
    assert read.page.is_blank


async def test_invoices_with_text_are_read_by_their_text(scans: Path, tmp_path: Path) -> None:
    async with ScanReader(ScanLimits(workers=2)) as reader:
        for scan in sorted((scans / "invoices").glob("*.pdf")):
            sources = {read.page.source for read in await _read(reader, scan, tmp_path)}
            assert sources == {TextSource.LAYER}, scan.name
