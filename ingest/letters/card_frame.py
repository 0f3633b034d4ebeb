"""Where on a scan lies a reply card?  Found from its code, then exactly from the black marks in its corners.

The scan may be turned in any way, shifted, stretched or pulled askew: four marks
tell how places on the card become pixels.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from zxingcpp import BarcodeFormat, BarcodeFormats, read_barcodes

from ingest.letters.codes import Grey
from mail.letter import Box, Code
from mail.reply_card import CardLayout

Floats: TypeAlias = NDArray[np.float64]
_QR = BarcodeFormats(BarcodeFormat.QRCode)
_AROUND_CODE = 8.0  # mm
_WINDOW, _WINDOW_GROWS = 4.0, 0.03  # mm around where a mark should be; for each mm from what is known
_LEAST_SCORE = 0.4  # of the contrast, between a mark and the white around it
_LEAST_CONTRAST = 30  # grey values
_MOST_OFF_CODE = 0.8  # mm between where the marks say that the code is, and where it is
_MARKS_NEEDED = 3


@dataclass(frozen=True, slots=True)
class CardFrame:
    """How a card lies on a scan: *matrix* (3 x 3) makes mm on the card pixels; *dark* is the grey of its marks."""

    matrix: Floats
    dark: float

    def pixels(self, places: Floats) -> Floats:
        """Return pixels (n, 2: x, y) of places on the card (n, 2, in mm)."""
        return _through(self.matrix, places)


def frame_of(grey: Grey, code: Code, layout: CardLayout, across: float, down: float) -> CardFrame | None:
    """Return how a card with this *code* lies on a scan whose pixels are *across* times *down* mm.

    None where fewer than three of its marks are seen, or they do not fit the code.
    """
    corners = _corners_of(grey, code, across, down)
    if corners is None:
        return None
    known, seen = _corners(layout.code), corners
    centre = known.mean(axis=0)
    places = np.array([_centre(mark) for mark in layout.marks])
    marks: dict[int, Floats] = {}
    darks: list[float] = []
    for number in np.argsort(np.linalg.norm(places - centre, axis=1)):
        start = _similarity(known, seen)
        nearest = np.linalg.norm(known - places[number], axis=1).min()
        found = _mark_at(grey, start, places[number], layout.marks[number].width, nearest)
        if found is not None:
            marks[int(number)], dark = found
            darks.append(dark)
            known, seen = np.vstack([known, places[number]]), np.vstack([seen, marks[int(number)]])
    if len(marks) < _MARKS_NEEDED:
        return None
    matrix = _matrix(places, marks, known, seen)
    scale = float(np.sqrt(abs(np.linalg.det(matrix[:2, :2]))))
    off = np.linalg.norm(_through(matrix, _corners(layout.code)).mean(axis=0) - corners.mean(axis=0))
    return CardFrame(matrix, float(np.median(darks))) if off <= _MOST_OFF_CODE * scale else None


def _corners(box: Box) -> Floats:
    """Return the corners of a box, clockwise from the upper left one."""
    return np.array(
        [(box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom)]
    )


def _centre(box: Box) -> tuple[float, float]:
    return box.left + box.width / 2, box.top + box.height / 2


def _corners_of(grey: Grey, code: Code, across: float, down: float) -> Floats | None:
    """Return the corners of the code in pixels, as they lie: the first is its own upper left one."""
    for part, shift, scale in _parts(grey, code.box, across, down):
        for found in read_barcodes(part, formats=_QR, try_invert=False):
            if found.text == code.text:
                at = found.position
                points = (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
                return np.array([(point.x, point.y) for point in points]) * scale + shift
    return None


def _parts(grey: Grey, box: Box, across: float, down: float) -> Iterator[tuple[Grey, Floats, float]]:
    """Yield images in which the code is looked for, where each begins in the whole, and its scale."""
    left, top = max(0, int((box.left - _AROUND_CODE) / across)), max(0, int((box.top - _AROUND_CODE) / down))
    right, bottom = int((box.right + _AROUND_CODE) / across), int((box.bottom + _AROUND_CODE) / down)
    near, nowhere = np.ascontiguousarray(grey[top:bottom, left:right]), np.zeros(2)
    if near.size:
        yield near, np.array([left, top], dtype=np.float64), 1.0
    yield grey, nowhere, 1.0
    if near.size:
        half = np.asarray(Image.fromarray(near).reduce(2))
        yield half, np.array([left, top], dtype=np.float64), 2.0


def _similarity(known: Floats, seen: Floats) -> Floats:
    """Return the matrix that turns, scales and shifts *known* onto *seen* best."""
    rows = np.zeros((2 * len(known), 4))
    rows[0::2] = np.column_stack([known[:, 0], -known[:, 1], np.ones(len(known)), np.zeros(len(known))])
    rows[1::2] = np.column_stack([known[:, 1], known[:, 0], np.zeros(len(known)), np.ones(len(known))])
    a, b, x, y = np.linalg.lstsq(rows, seen.ravel(), rcond=None)[0]
    return np.array([[a, -b, x], [b, a, y], [0, 0, 1]])


def _matrix(places: Floats, marks: dict[int, Floats], known: Floats, seen: Floats) -> Floats:
    """Return the matrix from card to scan: of perspective where all marks are seen, or else affine."""
    if len(marks) == len(places):
        rows = []
        for number, (x, y) in enumerate(places):
            u, v = marks[number]
            rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        targets = np.array([marks[number] for number in range(len(places))]).ravel()
        return np.append(np.linalg.solve(np.array(rows), targets), 1.0).reshape(3, 3)
    affine = np.linalg.lstsq(np.column_stack([known, np.ones(len(known))]), seen, rcond=None)[0]
    return np.vstack([affine.T, [0, 0, 1]])


def _through(matrix: Floats, places: Floats) -> Floats:
    moved = np.column_stack([places, np.ones(len(places))]) @ matrix.T
    result: Floats = moved[:, :2] / moved[:, 2:]
    return result


def _mark_at(
    grey: Grey, start: Floats, place: Floats, side: float, distance: float
) -> tuple[Floats, float] | None:
    """Return the centre of a mark in pixels, near where it should be, and its grey; None if none is there."""
    scale = float(np.hypot(start[0, 0], start[1, 0]))
    expected = _through(start, place[None])[0]
    reach = (_WINDOW + _WINDOW_GROWS * distance + side) * scale
    left, top = (max(0, int(one - reach)) for one in expected)
    right, bottom = (int(one + reach) + 1 for one in expected)
    window = grey[top:bottom, left:right].astype(np.float64)
    inner, outer = round(0.8 * side * scale), round(1.5 * side * scale)
    if min(window.shape) <= outer or inner < 4:
        return None
    scores, darks = _square_scores(window, inner, outer)
    row, column = np.unravel_index(np.argmax(scores), scores.shape)
    light, dark = np.percentile(window, 75), float(darks[row, column])
    if light - dark < _LEAST_CONTRAST or scores[row, column] < _LEAST_SCORE * (light - dark):
        return None
    around = window[row : row + outer, column : column + outer]
    ink = np.clip((light - around) / (light - dark) - 0.3, 0, 0.7)
    ink[ink < 0.2] = 0
    if not 0.6 < (ink > 0.2).sum() / (side * scale) ** 2 < 1.5:
        return None
    rows, columns = np.indices(ink.shape)
    weight = ink.sum()
    at = np.array([(columns * ink).sum() / weight + column + left, (rows * ink).sum() / weight + row + top])
    return at, dark


def _square_scores(window: Floats, inner: int, outer: int) -> tuple[Floats, Floats]:
    """Return how much darker the inner square is than the ring around it, for each place; and its grey."""
    sums = np.zeros((window.shape[0] + 1, window.shape[1] + 1))
    sums[1:, 1:] = window.cumsum(axis=0).cumsum(axis=1)
    middle = round(inner * 1.4)
    wide, mid, narrow = (_squares(sums, side) for side in (outer, middle, inner))
    for_mid, for_narrow = (outer - middle) // 2, (outer - inner) // 2
    mid = mid[for_mid : for_mid + wide.shape[0], for_mid : for_mid + wide.shape[1]]
    narrow = narrow[for_narrow : for_narrow + wide.shape[0], for_narrow : for_narrow + wide.shape[1]]
    darks = narrow / inner**2
    return (wide - mid) / (outer**2 - middle**2) - darks, darks


def _squares(sums: Floats, side: int) -> Floats:
    result: Floats = sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side]
    return result
