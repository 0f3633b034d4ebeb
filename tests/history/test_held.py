"""What waits for a person, what they decide, and what is known from then on."""

from datetime import date

import pytest

from history import held
from storage.audit import Change
from storage.correspondents import EmailAddress
from storage.entries import Entry
from storage.messages import Message, MessageState
from storage.reasons import Reason
from storage.staff import Staff
from tests.ingest.office import Office, participants, with_whom
from tests.matcher.people import NOON, firm, letter, person, reachable, works

EVA, ANNA = "eva@firm.example", "anna77@gmx.ch"


async def assign(entry: Entry, person_id: int, by: Staff, *, remember: bool = False) -> Entry:
    """Decide that an entry's first participant, if there is one, is a person."""
    there = await participants(entry)
    await held.assign(entry.id, there[0].id if there else None, person_id, by=by.id, remember=remember)
    return await Entry.get(id=entry.id)


async def states(entry: Entry) -> list[str]:
    """Return the states of an entry's messages."""
    return [message.state for message in await Message.filter(entry_id=entry.id)]


async def test_what_is_decided_is_held_no_more(office: Office, eva: Staff) -> None:
    anna = await person("Anna Muster")
    await works(anna, await firm("Muster AG"), "Einkauf")
    (entry,) = await office.enter(letter(ANNA))
    assert (await held.count(), await states(entry)) == (1, [MessageState.HELD])

    entry = await assign(entry, anna.id, eva)

    assert (await held.count(), await states(entry), entry.held_reason) == (0, [MessageState.FILED], None)
    assert entry.held_parameters == {}
    assert await with_whom(entry) == {ANNA: ("Anna Muster", "Muster AG")}
    (decided,) = await participants(entry)
    assert (decided.function, decided.strength, decided.decided_by_id) == ("Einkauf", "certain", eva.id)
    assert (decided.reason, decided.reason_parameters) == (Reason.DECIDED_BY_HAND, {"staff": "Eva"})


async def test_a_decision_stands_in_the_journal_with_what_was_before(office: Office, eva: Staff) -> None:
    anna = await person("Anna Muster")
    (entry,) = await office.enter(letter(ANNA))
    await assign(entry, anna.id, eva)
    change = await Change.filter(subject="participant").get()
    assert change.staff_id == eva.id
    assert (change.before["person_id"], change.before["reason"]) == (None, Reason.UNKNOWN_ADDRESS)
    assert (change.after["person_id"], change.after["reason"]) == (anna.id, Reason.DECIDED_BY_HAND)


async def test_what_is_not_remembered_is_asked_again(office: Office, eva: Staff) -> None:
    anna = await person("Anna Muster")
    (first,) = await office.enter(letter(ANNA))
    await assign(first, anna.id, eva)
    (second,) = await office.enter(letter(ANNA))
    assert second.held_reason == Reason.UNKNOWN_ADDRESS


async def test_what_is_remembered_is_known_from_then_on(office: Office, eva: Staff) -> None:
    anna = await person("Anna Muster")
    (first,) = await office.enter(letter("Anna77@gmx.ch"))
    await assign(first, anna.id, eva, remember=True)
    (second,) = await office.enter(letter(ANNA))
    assert await with_whom(second) == {ANNA: ("Anna Muster", None)}
    assert (await EmailAddress.get()).written == "Anna77@gmx.ch"
    (third,) = await office.enter(letter(EVA, "beat@gmx.ch", Cc=ANNA))
    assert third.held_reason is None


async def test_others_that_wait_for_the_same_address_are_known_too(office: Office, eva: Staff) -> None:
    anna = await person("Anna Muster", at=await firm("Muster AG"))
    first, second, third = await office.enter(
        letter(ANNA), letter(ANNA, own_id="2@x"), letter("other@gmx.ch", answers=["2@x"])
    )
    await assign(first, anna.id, eva, remember=True)
    await second.refresh_from_db()
    assert second.held_reason is None
    assert await with_whom(second) == {ANNA: ("Anna Muster", "Muster AG")}
    assert [one.reason for one in await participants(second)] == [Reason.EXACT_ADDRESS]
    assert await states(second) == [MessageState.FILED]
    assert await states(third) == [MessageState.HELD]
    assert await held.count() == 1


async def test_an_address_of_another_time_is_entered_anew(office: Office, eva: Staff) -> None:
    anna = await person("Anna Muster")
    await reachable(anna, ANNA, until=date(2025, 12, 31))
    (first,) = await office.enter(letter(ANNA))
    assert first.held_reason == Reason.ANOTHER_TIME
    await assign(first, anna.id, eva, remember=True)
    second, old = await office.enter(letter(ANNA), letter(ANNA, at=NOON.replace(year=2025)))
    assert await with_whom(second) == await with_whom(old) == {ANNA: ("Anna Muster", None)}


async def test_an_address_is_not_entered_twice(office: Office, eva: Staff) -> None:
    anna = await person("Anna Muster", "einkauf@muster.example")
    await person("Beat Muster", "einkauf@muster.example")
    (entry,) = await office.enter(letter("einkauf@muster.example"))
    await assign(entry, anna.id, eva, remember=True)
    assert await EmailAddress.filter(person_id=anna.id).count() == 1


async def test_what_names_nobody_is_assigned_as_a_whole(office: Office, eva: Staff) -> None:
    anna = await person("Anna Muster")
    (entry,) = await office.enter(b"Subject: scanned\r\n\r\nx\r\n")
    assert entry.held_reason == Reason.NO_AUTHOR
    entry = await assign(entry, anna.id, eva, remember=True)
    assert (entry.held_reason, await states(entry)) == (None, [MessageState.FILED])
    assert await with_whom(entry) == {"": ("Anna Muster", None)}
    assert await EmailAddress.all().count() == 0


async def test_the_role_is_that_of_the_day_of_the_message(office: Office, eva: Staff) -> None:
    anna = await person("Anna Muster")
    await works(anna, await firm("Alt AG"), until=date(2025, 12, 31))
    await works(anna, await firm("Neu AG"), since=date(2026, 1, 1))
    (entry,) = await office.enter(letter(ANNA, at=NOON.replace(year=2024)))
    await assign(entry, anna.id, eva)
    assert await with_whom(entry) == {ANNA: ("Anna Muster", "Alt AG")}


async def test_what_is_decided_joins_its_conversation(office: Office, eva: Staff) -> None:
    muster = await firm("Muster AG", "muster.example")
    anna = await person("Anna Muster", at=muster)
    known, entry = await office.enter(
        letter(EVA, "beat@muster.example", own_id="1@x"), letter("anna@holz.example", answers=["1@x"])
    )
    assert entry.thread_id != known.thread_id
    entry = await assign(entry, anna.id, eva)
    await known.refresh_from_db()
    assert entry.thread_id == known.thread_id
    (answer,) = await office.enter(letter(EVA, "anna@holz.example", answers=["1@x"]))
    assert answer.thread_id == known.thread_id
    assert await with_whom(answer) == {"anna@holz.example": ("Anna Muster", "Muster AG")}


async def test_only_what_is_held_can_be_decided(office: Office, eva: Staff) -> None:
    anna = await person("Anna Muster", "anna@muster.example")
    known, unknown = await office.enter(letter("anna@muster.example"), letter(ANNA))
    (participant,) = await participants(unknown)
    for entry_id, participant_id, person_id in [
        (known.id, (await participants(known))[0].id, anna.id),
        (unknown.id, participant.id + 4711, anna.id),
        (unknown.id, None, anna.id),
        (unknown.id, participant.id, anna.id + 4711),
        (4711, None, anna.id),
    ]:
        with pytest.raises(held.NotHeld):
            await held.assign(entry_id, participant_id, person_id, by=eva.id, remember=True)
    assert await held.count() == 1
    assert await Change.filter(subject="participant").count() == 0
