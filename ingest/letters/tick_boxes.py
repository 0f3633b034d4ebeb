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
_LEAST_INK, _NOISE_TIMES = 0.13, 3.5  # darkness above paper
# Mean darkness well inside, where a pale stroke is lost in the grain of a noisy scan: it is not surely empty.
_WELL_INSIDE, _LEAST_SHADE, _SHADE_NOISE = 1.0, 0.012, 0.25
_SPECK, _SPECK_AREA = 1.0, 0.05  # longest side in mm and share of the inside: dust
_TICK, _TICK_AREA = 1.8, 0.045
_PALE = 0.17
_SOLID, _SOLID_CELL = 0.85, 0.4  # shares covered of a filled box: of the inside, of each sixteenth
_DENSE, _WHITE_CELL, _MOST_WHITE_CELLS = 0.6, 0.2, 3  # of a heavy scribble: of the inside; of 36 cells
_STRAIGHT = 0.42  # mm: spread across a line that is only one stroke
_BEYOND = 1.7  # mm that it goes on at both ends of its inner part
_FAR_BEYOND = 2.7  # the same at one end, from where it is looked whether it goes on further
_NO_TICK_BEYOND = np.arange(2.2, 8.5, 0.25)  # mm: no tick reaches so far, and no line of print is so high


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
    least = max(_LEAST_INK, _NOISE_TIMES * noise)
    ink, inset = smooth > least, round(_INSET * _PER_MM)
    seen, stroke = _judged(smooth, ink, place, box)
    if seen.mark is Mark.NONE and _is_shaded(darkness, ring, ink, place, box):
        return Seen(Mark.UNSURE, 0.5)
    at = (place[0] + inset, place[1] + inset)
    line = _line_of(stroke, ink, at) if seen.mark is Mark.TICK else None
    if line and (min(line.reach) > _BEYOND * _PER_MM or _goes_on(grey, frame, box, line, at, light, least)):
        return Seen(Mark.UNSURE, 0.5)
    return seen


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


def _judged(smooth: Floats, ink: Mask, place: tuple[int, int], box: Box) -> tuple[Seen, Mask]:
    """Return what the ink inside a box is, and its largest stroke."""
    inset = round(_INSET * _PER_MM)
    row, column = place[0] + inset, place[1] + inset
    height, width = (round(side * _PER_MM) - 2 * inset for side in (box.height, box.width))
    inside = ink[row : row + height, column : column + width]
    stroke = _largest(inside)
    area = float(stroke.mean())
    if not stroke.any():
        return Seen(Mark.NONE, 1.0), stroke
    rows, columns = np.nonzero(stroke)
    longest = (max(np.ptp(rows), np.ptp(columns)) + 1) / _PER_MM
    if longest < _SPECK and inside.mean() < _SPECK_AREA:
        return Seen(Mark.NONE, 1 - 0.5 * longest / _SPECK), stroke
    depth = float(np.percentile(smooth[row : row + height, column : column + width][stroke], 80))
    if longest < _TICK or area < _TICK_AREA or depth < _PALE:
        return Seen(Mark.UNSURE, 0.5), stroke
    covered = _covered(smooth[row : row + height, column : column + width] > 0.5 * depth)
    if covered is not None:
        return Seen(covered, 0.9), stroke
    return Seen(Mark.TICK, min(1.0, 0.5 + 0.25 * longest / _TICK * min(2.0, area / _TICK_AREA) / 2)), stroke


def _is_shaded(darkness: Floats, ring: Mask, ink: Mask, place: tuple[int, int], box: Box) -> bool:
    """Tell whether a box in which no stroke stands out is darker than paper, all in all; but for dots of ink."""
    inset = round(_WELL_INSIDE * _PER_MM)
    rows, columns = (round(side * _PER_MM) - inset for side in (box.height, box.width))
    inside = np.s_[place[0] + inset : place[0] + rows, place[1] + inset : place[1] + columns]
    paper = darkness[inside][_smooth(ink.astype(np.float64))[inside] == 0]
    grain = 1.48 * float(np.median(np.abs(darkness[ring] - np.median(darkness[ring]))))
    return paper.size > 0 and float(paper.mean()) > max(_LEAST_SHADE, _SHADE_NOISE * grain)


def _covered(solid: Mask) -> Mark | None:
    """Return how a box is filled whose dark samples are *solid*; None where that is no more than a tick."""
    share = float(solid.mean())
    if share >= _SOLID and min(_cells(solid, 4)) >= _SOLID_CELL:
        return Mark.FILLED
    # Also a cross of a thick pen leaves white what lies between its strokes.
    white = sum(cell < _WHITE_CELL for cell in _cells(solid, 6))
    return Mark.DENSE if share >= _DENSE and white <= _MOST_WHITE_CELLS else None


def _cells(solid: Mask, number: int) -> list[float]:
    """Return how much is covered of each cell of so many rows and columns."""
    bands = np.array_split(solid, number)
    return [float(cell.mean()) for band in bands for cell in np.array_split(band, number, axis=1)]


@dataclass(frozen=True, slots=True)
class _Line:
    """A stroke that is one straight line, in samples of what is inside of the box.

    Its centre and direction (row, column), how far it goes from there, and how far on, at either end.
    """

    centre: Floats
    along: Floats
    half: float
    reach: tuple[float, float]


def _line_of(stroke: Mask, ink: Mask, at: tuple[int, int]) -> _Line | None:
    """Return a stroke as a straight line, None where it is none; what is inside the box begins *at* a sample."""
    points = np.argwhere(stroke).astype(np.float64)
    centre = points.mean(axis=0)
    spread, directions = np.linalg.eigh(np.cov((points - centre).T))
    if np.sqrt(max(spread[0], 0)) > _STRAIGHT * _PER_MM:
        return None
    along, across = directions[:, 1], directions[:, 0]
    half = float(np.abs((points - centre) @ along).max())
    # The label beside the box is ink too, but does not touch it.
    away = np.argwhere(_connected(ink, (int(points[0, 0]) + at[0], int(points[0, 1]) + at[1]))) - at - centre
    forward = (away @ along)[np.abs(away @ across) < 0.5 * _PER_MM]
    return _Line(centre, along, half, (float(forward.max() - half), float(-forward.min() - half)))


def _goes_on(
    grey: Grey, frame: CardFrame, box: Box, line: _Line, at: tuple[int, int], light: float, least: float
) -> bool:
    """Tell whether a line goes on at one end, further than ticks do: one that was drawn for something else."""
    row, column = line.centre + at
    centre = np.array([box.left - _AROUND + column / _PER_MM, box.top - _AROUND + row / _PER_MM])
    for sign, reach in zip((1.0, -1.0), line.reach, strict=True):
        way = np.array([line.along[1], line.along[0]]) * sign
        places = centre + way * (line.half / _PER_MM + _NO_TICK_BEYOND)[:, None]
        if reach > _FAR_BEYOND * _PER_MM and _is_inked(grey, frame, places, light, least):
            return True
    return False


def _is_inked(grey: Grey, frame: CardFrame, places: Floats, light: float, least: float) -> bool:
    """Tell whether there is ink all along these places, give or take a third of a mm."""
    near = np.array([(x, y) for x in (-0.35, 0.0, 0.35) for y in (-0.35, 0.0, 0.35)])
    at = np.rint(frame.pixels((places[:, None] + near).reshape(-1, 2))).astype(np.intp)
    inside = (at >= 0).all(axis=1) & (at[:, 0] < grey.shape[1]) & (at[:, 1] < grey.shape[0])
    if not inside.all():
        return False
    darkness = (light - grey[at[:, 1], at[:, 0]]) / (light - frame.dark)
    return bool((darkness.reshape(len(places), -1).max(axis=1) <= max(least, 0.2)).sum() <= 1)


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
