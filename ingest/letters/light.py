"""A page in even light: shadows, yellowed paper and pale print made white and black."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from ingest.letters.picture import Pixels

_CELL = 16  # pixels, 2 mm at 200 dpi: in each, paper is seen between the letters
_MEANT = 4  # pixels across and down that are taken together
_SMOOTHED = 0.8  # pixels
_DARKEST_PAPER = 110  # darker is printed: a black band with white letters stays black
_WHITE = 245
_LEAST_PRINT = 0.0005  # of a page
_DARK = 30  # print as dark as this is dark enough
_DEPTH = 0.25  # how much darker than its middle shade print is made to be black, of its contrast
_GRAIN = 6.0  # shades: noisier paper is smoothed
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
    return _stretched(grey)


def _paper(grey: Image.Image) -> Pixels:
    """Return how light the paper is in each cell, and around it."""
    small = np.asarray(grey.reduce(_MEANT))  # the grain of a noisy scan is no paper
    side = _CELL // _MEANT
    rows, columns = -(-small.shape[0] // side), -(-small.shape[1] // side)
    whole = np.zeros((rows * side, columns * side), np.uint8)
    whole[: small.shape[0], : small.shape[1]] = small
    lightest = whole.reshape(rows, side, columns, side).max(axis=(1, 3))
    framed = np.pad(lightest, 1, mode="edge")
    around = [framed[down : down + rows, right : right + columns] for down in range(3) for right in range(3)]
    paper: Pixels = np.maximum.reduce(around).clip(_DARKEST_PAPER, 255).astype(np.uint8)
    return paper


def _stretched(grey: Image.Image) -> Image.Image:
    """Return a page with its print black where all of it is pale, and its paper white where that has a grain."""
    white, grain = _ground(grey)
    if grain > _GRAIN:
        grey = grey.filter(ImageFilter.GaussianBlur(_SMOOTHED))
        white, grain = _ground(grey)
    black = _print(grey, white, grain)
    high = max(150.0, white - 1.5 * grain)
    low = max(0.0, black - _DEPTH * (high - black))
    if low < _DARK and high > _WHITE:
        return grey
    scale = 255 / (high - low)
    return grey.point([max(0, min(255, round((shade - low) * scale))) for shade in range(256)])


def _ground(grey: Image.Image) -> tuple[float, float]:
    """Return the shade of the paper, and how much it varies."""
    counts = np.cumsum(grey.histogram())
    half, low = (int(np.searchsorted(counts, counts[-1] * share)) for share in (0.5, 0.16))
    return float(half), float(half - low)


def _print(grey: Image.Image, white: float, grain: float) -> float:
    """Return the shade that half of the print is darker than; 0 where there is next to none."""
    darker = np.array(grey.histogram()[: max(0, int(white - max(4 * grain, 25)))])
    if darker.sum() < _LEAST_PRINT * grey.width * grey.height:
        return 0.0
    return float(np.searchsorted(np.cumsum(darker), darker.sum() / 2))


def ink_of(even: Image.Image, by: int = 2) -> NDArray[np.bool_]:
    """Return where print is on an even page, made smaller *by* so many times."""
    small: Pixels = np.asarray(even.reduce(by) if by > 1 else even)
    return small < INK
