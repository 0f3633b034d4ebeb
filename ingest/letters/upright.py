"""How does a page lie?  Its skew, and which of the four sides is up, told by the baselines of its print.

Letters of our scripts stand on a baseline, while they end above at three heights: their lower edges, added up
along lines, are sharper than their upper ones, and sharpest at the angle at which the page was put in.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]

STEEPEST = 6.0  # degrees: skew that is looked for
_COARSE, _FINE = 0.25, 0.05
_MOST_EDGES = 40_000
_LEAST_EDGES = 60
_LIKELY = 1.1  # most pages are put in upright


@dataclass(frozen=True, slots=True)
class Lie:
    """How a page lies: *turn* it clockwise by so many degrees, and then by *skew*.

    *sureness* compares the sharpness of the lower edges with that of the other way round: 1 says nothing.
    """

    turn: int
    skew: float
    sureness: float


def lie_of(ink: Mask, *, turns: tuple[int, ...] = (0, 90, 180, 270)) -> Lie:
    """Return how a page lies whose print is *ink*, (rows, columns) at some 100 dpi."""
    found = sorted(
        (_sharpness(np.rot90(ink, -turn // 90 % 4), turn) for turn in turns), key=lambda one: -one[0]
    )
    best, skew, turn = found[0]
    against = [sharpness for sharpness, _skew, other in found if (other - turn) % 360 == 180]
    return Lie(turn, skew, best / against[0] if against and against[0] else 1.0)


def _sharpness(ink: Mask, turn: int) -> tuple[float, float, int]:
    """Return how sharp the lower edges are at the best skew, that skew, and *turn*."""
    rows, columns = np.nonzero(ink[:-1] & ~ink[1:])
    if len(rows) < _LEAST_EDGES:
        return 0.0, 0.0, turn
    step = -(-len(rows) // _MOST_EDGES)
    across = rows[::step].astype(np.float32)
    along = columns[::step].astype(np.float32) - np.float32(ink.shape[1] / 2)
    coarse = np.arange(-STEEPEST, STEEPEST + _COARSE / 2, _COARSE).tolist()
    near = coarse[int(np.argmax([_peaks(across, along, angle) for angle in coarse]))]
    fine = np.arange(near - _COARSE, near + _COARSE + _FINE / 2, _FINE).tolist()
    peaks = [_peaks(across, along, angle) for angle in fine]
    best = int(np.argmax(peaks))
    likely = 1.0 if turn else _LIKELY
    return likely * peaks[best] * ink.shape[0], float(fine[best]), turn


def _peaks(rows: NDArray[np.float32], columns: NDArray[np.float32], angle: float) -> float:
    """Return how unevenly edges fall on lines that rise by *angle* degrees: 1 / lines where evenly, 1 where on one."""
    on = (rows + columns * np.float32(np.tan(np.radians(angle)))).astype(np.int32)
    counts = np.bincount(on - on.min()).astype(np.float64)
    return float((counts**2).sum() / len(rows) ** 2)
