"""Simulated cards are what a scanner would give, with the truth known."""

from random import Random

import numpy as np

from benchmarks.cards import reply_cards
from benchmarks.cards.filled_in import DESIGNS, PER_MM, filled_in
from benchmarks.cards.pens import Pen, Way, drawn, tick
from benchmarks.cards.scanning import scanned, some_scan
from mail.letter import Box


def test_a_card_that_is_made_and_scanned_is_read_and_counted() -> None:
    card = filled_in(0)
    layout = card.design.layout
    assert {one.name for one in layout.questions} == set(card.truth)
    assert filled_in(0).truth == card.truth
    scan = some_scan(layout.width, layout.height, Random(0))
    grey = scanned(card.darkness, PER_MM, scan, 0)
    assert grey.dtype == np.uint8
    assert grey.shape == (round(scan.page[1] * scan.dpi / 25.4), round(scan.page[0] * scan.dpi / 25.4))
    code, answer = reply_cards._read(grey, card, scan)
    tally, nothing = reply_cards.Tally(), reply_cards.Tally()
    tally.add(0, card, scan, code, answer)
    nothing.add(0, card, scan, None, None)
    tally.join(nothing)
    boxes = len(list(layout.boxes))
    assert (tally.cards, tally.codes, tally.held.total()) == (2, 1, boxes)
    assert tally.right.total() == boxes


def test_a_wrong_answer_that_is_believed_is_counted_as_wrong() -> None:
    card, other = filled_in(0), filled_in(DESIGNS)
    assert card.truth != other.truth
    scan = some_scan(card.design.layout.width, card.design.layout.height, Random(1))
    code, answer = reply_cards._read(scanned(other.darkness, PER_MM, scan, 1), other, scan)
    tally = reply_cards.Tally()
    tally.add(0, card, scan, code, answer)
    assert tally.believed


def test_each_way_to_tick_leaves_ink_in_the_box() -> None:
    box, pen = Box(4, 4, 5, 5), Pen("ink", 0.5, 1.0)
    for way in Way:
        page = np.zeros((round(13 * PER_MM), round(13 * PER_MM)), np.float32)
        drawn(page, tick(box, way, pen, Random(3)), pen, PER_MM, 3)
        inside = page[round(4 * PER_MM) : round(9 * PER_MM), round(4 * PER_MM) : round(9 * PER_MM)]
        assert 0.03 < inside.mean() <= 1
