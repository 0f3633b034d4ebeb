"""Which bar codes and QR codes stand on a page, and where?  Some 70 ms for A4 at 200 dpi."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from zxingcpp import Barcode, BarcodeFormat, BarcodeFormats, Point, read_barcodes

from ingest.letters.patch_codes import patch_on
from mail.letter import Box, Code

Grey: TypeAlias = NDArray[np.uint8]
QR = "qr"
# What stands on letters; each more makes every page slower.
_NAMES = {
    BarcodeFormat.QRCode: QR,
    BarcodeFormat.DataMatrix: "datamatrix",
    BarcodeFormat.Code128: "code128",
    BarcodeFormat.Code39: "code39",
    BarcodeFormat.ITF: "itf",
    BarcodeFormat.EAN13: "ean13",
}
_ALL, _ONLY_QR = BarcodeFormats(list(_NAMES)), BarcodeFormats(BarcodeFormat.QRCode)
# Some lines of print look like a very short code of these, which have no check digit.
_UNCHECKED, _SHORTEST_UNCHECKED = frozenset(("code39", "itf")), 4
_MOST_CODES = 50  # on one page
_LEAST_PIXELS = 16


def codes_on(image: Image.Image | Grey, page_width: float, page_height: float) -> tuple[Code, ...]:
    """Return the codes on the *image* of a page of this size in mm, from top to bottom.

    Grey values are (rows, columns), 0 black to 255 white.  A page turned by 90 or 180 degrees reads the same.
    """
    grey = grey_of(image)
    if min(grey.shape) < _LEAST_PIXELS:
        return ()
    found = _read(grey, _ALL, page_width, page_height)
    if not any(code.symbology == QR for code in found):
        found += _read(_smooth(grey), _ONLY_QR, page_width, page_height)
    patch = patch_on(grey, page_width / grey.shape[1], page_height / grey.shape[0])
    codes = [*found[:_MOST_CODES], *([patch] if patch else [])]
    return tuple(sorted(codes, key=lambda code: (code.box.top, code.box.left)))


def grey_of(image: Image.Image | Grey) -> Grey:
    """Return an image as grey values, (rows, columns)."""
    if isinstance(image, Image.Image):
        return np.asarray(image if image.mode == "L" else image.convert("L"))
    return np.ascontiguousarray(image)


def _smooth(grey: Grey) -> Grey:
    """Return half as many rows and columns, in which little is left of a noisy scan's grain."""
    return np.asarray(Image.fromarray(grey).reduce(2))


def _read(grey: Grey, formats: BarcodeFormats, page_width: float, page_height: float) -> list[Code]:
    across, down = page_width / grey.shape[1], page_height / grey.shape[0]
    found = [_code(one, across, down) for one in read_barcodes(grey, formats=formats, try_invert=False)]
    return [one for one in found if one.symbology not in _UNCHECKED or len(one.text) >= _SHORTEST_UNCHECKED]


def _code(found: Barcode, across: float, down: float) -> Code:
    place = found.position
    corners: list[Point] = [place.top_left, place.top_right, place.bottom_right, place.bottom_left]
    lefts, tops = [corner.x * across for corner in corners], [corner.y * down for corner in corners]
    box = Box(min(lefts), min(tops), max(lefts) - min(lefts), max(tops) - min(tops))
    return Code(_NAMES.get(found.symbology, "other"), found.text, box)
