"""Letters as an office scans them: many in one PDF, with separator sheets between, its pictures as they are."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import segno
from PIL import Image, ImageSequence
from pypdf import PdfWriter

from benchmarks.letters.make import Made

_SHEET_DPI: Final = 200


@dataclass(frozen=True, slots=True)
class Batch:
    """A scan of several letters, a sheet between each and the next."""

    scan: Path
    letters: tuple[Made, ...]

    @property
    def pages(self) -> int:
        """Return how many pages its letters have; sheets are not counted."""
        return sum(len(one.truth.pages) for one in self.letters)

    def without_sheets(self, texts: Sequence[str]) -> list[str]:
        """Return of what was read of all its pages what is of letters."""
        found: list[str] = []
        at = 0
        for one in self.letters:
            found += texts[at : at + len(one.truth.pages)]
            at += len(one.truth.pages) + 1
        return found


def batches(made: Sequence[Made], pages: int, folder: Path, sheet: str) -> Iterator[Batch]:
    """Yield scans of about so many pages each, written into a folder; the code of a *sheet* says its text."""
    waiting: list[Made] = []
    for at, one in enumerate(made):
        waiting.append(one)
        if at == len(made) - 1 or sum(len(each.truth.pages) for each in waiting) >= pages:
            yield _written(waiting, folder / f"batch-{waiting[0].scan.stem}.pdf", _sheet(sheet))
            waiting = []


def _written(letters: Sequence[Made], path: Path, sheet: bytes) -> Batch:
    writer = PdfWriter()
    for at, one in enumerate(letters):
        if at:
            writer.append(io.BytesIO(sheet))
        writer.append(io.BytesIO(_as_pdf(one.scan)))
    with path.open("wb") as file:
        writer.write(file)
    return Batch(path, tuple(letters))


def _as_pdf(scan: Path) -> bytes:
    """Return a scan as PDF, each picture in it as it is."""
    if scan.suffix == ".pdf":
        return scan.read_bytes()
    with Image.open(scan) as image:
        return _pdf([page.copy() for page in ImageSequence.Iterator(image)], image.info["dpi"])


def _sheet(text: str) -> bytes:
    """Return a sheet with a code as a scanner would show it."""
    drawn = io.BytesIO()
    segno.make(text, error="q").save(drawn, kind="png", scale=10)
    page = Image.new("L", (round(210 / 25.4 * _SHEET_DPI), round(297 / 25.4 * _SHEET_DPI)), 250)
    page.paste(Image.open(drawn).convert("L"), (500, 500))
    return _pdf([page], (_SHEET_DPI, _SHEET_DPI))


def _pdf(pages: Sequence[Image.Image], dpi: tuple[float, float]) -> bytes:
    # What was compressed once is hardly the worse for it at this quality.
    options: dict[str, Any] = {} if pages[0].mode == "1" else {"quality": 92}
    file = io.BytesIO()
    pages[0].save(file, "PDF", save_all=True, append_images=pages[1:], dpi=dpi, **options)
    return file.getvalue()
