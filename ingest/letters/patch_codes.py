"""Is a Patch T on a page?  Four bars across it (narrow, wide, narrow, wide) that scanners' separator sheets carry.

Narrow bars and all spaces are 2.03 mm, wide bars 5.08 mm, and the bars 50 mm long or more (Kodak's patch codes).
Upside down it cannot be told from a Patch 3: that too is taken for a Patch T.
"""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from mail.letter import Box, Code

PATCH_T = "patch-t"
_PIXEL = 0.34  # mm: six for a narrow bar, and little is left of dust
_WIDTHS = np.array([1, 1, 2.5, 1, 1, 1, 2.5])  # bar, space, bar, space, bar, space, bar
_PATTERNS = (_WIDTHS / _WIDTHS.sum(), _WIDTHS[::-1] / _WIDTHS.sum())
_OFF = 0.55  # of a narrow bar: copies make bars thicker and spaces thinner
_LEAST_HEIGHT, _MOST_HEIGHT = 16.0, 25.0  # mm, of 20.3 as it is printed
_QUIET = 3.0  # mm before and after
_LEAST_LENGTH = 40.0  # mm
_MOST_SLOPE = 0.2
_LEAST_CONTRAST = 40


def patch_on(grey: NDArray[np.uint8], across: float, down: float) -> Code | None:
    """Return the Patch T on grey values (rows, columns), whose pixels are *across* times *down* mm."""
    columns, rows = round(grey.shape[1] * across / _PIXEL), round(grey.shape[0] * down / _PIXEL)
    if min(columns, rows) < _LEAST_LENGTH / _PIXEL:
        return None
    small = np.asarray(Image.fromarray(grey).resize((columns, rows), Image.Resampling.BOX, reducing_gap=2.0))
    ink = _ink(small)
    if ink is None:
        return None
    if found := _bars_across(ink):
        left, top, right, bottom = found
        return Code(PATCH_T, "T", _box(left, top, right, bottom))
    if found := _bars_across(np.ascontiguousarray(ink.T)):
        top, left, bottom, right = found
        return Code(PATCH_T, "T", _box(left, top, right, bottom))
    return None


def _ink(small: NDArray[np.uint8]) -> NDArray[np.bool_] | None:
    dark, light = np.percentile(small, (0.5, 60))
    return None if light - dark < _LEAST_CONTRAST else small < (dark + light) / 2


def _box(left: int, top: int, right: int, bottom: int) -> Box:
    return Box(left * _PIXEL, top * _PIXEL, (right - left) * _PIXEL, (bottom - top) * _PIXEL)


def _bars_across(ink: NDArray[np.bool_]) -> tuple[int, int, int, int] | None:
    """Return left, top, right, bottom of a patch of horizontal bars, in pixels."""
    columns, starts, ends = _hits(ink)
    step, length = _MOST_SLOPE, round(_LEAST_LENGTH / _PIXEL)
    begun = 0
    for at in range(1, len(columns) + 1):
        goes_on = (
            at < len(columns)
            and columns[at] - columns[at - 1] <= 4
            and abs(starts[at] - starts[at - 1]) <= 2 + step * (columns[at] - columns[at - 1])
        )
        if goes_on:
            continue
        if at - begun >= 0.8 * length and columns[at - 1] - columns[begun] >= length:
            top, bottom = int(starts[begun:at].min()), int(ends[begun:at].max())
            return int(columns[begun]), top, int(columns[at - 1]) + 1, bottom
        begun = at
    return None


def _hits(ink: NDArray[np.bool_]) -> tuple[NDArray[np.int_], NDArray[np.int_], NDArray[np.int_]]:
    """Return the columns in which the bars are met, and where they start and end there."""
    # A white row above and below, so that every column's runs begin with white and end with it.
    framed = np.zeros((ink.shape[1], ink.shape[0] + 2), dtype=np.int8)
    framed[:, 1:-1] = ink.T
    columns, changes = np.nonzero(np.diff(framed, axis=1))
    if len(changes) < 8:
        return (np.empty(0, dtype=np.int_),) * 3
    windows = np.lib.stride_tricks.sliding_window_view(changes, 8)
    begins = framed[columns, changes + 1][: len(windows)] == 1
    begins &= columns[: len(windows)] == columns[7:]
    heights = (windows[:, -1] - windows[:, 0]) * _PIXEL
    begins &= (heights >= _LEAST_HEIGHT) & (heights <= _MOST_HEIGHT)
    chosen = np.flatnonzero(begins)
    runs = np.diff(windows[chosen], axis=1) * _PIXEL
    whole = heights[chosen][:, None]
    fits = np.zeros(len(chosen), dtype=np.bool_)
    for pattern in _PATTERNS:
        fits |= (np.abs(runs - pattern * whole) <= _OFF * whole / _WIDTHS.sum()).all(axis=1)
    chosen = chosen[fits]
    chosen = chosen[_is_quiet(columns, changes, chosen)]
    return columns[chosen], changes[chosen], changes[chosen + 7]


def _is_quiet(
    columns: NDArray[np.int_], changes: NDArray[np.int_], chosen: NDArray[np.int_]
) -> NDArray[np.bool_]:
    """Tell whether nothing stands close above and below, in the same column."""
    least = _QUIET / _PIXEL
    before, after = np.maximum(chosen - 1, 0), np.minimum(chosen + 8, len(changes) - 1)
    above = (
        (columns[before] != columns[chosen]) | (chosen == 0) | (changes[chosen] - changes[before] >= least)
    )
    last = chosen + 7
    below = (columns[after] != columns[chosen]) | (after == last) | (changes[after] - changes[last] >= least)
    quiet: NDArray[np.bool_] = above & below
    return quiet
