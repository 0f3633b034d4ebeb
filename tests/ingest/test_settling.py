"""Who answered before it could be told who they are, is known once what they answered comes."""

from itertools import permutations

import pytest

from history import held
from storage.audit import Change
from storage.messages import Message, MessageState
from storage.reasons import Reason
from storage.staff import Staff
from tests.ingest.office import Office, participants, with_whom
from tests.matcher.people import firm, letter, person

EVA, ANNA, NEW = "eva@firm.example", "anna@muster.example", "Anna Muster <anna77@gmx.ch>"
pytestmark = pytest.mark.usefixtures("eva")


async def test_an_answer_from_a_new_address_is_told_by_what_it_answers(office: Office) -> None:
    anna = await person("Anna Muster", ANNA, at=await firm("Muster AG"))
    for number, order in enumerate(permutations(range(3))):
        ids = [f"{number}{name}@x" for name in "abc"]
        mails = [
            letter(EVA, ANNA, own_id=ids[0]),
            letter(NEW, EVA, own_id=ids[1], answers=ids[:1]),
            letter(NEW, EVA, own_id=ids[2], answers=ids[1:2]),
        ]
        found = await office.enter_in_turn(*(mails[one] for one in order))
        assert {entry.thread_id for entry in found} == {found[0].thread_id}, order
        assert [entry.held_reason for entry in found] == [None, None, None], order
        for entry in found:
            assert [one.person_id for one in await participants(entry)] == [anna.id]
    assert {message.state for message in await Message.all()} == {MessageState.FILED}


async def test_two_answers_to_a_mail_that_was_never_captured_tell_of_each_other(office: Office) -> None:
    anna = await person("Anna Muster", ANNA)
    new, _ = await office.enter_in_turn(
        letter(NEW, EVA, answers=["lost@x"]), letter(ANNA, EVA, answers=["lost@x"])
    )
    assert [one.person_id for one in await participants(new)] == [anna.id]


async def test_it_says_why(office: Office) -> None:
    await person("Anna Muster", ANNA)
    answer, _ = await office.enter_in_turn(letter(NEW, EVA, answers=["1@x"]), letter(EVA, ANNA, own_id="1@x"))
    (author,) = await participants(answer)
    assert (author.reason, author.strength, author.decided_by_id) == (Reason.NAMED_IN_THREAD, "strong", None)


async def test_what_tells_nothing_leaves_it_waiting(office: Office) -> None:
    await person("Anna Muster", ANNA)
    answer, _ = await office.enter_in_turn(
        letter("x@gmx.ch", EVA, answers=["1@x"]), letter(EVA, ANNA, own_id="1@x")
    )
    assert answer.held_reason == Reason.UNKNOWN_ADDRESS
    assert await with_whom(answer) == {"x@gmx.ch": (None, None)}


async def test_what_somebody_has_decided_is_not_looked_at_again(office: Office, eva: Staff) -> None:
    await person("Anna Muster", ANNA)
    other = await person("Anna Andere")
    (answer,) = await office.enter(letter(NEW, EVA, answers=["1@x"]))
    (author,) = await participants(answer)
    await held.assign(answer.id, author.id, other.id, by=eva.id, remember=False)
    await office.enter(letter(EVA, ANNA, own_id="1@x"))
    assert await with_whom(answer) == {"anna77@gmx.ch": ("Anna Andere", None)}
    assert await Change.filter(subject="participant").count() == 1
