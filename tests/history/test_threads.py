"""Which entries make one conversation, whatever comes first; and how that is put right by hand."""

from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from history import threads
from storage import leaving_out
from storage.entries import Entry, OpenAnswer, Thread, ThreadReference
from storage.leaving_out import LeavingOut
from tests.ingest.office import Office
from tests.matcher.people import NOON, firm, letter, person

pytestmark = pytest.mark.usefixtures("eva")
EVA, ANNA, BEAT = "eva@firm.example", "anna@muster.example", "beat@holz.example"


def hours(number: float) -> dict[str, Any]:
    """Return the time of a letter, some hours after the first."""
    return {"at": NOON + timedelta(hours=number)}


def days(number: float) -> dict[str, Any]:
    """Return the time of a letter, some days after the first."""
    return hours(24 * number)


async def threads_of(entries: list[Entry]) -> list[int]:
    """Return the threads of entries as they are now, numbered from 0 in this order."""
    ids = [(await Entry.get(id=entry.id)).thread_id for entry in entries]
    return [list(dict.fromkeys(ids)).index(one) for one in ids]


def conversation(name: str = "x") -> list[bytes]:
    """Return four mails, each an answer to the one before; only the last names all of them."""
    ids = [f"{number}@{name}" for number in range(5)]
    return [
        letter(EVA, ANNA, own_id=ids[1]),
        letter(ANNA, EVA, own_id=ids[2], answers=ids[1:2], **hours(1)),
        letter(EVA, ANNA, own_id=ids[3], answers=ids[2:3], **hours(2)),
        letter(ANNA, EVA, own_id=ids[4], answers=ids[1:4], **hours(3)),
    ]


async def test_answers_stand_with_what_they_answer_whatever_comes_first(office: Office) -> None:
    orders = list(permutations(range(4)))
    mails = [conversation(f"{number}.example") for number in range(len(orders))]
    turns = [[those[order[turn]] for those, order in zip(mails, orders, strict=True)] for turn in range(4)]
    found = [await office.enter(*turn) for turn in turns]
    for entries in zip(*found, strict=True):
        assert await threads_of(list(entries)) == [0, 0, 0, 0]
    assert await Thread.all().count() == len(orders)


async def test_a_batch_is_one_conversation_in_any_order(office: Office) -> None:
    assert await threads_of(await office.enter(*conversation()[::-1])) == [0, 0, 0, 0]
    assert await Thread.all().count() == 1
    assert await ThreadReference.all().count() == 4


async def test_two_answers_hold_together_by_a_mail_that_was_never_captured(office: Office) -> None:
    found = await office.enter_in_turn(
        letter(ANNA, EVA, answers=["lost@x"]), letter(EVA, ANNA, answers=["lost@x"])
    )
    assert await threads_of(found) == [0, 0]


async def test_what_is_forwarded_to_another_firm_is_another_conversation(office: Office) -> None:
    found = await office.enter_in_turn(
        letter(ANNA, EVA, own_id="1@x"),
        letter(EVA, BEAT, own_id="2@x", answers=["1@x"], subject="WG: Offerte"),
        letter(BEAT, EVA, own_id="3@x", answers=["1@x", "2@x"]),
        letter(EVA, ANNA, own_id="4@x", answers=["1@x"]),
    )
    assert await threads_of(found) == [0, 1, 1, 0]


async def test_colleagues_of_one_organisation_are_one_conversation(office: Office) -> None:
    muster = await firm("Muster AG", "muster.example")
    await person("Carla Muster", "carla@private.example", at=muster)
    found = await office.enter_in_turn(
        letter(ANNA, EVA, own_id="1@x"), letter("carla@private.example", EVA, answers=["1@x"])
    )
    assert await threads_of(found) == [0, 0]


async def test_an_address_that_is_entered_meanwhile_stays_in_its_conversation(office: Office) -> None:
    (first,) = await office.enter(letter(ANNA, EVA, own_id="1@x"))
    await person("Anna Muster", ANNA, at=await firm("Muster AG"))
    (second,) = await office.enter(letter(ANNA, EVA, answers=["1@x"], subject="Re: Offerte"))
    (third,) = await office.enter(letter(ANNA, EVA, subject="Re: Offerte", **days(1)))
    assert await threads_of([first, second, third]) == [0, 0, 0]


async def test_what_one_mail_says_to_two_firms_is_one_conversation_for_whoever_reads_all(
    office: Office,
) -> None:
    found = await office.enter_in_turn(
        letter(ANNA, EVA, own_id="2@x", answers=["1@x"]),
        letter(BEAT, EVA, own_id="3@x", answers=["1@x"]),
        letter(EVA, f"{ANNA}, {BEAT}", own_id="1@x"),
    )
    assert await threads_of(found) == [0, 0, 0]


@pytest.mark.parametrize("answers_first", [True, False])
async def test_who_stands_in_bcc_with_others_has_a_conversation_of_their_own(
    office: Office, answers_first: bool
) -> None:
    sent = letter(EVA, EVA, own_id="1@x", Bcc=f"{ANNA}, {BEAT}")
    answers = [letter(ANNA, EVA, answers=["1@x"]), letter(BEAT, EVA, answers=["1@x"])]
    found = await office.enter_in_turn(*([*answers, sent] if answers_first else [sent, *answers]))
    assert await threads_of(found) == [0, 1, 2]


async def test_who_alone_stands_in_bcc_is_whom_the_conversation_is_with(office: Office) -> None:
    found = await office.enter_in_turn(
        letter(EVA, EVA, own_id="1@x", Bcc=ANNA), letter(ANNA, EVA, answers=["1@x"])
    )
    assert await threads_of(found) == [0, 0]


async def test_an_answer_without_references_is_known_by_its_subject(office: Office) -> None:
    found = await office.enter_in_turn(
        letter(EVA, ANNA, subject="Offerte März"),
        letter(ANNA, EVA, subject="AW: Offerte  März", **days(13)),
        letter(ANNA, EVA, subject="RE: AW: offerte märz", **days(26)),
    )
    assert await threads_of(found) == [0, 0, 0]


async def test_an_answer_without_references_waits_for_what_it_answers(office: Office) -> None:
    original = letter(EVA, ANNA, subject="Offerte März")
    answers = [
        letter(ANNA, EVA, subject="AW: Offerte  März", **days(13)),
        letter(ANNA, EVA, subject="RE: AW: offerte märz", **days(14)),
    ]
    for number, order in enumerate(permutations([original, *answers])):
        mails = [mail.replace(b"ffert", f"ffert{number}".encode()) for mail in order]
        assert await threads_of(await office.enter_in_turn(*mails)) == [0, 0, 0], number
    assert await OpenAnswer.all().count() == 0


async def test_an_answer_waits_for_no_other_than_what_it_could_answer(office: Office) -> None:
    for number, (name, fields) in enumerate(NO_ANSWERS.items()):
        if "answers" in fields or name == "no answer":
            continue
        subject = f"{name} {number}"
        answer = {"author": ANNA, "to": EVA, "subject": "AW: {}"} | fields
        answer["subject"] = answer["subject"].format(subject)
        found = await office.enter_in_turn(letter(**answer), letter(EVA, ANNA, subject=subject))
        assert await threads_of(found) == [0, 1], name


async def test_answers_of_different_outsiders_never_wait_for_each_other(office: Office) -> None:
    found = await office.enter_in_turn(
        letter(ANNA, EVA, subject="Re: Einladung", **days(1)),
        letter(BEAT, EVA, subject="Re: Einladung", **days(1)),
        letter(EVA, f"{ANNA}, {BEAT}", subject="Einladung"),
        letter(EVA, ANNA, subject="Einladung"),
    )
    assert await threads_of(found) == [0, 1, 2, 0]


async def test_what_was_joined_once_waits_no_more(office: Office) -> None:
    found = await office.enter_in_turn(
        letter(ANNA, EVA, subject="AW: Offerte", **days(2)),
        letter(EVA, ANNA, subject="Offerte", **days(1)),
        letter(EVA, ANNA, subject="Offerte"),
    )
    assert await threads_of(found) == [0, 0, 1]


NO_ANSWERS: dict[str, dict[str, Any]] = {
    "too late": days(15),
    "earlier": days(-1),
    "no answer": {"subject": "{}"} | days(1),
    "another subject": {"subject": "AW: {} B"} | days(1),
    "somebody else": {"author": "carla@muster.example"} | days(1),
    "with somebody": {"Cc": BEAT} | days(1),
    "of another": {"answers": ["other@x"]} | days(1),
}


async def test_a_subject_alone_joins_nothing_else(office: Office) -> None:
    for subject, fields in NO_ANSWERS.items():
        answer = {"author": ANNA, "to": EVA, "subject": "AW: {}"} | fields
        answer["subject"] = answer["subject"].format(subject)
        found = await office.enter_in_turn(letter(EVA, ANNA, subject=subject), letter(**answer))
        assert await threads_of(found) == [0, 1], subject


async def test_answers_of_the_same_subject_from_different_outsiders_are_never_one(office: Office) -> None:
    found = await office.enter(
        letter(EVA, f"{ANNA}, {BEAT}", subject="Einladung"),
        letter(ANNA, EVA, subject="Re: Einladung", **days(1)),
        letter(BEAT, EVA, subject="Re: Einladung", **days(1)),
        letter(ANNA, EVA, subject="Re: Re: Einladung", **days(2)),
        letter("x@gmx.ch", EVA, subject="Re: Einladung", **days(2)),
    )
    assert await threads_of(found) == [0, 1, 2, 1, 3]


async def test_two_mails_of_one_id_with_different_outsiders_are_two_conversations(office: Office) -> None:
    found = await office.enter_in_turn(
        letter(ANNA, EVA, own_id="0@localhost"), letter(BEAT, EVA, own_id="0@localhost")
    )
    assert await threads_of(found) == [0, 1]


async def test_mails_among_colleagues_are_no_part_of_a_conversation_with_outsiders(office: Office) -> None:
    await leaving_out.set_rules(LeavingOut(among_staff=False), by=None)
    found = await office.enter_in_turn(
        letter(ANNA, EVA, own_id="1@x"),
        letter(EVA, "urs@firm.example", own_id="2@x", answers=["1@x"]),
        letter("urs@firm.example", EVA, own_id="3@x", answers=["1@x", "2@x"]),
    )
    assert await threads_of(found) == [0, 1, 1]


async def test_a_thread_is_split_where_something_else_begins(office: Office) -> None:
    first, second, third, fourth = await office.enter_in_turn(*conversation())
    new = await threads.split(third.id, by=None)
    assert await threads_of([first, second, third, fourth]) == [0, 0, 1, 1]
    assert (await Entry.get(id=third.id)).thread_id == new
    late = await office.enter(
        letter(EVA, ANNA, answers=["1@x", "2@x", "3@x", "4@x"]),
        letter(EVA, ANNA, answers=["2@x"]),
        letter(ANNA, EVA, own_id="5@x", answers=["1@x", "3@x"]),
    )
    assert await threads_of([first, third, *late]) == [0, 1, 1, 0, 1]


async def test_the_first_entry_takes_its_whole_thread_with_it(office: Office) -> None:
    first, *_ = await office.enter_in_turn(*conversation())
    assert await threads.split(first.id, by=None) == first.thread_id
    assert await Thread.all().count() == 1


async def test_merged_threads_are_one_and_stay_so(office: Office) -> None:
    anna, beat = await office.enter_in_turn(letter(ANNA, EVA, own_id="1@x"), letter(BEAT, EVA, own_id="2@x"))
    assert anna.thread_id
    assert beat.thread_id
    await threads.merge(anna.thread_id, beat.thread_id, by=None)
    found = await office.enter(letter(EVA, ANNA, answers=["1@x"]), letter(EVA, BEAT, answers=["2@x"]))
    assert await threads_of([anna, beat, *found]) == [0, 0, 0, 0]
    with pytest.raises(threads.NoSuchThread):
        await threads.merge(anna.thread_id, beat.thread_id, by=None)
    await threads.merge(anna.thread_id, anna.thread_id, by=None)


async def test_what_was_split_can_be_merged_again(office: Office) -> None:
    first, second, third, fourth = await office.enter_in_turn(*conversation())
    new = await threads.split(third.id, by=None)
    await threads.merge(first.thread_id or 0, new, by=None)
    (late,) = await office.enter(letter(ANNA, EVA, answers=["1@x", "3@x"]))
    assert await threads_of([first, second, third, fourth, late]) == [0, 0, 0, 0, 0]


async def test_nothing_is_split_of_an_entry_that_is_gone(office: Office) -> None:
    with pytest.raises(threads.NoSuchThread):
        await threads.split(4711, by=None)
