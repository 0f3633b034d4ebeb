"""A printed card, and how somebody filled it in: what is ticked is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import TypeAlias

import numpy as np
import pypdfium2
from numpy.typing import NDArray

from benchmarks.cards.pens import Pen, Way, drawn, filling, some_pen, stray, tick
from mail.reply_card import CardLayout, CardQuestion, CardSize, PlacedQuestion, laid_out
from mail.reply_code import RecipientKind, ReplyCode, ReplyPurpose, written
from outbound.sheets.child import pdf_of
from outbound.sheets.reply_card import PrintedCard, card_html

Floats: TypeAlias = NDArray[np.float64]
KEY = b"reply cards" * 3
PER_MM = 300 / 25.4
DESIGNS = 40
_SIZES = (CardSize.A6, CardSize.THIRD_OF_A4, CardSize.A5, CardSize.A4)
_LABELS = (
    "Ja",
    "Nein",
    "Vielleicht",
    "Mit Begleitung",
    "Vegetarisch",
    "sehr zufrieden",
    "gar nicht",
    "Rückruf",
)


@dataclass(frozen=True, slots=True)
class Design:
    """A card as it leaves the printer: its layout, code, and darkness (0 to 1), `PER_MM` samples a mm."""

    layout: CardLayout
    code: ReplyCode
    darkness: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class FilledIn:
    """A card that somebody filled in; *truth* names the choices ticked of each question, *kinds* what was drawn."""

    design: Design
    darkness: Floats
    truth: Mapping[str, tuple[str, ...]]
    kinds: Mapping[tuple[str, str], str]
    pen: Pen
    is_strayed: bool


@cache
def design(number: int) -> Design:
    """Return one of the `DESIGNS`."""
    chance = Random(number)
    size = _SIZES[number % len(_SIZES)]
    questions = []
    for place in range(chance.randint(2, 3) if size is not CardSize.A4 else chance.randint(4, 12)):
        labels = chance.sample(_LABELS, chance.randint(2, 4))
        choices = tuple((f"c{one}", label) for one, label in enumerate(labels))
        if size is CardSize.A6:
            choices = tuple((name, label[:8]) for name, label in choices)
        questions.append(
            CardQuestion(f"q{place}", f"Frage {place + 1}: Was gilt?", choices, chance.random() < 0.3)
        )
    code = ReplyCode(
        chance.randrange(10**6), chance.randrange(10**9), RecipientKind.PERSON, ReplyPurpose.CARD
    )
    layout = laid_out(size, questions)
    printed = pdf_of(card_html(PrintedCard("Ihre Antwort", layout, written(code, key=KEY))))
    pixels = pypdfium2.PdfDocument(printed)[0].render(scale=PER_MM * 25.4 / 72, grayscale=True).to_numpy()
    return Design(layout, code, (1 - pixels.reshape(pixels.shape[:2]) / 255).astype(np.float32))


def filled_in(number: int) -> FilledIn:
    """Return a card as one person filled it in: with one pen, in one way, with a mistake now and then."""
    chance = Random(f"filled in {number}")
    of = design(number % DESIGNS)
    pen, way = some_pen(chance), chance.choices(list(Way), (50, 25, 10, 15))[0]
    darkness = of.darkness.astype(np.float64)
    truth, kinds = {}, {}
    for question in of.layout.questions:
        chosen, spoilt = _answer(question, way, chance)
        truth[question.name] = chosen
        for box in question.boxes:
            kind = way.value if box.choice in chosen else "corrected" if box.choice in spoilt else "empty"
            kinds[question.name, box.choice] = kind
            if kind != "empty":
                strokes = (
                    filling(box.box, pen, chance) if kind == "corrected" else tick(box.box, way, pen, chance)
                )
                drawn(darkness, strokes, pen, PER_MM, number)
    is_strayed = chance.random() < 0.25
    if is_strayed:
        boxes = [box.box for box in of.layout.boxes]
        lines = stray(of.layout.width, of.layout.height, boxes, chance)
        drawn(darkness, lines, some_pen(chance), PER_MM, number)
    return FilledIn(of, darkness, truth, kinds, pen, is_strayed)


def _answer(question: PlacedQuestion, way: Way, chance: Random) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return which choices are ticked, and which were ticked by mistake and filled in."""
    names = [box.choice for box in question.boxes]
    if chance.random() < 0.1:
        return (), ()
    if question.several:
        return tuple(name for name in names if chance.random() < 0.4), ()
    one = chance.choice(names)
    # Who fills boxes instead of crossing them cannot take a mistake back that way.
    is_mistaken = way is not Way.SCRIBBLE and chance.random() < 0.12
    spoilt = (chance.choice([name for name in names if name != one]),) if is_mistaken else ()
    return (one,), spoilt
