"""What was ticked on a reply card?  Each box of a scanned card, and each question's answer.

A box that was filled in completely while another of its question is ticked was a mistake that
is put right, as the card says; filled in alone it is a tick.  Where a box, or two ticks for one
answer, leave a doubt, the question is unsure and a person decides: no answer is guessed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from PIL import Image

from ingest.letters.card_frame import CardFrame, frame_of
from ingest.letters.codes import Grey, grey_of
from ingest.letters.tick_boxes import Mark, look_at
from mail.letter import Box, Code
from mail.reply_card import CardLayout, PlacedQuestion, TickBox


class BoxState(StrEnum):
    """What a box says."""

    EMPTY = "empty"
    TICKED = "ticked"
    CORRECTED = "corrected"  # ticked by mistake, and filled in
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class ReadBox:
    """A box as it was read; *box* is its place on the scanned page in mm, *confidence* from 0 to 1."""

    choice: str
    state: BoxState
    confidence: float
    box: Box


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """The answer to a question: the choices that are *chosen*, none where it was left open."""

    name: str
    boxes: tuple[ReadBox, ...]
    is_sure: bool

    @property
    def chosen(self) -> tuple[str, ...]:
        """Return the names of the choices that are ticked; to be believed only where the question is sure."""
        return tuple(box.choice for box in self.boxes if box.state is BoxState.TICKED)


@dataclass(frozen=True, slots=True)
class ReadCard:
    """A card as it was read; without questions where its frame was *not found* on the scan."""

    questions: tuple[ReadQuestion, ...] = ()
    is_found: bool = True

    @property
    def is_sure(self) -> bool:
        """Return whether nobody needs to look at it."""
        return self.is_found and all(question.is_sure for question in self.questions)


def read_card(
    image: Image.Image | Grey, code: Code, layout: CardLayout, page_width: float, page_height: float
) -> ReadCard:
    """Return what is ticked on the card with *code* on the *image* of a page of this size in mm.

    The card may lie anywhere and any way on the page, also upside down.
    """
    grey = grey_of(image)
    across, down = page_width / grey.shape[1], page_height / grey.shape[0]
    frame = frame_of(grey, code, layout, across, down)
    if frame is None:
        return ReadCard(is_found=False)
    return ReadCard(tuple(_question(grey, frame, one, across, down) for one in layout.questions))


def _question(
    grey: Grey, frame: CardFrame, question: PlacedQuestion, across: float, down: float
) -> ReadQuestion:
    seen = [look_at(grey, frame, tick.box) for tick in question.boxes]
    states = states_of([one.mark for one in seen])
    boxes = tuple(
        ReadBox(tick.choice, state, one.confidence, _place(frame, tick, across, down))
        for tick, one, state in zip(question.boxes, seen, states, strict=True)
    )
    ticked = states.count(BoxState.TICKED)
    is_sure = BoxState.UNSURE not in states and (question.several or ticked <= 1)
    return ReadQuestion(question.name, boxes, is_sure)


def states_of(marks: Sequence[Mark]) -> list[BoxState]:
    """Return what the boxes of one question say together.

    >>> [str(state) for state in states_of([Mark.FILLED, Mark.TICK, Mark.NONE])]
    ['corrected', 'ticked', 'empty']
    >>> [str(state) for state in states_of([Mark.FILLED, Mark.NONE])]
    ['ticked', 'empty']
    """
    is_ticked_beside = Mark.TICK in marks
    several_marks = sum(mark is not Mark.NONE for mark in marks) > 1
    meanings = {
        Mark.NONE: BoxState.EMPTY,
        Mark.TICK: BoxState.TICKED,
        Mark.FILLED: BoxState.CORRECTED if is_ticked_beside else BoxState.TICKED,
        # Alone it is a tick in any case; beside another mark it could be one that was taken back.
        Mark.DENSE: BoxState.UNSURE if several_marks else BoxState.TICKED,
        Mark.UNSURE: BoxState.UNSURE,
    }
    return [meanings[mark] for mark in marks]


def _place(frame: CardFrame, tick: TickBox, across: float, down: float) -> Box:
    """Return where a box is on the page, in mm."""
    box = tick.box
    corners = [(x, y) for x in (box.left, box.right) for y in (box.top, box.bottom)]
    places = frame.pixels(np.array(corners)) * (across, down)
    (left, top), (right, bottom) = places.min(axis=0), places.max(axis=0)
    return Box(float(left), float(top), float(right - left), float(bottom - top))
