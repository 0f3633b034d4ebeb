"""Letters as an office scans them: many in one PDF, its pictures as the scanner made them."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageSequence
from pypdf import PdfWriter

from benchmarks.letters.make import Made


@dataclass(frozen=True, slots=True)
class Batch:
    """A scan of several letters, one behind the other."""

    scan: Path
    letters: tuple[Made, ...]

    @property
    def pages(self) -> int:
        """Return how many pages it has."""
        return sum(len(one.truth.pages) for one in self.letters)


def batches(made: Sequence[Made], pages: int, folder: Path) -> Iterator[Batch]:
    """Yield scans of about so many pages each, written into a folder."""
    waiting: list[Made] = []
    for at, one in enumerate(made):
        waiting.append(one)
        if at == len(made) - 1 or sum(len(each.truth.pages) for each in waiting) >= pages:
            yield _written(waiting, folder / f"batch-{waiting[0].scan.stem}.pdf")
            waiting = []


def _written(letters: Sequence[Made], path: Path) -> Batch:
    writer = PdfWriter()
    for one in letters:
        writer.append(io.BytesIO(_as_pdf(one.scan)))
    with path.open("wb") as file:
        writer.write(file)
    return Batch(path, tuple(letters))


def _as_pdf(scan: Path) -> bytes:
    """Return a scan as PDF, each picture in it as it is."""
    if scan.suffix == ".pdf":
        return scan.read_bytes()
    with Image.open(scan) as image:
        pages = [page.copy() for page in ImageSequence.Iterator(image)]
        # A JPEG stays as good as it is, so that the next one costs it little.
        options: dict[str, Any] = {} if pages[0].mode == "1" else {"quality": 92}
        file = io.BytesIO()
        pages[0].save(file, "PDF", save_all=True, append_images=pages[1:], dpi=image.info["dpi"], **options)
    return file.getvalue()
