"""Scans to look at: letters without paper, whose pages are drawn as pictures of what stands on them."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from ingest.letters.reading import ReadPage
from mail.letter import Page
from storage.entries import Entry
from storage.scans import Letter, Scan
from tests.ingest.letters.standing_in import Desk, Side, StandIn, letter

_DPI = 110
_PER_MM = _DPI / 25.4


def _font() -> ImageFont.ImageFont | ImageFont.FreeTypeFont:
    try:
        return ImageFont.truetype("DejaVuSansMono.ttf", 14)  # as wide as words of tests are taken to be
    except OSError:
        return ImageFont.load_default(size=14)


def drawn(page: Page) -> Image.Image:
    """Return the picture of a page: every word in its box."""
    image = Image.new("RGB", (round(page.width * _PER_MM), round(page.height * _PER_MM)), "#fdfcf8")
    pen, font = ImageDraw.Draw(image), _font()
    for line in page.lines:
        for word in line.words:
            pen.text((word.box.left * _PER_MM, word.box.top * _PER_MM), word.text, fill="#222", font=font)
    for code in page.codes:
        box = code.box
        corners = [box.left, box.top, box.right, box.bottom]
        pen.rectangle([side * _PER_MM for side in corners], outline="black", width=3)
    return image


@dataclass(slots=True)
class Drawing(StandIn):
    """Reads what `StandIn` reads; the files of its pages are real ones."""

    async def read(
        self, scan: Path, folder: Path, *, told: Callable[[int, int], None], first: int = 1
    ) -> AsyncIterator[ReadPage]:
        """See `ingest.letters.work.Reader`."""
        # Not super(): a class with slots is made twice, and the first one is not this.
        async for read in StandIn.read(self, scan, folder, told=told, first=first):
            picture = drawn(read.page)
            picture.save(read.image, "JPEG", dpi=(_DPI, _DPI))
            picture.save(read.searchable, "PDF", resolution=_DPI)
            yield replace(read)


@dataclass(slots=True)
class DrawingDesk(Desk):
    """Takes scans, and reads and files them at once, with pictures."""

    reader: StandIn = field(default_factory=Drawing)


async def entries_of(scan_id: int) -> list[Entry]:
    """Return the entries of the letters of a scan, in order."""
    found = await Letter.filter(scan_id=scan_id).order_by("first_page").select_related("entry")
    return [one.entry for one in found if one.entry]


async def only_scan() -> Scan:
    """Return the one scan that there is."""
    [scan] = await Scan.all()
    return scan


INVOICE_OF = ("Keller & Söhne GmbH", "Seeweg 7", "6003 Luzern")


def invoice(subject: str = "Rechnung 4711", sender: Sequence[str] = INVOICE_OF) -> Side:
    """Return a letter of a firm that nobody knows, with numbers in its foot."""
    return letter(
        sender,
        date="Luzern, 27. Februar 2026",
        subject=subject,
        closing="Petra Keller",
        text=(
            "Sehr geehrte Damen und Herren",
            "Für die Reparatur der Pumpe stellen wir in Rechnung:",
            "CHF 480.00",
        ),
        foot=(
            "Tel. 041 210 33 44   info@keller-soehne.ch   www.keller-soehne.ch",
            "IBAN CH93 0076 2011 6238 5295 7   CHE-116.281.710 MWST",
        ),
    )
