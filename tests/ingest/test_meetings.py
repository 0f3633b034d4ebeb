"""Invitation, answers, changes and cancellation of a meeting are one entry, whatever comes first."""

import random
from email.message import EmailMessage
from itertools import permutations
from typing import Any

import pytest

from ingest.again import take_as_own_mail
from storage import one_entry
from storage.connect import transaction
from storage.entries import Entry, EntryStaff, Thread
from storage.jobs import TableQueue
from storage.messages import Message
from storage.staff import Staff
from tests.ingest.invitations import ANNA, BEAT, EVA, UID, cancel, reply, request, scheduling
from tests.ingest.office import Office, participants
from tests.matcher.people import capture_address, firm, letter, person


@pytest.fixture(autouse=True)
async def known(office: Office, eva: Staff) -> None:
    """Eva, and Anna and Beat of Muster AG."""
    muster = await firm("Muster AG", "muster.example")
    for name, address in (("Anna Muster", ANNA), ("Beat Muster", BEAT)):
        await person(name, address, at=muster)


async def meeting() -> dict[str, Any]:
    """Return what the only meeting's entry says."""
    entry = await Entry.get(kind="meeting")
    found: dict[str, Any] = entry.kind_fields["meeting"]
    return found


async def answers() -> dict[str, str]:
    """Return what who was invited has answered."""
    return {one["address"]: one["answer"] for one in (await meeting())["invited"]}


async def test_an_invitation_is_a_meeting(office: Office) -> None:
    (entry,) = await office.enter_in_turn(request())
    assert (entry.kind, entry.subject, entry.direction, entry.held_reason) == (
        "meeting",
        "Sitzung",
        "incoming",
        None,
    )
    told = await meeting()
    assert (told["uid"], told["start"], told["end"]) == (
        UID,
        "2026-03-10T13:00:00+00:00",
        "2026-03-10T14:00:00+00:00",
    )
    assert (told["location"], told["cancelled"]) == ("Saal 3", False)
    assert told["organiser"] == {"address": ANNA, "name": "Anna Muster"}
    assert await answers() == {EVA: "", BEAT: ""}
    assert {(one.key, one.role) for one in await participants(entry)} == {(ANNA, "from"), (BEAT, "to")}


async def test_answers_and_changes_stand_in_the_same_entry(office: Office) -> None:
    found = await office.enter_in_turn(
        request(),
        reply(EVA, "ACCEPTED"),
        reply(BEAT, "DECLINED", text="Ich bin in den Ferien."),
        request(sequence=1, start="20260311T090000Z", location="Saal 4", minutes=30),
        reply(BEAT, "TENTATIVE", sequence=1, minutes=40),
    )
    assert len({entry.id for entry in found}) == 1
    assert await Message.filter(entry_id=found[0].id).count() == 5
    told = await meeting()
    assert (told["start"], told["location"], told["sequence"]) == ("2026-03-11T09:00:00+00:00", "Saal 4", 1)
    assert await answers() == {EVA: "", BEAT: "TENTATIVE"}
    assert [(one["method"], one["who"], one["answer"]) for one in told["said"]] == [
        ("REQUEST", "Anna Muster", ""), ("REPLY", "Beat", "DECLINED"), ("REPLY", "Eva", "ACCEPTED"),
        ("REQUEST", "Anna Muster", ""), ("REPLY", "Beat", "TENTATIVE"),
    ]  # fmt: skip
    assert told["said"][1]["comment"] == "Ich bin in den Ferien."
    assert await Thread.all().count() == 1


STORY = [
    request,
    lambda: reply(EVA, "ACCEPTED"),
    lambda: reply(BEAT, "ACCEPTED", minutes=6),
    lambda: request(sequence=1, start="20260311T090000Z", minutes=30, text="Neue Zeit"),
    lambda: reply(BEAT, "DECLINED", sequence=1, minutes=40),
    lambda: reply("mallory@evil.example", "DECLINED", minutes=50),
    lambda: scheduling(
        "COUNTER", BEAT, ANNA, invited=(BEAT,), start="20260312T090000Z", sequence=1, minutes=45
    ),
    cancel,
    lambda: scheduling("REQUEST", "mallory@evil.example", EVA, sequence=7, minutes=55, location="Elsewhere"),
]


@pytest.mark.parametrize("seed", range(4))
async def test_whatever_comes_first_it_is_the_same_in_the_end(office: Office, seed: int) -> None:
    mails = [make() for make in STORY]
    expected = await _outcome(office, mails)
    chance = random.Random(seed)
    for _ in range(2):
        await _forget()
        chance.shuffle(mails)
        assert await _outcome(office, mails, chance) == expected


async def test_a_change_that_comes_before_what_it_changes(office: Office) -> None:
    mails = [request(), reply(BEAT, "ACCEPTED"), request(sequence=1, location="Saal 5", minutes=9)]
    for order in permutations(mails):
        await _forget()
        await office.enter_in_turn(*order)
        assert (await meeting())["location"] == "Saal 5"
        # The time is the same as before: the answer counts on.
        assert await answers() == {EVA: "", BEAT: "ACCEPTED"}


async def _outcome(office: Office, mails: list[bytes], chance: random.Random | None = None) -> Any:
    left = list(mails)
    while left:
        number = chance.randint(1, 4) if chance else len(left)
        now, left = left[:number], left[number:]
        await office.enter(*now)
    entries = []
    for entry in await Entry.all():
        shown = await one_entry.original(entry.id, None)
        told = {name: value for name, value in entry.kind_fields.items() if name != "of_message"}
        entries.append({
            "entry": (entry.kind, entry.subject, entry.text, entry.at, entry.direction, entry.held_reason),
            "fields": told,
            "shown": shown.digest if shown else None,
            "messages": sorted((one.digest, one.state) for one in await Message.filter(entry_id=entry.id)),
            "with": sorted((one.key, one.role, one.person_id) for one in await participants(entry)),
            "staff": sorted((one.staff_id, one.part) for one in await EntryStaff.filter(entry_id=entry.id)),
            "thread": await Entry.filter(thread_id=entry.thread_id).count(),
        })  # fmt: skip
    return sorted(entries, key=lambda one: str(one["entry"]))


async def _forget() -> None:
    async with transaction():
        await Message.all().delete()
        await Entry.all().delete()
        await Thread.all().delete()


async def test_who_was_not_invited_changes_nothing(office: Office) -> None:
    found = await office.enter_in_turn(
        request(),
        reply("mallory@evil.example", "DECLINED"),
        reply("mallory@evil.example", "DECLINED", invited=(BEAT,)),
        scheduling("REQUEST", "mallory@evil.example", EVA, sequence=5, location="Elsewhere", minutes=7),
        scheduling("CANCEL", BEAT, EVA, sequence=5, minutes=8, more="STATUS:CANCELLED\r\n"),
    )
    assert [entry.kind for entry in found] == ["meeting", "email", "email", "email", "email"]
    assert await answers() == {EVA: "", BEAT: ""}
    told = await meeting()
    assert (told["location"], told["cancelled"], len(told["said"])) == ("Saal 3", False, 1)


async def test_two_meetings_that_were_given_one_uid_are_two(office: Office) -> None:
    found = await office.enter_in_turn(
        request(),
        scheduling("REQUEST", "mallory@evil.example", EVA, organiser="mallory@evil.example", invited=(EVA,)),
    )
    assert len({entry.id for entry in found}) == 2
    assert [entry.kind for entry in found] == ["meeting", "meeting"]
    assert len((await Entry.get(id=found[0].id)).kind_fields["meeting"]["said"]) == 1


async def test_a_doubtful_answer_changes_nothing(office: Office) -> None:
    await office.enter(request())
    await office.take(reply(BEAT, "DECLINED"), held_because="not-authenticated")
    await office.work()
    assert await answers() == {EVA: "", BEAT: ""}
    assert await Entry.all().count() == 2


async def test_a_cancelled_meeting_says_so_and_an_uninvited_one_only_goes(office: Office) -> None:
    await office.enter(request())
    await office.enter(cancel(sequence=1, more="", invited=(BEAT,)))
    assert ((await meeting())["cancelled"], await answers()) == (False, {EVA: ""})
    await office.enter(cancel(sequence=2))
    assert (await meeting())["cancelled"]
    await office.enter(request(sequence=3, minutes=90))
    assert not (await meeting())["cancelled"]


async def test_a_cancellation_alone_is_a_cancelled_meeting(office: Office) -> None:
    (entry,) = await office.enter_in_turn(cancel())
    assert (entry.kind, entry.kind_fields["meeting"]["cancelled"]) == ("meeting", True)
    assert set(await answers()) == {EVA, BEAT}


async def test_one_time_of_a_series_that_is_moved_or_cancelled_stands_in_its_meeting(office: Office) -> None:
    found = await office.enter_in_turn(
        request(more="RRULE:FREQ=WEEKLY;COUNT=5\r\n"),
        request(sequence=1, start="20260318T150000Z", more="RECURRENCE-ID:20260317T130000Z\r\n", minutes=9),
        cancel(
            sequence=2,
            start="20260324T130000Z",
            more="STATUS:CANCELLED\r\nRECURRENCE-ID:20260324T130000Z\r\n",
        ),
        reply(BEAT, "DECLINED", more="RECURRENCE-ID:20260331T130000Z\r\n", start="20260331T130000Z"),
    )
    assert len({entry.id for entry in found}) == 1
    told = await meeting()
    assert (told["start"], told["recurs"], told["cancelled"]) == ("2026-03-10T13:00:00+00:00", True, False)
    assert [(one["on"][:10], one["start"][:16], one["cancelled"]) for one in told["occurrences"]] == [
        ("2026-03-17", "2026-03-18T15:00", False),
        ("2026-03-24", "2026-03-24T13:00", True),
        ("2026-03-31", "2026-03-31T13:00", False),
    ]
    assert told["occurrences"][2]["answers"] == [{"address": BEAT, "name": "Beat", "answer": "DECLINED"}]


async def test_capitals_in_addresses_make_no_difference(office: Office) -> None:
    found = await office.enter_in_turn(
        request(organiser="Anna@MUSTER.example", invited=("Eva@Firm.Example", "BEAT@muster.example")),
        reply(BEAT, "ACCEPTED", organiser="anna@Muster.example"),
    )
    assert len({entry.id for entry in found}) == 1
    assert await answers() == {EVA: "", BEAT: "ACCEPTED"}


async def test_our_own_invitation_is_outgoing_and_its_answers_stand_in_it(office: Office, eva: Staff) -> None:
    ours = scheduling("REQUEST", EVA, ANNA, organiser=EVA, invited=(ANNA,))
    found = await office.enter_in_turn(reply(ANNA, "ACCEPTED", organiser=EVA), ours, staff=eva.id)
    assert len({entry.id for entry in found}) == 1
    entry = await Entry.get(kind="meeting")
    assert (entry.direction, await answers()) == ("outgoing", {ANNA: "ACCEPTED"})
    assert [(one.key, one.role) for one in await participants(entry)] == [(ANNA, "to")]


async def test_an_answer_by_mail_belongs_to_the_meetings_conversation(office: Office) -> None:
    invitation = request()
    own_id = invitation.partition(b"Message-ID: <")[2].partition(b">")[0].decode()
    entry, answer = await office.enter_in_turn(
        invitation, letter(BEAT, EVA, answers=[own_id], subject="Re: Sitzung")
    )
    assert (answer.kind, answer.thread_id) == ("email", entry.thread_id)


async def test_a_calendar_that_a_person_encloses_is_a_file(office: Office) -> None:
    enclosed = request().replace(
        b"; method=REQUEST", b"; method=REQUEST\r\nContent-Disposition: attachment; filename=a.ics"
    )
    (entry,) = await office.enter_in_turn(enclosed)
    assert entry.kind == "email"


async def test_an_invitation_that_a_colleague_forwards_is_a_meeting_until_somebody_says_otherwise(
    office: Office, eva: Staff
) -> None:
    forward = EmailMessage()
    forward["From"], forward["To"], forward["Subject"] = EVA, "x@postbuch.test", "WG: Sitzung"
    forward["Date"], forward["Message-ID"] = "Wed, 04 Mar 2026 09:00:00 +0100", "<fwd@firm.example>"
    forward.set_content("Bitte ablegen.")
    forward.add_attachment(request(), maintype="application", subtype="octet-stream", filename="Sitzung.eml")
    await capture_address(eva)
    found = await office.enter_in_turn(forward.as_bytes(), reply(BEAT, "DECLINED"), staff=eva.id)
    assert {entry.kind for entry in found} == {"meeting"}
    assert len({entry.id for entry in found}) == 1
    own = await take_as_own_mail(found[0].id, own_mail=True, by=eva.id, queue=TableQueue())
    assert {(one.kind, one.subject) for one in await Entry.all()} == {
        ("email", "WG: Sitzung"),
        ("email", "DECLINED: Sitzung"),
    }
    await take_as_own_mail(own, own_mail=False, by=eva.id, queue=TableQueue())
    (entry,) = await Entry.all()
    assert (entry.kind, entry.subject, await answers()) == ("meeting", "Sitzung", {EVA: "", BEAT: "DECLINED"})
