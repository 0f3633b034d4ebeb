"""What is held for whom, and the links by which it is decided."""

from datetime import UTC, datetime, timedelta

import pytest

from history.candidates import candidates, open_participant
from history.digest import LINK_LASTS, Choice, Decided, Place, decide, digest_for, link, link_of, places_of
from history.held import NotHeld, ignore
from storage import one_entry
from storage.audit import Change
from storage.correspondents import Party
from storage.entries import Entry, Participant
from storage.staff import AccessRole, Staff
from tests.ingest.office import Office
from tests.matcher.people import colleague, firm, letter, person

KEY = b"k" * 32
NOW = datetime(2026, 11, 25, 7, 30, tzinfo=UTC)


async def test_everybody_gets_what_they_captured_and_administrators_what_is_nobodys(office: Office) -> None:
    eva, otto, chief = [await colleague(f"{name}@firm.example") for name in ("eva", "otto", "chief")]
    await Staff.filter(id=chief.id).update(access=AccessRole.ADMINISTRATOR)
    mails = [letter(f"{name}@new.example", "eva@firm.example", subject=name) for name in ("a", "b", "c", "d")]
    ids = []
    for raw, staff in zip(mails, (eva, otto, None, chief), strict=True):
        (entry,) = await office.enter(raw, staff=staff.id if staff else None)
        ids.append(entry.id)
    listed = {}
    for staff in (eva, otto, chief):
        parameters = await digest_for(await Staff.get(id=staff.id), "2026-11-25")
        assert parameters is not None
        listed[staff.name] = {place.entry_id for place in places_of(parameters)}
        assert parameters["count"] == len(listed[staff.name])
    assert listed == {"Eva": {ids[0]}, "Otto": {ids[1]}, "Chief": {ids[2], ids[3]}}
    await Staff.filter(id=otto.id).update(left_at=NOW)
    parameters = await digest_for(await Staff.get(id=chief.id), "2026-11-25")
    assert parameters is not None
    assert {place.entry_id for place in places_of(parameters)} == {ids[1], ids[2], ids[3]}


async def test_no_more_than_fifty_are_listed_and_nobody_is_told_of_nothing(office: Office) -> None:
    eva = await colleague()
    assert await digest_for(eva, "2026-11-25") is None
    await office.enter(
        *[letter(f"{n}@new.example", "eva@firm.example", subject=str(n)) for n in range(53)], staff=eva.id
    )
    parameters = await digest_for(eva, "2026-11-25")
    assert parameters is not None
    assert (len(parameters["places"]), parameters["count"]) == (50, 53)


async def test_those_are_proposed_who_may_be_meant(office: Office) -> None:
    eva, anna, max_ = await colleague(), await person("Anna Muster"), await person("Max Muster")
    await person("Otto Frei")
    (entry,) = await office.enter(letter("Muster <m@new.example>", "eva@firm.example"), staff=eva.id)
    parameters = await digest_for(eva, "2026-11-25")
    assert parameters is not None
    (place,) = places_of(parameters)
    assert (place.entry_id, {one.id for one in place.choices}) == (entry.id, {anna.id, max_.id})
    assert place.choice("c") is None


async def test_a_digest_proposes_whom_the_held_queue_does_in_its_order(office: Office) -> None:
    eva, muster = await colleague(), await firm("Muster AG", "muster.example")
    for name, at in (("Anna Weg", None), ("Anna Muster", None), ("Berta Weg", muster), ("Anna Weg", muster)):
        await person(name, at=at)
    raw = letter("Anna Weg <aw@muster.example>", "eva@firm.example")
    (entry,) = await office.enter(raw, staff=eva.id)
    await Entry.filter(id=entry.id).update(held_reason="unknown-address")
    await Participant.filter(entry_id=entry.id).update(person_id=None, organisation_id=None)
    parameters = await digest_for(eva, "2026-11-25")
    assert parameters is not None
    (place,) = places_of(parameters)
    shown = await one_entry.entry(entry.id, eva.id)
    assert shown is not None
    proposed = [
        ("person", one.person.person.id)
        if one.person
        else ("organisation", one.organisation and one.organisation.id)
        for one in await candidates(shown, open_participant(shown, ""))
    ]
    assert [(one.party, one.id) for one in place.choices] == proposed[:4]
    assert {party for party, _ in proposed[:4]} == {"person", "organisation"}
    letter_of = next(letter for letter, one in place.letters if one == Choice(Party.ORGANISATION, muster.id))
    assert await decide(place, letter_of, by=eva.id) is Decided.DONE
    who = await Participant.get(entry_id=entry.id)
    assert (who.person_id, who.organisation_id) == (None, muster.id)


def test_a_digest_that_was_sent_before_names_persons_by_number() -> None:
    (place,) = places_of({"places": [[7, [3, ["organisation", 5]]]]})
    assert place == Place(7, (Choice(Party.PERSON, 3), Choice(Party.ORGANISATION, 5)))


async def test_deciding_remembers_the_address_and_is_done_once(office: Office) -> None:
    eva, anna = await colleague(), await person("Anna Muster")
    (entry,) = await office.enter(letter("anna@new.example", "eva@firm.example"), staff=eva.id)
    place = Place(entry.id, (Choice(Party.PERSON, anna.id),))
    assert await decide(place, "b", by=eva.id) is Decided.UNKNOWN
    assert await decide(place, "a", by=eva.id) is Decided.DONE
    assert await decide(place, "a", by=eva.id) is Decided.BEFORE
    assert await decide(place, None, by=eva.id) is Decided.BEFORE
    assert (await Participant.get(entry_id=entry.id)).person_id == anna.id
    (later,) = await office.enter(letter("anna@new.example", "eva@firm.example"), staff=eva.id)
    assert later.held_reason is None


async def test_an_ignored_entry_stays_and_waits_no_more(office: Office) -> None:
    eva = await colleague()
    (entry,) = await office.enter(letter("anna@new.example", "eva@firm.example"), staff=eva.id)
    await ignore(entry.id, by=eva.id)
    assert (await Entry.get(id=entry.id)).held_reason is None
    change = await Change.filter(subject="entry", subject_id=entry.id).get()
    assert (change.staff_id, change.before["held_reason"]) == (eva.id, "unknown-address")
    with pytest.raises(NotHeld):
        await ignore(entry.id, by=eva.id)


def test_a_link_is_for_one_entry_of_one_digest_and_nobody_else_can_make_one() -> None:
    token = link(7, 9, since=NOW, key=KEY)
    found = link_of(token, key=KEY)
    assert found is not None
    assert (found.notice_id, found.entry_id, found.until) == (7, 9, NOW + LINK_LASTS)
    assert link_of(token, key=b"x" * 32) is None
    assert link(7, 10, since=NOW, key=KEY)[-26:] != token[-26:]
    for at in range(len(token)):
        forged = token[:at] + ("b" if token[at] != "b" else "c") + token[at + 1 :]
        assert link_of(forged, key=KEY) is None
    for text in ("", "a", token[:-1], token + "a", "x" * 500, "ä" * 64):
        assert link_of(text, key=KEY) is None
    assert link(7, 9, since=NOW + timedelta(days=1), key=KEY) != token
