"""Is a page blank?  Specks, punch holes, folds, shadows at the edges and print that shines through are nothing."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ingest.letters.cells import Mask, patches, shares_of
from ingest.letters.picture import MM_PER_INCH

_PRINT = 140  # of an even page: what shines through is paler
_EDGE = 6  # mm in which shadows of the paper's end lie
_SOME = 0.04  # of a cell of 1 mm: less is dust
_FULL = 0.8
_MUCH = 0.01  # of all cells: no such page is blank
_LEAST_TEXT = 3  # mm: a word is wider
_HOLE = 9  # mm


def is_blank(even: Image.Image, dpi: float) -> bool:
    """Say whether there is nothing to read on a grey page in even light."""
    side = max(1, round(dpi / MM_PER_INCH))
    shares = shares_of(np.asarray(even) < _PRINT, side)
    inked: Mask = shares > _SOME
    if inked.mean() > _MUCH and inked[_EDGE:-_EDGE, _EDGE:-_EDGE].mean() > _MUCH:
        return False
    return not any(_says_something(patch, shares) for patch in patches(inked, 20_000))


def _says_something(patch: NDArray[np.intp], shares: NDArray[np.float32]) -> bool:
    """Say whether a patch of inked cells can be a word, a drawing or a stamp."""
    top, left = patch.min(axis=0)
    bottom, right = patch.max(axis=0)
    height, width = bottom - top + 1, right - left + 1
    if max(height, width) < _LEAST_TEXT:
        return False
    rows, columns = shares.shape
    near_edge = bottom < _EDGE or right < _EDGE or top >= rows - _EDGE or left >= columns - _EDGE
    at_end = top == 0 or left == 0 or bottom == rows - 1 or right == columns - 1
    if near_edge or (at_end and min(height, width) <= 2 * _EDGE):
        return False
    if min(height, width) <= 1 and max(height, width) > 25:
        return False  # a fold, or a hair
    inside = shares[patch[:, 0], patch[:, 1]]
    is_hole = max(height, width) <= _HOLE and (inside > _FULL).mean() > 0.4
    return not is_hole
