"""May a scan be read, and which pages has it?  What is refused is refused here, before a picture is decoded."""

from dataclasses import dataclass
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from ingest.letters.kinds import LOOKED_AT, ScanKind, scan_kind
from ingest.letters.limits import ScanLimits
from ingest.letters.pdf import pdf_pages
from ingest.letters.refusal import Refusal, ScanRefused
from ingest.letters.tiff import tiff_pages

_TAIL = 64 * 1024
_ENDS = {ScanKind.JPEG: b"\xff\xd9", ScanKind.PNG: b"IEND"}


@dataclass(frozen=True, slots=True)
class Opened:
    """A scan that may be read: *places* says where each page is, by its number among all pictures of the file."""

    kind: ScanKind
    places: tuple[int, ...]


def opened(scan: Path, limits: ScanLimits) -> Opened:
    """Return what a scan is; ScanRefused where it cannot or must not be read."""
    octets = scan.stat().st_size
    if octets > limits.octets:
        raise ScanRefused(Refusal.TOO_LARGE, {"octets": f"{octets}", "most": f"{limits.octets}"})
    with scan.open("rb") as file:
        head = file.read(LOOKED_AT)
        if not head.strip():
            raise ScanRefused(Refusal.EMPTY)
        kind = scan_kind(head)
        if kind is None:
            raise ScanRefused(Refusal.UNKNOWN_KIND)
        if kind is ScanKind.PDF:
            return Opened(kind, tuple(range(pdf_pages(scan, limits))))
        if kind is ScanKind.TIFF:
            pages = tiff_pages(file, octets, limits.pages)
            for number, page in enumerate(pages, 1):
                within_pixels(page.width, page.height, number, limits)
            if not pages:
                raise ScanRefused(Refusal.EMPTY)
            return Opened(kind, tuple(page.index for page in pages))
        file.seek(max(0, octets - _TAIL))
        if _ENDS[kind] not in file.read():
            raise ScanRefused(Refusal.DAMAGED, {"how": "truncated"})
    _one_picture(scan, limits)
    return Opened(kind, (0,))


def _one_picture(scan: Path, limits: ScanLimits) -> None:
    try:
        with Image.open(scan) as image:
            within_pixels(image.width, image.height, 1, limits)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise ScanRefused(Refusal.DAMAGED, {"how": "header"}) from error


def within_pixels(width: int, height: int, page: int, limits: ScanLimits) -> None:
    """Refuse a picture with more pixels than are decoded."""
    if width * height > limits.pixels:
        told = {"pixels": f"{width * height}", "most": f"{limits.pixels}", "page": f"{page}"}
        raise ScanRefused(Refusal.TOO_MANY_PIXELS, told)
