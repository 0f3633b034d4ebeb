"""Ticked reply cards are read, whichever way they lie; a doubt is held and never guessed."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pypdfium2
import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from ingest.letters.codes import codes_on
from ingest.letters.tick_boxes import Mark
from ingest.letters.ticks import BoxState, ReadCard, read_card, states_of
from mail.letter import Box, Code
from mail.reply_card import CardIsFull, CardLayout, CardQuestion, CardSize, laid_out
from mail.reply_code import SAMPLE, written
from outbound.sheets.printed import printed
from outbound.sheets.reply_card import PrintedCard, card_html

PER_MM = 8  # about 200 dpi
TEXT = written(SAMPLE, key=b"k")
QUESTIONS = (
    CardQuestion("come", "Kommen Sie?", (("yes", "Ja"), ("no", "Nein"), ("perhaps", "Vielleicht"))),
    CardQuestion(
        "topics", "Was interessiert Sie?", (("news", "Neues"), ("offers", "Angebote")), several=True
    ),
)
LAYOUT = laid_out(CardSize.A6, QUESTIONS)
Draw = Callable[[ImageDraw.ImageDraw, Box], None]


def _scaled(box: Box, by: float = 0.0) -> tuple[float, float, float, float]:
    corners = (box.left + by, box.top + by, box.right - by, box.bottom - by)
    left, top, right, bottom = (one * PER_MM for one in corners)
    return left, top, right, bottom


def card(layout: CardLayout = LAYOUT, **drawn: Draw) -> Image.Image:
    """Return a card as it is printed, with something drawn into the boxes that are named."""
    image = Image.new("L", (round(layout.width * PER_MM), round(layout.height * PER_MM)), 255)
    draw = ImageDraw.Draw(image)
    for mark in layout.marks:
        draw.rectangle(_scaled(mark), fill=0)
    modules = np.array([list(row) for row in segno.make_qr(TEXT, error="q").matrix_iter(border=0)])
    side = round(layout.code.width * PER_MM)
    code = Image.fromarray(np.where(modules, 0, 255).astype(np.uint8)).resize(
        (side, side), Image.Resampling.BOX
    )
    image.paste(code, (round(layout.code.left * PER_MM), round(layout.code.top * PER_MM)))
    for box in layout.boxes:
        draw.rectangle(_scaled(box.box), outline=0, width=2)
        draw.text((box.box.right * PER_MM + 21, box.box.top * PER_MM + 8), box.label, fill=0, font_size=24)
        if one := drawn.get(box.choice):
            one(draw, box.box)
    return image


def _line(
    draw: ImageDraw.ImageDraw, points: Sequence[tuple[float, float]], width: int = 4, fill: int = 50
) -> None:
    draw.line([(x * PER_MM, y * PER_MM) for x, y in points], fill=fill, width=width)


def cross(draw: ImageDraw.ImageDraw, box: Box) -> None:
    """Draw a cross."""
    _line(draw, [(box.left + 0.3, box.top + 0.5), (box.right, box.bottom)])
    _line(draw, [(box.left + 0.2, box.bottom), (box.right + 0.4, box.top - 0.2)])


def check(draw: ImageDraw.ImageDraw, box: Box) -> None:
    """Draw a check mark that leaves the box."""
    _line(
        draw,
        [(box.left + 1, box.top + 2.5), (box.left + 2, box.bottom - 0.7), (box.right + 1.5, box.top - 1.5)],
    )


def pale(draw: ImageDraw.ImageDraw, box: Box) -> None:
    """Draw a cross with a light pencil."""
    _line(draw, [(box.left, box.top), (box.right, box.bottom)], fill=165)
    _line(draw, [(box.left, box.bottom), (box.right, box.top)], fill=165)


def filled(draw: ImageDraw.ImageDraw, box: Box) -> None:
    """Fill the box."""
    draw.rectangle(_scaled(box, 0.3), fill=60)


def dot(draw: ImageDraw.ImageDraw, box: Box) -> None:
    """Make a dot, as of a pen laid down."""
    x, y = (box.left + 2) * PER_MM, (box.top + 3) * PER_MM
    draw.ellipse((x, y, x + 3, y + 3), fill=50)


def half(draw: ImageDraw.ImageDraw, box: Box) -> None:
    """Draw a short stroke that could be anything."""
    _line(draw, [(box.left + 2, box.top + 2), (box.left + 3.2, box.top + 3)])


def through(draw: ImageDraw.ImageDraw, box: Box) -> None:
    """Draw a line across the card, through the box."""
    _line(draw, [(box.left - 15, box.top + 4), (box.right + 20, box.top + 1)])


def ending(draw: ImageDraw.ImageDraw, box: Box) -> None:
    """Draw a line that was meant for something else, and ends in the box."""
    _line(draw, [(box.right + 3, box.bottom + 14), (box.left + 1.5, box.top + 1)])


def slash(draw: ImageDraw.ImageDraw, box: Box) -> None:
    """Draw one stroke that leaves the box at the top."""
    _line(draw, [(box.left + 0.8, box.bottom - 0.6), (box.right + 1.5, box.top - 2)])


def scanned(
    image: Image.Image, *, seed: int = 1, turn: float = 0.0, margin: float = 10.0
) -> NDArray[np.uint8]:
    """Return a noisy scan of a card on a larger page."""
    edge = round(margin * PER_MM)
    page = Image.new("L", (image.width + 2 * edge, image.height + 2 * edge), 255)
    page.paste(image, (edge, edge))
    turned = page.rotate(turn, Image.Resampling.BICUBIC, expand=turn % 180 == 90, fillcolor=255)
    grey = (
        np.asarray(turned) * 0.8
        + 30
        + np.random.default_rng(seed).normal(0, 6, (turned.height, turned.width))
    )
    return np.clip(grey, 0, 255).astype(np.uint8)


def read(grey: NDArray[np.uint8], layout: CardLayout = LAYOUT) -> ReadCard:
    """Return what is read of a scan."""
    size = grey.shape[1] / PER_MM, grey.shape[0] / PER_MM
    (code,) = codes_on(grey, *size)
    return read_card(grey, code, layout, *size)


def chosen(answer: ReadCard) -> dict[str, tuple[str, ...] | None]:
    """Return what is chosen for each question, None where a person must look."""
    assert answer.is_found
    return {one.name: one.chosen if one.is_sure else None for one in answer.questions}


@pytest.mark.parametrize("turn", [0, 4.5, -4.5, 90, 180, 183, 270])
def test_a_card_is_read_whichever_way_it_lies(turn: float) -> None:
    answer = read(scanned(card(no=cross, news=check), turn=turn))
    assert chosen(answer) == {"come": ("no",), "topics": ("news",)}
    assert answer.is_sure


@pytest.mark.parametrize("size", CardSize)
async def test_a_printed_card_is_ticked_and_read_back(size: CardSize) -> None:
    layout = laid_out(size, QUESTIONS)
    octets = await printed(card_html(PrintedCard("Antwort", layout, TEXT)))
    image = pypdfium2.PdfDocument(octets)[0].render(scale=PER_MM * 25.4 / 72, grayscale=True).to_pil()
    draw = ImageDraw.Draw(image)
    boxes = {box.choice: box.box for box in layout.boxes}
    cross(draw, boxes["perhaps"])
    check(draw, boxes["offers"])
    assert chosen(read(scanned(image, turn=2), layout)) == {"come": ("perhaps",), "topics": ("offers",)}


@pytest.mark.parametrize("mark", [cross, check, slash, pale, filled])
def test_each_way_to_tick_is_one(mark: Draw) -> None:
    assert chosen(read(scanned(card(yes=mark)))) == {"come": ("yes",), "topics": ()}


def test_a_card_that_nobody_ticked_is_surely_empty() -> None:
    answer = read(scanned(card()))
    assert chosen(answer) == {"come": (), "topics": ()}
    assert {box.state for one in answer.questions for box in one.boxes} == {BoxState.EMPTY}


def test_a_mistake_that_was_filled_in_is_corrected() -> None:
    answer = read(scanned(card(yes=filled, no=cross)))
    assert chosen(answer)["come"] == ("no",)
    assert [box.state for box in answer.questions[0].boxes] == [
        BoxState.CORRECTED,
        BoxState.TICKED,
        BoxState.EMPTY,
    ]


def test_two_ticks_for_one_answer_are_held() -> None:
    assert chosen(read(scanned(card(yes=cross, no=cross)))) == {"come": None, "topics": ()}
    assert chosen(read(scanned(card(yes=filled, no=filled)))) == {"come": None, "topics": ()}
    assert chosen(read(scanned(card(news=cross, offers=check)))) == {"come": (), "topics": ("news", "offers")}


def test_a_dot_is_no_tick_and_what_could_be_one_is_held() -> None:
    assert chosen(read(scanned(card(yes=dot)))) == {"come": (), "topics": ()}
    assert chosen(read(scanned(card(yes=half)))) == {"come": None, "topics": ()}
    assert chosen(read(scanned(card(yes=through))))["come"] is None
    assert chosen(read(scanned(card(yes=ending))))["come"] is None


@pytest.mark.parametrize("pale_as", [170, 190, 200, 210])
@pytest.mark.parametrize("seed", range(3))
def test_a_stroke_that_drowns_in_the_grain_of_a_scan_is_not_taken_for_none(pale_as: int, seed: int) -> None:
    def faint(draw: ImageDraw.ImageDraw, box: Box) -> None:
        _line(draw, [(box.left, box.top), (box.right, box.bottom)], fill=pale_as)
        _line(draw, [(box.left, box.bottom), (box.right, box.top)], fill=pale_as)

    grey = scanned(card(yes=faint)) * 0.45 + 110 + np.random.default_rng(seed).normal(0, 11, (1000, 1344))
    answer = read(np.clip(grey, 0, 255).astype(np.uint8))
    assert chosen(answer)["come"] in {("yes",), None}


def test_each_box_is_told_with_its_place_on_the_page() -> None:
    answer = read(scanned(card(), margin=10.0))
    for question in answer.questions:
        for one in question.boxes:
            box = next(box.box for box in LAYOUT.boxes if box.choice == one.choice)
            assert (one.box.left, one.box.top) == pytest.approx((box.left + 10, box.top + 10), abs=0.4)


def _without_marks(count: int) -> Image.Image:
    image = card(no=cross)
    for mark in LAYOUT.marks[-count:]:
        ImageDraw.Draw(image).rectangle(_scaled(mark, -1), fill=255)
    return image


def test_a_card_with_a_corner_torn_off_is_read_and_with_two_it_is_held() -> None:
    assert chosen(read(scanned(_without_marks(1), turn=3)))["come"] == ("no",)
    answer = read(scanned(_without_marks(2)))
    assert not answer.is_found
    assert not answer.is_sure


def test_a_card_that_was_pulled_askew_is_read() -> None:
    image = card(perhaps=cross)
    width, height = image.size
    corners = (-20, -12, -4, height + 8, width + 26, height + 20, width + 10, -24)
    askew = image.transform(
        image.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=255
    )
    assert chosen(read(scanned(askew)))["come"] == ("perhaps",)


def test_the_boxes_of_another_layout_are_never_believed() -> None:
    other = laid_out(CardSize.A6, [replace(QUESTIONS[1], text="x" * 100), QUESTIONS[0]])
    answer = read(scanned(card(yes=cross, news=cross)), other)
    assert not answer.is_sure
    assert not any(one.is_sure and one.chosen for one in answer.questions)
    assert not read(scanned(card(yes=cross)), laid_out(CardSize.A5, QUESTIONS)).is_sure


def test_without_its_code_there_is_no_card() -> None:
    grey = scanned(card())
    code = Code("qr", "POSTBUCH:ANOTHER", Box(100, 10, 24, 24))
    assert not read_card(grey, code, LAYOUT, 168, 125).is_found
    assert not read_card(np.full((30, 30), 255, dtype=np.uint8), code, LAYOUT, 168, 125).is_found


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 2**32), st.floats(0, 1), st.tuples(*[st.floats(-500, 500)] * 4))
def test_no_image_and_no_place_of_a_code_make_an_error(
    seed: int, noise: float, place: tuple[float, ...]
) -> None:
    chance = np.random.default_rng(seed)
    grey = np.asarray(card(yes=cross)).copy()
    where = chance.random(grey.shape) < noise
    grey[where] = chance.integers(0, 256, grey.shape)[where]
    left, top, width, height = place
    answer = read_card(grey, Code("qr", TEXT, Box(left, top, width, height)), LAYOUT, 148, 105)
    assert not answer.is_found or set(chosen(answer).values()) <= {("yes",), (), None}


@given(st.lists(st.sampled_from(Mark), max_size=6))
def test_states_follow_the_rule_that_stands_on_the_card(marks: list[Mark]) -> None:
    states = states_of(marks)
    for mark, state in zip(marks, states, strict=True):
        assert (mark is Mark.NONE) == (state is BoxState.EMPTY)
        assert mark is not Mark.TICK or state is BoxState.TICKED
        assert mark is not Mark.UNSURE or state is BoxState.UNSURE
        assert state is not BoxState.CORRECTED or Mark.TICK in marks


def test_questions_that_do_not_fit_are_refused() -> None:
    with pytest.raises(CardIsFull):
        laid_out(CardSize.A6, QUESTIONS * 4)
    with pytest.raises(CardIsFull):
        laid_out(CardSize.A6, [CardQuestion("q", "?", (("a", "x" * 90),))])


@given(
    st.sampled_from(CardSize),
    st.lists(st.tuples(st.integers(0, 200), st.lists(st.integers(0, 40), max_size=6)), max_size=6),
)
def test_nothing_on_a_card_lies_on_anything_else(size: CardSize, shape: list[tuple[int, list[int]]]) -> None:
    questions = [
        CardQuestion(
            f"q{number}", "x" * length, tuple((f"c{one}", "y" * label) for one, label in enumerate(labels))
        )
        for number, (length, labels) in enumerate(shape)
    ]
    try:
        layout = laid_out(size, questions)
    except CardIsFull:
        return
    places = [*layout.marks, layout.code, layout.text_place, *(one.place for one in layout.questions)]
    places += [Box(box.box.left, box.box.top, 5 + 2.6 + box.label_width, 5) for box in layout.boxes]
    for number, one in enumerate(places):
        assert 0 <= one.left <= one.right <= layout.width
        assert 0 <= one.top <= one.bottom <= layout.height
        for another in places[number + 1 :]:
            apart_x = one.right <= another.left + 1e-6 or another.right <= one.left + 1e-6
            assert apart_x or one.bottom <= another.top + 1e-6 or another.bottom <= one.top + 1e-6
