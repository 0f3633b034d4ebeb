"""A page in cells of a millimetre: where print is, and which cells are neighbours."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Shares = NDArray[np.float32]


def shares_of(ink: Mask, side: int) -> Shares:
    """Return which share of each cell of *side* by *side* pixels is ink; what is left at the edges is cut off."""
    rows, columns = ink.shape[0] // side, ink.shape[1] // side
    cut = ink[: rows * side, : columns * side].reshape(rows, side, columns, side)
    shares: Shares = cut.mean(axis=(1, 3), dtype=np.float32)
    return shares


def patches(cells: Mask, most: int) -> Iterator[NDArray[np.intp]]:
    """Yield the cells of each patch that hangs together, also by corners, (cells, 2); at most so many patches."""
    left = {(int(row), int(column)) for row, column in zip(*np.nonzero(cells), strict=True)}
    for _ in range(most):
        if not left:
            return
        open_ends, patch = [left.pop()], []
        while open_ends:
            row, column = open_ends.pop()
            patch.append((row, column))
            around = {(row + down, column + right) for down in (-1, 0, 1) for right in (-1, 0, 1)} & left
            left -= around
            open_ends.extend(around)
        yield np.array(patch, dtype=np.intp)
