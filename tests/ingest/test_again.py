"""What was read from a forward is entered as the forwarder's own mail where somebody says so, and back."""

from typing import Any

import pytest

from history import held
from ingest.again import NoForward, take_as_own_mail
from storage.audit import Change
from storage.entries import Attachment, Direction, Entry, EntryStaff, Participant, Thread
from storage.jobs import Job, ReadAttachments, TableQueue
from storage.messages import Message, MessageState
from storage.reasons import Reason
from storage.staff import Staff
from tests.ingest.office import Office, participants, with_whom
from tests.ingest.test_filing_forwards import attached, forward
from tests.matcher.people import capture_address, colleague, firm, person

ANNA, BRUNO = "anna@muster.example", "bruno@kunde.example"


@pytest.fixture
async def urs(office: Office) -> Staff:
    """The colleague who forwards."""
    urs = await colleague("eva@firma.example")
    await capture_address(urs)
    return urs


async def _facts(entry_id: int) -> dict[str, Any]:
    entry = await Entry.get(id=entry_id)
    staff = await EntryStaff.filter(entry_id=entry_id).order_by("part")
    return {
        "entry": (entry.subject, entry.text, entry.at, entry.direction, entry.held_reason),
        "fields": entry.kind_fields,
        "with": await with_whom(entry),
        "staff": [(one.staff_id, one.part, one.at) for one in staff],
    }


async def test_a_forward_becomes_the_forwarders_own_mail_and_the_original_again(
    office: Office, urs: Staff
) -> None:
    await person("Anna Muster", ANNA, at=await firm("Muster AG", "muster.example"))
    (entry,) = await office.enter(forward(), staff=urs.id)
    before = await _facts(entry.id)
    assert entry.kind_fields["forwarder"] == "eva@firma.example"

    assert await take_as_own_mail(entry.id, own_mail=True, by=urs.id, queue=TableQueue()) == entry.id
    assert await Job.filter(kind=ReadAttachments.kind).count() == 1
    own = await Entry.get(id=entry.id)
    assert (own.subject, own.direction, own.at.day) == ("WG: Offerte Lüftung", Direction.INTERNAL, 4)
    assert own.text.startswith("Bitte ablegen.")
    assert "Donnerstag" in own.text
    assert own.held_reason == Reason.NO_OUTSIDE_PARTICIPANT
    assert await participants(own) == []
    assert (own.kind_fields["own_mail"], own.kind_fields["forwarder"]) == (True, "eva@firma.example")
    assert "forwarded" not in own.kind_fields
    assert (await Message.get()).state == MessageState.HELD

    assert await take_as_own_mail(entry.id, own_mail=False, by=urs.id, queue=TableQueue()) == entry.id
    assert await _facts(entry.id) == before
    assert (await Message.get()).state == MessageState.FILED
    assert await Thread.all().count() == 1
    changes = await Change.filter(subject="entry", subject_id=entry.id).order_by("id")
    assert [(one.staff_id, one.after["own_mail"]) for one in changes] == [(urs.id, True), (urs.id, False)]


async def test_the_choice_holds_when_the_forward_comes_by_another_way_too(office: Office, urs: Staff) -> None:
    (entry,) = await office.enter(forward(), staff=urs.id)
    await take_as_own_mail(entry.id, own_mail=True, by=urs.id, queue=TableQueue())
    other = await colleague("urs@firma.example")
    (again,) = await office.enter(forward(), staff=other.id)
    assert again.id == entry.id
    assert again.subject == "WG: Offerte Lüftung"


async def test_what_is_known_by_other_ways_too_stays_and_the_forward_leaves_it(
    office: Office, urs: Staff
) -> None:
    original, forwarded = attached()
    other = await colleague("urs@firma.example")
    (first,) = await office.enter(original, staff=other.id)
    await office.enter(forwarded, staff=urs.id)
    assert await EntryStaff.filter(entry_id=first.id, part="captured").count() == 2

    own = await take_as_own_mail(first.id, own_mail=True, by=urs.id, queue=TableQueue())
    entries = {entry.id: entry.subject for entry in await Entry.all()}
    assert entries == {first.id: "Offerte Lüftung", own: "WG: Offerte Lüftung"}
    assert [one.staff_id for one in await EntryStaff.filter(entry_id=first.id, part="captured")] == [other.id]

    assert await take_as_own_mail(own, own_mail=False, by=urs.id, queue=TableQueue()) == first.id
    assert [entry.id for entry in await Entry.all()] == [first.id]
    assert await EntryStaff.filter(entry_id=first.id, part="captured").count() == 2
    assert await Participant.all().count() == 1


async def test_what_was_decided_of_an_address_holds(office: Office, urs: Staff) -> None:
    anna = await person("Anna Muster", at=await firm("Muster AG"))
    original, forwarded = attached()
    await office.enter_in_turn(original, forwarded, staff=urs.id)
    entry = await Entry.get()
    await held.assign(entry.id, (await participants(entry))[0].id, anna.id, by=urs.id, remember=False)
    await take_as_own_mail(entry.id, own_mail=True, by=urs.id, queue=TableQueue())
    entry = await Entry.get(id=entry.id)
    assert await with_whom(entry) == {ANNA: ("Anna Muster", "Muster AG")}
    assert entry.held_reason is None


async def test_the_files_stay_with_the_entry_either_way(office: Office, urs: Staff) -> None:
    _, forwarded = attached()
    (entry,) = await office.enter(forwarded, staff=urs.id)
    before = await Attachment.filter(entry_id=entry.id).values("number", "digest", "size")
    for own_mail in (True, False):
        await take_as_own_mail(entry.id, own_mail=own_mail, by=None, queue=TableQueue())
        assert await Attachment.filter(entry_id=entry.id).values("number", "digest", "size") == before


async def test_what_is_no_forward_of_a_colleague_is_left_as_it_is(office: Office, urs: Staff) -> None:
    (customers, plain) = await office.enter(forward(BRUNO, "eva@firma.example"), attached()[0])
    for entry_id in (customers.id, plain.id, 4711):
        for own_mail in (True, False):
            with pytest.raises(NoForward):
                await take_as_own_mail(entry_id, own_mail=own_mail, by=urs.id, queue=TableQueue())
    assert await Change.filter(subject="entry").count() == 0
