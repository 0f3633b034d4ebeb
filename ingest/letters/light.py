"""A page in even light: shadows, yellowed paper and pale print made white and black."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from ingest.letters.picture import Pixels

_CELL = 16  # pixels, 2 mm at 200 dpi: in each, paper is seen between the letters
_DARKEST_PAPER = 110  # darker is printed: a black band with white letters stays black
_WHITE = 245
_DARK_SHARE = 0.0005  # of a page: what is darker than this is print for sure
_PALE = 60  # print that is nowhere darker is made so
INK = 160  # darker than this is print, once the light is even


def evened(grey: Image.Image) -> Image.Image:
    """Return a grey page with its paper white and its print dark."""
    paper = _paper(grey)
    if paper.min() < _WHITE:
        ground = Image.fromarray(paper).filter(ImageFilter.BoxBlur(1))
        scale = np.float32(255) / np.asarray(ground.resize(grey.size, Image.Resampling.BILINEAR)).astype(
            np.float32
        )
        even: Pixels = np.minimum(np.asarray(grey) * scale, 255).astype(np.uint8)
        grey = Image.fromarray(even)
    return _deepened(grey)


def _paper(grey: Image.Image) -> Pixels:
    """Return how light the paper is in each cell, and around it."""
    small = np.asarray(grey.reduce(2))  # a single light speck is no paper
    side = _CELL // 2
    rows, columns = -(-small.shape[0] // side), -(-small.shape[1] // side)
    whole = np.zeros((rows * side, columns * side), np.uint8)
    whole[: small.shape[0], : small.shape[1]] = small
    lightest = whole.reshape(rows, side, columns, side).max(axis=(1, 3))
    framed = np.pad(lightest, 1, mode="edge")
    around = [framed[down : down + rows, right : right + columns] for down in range(3) for right in range(3)]
    paper: Pixels = np.maximum.reduce(around).clip(_DARKEST_PAPER, 255).astype(np.uint8)
    return paper


def _deepened(grey: Image.Image) -> Image.Image:
    """Return a page with its darkest print black where all of it is pale."""
    counts = np.cumsum(grey.histogram())
    dark = int(np.searchsorted(counts, counts[-1] * _DARK_SHARE))
    if not _PALE < dark < _WHITE - 20:
        return grey
    scale = 255 / (255 - (dark - _PALE / 2))
    return grey.point([max(0, min(255, round(255 - (255 - shade) * scale))) for shade in range(256)])


def ink_of(even: Image.Image, by: int = 2) -> NDArray[np.bool_]:
    """Return where print is on an even page, made smaller *by* so many times."""
    small: Pixels = np.asarray(even.reduce(by) if by > 1 else even)
    return small < INK
