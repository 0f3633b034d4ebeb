"""The text layer of a PDF's page: its words with their places, and which way they stand."""

import ctypes
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw as pdfium

from ingest.letters.lines import in_lines
from mail.letter import Box, Line, Word

_MM_PER_POINT = 25.4 / 72
_MOST_CHARACTERS = 50_000  # of one page: a telephone book has fewer
_SCALE = 100  # device units a point: whole numbers are asked for
_INVISIBLE = {"\u00ad", "\ufeff", "\u200b", "\u0002", "\ufffe"}


@dataclass(frozen=True, slots=True)
class Layer:
    """What the text layer says: its words, and by how many degrees the page is to be turned to read them."""

    words: tuple[Word, ...]
    turn: int

    def turned(self, width: float, height: float) -> "Layer":
        """Return it on the page turned clockwise by its *turn*; the page was *width* by *height* mm."""
        boxes = (_turned(word.box, self.turn, width, height) for word in self.words)
        return Layer(tuple(Word(word.text, box) for word, box in zip(self.words, boxes, strict=True)), 0)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return its words in lines, from top to bottom."""
        return in_lines(self.words)


@dataclass(frozen=True, slots=True)
class _Letter:
    character: str
    left: float
    top: float
    right: float
    bottom: float
    turn: int


def layer_of(page: pypdfium2.PdfPage) -> Layer:
    """Return the text layer of a page, in mm on the page as it is shown."""
    text = page.get_textpage()
    try:
        count = min(text.count_chars(), _MOST_CHARACTERS)
        words = [_word(letters) for letters in _apart(_letters(page, text, count))]
        turns = Counter(turn for _word, turn in words)
        turn = turns.most_common(1)[0][0] if turns else 0
        return Layer(tuple(word for word, _turn in words), turn)
    finally:
        text.close()


def _letters(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, count: int) -> Iterator[_Letter | None]:
    """Yield the letters of a page; None where a word ends."""
    width, height = page.get_size()
    across, down = round(width * _SCALE), round(height * _SCALE)
    shown = page.get_rotation()

    def placed(x: float, y: float) -> tuple[float, float]:
        left, top = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(page, 0, 0, across, down, 0, x, y, left, top)
        return left.value / _SCALE * _MM_PER_POINT, top.value / _SCALE * _MM_PER_POINT

    edges = tuple(ctypes.c_double() for _ in range(4))
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text, index)
        character = chr(code) if 0 < code < 0x110000 else "\ufffd"
        if character in _INVISIBLE:
            continue
        if character.isspace() or pdfium.FPDFText_IsGenerated(text, index) == 1:
            yield None
            continue
        if not pdfium.FPDFText_GetCharBox(text, index, *edges):
            continue
        left, right, bottom, top = (edge.value for edge in edges)
        (one, two), (three, four) = placed(left, bottom), placed(right, top)
        angle = round(pdfium.FPDFText_GetCharAngle(text, index) * 2 / 3.14159265) % 4 * 90
        turn = (-angle - shown) % 360  # the angle is counter-clockwise, before the page is turned to be shown
        yield _Letter(character, min(one, three), min(two, four), max(one, three), max(two, four), turn)


def _apart(letters: Iterator[_Letter | None]) -> Iterator[list[_Letter]]:
    """Yield the letters of each word: a word also ends where the next letter is far from the one before."""
    word: list[_Letter] = []
    for letter in letters:
        if word and (letter is None or _is_far(word[-1], letter)):
            yield word
            word = []
        if letter is not None:
            word.append(letter)
    if word:
        yield word


def _is_far(before: _Letter, letter: _Letter) -> bool:
    size = max(before.bottom - before.top, before.right - before.left, letter.bottom - letter.top, 0.5)
    across = max(letter.left - before.right, before.left - letter.right)
    down = max(letter.top - before.bottom, before.top - letter.bottom)
    return across > 1.5 * size or down > 1.5 * size


def _word(letters: list[_Letter]) -> tuple[Word, int]:
    left, top = min(one.left for one in letters), min(one.top for one in letters)
    right, bottom = max(one.right for one in letters), max(one.bottom for one in letters)
    text = "".join(one.character for one in letters)
    return Word(text, Box(left, top, right - left, bottom - top)), letters[0].turn


def _turned(box: Box, turn: int, width: float, height: float) -> Box:
    """Return where a box is once its page of *width* by *height* is turned clockwise."""
    if turn == 90:
        return Box(height - box.bottom, box.left, box.height, box.width)
    if turn == 180:
        return Box(width - box.right, height - box.bottom, box.width, box.height)
    if turn == 270:
        return Box(box.top, width - box.right, box.height, box.width)
    return box
