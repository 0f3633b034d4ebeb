"""Where on a reply card is what?  Boxes to tick, the code, four marks by which a scan is set straight; all in mm.

The one layout serves who prints a card and who reads its scan.  Places are from the upper left
corner of the card.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from math import ceil

from mail.letter import Box

FRAME_LINE = 0.3  # of a box to tick, within its measures
MARK_SIDE, BOX_SIDE, CODE_SIDE = 5.0, 5.0, 24.0
_MARGIN, _INNER_MARGIN = 7.0, 16.0  # to the marks; to what stands between them
_CODE_TOP, _FIRST_QUESTION = 8.0, 35.0
_TEXT_LINE, _ROW, _BETWEEN_QUESTIONS = 5.4, 8.6, 2.0
_CHARACTER = 1.9  # of a label, at most on average
_LABEL_GAP, _CHOICE_GAP = 2.6, 4.0


class CardSize(Enum):
    """Width and height of a card in mm."""

    A6 = (148.0, 105.0)
    THIRD_OF_A4 = (210.0, 99.0)
    A5 = (210.0, 148.0)
    A4 = (210.0, 297.0)


class CardIsFull(ValueError):
    """The questions do not fit on a card of this size."""


@dataclass(frozen=True, slots=True)
class CardQuestion:
    """A question with its choices, each a name and a label; *several* may be ticked, or only one."""

    name: str
    text: str
    choices: tuple[tuple[str, str], ...]
    several: bool = False


@dataclass(frozen=True, slots=True)
class TickBox:
    """A box to tick, and what stands beside it."""

    question: str
    choice: str
    box: Box
    label: str
    label_width: float


@dataclass(frozen=True, slots=True)
class PlacedQuestion:
    """A question on the card: its text and where that stands, and its boxes."""

    name: str
    text: str
    place: Box
    several: bool
    boxes: tuple[TickBox, ...]


@dataclass(frozen=True, slots=True)
class CardLayout:
    """A card: its *marks* are black squares, clockwise from the upper left corner."""

    width: float
    height: float
    marks: tuple[Box, Box, Box, Box]
    code: Box
    questions: tuple[PlacedQuestion, ...]

    @property
    def boxes(self) -> Iterator[TickBox]:
        """Yield all boxes, in the order of their questions."""
        for question in self.questions:
            yield from question.boxes

    @property
    def text_place(self) -> Box:
        """Return where a title and an instruction may stand: left of the code."""
        width = self.code.left - _INNER_MARGIN - _CHOICE_GAP
        return Box(_INNER_MARGIN, _CODE_TOP, width, _FIRST_QUESTION - _CODE_TOP - _BETWEEN_QUESTIONS)


def laid_out(size: CardSize, questions: Sequence[CardQuestion]) -> CardLayout:
    """Return the layout of a card with these questions; CardIsFull if there is no room for them.

    >>> card = laid_out(CardSize.A6, [CardQuestion("come", "Will you come?", (("yes", "Yes"), ("no", "No")))])
    >>> [(one.choice, one.box.left, one.box.top) for one in card.boxes]
    [('yes', 16.0, 40.4), ('no', 74.0, 40.4)]
    """
    width, height = size.value
    code = Box(width - _INNER_MARGIN - CODE_SIDE, _CODE_TOP, CODE_SIDE, CODE_SIDE)
    placed, top = [], _FIRST_QUESTION
    for question in questions:
        one, below = _placed(question, top, width - 2 * _INNER_MARGIN)
        placed.append(one)
        top = below + _BETWEEN_QUESTIONS
    if top - _BETWEEN_QUESTIONS > height - _MARGIN:
        raise CardIsFull(f"the questions need {top:.0f} mm, and the card is {height:.0f} mm high")
    return CardLayout(width, height, _marks(width, height), code, tuple(placed))


def _marks(width: float, height: float) -> tuple[Box, Box, Box, Box]:
    right, bottom = width - _MARGIN - MARK_SIDE, height - _MARGIN - MARK_SIDE
    corners = ((_MARGIN, _MARGIN), (right, _MARGIN), (right, bottom), (_MARGIN, bottom))
    one, two, three, four = (Box(left, top, MARK_SIDE, MARK_SIDE) for left, top in corners)
    return one, two, three, four


def _placed(question: CardQuestion, top: float, width: float) -> tuple[PlacedQuestion, float]:
    """Return a question whose text begins at *top*, and where it ends."""
    lines = max(1, ceil(len(question.text) * _CHARACTER / width))
    place = Box(_INNER_MARGIN, top, width, lines * _TEXT_LINE)
    longest = max((len(label) for _, label in question.choices), default=0)
    cell = BOX_SIDE + _LABEL_GAP + longest * _CHARACTER + _CHOICE_GAP
    if cell > width:
        raise CardIsFull(f"a choice of {question.name!r} is too long")
    columns = max(1, min(int(width / cell), len(question.choices)))
    boxes, apart = [], width / columns
    for number, (name, label) in enumerate(question.choices):
        row, column = divmod(number, columns)
        box = Box(_INNER_MARGIN + column * apart, place.bottom + row * _ROW, BOX_SIDE, BOX_SIDE)
        label_width = apart - BOX_SIDE - _LABEL_GAP
        boxes.append(TickBox(question.name, name, box, label, label_width))
    rows = ceil(len(question.choices) / columns)
    below = place.bottom + rows * _ROW
    return PlacedQuestion(question.name, question.text, place, question.several, tuple(boxes)), below
