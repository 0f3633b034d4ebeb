"""The lines of a page: read as a page first, and what was passed over read again by itself.

Reading by columns and paragraphs is best for letters on good paper, but drops small blocks beside others where
there is grain.  What is printed and belongs to no word is read a second time, without looking for columns.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from ingest.letters.blank import says_something
from ingest.letters.cells import patches, shares_of
from ingest.letters.light import INK
from ingest.letters.lines import in_lines
from ingest.letters.ocr import RULES, Deadline, Layout, words_on
from ingest.letters.picture import MM_PER_INCH
from mail.letter import Box, Line, Word

_READ = 0.5  # confidence: less is read again
_EDGE = 0.5  # mm around a word that are its own
_MOST_PATCHES = 400
_TALLEST = 12  # mm: higher is a drawing, a logo, a frame
_NONSENSE = 0.3  # confidence of a line: less is what is made of drawings and grain
_SHARED = 0.3

Region = tuple[int, int, int, int]


def page_lines(
    even: Image.Image, dpi: float, languages: Sequence[str], folder: Path, deadline: Deadline
) -> tuple[Line, ...]:
    """Return the lines of an upright grey page in even light, from top to bottom."""
    words = words_on(even, dpi, languages, folder, deadline)
    rest = _without(even, dpi, [word for word in words if word.confidence >= _READ])
    region = _left_over(rest, dpi)
    if region:
        found = words_on(rest.crop(region), dpi, languages, folder, deadline, Layout.SPARSE)
        words = _together(words, [_moved(word, region, dpi) for word in found])
    return tuple(line for line in in_lines(words) if _is_read(line))


def _without(even: Image.Image, dpi: float, words: Sequence[Word]) -> Image.Image:
    """Return a page with words painted over."""
    rest, pixels = even.copy(), dpi / MM_PER_INCH
    draw = ImageDraw.Draw(rest)
    for word in words:
        box = word.box
        sides = (box.left - _EDGE, box.top - _EDGE, box.right + _EDGE, box.bottom + _EDGE)
        draw.rectangle([round(side * pixels) for side in sides], fill=255)
    return rest


def _left_over(rest: Image.Image, dpi: float) -> Region | None:
    """Return the part of a page, in pixels, in which something that can be words is left; None where nothing is."""
    side = max(1, round(dpi / MM_PER_INCH))
    shares = shares_of(np.asarray(rest) < INK, side)
    regions = []
    for patch in patches(shares > 0.04, _MOST_PATCHES):
        (top, left), (bottom, right) = patch.min(axis=0), patch.max(axis=0)
        if bottom - top < _TALLEST and says_something(patch, shares):
            regions.append((left - 2, top - 2, right + 3, bottom + 3))
    if not regions:
        return None
    left, top = (max(0, int(min(region[at] for region in regions))) * side for at in (0, 1))
    right, bottom = (int(max(region[at] for region in regions)) * side for at in (2, 3))
    return left, top, min(right, rest.width), min(bottom, rest.height)


def _moved(word: Word, region: Region, dpi: float) -> Word:
    """Return a word that was read in a region where it is on the page."""
    mm = MM_PER_INCH / dpi
    box = Box(word.box.left + region[0] * mm, word.box.top + region[1] * mm, word.box.width, word.box.height)
    return Word(word.text, box, word.confidence)


def _together(words: Sequence[Word], again: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words of both readings; where they read the same place, the surer one."""
    poor = [word for word in words if word.confidence < _READ]
    worse = {id(word) for word in poor if _beaten(word, again)}
    kept = [word for word in words if id(word) not in worse]
    left = [word for word in poor if id(word) not in worse]
    return (*kept, *(word for word in again if not any(_overlap(word.box, one.box) for one in left)))


def _beaten(word: Word, others: Sequence[Word]) -> bool:
    return any(other.confidence > word.confidence and _overlap(word.box, other.box) for other in others)


def _overlap(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    smaller = min(one.width * one.height, other.width * other.height)
    return across > 0 and down > 0 and across * down > _SHARED * smaller


def _is_read(line: Line) -> bool:
    """Say whether a line is more than what is made of a rule, a drawing, a stamp or grain."""
    if not set(line.text) - RULES - {" "}:
        return False
    length = sum(len(word.text) for word in line.words)
    return sum(word.confidence * len(word.text) for word in line.words) >= _NONSENSE * length
