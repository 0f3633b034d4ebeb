"""What is agreed of a meeting does not depend on the order in which it is heard of."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from history.meeting import meeting_of, meetings_of
from history.meetings import as_fields
from history.notes import Invited, Note, as_kept, as_said
from tests.matcher.people import NOON

ANNA, BEAT, EVA, MALLORY = (f"{name}@muster.example" for name in ("anna", "beat", "eva", "mallory"))
INVITED = (Invited(BEAT, "Beat", "NEEDS-ACTION"), Invited(EVA, "Eva", ""))
INVITATION = Note(
    method="REQUEST", organiser=ANNA, organiser_name="Anna", by_organiser=True, name="Anna", answers_for=ANNA,
    answer="", sequence=0, stamp=NOON, at=NOON, occurrence=None, start=NOON + timedelta(days=7),
    end=NOON + timedelta(days=7, hours=1), whole_day=False, recurs=False, status="", summary="Sitzung",
    location="Saal 3", comment="", invited=INVITED,
)  # fmt: skip
MINUTES = st.integers(0, 3).map(lambda minutes: timedelta(minutes=minutes))


def said(method: str, by: str, **fields: object) -> Note:
    """Return what somebody says of the meeting."""
    note = replace(INVITATION, method=method, name=by, answers_for=by, by_organiser=by == ANNA)
    return replace(note, **({} if by == ANNA else {"invited": ()}), **fields)  # type: ignore[arg-type]


notes = st.builds(
    said,
    st.sampled_from(["REQUEST", "REPLY", "CANCEL", "COUNTER", "ADD"]),
    st.sampled_from([ANNA, BEAT, EVA, MALLORY]),
    sequence=st.integers(0, 2),
    stamp=MINUTES.map(lambda later: NOON + later),
    at=MINUTES.map(lambda later: NOON + later),
    start=st.sampled_from([None, NOON, NOON + timedelta(days=1)]),
    occurrence=st.sampled_from([None, None, NOON + timedelta(days=8)]),
    answer=st.sampled_from(["", "ACCEPTED", "DECLINED"]),
    status=st.sampled_from(["", "CANCELLED"]),
    location=st.sampled_from(["Saal 3", "Saal 4"]),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(notes, min_size=1, max_size=8), st.randoms())
def test_any_order_comes_to_the_same(heard: list[Note], chance: object) -> None:
    other = [*heard, *heard[:2]]
    chance.shuffle(other)  # type: ignore[attr-defined]
    first, second = (
        {organiser: as_fields("u", meeting_of(those)) for organiser, those in meetings_of(each).items()}
        for each in (heard, other)
    )
    assert first == second


@settings(max_examples=400, deadline=None)
@given(st.lists(notes, max_size=8), st.sampled_from(["REPLY", "REQUEST", "CANCEL", "COUNTER"]))
def test_a_stranger_changes_nothing(heard: list[Note], method: str) -> None:
    ours = [INVITATION, *(note for note in heard if note.answers_for != MALLORY)]
    forged = said(method, MALLORY, sequence=9, answer="DECLINED", location="Elsewhere", status="CANCELLED")
    assert meetings_of([*ours, forged]) == meetings_of(ours)


@settings(max_examples=200, deadline=None)
@given(notes)
def test_what_is_kept_is_read_as_it_was(note: Note) -> None:
    assert as_said(as_kept(note)) == note


def test_an_answer_to_another_time_counts_no_more() -> None:
    yes = said("REPLY", BEAT, answer="ACCEPTED", stamp=NOON + timedelta(minutes=1))
    moved = replace(INVITATION, sequence=1, start=NOON + timedelta(days=9), stamp=NOON + timedelta(minutes=2))
    elsewhere = replace(INVITATION, sequence=1, location="Saal 9", stamp=NOON + timedelta(minutes=2))
    for now, answer in ((INVITATION, "ACCEPTED"), (moved, "NEEDS-ACTION"), (elsewhere, "ACCEPTED")):
        heard = [INVITATION, yes, now]
        (found,) = (meeting_of(those) for those in meetings_of(heard).values())
        assert {one.key: one.answer for one in found.invited} == {BEAT: answer, EVA: ""}


def test_an_old_invitation_changes_nothing() -> None:
    new = replace(INVITATION, sequence=2, location="Saal 9")
    old = replace(INVITATION, sequence=1, location="Saal 1", stamp=NOON + timedelta(days=1))
    assert meeting_of([new, old]).location == "Saal 9"
