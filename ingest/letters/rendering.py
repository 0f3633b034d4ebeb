"""The picture of one page of a scan."""

import math
from pathlib import Path

import pypdfium2
from PIL import ExifTags, Image
from pypdfium2 import raw as pdfium

from ingest.letters.kinds import ScanKind
from ingest.letters.limits import ScanLimits
from ingest.letters.paper import dpi_of
from ingest.letters.picture import Picture, plain

POINTS_PER_INCH = 72.0
KEPT_DPI = 300.0  # more is not kept: what a person or a program reads is there
_PLAIN_DPI = 200.0
_SCANNED_SHARE = 0.5  # of the page that a picture covers which is the scan itself
_SMALLEST_DPI = 20.0
_MOST_RENDERED = 40_000_000  # pixels: a page of A2
_EXIF = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def picture_of(scan: Path, kind: ScanKind, place: int, limits: ScanLimits) -> Picture:
    """Return the picture of an image file's page, as EXIF says that it stands; at most KEPT_DPI."""
    with Image.open(scan) as image:
        if kind is ScanKind.TIFF:
            image.seek(place)
        if image.width * image.height > limits.pixels:
            raise ValueError("more pixels than its directory said")
        across, down = _told_dpi(image)
        width, height = image.width, round(image.height * across / down)
        dpi = dpi_of(width, height, across)
        # A JPEG can be decoded smaller at once where it is much finer than needed.
        image.draft(None, (math.ceil(width * KEPT_DPI / dpi), math.ceil(height * KEPT_DPI / dpi)))
        decoded = _squared(plain(image), across / down)
        dpi *= decoded.width / width
        return Picture(_as_exif_says(decoded, image), dpi).at_most(KEPT_DPI)


def _told_dpi(image: Image.Image) -> tuple[float, float]:
    """Return the pixels an inch across and down that a file tells; both 0 alike (1, 1) where it tells none."""
    told = image.info.get("dpi") or (0, 0)
    across, down = (float(number) for number in told)
    sane = across > 1 and down > 1 and 0.2 < across / down < 5
    return (across, down) if sane else (1.0, 1.0)


def _squared(image: Image.Image, ratio: float) -> Image.Image:
    """Return an image with as many pixels an inch down as across: fax machines scan in coarse rows."""
    if abs(ratio - 1) < 0.02:
        return image
    grey = image.convert("L") if image.mode == "1" else image
    scaled = grey.resize((image.width, max(1, round(image.height * ratio))), Image.Resampling.BILINEAR)
    return scaled.convert("1", dither=Image.Dither.NONE) if image.mode == "1" else scaled


def _as_exif_says(image: Image.Image, source: Image.Image) -> Image.Image:
    orientation = source.getexif().get(ExifTags.Base.Orientation, 1)
    turn = _EXIF.get(orientation)
    return image.transpose(turn) if turn is not None else image


def pdf_picture(page: pypdfium2.PdfPage, limits: ScanLimits) -> Picture:
    """Return the picture of a PDF's page: as fine as the scan in it, at most KEPT_DPI and the pixels of *limits*."""
    width, height = (max(1.0, side / POINTS_PER_INCH) for side in page.get_size())
    dpi, is_bilevel = _resolution(page, width * height)
    dpi = max(
        _SMALLEST_DPI, min(dpi, KEPT_DPI, math.sqrt(min(limits.pixels, _MOST_RENDERED) / (width * height)))
    )
    bitmap = page.render(scale=dpi / POINTS_PER_INCH, may_draw_forms=False, rev_byteorder=True)
    image = plain(bitmap.to_pil())
    bitmap.close()
    if is_bilevel:
        image = image.convert("L").convert("1", dither=Image.Dither.NONE)
    return Picture(image, dpi)


def _resolution(page: pypdfium2.PdfPage, square_inches: float) -> tuple[float, bool]:
    """Return how finely a page is to be rendered, and whether the scan that fills it has only black and white."""
    for image in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = image.get_bounds()
        covered = (right - left) * (top - bottom) / POINTS_PER_INCH**2
        if covered < _SCANNED_SHARE * square_inches:
            continue
        across, down = image.get_px_size()
        dpi = math.sqrt(across * down / covered)
        return max(_PLAIN_DPI, dpi), image.get_metadata().bits_per_pixel == 1
    return _PLAIN_DPI, False
