"""Which words of a page belong together?  Pieces of a line, pieces at one height, and blocks of lines."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from mail.letter import Box, Page, Word

# Tighter print than this has no column between its words; millimetres.
_COLUMN_GAP = 7.0
_GAP_OF_HEIGHTS = 2.4
# From the foot of a line to the head of the next one of its paragraph.
_LINE_GAP = 3.6
_SAME_EDGE = 2.6
_SURE_ENOUGH = 0.25
_SAYS_SOMETHING = re.compile(r"\w")
# What tesseract makes of rules, folds and edges of the paper.
_RULE = re.compile(r"^[|_—–=~.,:;'’‘\"“”„*°\\/<>{}\[\]()]+$")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words beside each other without a wide gap, on one page."""

    text: str
    box: Box
    page: int
    words: tuple[Word, ...]

    @property
    def confidence(self) -> float:
        """Return how surely its words were read."""
        return fmean(word.confidence for word in self.words)


Block = tuple[Piece, ...]


def pieces_of(page: Page) -> tuple[Piece, ...]:
    """Return what stands on a page from top to bottom, without specks.

    Lines that a reader tore apart are put together: a dash or a word without tall letters may have come
    back as a line of its own.
    """
    words: list[list[Word]] = []
    for line in page.lines:
        kept = [word for word in line.words if _is_read(word)]
        words += [kept] if kept else []
    found = [piece_of(row, page.number) for line in _mended(words) for row in _at_gaps(line) if _says(row)]
    return tuple(sorted(found, key=lambda piece: (round(piece.box.top), piece.box.left)))


def _mended(lines: list[list[Word]]) -> list[list[Word]]:
    """Return lines with those that are parts of one, beside each other or one within another, put together."""
    boxed = sorted(
        ((around([word.box for word in line]), line) for line in lines), key=lambda one: one[0].left
    )
    mended: list[tuple[Box, list[Word]]] = []
    for box, line in boxed:
        near = next((at for at, (other, _) in enumerate(mended) if _is_one_line(other, box)), None)
        if near is None:
            mended.append((box, line))
        else:
            whole = sorted([*mended[near][1], *line], key=lambda word: word.box.left)
            mended[near] = (around([mended[near][0], box]), whole)
    return [line for _, line in mended]


def _is_one_line(left: Box, right: Box) -> bool:
    """Tell whether a box goes on where another ends, or is a mark within it; *left* begins further left."""
    low, high = max(left.top, right.top), min(left.bottom, right.bottom)
    smaller, larger = sorted((left, right), key=lambda box: box.height)
    if smaller.height < 0.35 * larger.height:  # a dash, a point: its middle lies within the other
        middle = smaller.top + smaller.height / 2
        level = larger.top - 0.2 * larger.height <= middle <= larger.bottom + 0.2 * larger.height
        return level and right.left - left.right < 1.2 * larger.height
    if high - low < 0.6 * smaller.height:
        return False
    return right.left - left.right < 0.9 * larger.height and right.left > left.left + 0.6 * left.width


def _at_gaps(words: list[Word]) -> Iterator[list[Word]]:
    """Yield the words of a line apart at its wide gaps."""
    height = max(word.box.height for word in words)
    wide = max(_COLUMN_GAP, _GAP_OF_HEIGHTS * height)
    start = 0
    for at in range(1, len(words) + 1):
        if at == len(words) or words[at].box.left - words[at - 1].box.right > wide:
            yield words[start:at]
            start = at


def piece_of(words: Sequence[Word], page: int) -> Piece:
    """Return words as one piece; they must be at least one."""
    return Piece(
        " ".join(word.text for word in words), around([word.box for word in words]), page, tuple(words)
    )


def around(boxes: Sequence[Box]) -> Box:
    """Return the rectangle around boxes."""
    left, top = min(box.left for box in boxes), min(box.top for box in boxes)
    return Box(left, top, max(box.right for box in boxes) - left, max(box.bottom for box in boxes) - top)


def blocks_of(pieces: Iterable[Piece]) -> list[Block]:
    """Return pieces that stand under each other, close and at one edge or around one middle."""
    blocks: list[list[Piece]] = []
    for piece in pieces:
        near = [block for block in blocks if _goes_on(block[-1], piece)]
        if near:
            min(near, key=lambda block: abs(block[-1].box.left - piece.box.left)).append(piece)
        else:
            blocks.append([piece])
    return [tuple(block) for block in blocks]


def right_of(piece: Piece, pieces: Iterable[Piece]) -> list[Piece]:
    """Return what stands at the same height further right, from left to right."""
    beside = [
        other for other in pieces if other.box.left >= piece.box.right - 1 and at_one_height(piece, other)
    ]
    return sorted(beside, key=lambda other: other.box.left)


def at_one_height(one: Piece, other: Piece) -> bool:
    """Tell whether two pieces stand on one line of print."""
    shared = min(one.box.bottom, other.box.bottom) - max(one.box.top, other.box.top)
    return one.page == other.page and shared > 0.5 * min(one.box.height, other.box.height)


def overlap(one: Box, other: Box) -> float:
    """Return how many millimetres of two boxes stand above each other."""
    return min(one.right, other.right) - max(one.left, other.left)


def _goes_on(last: Piece, piece: Piece) -> bool:
    gap = piece.box.top - last.box.bottom
    height = min(last.box.height, piece.box.height)
    if last.page != piece.page or not -0.45 * min(last.box.height, piece.box.height) <= gap <= max(
        _LINE_GAP, 0.9 * height
    ):
        return False
    if abs(last.box.left - piece.box.left) <= _SAME_EDGE:
        return True
    middles = abs(last.box.left + last.box.right - piece.box.left - piece.box.right) / 2
    edges = abs(last.box.right - piece.box.right)
    return gap <= _LINE_GAP and min(middles, edges) <= 1.5 and overlap(last.box, piece.box) > 0


def _is_read(word: Word) -> bool:
    if _RULE.match(word.text) and word.confidence < 0.6:
        return False
    return word.confidence >= _SURE_ENOUGH or len(word.text) > 5


def _says(words: Sequence[Word]) -> bool:
    return any(_SAYS_SOMETHING.search(word.text) for word in words)
