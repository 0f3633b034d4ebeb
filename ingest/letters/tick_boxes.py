"""Is a box on a reply card ticked?  One box, as it lies on the scan, by the ink within its printed frame.

A box whose frame is not where it should be, or whose ink is neither clearly a tick nor
clearly none, is unsure: a person looks at it.
"""

from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from ingest.letters.card_frame import CardFrame, Floats
from ingest.letters.codes import Grey
from mail.letter import Box

Mask: TypeAlias = NDArray[np.bool_]
_PER_MM = 6  # samples
_AROUND = 2.4  # mm of paper looked at around a box
_MOST_OFF = 0.9  # mm between a frame and its place
_INSET = 0.7  # mm from the frame's outer edge to what counts as inside
_LEAST_FRAME = 0.22  # darkness of each side of the frame: 0 paper, 1 black
_LEAST_CONTRAST = 30  # grey values
_LEAST_INK, _NOISE_TIMES = 0.13, 4.5  # darkness above paper
_SPECK, _SPECK_AREA = 1.0, 0.05  # longest side in mm and share of the inside: dust
_TICK, _TICK_AREA = 1.8, 0.045
_PALE = 0.17
_SOLID, _SOLID_CELL, _DENSE = (
    0.85,
    0.4,
    0.6,
)  # shares covered: of the inside, of each sixteenth; of a heavy scribble
_STRAIGHT = 0.42  # mm: spread across a line that is only one stroke
_BEYOND, _FAR_BEYOND = 1.7, 3.0  # mm outside of its inner part: at both ends, or at one


class Mark(Enum):
    """What is in a box."""

    NONE = auto()
    TICK = auto()
    DENSE = auto()  # a tick, or a box that was filled in without care
    FILLED = auto()
    UNSURE = auto()


@dataclass(frozen=True, slots=True)
class Seen:
    """What is in a box, and how sure that is, 0 to 1."""

    mark: Mark
    confidence: float


_NOT_SEEN = Seen(Mark.UNSURE, 0.0)


def look_at(grey: Grey, frame: CardFrame, box: Box) -> Seen:
    """Return what is in a box of a card that lies so on the scan."""
    patch = _patch(grey, frame, box)
    if patch is None:
        return _NOT_SEEN
    rim = round((_AROUND - 0.6) * _PER_MM)
    ring = np.ones(patch.shape, dtype=np.bool_)
    ring[rim:-rim, rim:-rim] = False
    light = float(np.median(patch[ring]))
    if light - frame.dark < _LEAST_CONTRAST:
        return _NOT_SEEN
    darkness = (light - patch) / (light - frame.dark)
    place = _frame_place(darkness, box)
    if place is None:
        return _NOT_SEEN
    smooth = _smooth(darkness)
    noise = 1.48 * float(np.median(np.abs(smooth[ring] - np.median(smooth[ring]))))
    ink = smooth > max(_LEAST_INK, _NOISE_TIMES * noise)
    return _judged(smooth, ink, place, box)


def _patch(grey: Grey, frame: CardFrame, box: Box) -> Floats | None:
    """Return a box and what is around it, straight, `_PER_MM` samples a mm; None if it is not all on the scan."""
    width, height = (round((side + 2 * _AROUND) * _PER_MM) for side in (box.width, box.height))
    # Four samples for each, so that nothing is missed on a fine scan.
    xs = box.left - _AROUND + (np.arange(2 * width) + 0.5) / (2 * _PER_MM)
    ys = box.top - _AROUND + (np.arange(2 * height) + 0.5) / (2 * _PER_MM)
    grid = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    at = frame.pixels(grid)
    if at.min() < 0 or at[:, 0].max() > grey.shape[1] - 2 or at[:, 1].max() > grey.shape[0] - 2:
        return None
    whole = at.astype(np.intp)
    part_x, part_y = (at - whole).T
    x, y = whole.T
    upper = grey[y, x] * (1 - part_x) + grey[y, x + 1] * part_x
    lower = grey[y + 1, x] * (1 - part_x) + grey[y + 1, x + 1] * part_x
    fine = (upper * (1 - part_y) + lower * part_y).reshape(height, 2, width, 2)
    result: Floats = fine.mean(axis=(1, 3))
    return result


def _frame_place(darkness: Floats, box: Box) -> tuple[int, int] | None:
    """Return where the printed frame's upper left corner is in the patch (row, column), None if there is none."""
    start, reach = round(_AROUND * _PER_MM), round(_MOST_OFF * _PER_MM)
    places = []
    for axis, across, along in ((0, box.height, box.width), (1, box.width, box.height)):
        turned = darkness if axis == 0 else darkness.T
        # Where the sides are that run along, their corners left out.
        band = turned[:, start + reach : start + round(along * _PER_MM) - reach].mean(axis=1)
        side = round(across * _PER_MM) - 2
        sums = [
            min(
                band[start + off : start + off + 2].max(),
                band[start + off + side : start + off + side + 2].max(),
            )
            for off in range(-reach, reach + 1)
        ]
        best = int(np.argmax(sums))
        if sums[best] < _LEAST_FRAME:
            return None
        places.append(start + best - reach)
    return places[0], places[1]


def _smooth(darkness: Floats) -> Floats:
    """Return the mean of each sample and its neighbours."""
    framed = np.pad(darkness, 1, mode="edge")
    rows = framed[:-2] + framed[1:-1] + framed[2:]
    result: Floats = (rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:]) / 9
    return result


def _judged(smooth: Floats, ink: Mask, place: tuple[int, int], box: Box) -> Seen:
    inset = round(_INSET * _PER_MM)
    row, column = place[0] + inset, place[1] + inset
    height, width = (round(side * _PER_MM) - 2 * inset for side in (box.height, box.width))
    inside = ink[row : row + height, column : column + width]
    stroke = _largest(inside)
    area = float(stroke.mean())
    if not stroke.any():
        return Seen(Mark.NONE, 1.0)
    rows, columns = np.nonzero(stroke)
    longest = (max(np.ptp(rows), np.ptp(columns)) + 1) / _PER_MM
    if longest < _SPECK and inside.mean() < _SPECK_AREA:
        return Seen(Mark.NONE, 1 - 0.5 * longest / _SPECK)
    depth = float(np.percentile(smooth[row : row + height, column : column + width][stroke], 80))
    if longest < _TICK or area < _TICK_AREA or depth < _PALE:
        return Seen(Mark.UNSURE, 0.5)
    covered = _covered(smooth[row : row + height, column : column + width] > 0.5 * depth)
    if covered is not None:
        return Seen(covered, 0.9)
    if _goes_through(stroke, ink, (row, column)):
        return Seen(Mark.UNSURE, 0.5)
    return Seen(Mark.TICK, min(1.0, 0.5 + 0.25 * longest / _TICK * min(2.0, area / _TICK_AREA) / 2))


def _covered(solid: Mask) -> Mark | None:
    """Return how a box is filled whose dark samples are *solid*; None where too little is for that."""
    share = float(solid.mean())
    cells = [cell.mean() for band in np.array_split(solid, 4) for cell in np.array_split(band, 4, axis=1)]
    if share >= _SOLID and min(cells) >= _SOLID_CELL:
        return Mark.FILLED
    return Mark.DENSE if share >= _DENSE else None


def _goes_through(stroke: Mask, ink: Mask, place: tuple[int, int]) -> bool:
    """Tell whether all ink is one straight line that goes on outside, at both ends or far: a stray one, maybe."""
    points = np.argwhere(stroke).astype(np.float64)
    centre = points.mean(axis=0)
    spread, directions = np.linalg.eigh(np.cov((points - centre).T))
    if np.sqrt(spread[0]) > _STRAIGHT * _PER_MM:
        return False
    along = directions[:, 1]
    half = np.abs((points - centre) @ along).max()
    # The label beside the box is ink too, but does not touch it.
    everywhere = np.argwhere(_connected(ink, (int(points[0, 0]) + place[0], int(points[0, 1]) + place[1])))
    away = everywhere - place - centre
    forward, aside = away @ along, np.abs(away @ directions[:, 0])
    on_line = forward[aside < 0.5 * _PER_MM]
    ahead, behind = on_line.max(initial=0) - half, -on_line.min(initial=0) - half
    return bool(min(ahead, behind) > _BEYOND * _PER_MM or max(ahead, behind) > _FAR_BEYOND * _PER_MM)


def _connected(mask: Mask, start: tuple[int, int]) -> Mask:
    """Return the samples connected with one of them (diagonals connect)."""
    found = np.zeros(np.array(mask.shape) + 2, dtype=np.bool_)
    found[start[0] + 1, start[1] + 1] = True
    size = 0
    while size != (size := int(found.sum())):
        for _ in range(4):
            rows = found[:, :-2] | found[:, 1:-1] | found[:, 2:]
            found[1:-1, 1:-1] = (rows[:-2] | rows[1:-1] | rows[2:]) & mask
    result: Mask = found[1:-1, 1:-1]
    return result


def _largest(mask: Mask) -> Mask:
    """Return the largest patch of connected samples."""
    left, best = mask.copy(), np.zeros_like(mask)
    while left.any():
        row, column = np.argwhere(left)[0]
        found = _connected(left, (int(row), int(column)))
        left &= ~found
        if found.sum() > best.sum():
            best = found
    return best
