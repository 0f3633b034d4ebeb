"""One page of a scan, read: upright, with its words, its picture and its searchable PDF."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2
import pytesseract
from PIL import Image

from ingest.letters.blank import is_blank
from ingest.letters.codes import codes_on
from ingest.letters.kinds import ScanKind
from ingest.letters.layer import Layer, layer_of
from ingest.letters.light import evened, ink_of, is_pale
from ingest.letters.limits import ScanLimits
from ingest.letters.ocr import Deadline, TooLong
from ingest.letters.page_words import page_lines
from ingest.letters.pdf import open_pdf
from ingest.letters.picture import Picture
from ingest.letters.rendering import pdf_picture, picture_of
from ingest.letters.sample import model_of, sample_of, says_something
from ingest.letters.searchable import jpeg_of, write_searchable
from ingest.letters.trust import is_good
from ingest.letters.upright import lie_of
from mail.letter import Line, Page, TextSource

TOO_LONG, FAILED = "too-long", "failed"
_READ_AT = 250.0  # dpi: with 200 small print is read worse, with 300 slower
_LEAST_SKEW = 0.2  # degrees: less disturbs nobody
# What the readers of pictures and PDFs raise where a file is not what it says.
BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    IndexError,
    pypdfium2.PdfiumError,
    pytesseract.TesseractError,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which page of which scan is to be read, and into which *folder*; *place* is where in the file it is."""

    scan: Path
    kind: ScanKind
    place: int
    number: int
    folder: Path

    @property
    def image(self) -> Path:
        """Return where the upright picture goes."""
        return self.folder / f"page-{self.number:05}.jpg"

    @property
    def searchable(self) -> Path:
        """Return where the PDF goes."""
        return self.folder / f"page-{self.number:05}.pdf"


@dataclass(frozen=True, slots=True)
class _Standing:
    """A page put upright: its picture, and the same grey, in even light, as it is read.

    Where it *is pale*, what is on it may only shine through from the other side.
    """

    page: Page
    picture: Picture
    even: Image.Image
    dpi: float
    is_pale: bool = False

    def turned(self, turn: int) -> "_Standing":
        """Return it turned by 0 or 180 degrees more; a half turn keeps its skew."""
        return _Standing(
            replace(self.page, turned=(self.page.turned + turn) % 360),
            self.picture.turned(turn),
            Picture(self.even, self.dpi).turned(turn).image,
            self.dpi,
            self.is_pale,
        )


def read_page(asked: Asked, limits: ScanLimits) -> tuple[Page, str]:
    """Return a page and what was wrong with reading it, if anything; its picture and PDF are in the folder then."""
    deadline = Deadline.after(limits.seconds)
    picture, layer = _seen(asked, limits)
    standing, problem = _standing(picture, asked.number, layer), ""
    lines = standing.page.lines
    if standing.page.source is TextSource.NONE and not standing.page.is_blank:
        try:
            standing, lines = _read(standing, limits.languages, Path(tempfile.gettempdir()), deadline)
        except TooLong:
            problem = TOO_LONG
        except pytesseract.TesseractError:
            problem = FAILED
    page = standing.page
    page = replace(page, lines=lines, codes=codes_on(standing.even, page.width, page.height))
    jpeg = jpeg_of(standing.picture)
    asked.image.write_bytes(jpeg)
    write_searchable(standing.picture, jpeg, page.lines, asked.searchable)
    return page, problem


def _read(
    standing: _Standing, languages: Sequence[str], folder: Path, deadline: Deadline
) -> tuple[_Standing, tuple[Line, ...]]:
    """Return a page the right way up and its lines, read with one language's model where a sample tells which."""
    sample = sample_of(standing.even, standing.dpi, languages, folder, deadline)
    standing = standing.turned(sample.turn)
    model = sample.model or languages[0]
    lines = page_lines(standing.even, standing.dpi, (model,), folder, deadline)
    better = model if sample.model else model_of(lines, languages)
    if better not in {model, ""}:
        lines = page_lines(standing.even, standing.dpi, (better,), folder, deadline)
    if standing.is_pale and not says_something(lines):
        return replace(standing, page=replace(standing.page, is_blank=True)), ()
    return replace(standing, page=replace(standing.page, source=TextSource.OCR)), lines


def _seen(asked: Asked, limits: ScanLimits) -> tuple[Picture, Layer | None]:
    """Return the picture of a page as it lies, and its text layer where a PDF has one."""
    if asked.kind is not ScanKind.PDF:
        return picture_of(asked.scan, asked.kind, asked.place, limits), None
    with open_pdf(asked.scan) as document:
        page = document[asked.place]
        try:
            return pdf_picture(page, limits), layer_of(page)
        finally:
            page.close()


def _standing(picture: Picture, number: int, layer: Layer | None) -> _Standing:
    small = picture.grey().at_most(_READ_AT)
    even = evened(small.image)
    if layer and is_good(layer, even, small.dpi):
        return _layered(picture, Picture(even, small.dpi), number, layer)
    if is_blank(even, small.dpi):
        page = Page(number, picture.width, picture.height, is_blank=True)
        return _Standing(page, picture, even, small.dpi)
    lie = lie_of(ink_of(even))
    skew = lie.skew if abs(lie.skew) >= _LEAST_SKEW else 0.0
    upright = picture.turned(lie.turn).straightened(skew)
    read = Picture(even, small.dpi).turned(lie.turn).straightened(skew)
    page = Page(number, upright.width, upright.height, turned=lie.turn, skew=round(skew, 2))
    return _Standing(page, upright, read.image, small.dpi, is_pale(small.image, even))


def _layered(picture: Picture, even: Picture, number: int, layer: Layer) -> _Standing:
    turned = layer.turned(picture.width, picture.height)
    upright = picture.turned(layer.turn)
    page = Page(
        number, upright.width, upright.height, lines=turned.lines, source=TextSource.LAYER, turned=layer.turn
    )
    return _Standing(page, upright, even.turned(layer.turn).image, even.dpi)
