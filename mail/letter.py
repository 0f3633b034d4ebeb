"""What does a letter say?  The values that reading scanned pages gives: pages, lines, words, and their fields.

Places are in millimetres from the upper left corner of the upright page, so that they mean the same at
any resolution; `docs/letter-format.md` keeps the printed form.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in millimetres from its upper left corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Return where it ends on the right."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Return where it ends below."""
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was read; *confidence* from 0 to 1, 1 where the page's own text layer says it."""

    text: str
    box: Box
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one line, from left to right; two columns side by side are two lines."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """Return its words with a space between each."""
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> Box:
        """Return the rectangle around its words."""
        left, top = min(w.box.left for w in self.words), min(w.box.top for w in self.words)
        right, bottom = max(w.box.right for w in self.words), max(w.box.bottom for w in self.words)
        return Box(left, top, right - left, bottom - top)


@dataclass(frozen=True, slots=True)
class Code:
    """A bar code or QR code on a page; *symbology* is "qr", "code128", "patch-t" and so on."""

    symbology: str
    text: str
    box: Box


class TextSource(StrEnum):
    """Where a page's words come from."""

    LAYER = "layer"
    OCR = "ocr"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Page:
    """One side of paper, upright: *number* counts from 1 in its scan; *width* and *height* in millimetres.

    It was *turned* clockwise by so many degrees (0, 90, 180, 270) and then by *skew* degrees to stand upright.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...] = ()
    codes: tuple[Code, ...] = ()
    source: TextSource = TextSource.NONE
    turned: int = 0
    skew: float = 0.0
    is_blank: bool = False

    @property
    def text(self) -> str:
        """Return its lines from top to bottom."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Found:
    """What a field says, where it stands, and how sure that is (0 to 1)."""

    value: str
    box: Box
    page: int
    confidence: float


@dataclass(frozen=True, slots=True)
class LetterParty:
    """Who wrote a letter, or to whom it is addressed; empty texts where nothing says so."""

    organisation: str = ""
    person: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    country: str = ""
    box: Box | None = None
    page: int = 0
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class LetterFields:
    """What stands on a letter, each with its place; None or empty where nothing was found."""

    language: str = ""
    sender: LetterParty | None = None
    addressee: LetterParty | None = None
    date: dt.date | None = None
    date_found: Found | None = None
    subject: Found | None = None
    our_reference: Found | None = None
    your_reference: Found | None = None
    customer_number: Found | None = None
    salutation: Found | None = None
    phones: tuple[Found, ...] = ()
    emails: tuple[Found, ...] = ()
    webs: tuple[Found, ...] = ()
    ibans: tuple[Found, ...] = ()
    tax_numbers: tuple[Found, ...] = ()
