"""What a decision about a message is worth, and that it is really the product that decides."""

import pytest

from benchmarks.matching import cases
from benchmarks.matching.directory import blocks
from benchmarks.matching.filling import fill
from benchmarks.matching.office import batches, decide, open_office
from benchmarks.matching.quality import told
from benchmarks.matching.scoring import Answer, Decision, Tally, Verdict, verdict
from benchmarks.matching.truth import Level, Truth

_ANNA = Truth("new-at-firm", "anna@firm.ch", Level.PERSON, 7, frozenset({3}))
_FIRM = Truth("firm-address", "info@firm.ch", Level.ORGANISATION, None, frozenset({3}))
_NOBODY = Truth("stranger", "x@gmx.ch", Level.NOTHING)
_MISTYPED = Truth("outgoing-misspelt", "anna@frim.ch", Level.NOTHING, 7, frozenset({3}))


@pytest.mark.parametrize(
    ("truth", "answer", "worth"),
    [
        (_ANNA, Answer(7, 3), Verdict.RIGHT),
        (_ANNA, Answer(7, None), Verdict.RIGHT),
        (_ANNA, Answer(None, 3), Verdict.FIRM_ONLY),
        (_ANNA, Answer(8, 3), Verdict.WRONG),
        (_ANNA, Answer(7, 4), Verdict.WRONG),
        (_ANNA, Answer(None, 4), Verdict.WRONG),
        (_FIRM, Answer(None, 3), Verdict.RIGHT),
        (_FIRM, Answer(7, 3), Verdict.WRONG),
        (_NOBODY, Answer(None, 3), Verdict.WRONG),
        (_NOBODY, Answer(7, None), Verdict.WRONG),
        (_MISTYPED, Answer(7, 3), Verdict.RIGHT),
        (_MISTYPED, Answer(8, 3), Verdict.WRONG),
    ],
)
def test_a_link_is_right_or_wrong_by_whose_history_it_is_in(
    truth: Truth, answer: Answer, worth: Verdict
) -> None:
    assert verdict(truth, Decision("reason", answer)) is worth


@pytest.mark.parametrize(
    ("truth", "candidates", "worth"),
    [
        (_ANNA, [Answer(1, None), Answer(2, None), Answer(7, None)], Verdict.FOUND),
        (_ANNA, [Answer(1, None), Answer(2, None), Answer(4, None), Answer(7, None)], Verdict.MISSED),
        (_ANNA, [Answer(None, 3)], Verdict.MISSED),
        (_FIRM, [Answer(None, 3)], Verdict.FOUND),
        (_FIRM, [Answer(7, 3)], Verdict.MISSED),
        (_NOBODY, [], Verdict.UNKNOWN),
        (_NOBODY, [Answer(7, None)], Verdict.UNKNOWN),
    ],
)
def test_what_is_held_shows_the_right_answer_among_the_first_three(
    truth: Truth, candidates: list[Answer], worth: Verdict
) -> None:
    assert verdict(truth, Decision("reason", None, candidates)) is worth


def test_shares_are_of_those_that_could_be_told(capsys: pytest.CaptureFixture[str]) -> None:
    tally = Tally()
    tally.add(_ANNA, Decision("exact-address", Answer(7, 3)))
    tally.add(_ANNA, Decision("organisation-domain", Answer(None, 3)))
    tally.add(_NOBODY, Decision("exact-address", Answer(9, None)))
    tally.add(_MISTYPED, Decision("unknown-address", None, [Answer(7, None)]))
    assert tally.right_of_hundred == 50
    assert tally.wrong_of_thousand == 250
    assert tally.found_of_hundred == 100
    assert not told(tally)
    said = capsys.readouterr().out
    assert "wrong: stranger" in said
    assert "right without a person: ours 50 % of 2, goal at least 97: short" in said


async def test_the_product_knows_who_writes_from_an_entered_address_and_what_we_wrote(database: str) -> None:
    await fill(database, blocks(500))
    await open_office()
    tally = Tally()
    for batch in batches(cases.samples(160, 500)):
        for sample, decision in zip(batch, await decide(batch), strict=True):
            tally.add(sample.truth, decision)
    assert tally.messages == 160
    assert set(tally.by_case["known-address"]) == {Verdict.RIGHT}
    assert set(tally.by_case["outgoing"]) == {Verdict.RIGHT}
    assert set(tally.by_case["answer"]) == {Verdict.RIGHT}
