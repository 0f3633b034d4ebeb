"""`reply-cards`: of 1,000 scanned cards, how many codes and ticks are read rightly, and is a wrong tick ever believed?

CARDS=100 in the environment measures fewer.
"""

import os
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from random import Random

import numpy as np
from numpy.typing import NDArray

from benchmarks.cards.filled_in import DESIGNS, KEY, PER_MM, FilledIn, filled_in
from benchmarks.cards.scanning import Scan, scanned, some_scan
from ingest.letters.codes import codes_on
from ingest.letters.ticks import BoxState, ReadCard, read_card
from mail.letter import Code
from mail.reply_code import read

CARDS = int(os.environ.get("CARDS", "1000"))
LEAST_CODES, LEAST_TICKS = 99.9, 99.5
_SHOWN = 20


@dataclass(slots=True)
class Tally:
    """What was counted: cards, codes read, and for each kind of mark how many were right, held or wrong."""

    cards: int = 0
    codes: int = 0
    right: Counter[str] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    believed: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def add(
        self, number: int, card: FilledIn, scan: Scan, code: Code | None, answer: ReadCard | None
    ) -> None:
        """Count one card."""
        self.cards += 1
        self.codes += code is not None
        questions = {one.name: one for one in answer.questions} if answer and answer.is_found else {}
        where = f"card {number}, {card.pen.name}, {scan.dpi} dpi, noise {scan.noise}, ink {scan.paper - scan.ink:.0f}"
        if not questions:
            self.doubtful.append(f"{where}: {'no frame' if code else 'no code'}")
        for (question, choice), kind in card.kinds.items():
            one = questions.get(question)
            states = {box.choice: box.state for box in one.boxes} if one else {}
            is_right = states.get(choice) is _meant(kind)
            sure = one is not None and one.is_sure
            counted = self.held if not sure else self.right if is_right else self.wrong
            counted[kind] += 1
            if counted is not self.right:
                listed = self.believed if counted is self.wrong else self.doubtful
                strayed = ", stray marks" if card.is_strayed else ""
                listed.append(f"{where}{strayed}: {kind} is {states.get(choice)}")


def _meant(kind: str) -> BoxState:
    """Return what a box means in which this was drawn."""
    return {"empty": BoxState.EMPTY, "corrected": BoxState.CORRECTED}.get(kind, BoxState.TICKED)


def run() -> bool:
    """Measure on all cores, print what came out, and tell whether the goals hold."""
    tally = Tally()
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as workers:
        for one in workers.map(_tally, range(DESIGNS)):
            tally.join(one)
    return _told(tally)


def _tally(design: int) -> Tally:
    """Return what was counted of the cards of one design."""
    tally = Tally()
    for number in range(design, CARDS, DESIGNS):
        card = filled_in(number)
        scan = some_scan(card.design.layout.width, card.design.layout.height, Random(f"scanned {number}"))
        grey = scanned(card.darkness, PER_MM, scan, number)
        begun = time.process_time()
        code, answer = _read(grey, card, scan)
        tally.seconds += time.process_time() - begun
        tally.add(number, card, scan, code, answer)
    return tally


def _read(grey: NDArray[np.uint8], card: FilledIn, scan: Scan) -> tuple[Code | None, ReadCard | None]:
    """Return the card's code and what is ticked, as the product reads them."""
    for code in codes_on(grey, *scan.page):
        if read(code.text, key=KEY) == card.design.code:
            return code, read_card(grey, code, card.design.layout, *scan.page)
    return None, None


def _told(tally: Tally) -> bool:
    for kind in sorted(tally.right | tally.held | tally.wrong):
        right, held, wrong = tally.right[kind], tally.held[kind], tally.wrong[kind]
        print(f"  {kind}: {right} right, {held} held, {wrong} wrong")
    for line in tally.believed[:_SHOWN]:
        print(f"  wrong: {line}")
    for line in tally.doubtful[:_SHOWN]:
        print(f"  held: {line}")
    ticks = {kind for kind in tally.right | tally.held | tally.wrong if kind != "empty"}
    drawn_ticks = sum(counted[kind] for counted in (tally.right, tally.held, tally.wrong) for kind in ticks)
    codes = 100 * tally.codes / tally.cards
    right = 100 * sum(tally.right[kind] for kind in ticks) / drawn_ticks
    wrong = len(tally.believed)
    print(
        f"reply-cards: {tally.cards} scans, {1000 * tally.seconds / tally.cards:.0f} ms of processor time each"
    )
    return all(
        [
            _line("codes read", codes, LEAST_CODES),
            _line("ticks right", right, LEAST_TICKS),
            _line("wrong and believed", wrong, 0, is_most=True, unit=""),
        ]
    )


def _line(name: str, figure: float, goal: float, *, is_most: bool = False, unit: str = " %") -> bool:
    holds = figure <= goal if is_most else figure >= goal
    goal_words = f"at {'most' if is_most else 'least'} {goal:g}{unit}"
    print(
        f"reply-cards, {name}: {figure:.2f}{unit}, goal {goal_words}: {'holds' if holds else 'short'}",
        flush=True,
    )
    return holds
