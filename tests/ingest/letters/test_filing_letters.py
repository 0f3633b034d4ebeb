"""Scans become letters in the contact history: matched by what stands on them, dated by them, held where need be."""

from datetime import UTC, date, datetime

import pytest

from history import held, undoing
from mail import reply_code
from mail.reply_code import RecipientKind, ReplyCode, ReplyPurpose
from storage import directory_edits, letters
from storage.correspondents import OrganisationNumber, PostalAddress
from storage.entries import Direction, Entry, EntryStaff, Participant, StaffPart, Strength
from storage.facts import Fact
from storage.jobs import Job, JobState, ReadScan, TableQueue
from storage.reasons import Reason
from storage.scans import Letter, ScanPage, ScanState
from tests.ingest.letters.standing_in import SECRET, SHEET, Desk, Side, StandIn, letter
from tests.matcher.people import colleague, firm, person


async def at_home(street: str, postcode: str, **whose: int) -> PostalAddress:
    values = {"street": street, "postcode": postcode, "place": "Zürich", **whose}
    return await directory_edits.add(PostalAddress, values, staff_id=None)


async def entry_of(scan_id: int) -> tuple[Entry, list[Participant]]:
    [made] = await Letter.filter(scan_id=scan_id)
    entry = await Entry.get(id=made.entry_id)
    return entry, await Participant.filter(entry_id=entry.id).order_by("id")


async def test_a_batch_becomes_its_letters_each_with_its_pages_and_date(desk: Desk) -> None:
    known = await firm("Muster Treuhand AG", "muster.example")
    second = letter(
        ("Keller & Söhne GmbH", "Seeweg 7", "6003 Luzern"), date="Luzern, 27. Februar 2026", subject="Mahnung"
    )
    more: Side = ([(20, 100, "Seite 2: die Beilage zum Angebot")], [])
    scan_id = await desk.file(letter(), more, SHEET, second, ([], []))
    scan = await letters.scan(scan_id, None)
    assert scan
    assert (scan.state, scan.pages, scan.done) == (ScanState.READ, 5, 5)
    first, other = list(scan.letters)
    assert [side.number for side in await ScanPage.filter(letter_id=first.id).order_by("number")] == [1, 2]
    assert [side.number for side in await letters.sides(scan_id) if side.dropped] == [3, 5]
    entry, unknown = await Entry.get(id=first.entry_id), await Entry.get(id=other.entry_id)
    assert (entry.kind, entry.direction, entry.subject) == (
        "letter", Direction.INCOMING, "Offerte für das neue Dach",
    )  # fmt: skip
    assert entry.at == datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert "Beilage zum Angebot" in entry.text
    assert entry.held_reason is None
    [one] = await Participant.filter(entry_id=entry.id)
    assert (one.organisation_id, one.reason) == (known.id, Reason.SIGNED_BY_ORGANISATION)
    assert unknown.held_reason == Reason.UNKNOWN_ADDRESS
    assert unknown.at == datetime(2026, 2, 27, 12, tzinfo=UTC)
    assert await Job.all().count() == 0


async def test_evidence_names_its_places_on_the_page(desk: Desk) -> None:
    known = await firm("Ganz anders AG")
    await directory_edits.add(
        OrganisationNumber,
        {"kind": "uid", "value": "CHE116281710", "organisation_id": known.id},
        staff_id=None,
    )
    scan_id = await desk.file(letter(foot=("CHE-116.281.710 MWST",)))
    [made] = await Letter.filter(scan_id=scan_id)
    [told] = [one for one in made.evidence if one["reason"] == Reason.REGISTERED_NUMBER]
    assert told["organisation_id"] == known.id
    [place] = told["places"]
    assert place["page"] == 1
    assert place["top"] == 280


async def test_the_domain_of_the_letterhead_and_the_name_below_tell_the_person(desk: Desk) -> None:
    known = await firm("Ganz anders AG", "muster.example")
    anna = await person("Anna Keller", at=known)
    scan_id = await desk.file(letter(closing="Anna Keller", foot=("www.muster.example",)))
    _, [one] = await entry_of(scan_id)
    assert (one.person_id, one.organisation_id) == (anna.id, known.id)
    assert one.strength is Strength.STRONG


async def test_a_name_without_legal_form_is_told_by_its_postal_address(desk: Desk) -> None:
    known, _ = await firm("Muster Treuhand"), await firm("Muster Treuhand")
    await at_home("Bahnhofstr. 1", "8001", organisation_id=known.id)
    scan_id = await desk.file(letter(("Muster Treuhand", "Bahnhofstrasse 1", "8001 Zürich")))
    _, [one] = await entry_of(scan_id)
    assert (one.organisation_id, one.reason) == (known.id, Reason.POSTAL_ADDRESS)


async def test_a_private_person_is_told_by_name_and_address_and_not_by_the_name_alone(desk: Desk) -> None:
    anna = await person("Anna Keller")
    sides = letter(("Anna Keller", "Seeweg 7", "6003 Luzern"), closing="Anna Keller")
    entry, [one] = await entry_of(await desk.file(sides))
    assert (one.person_id, entry.held_reason) == (None, Reason.MAY_BE)
    await at_home("Seeweg 7", "6003", person_id=anna.id)
    again = letter(("Anna Keller", "Seeweg 7", "6003 Luzern"), closing="Anna Keller", subject="Nochmals")
    _, [one] = await entry_of(await desk.file(again))
    assert (one.person_id, one.reason) == (anna.id, Reason.POSTAL_ADDRESS)


async def test_a_letter_of_ours_is_outgoing_and_with_whom_it_is_addressed_to(desk: Desk) -> None:
    known = await firm("Muster Treuhand AG")
    ours = letter(
        ("Postbuch AG", "Marktgasse 4", "3011 Bern"),
        ("Muster Treuhand AG", "Bahnhofstrasse 1", "8001 Zürich"),
        date="Bern, 2. März 2026",
    )
    entry, [one] = await entry_of(await desk.file(ours))
    assert entry.direction is Direction.OUTGOING
    assert (one.role.value, one.organisation_id) == ("to", known.id)


async def test_what_comes_by_the_outgoing_folder_is_outgoing_whoever_stands_in_its_head(desk: Desk) -> None:
    await firm("Muster Treuhand AG")
    scan_id = await desk.file(
        letter(("Eva Privat",), ("Muster Treuhand AG", "Bahnhofstrasse 1", "8001 Zürich")), is_outgoing=True
    )
    entry, [one] = await entry_of(scan_id)
    assert (entry.direction, one.role.value, one.organisation_id is not None) == (
        Direction.OUTGOING,
        "to",
        True,
    )


@pytest.mark.parametrize("written", ["Zürich, 2. März 2036", "Zürich, 2. März 1820", ""])
async def test_a_date_that_cannot_be_right_is_not_taken(desk: Desk, written: str) -> None:
    entry, _ = await entry_of(await desk.file(letter(date=written)))
    assert entry.at == datetime(2026, 3, 5, 9, tzinfo=UTC)


async def test_who_scanned_it_captured_it_and_to_whom_it_is_addressed_received_it(desk: Desk) -> None:
    eva, urs = await colleague(), await colleague("urs@firm.example")
    side = letter(addressee=("Postbuch AG", "Urs", "Marktgasse 4", "3011 Bern"))
    entry, _ = await entry_of(await desk.file(side, staff_id=eva.id))
    parts = {(one.staff_id, one.part) for one in await EntryStaff.filter(entry_id=entry.id)}
    assert (eva.id, StaffPart.CAPTURED) in parts
    assert parts <= {(eva.id, StaffPart.CAPTURED), (urs.id, StaffPart.RECIPIENT)}


async def test_a_letterhead_that_was_decided_on_is_known_and_that_is_taken_back(desk: Desk) -> None:
    known = await firm("Ganz anders AG")
    first, [one] = await entry_of(await desk.file(letter(closing="Anna Keller")))
    waiting, _ = await entry_of(await desk.file(letter(closing="Urs Meier", subject="Zweiter Brief")))
    assert first.held_reason == waiting.held_reason == Reason.UNKNOWN_ADDRESS
    await held.assign_organisation(first.id, one.id, known.id, by=None, remember=True)
    waiting, [alike] = await entry_of((await Letter.get(entry_id=waiting.id)).scan_id)
    assert (waiting.held_reason, alike.organisation_id) == (None, known.id)
    assert alike.reason == Reason.LETTERHEAD_TOLD
    later, [third] = await entry_of(await desk.file(letter(closing="Eva Graf", subject="Dritter Brief")))
    assert (later.held_reason, third.organisation_id, third.reason) == (
        None, known.id, Reason.LETTERHEAD_TOLD,
    )  # fmt: skip
    await undoing.undo(by=None)
    for entry_id in (first.id, waiting.id, later.id):
        assert (await Entry.get(id=entry_id)).held_reason == Reason.UNKNOWN_ADDRESS
    assert not await Fact.exists()


async def test_a_page_that_was_not_read_holds_its_letter_with_the_reason(desk: Desk) -> None:
    await firm("Muster Treuhand AG")
    desk.reader.failing = {2}
    entry, _ = await entry_of(await desk.file(letter(), ([(20, 20, "x")], [])))
    assert (entry.held_reason, entry.held_parameters) == (Reason.PAGE_NOT_READ, {"page": "2"})


async def test_a_code_of_ours_is_certain_and_one_that_is_not_signed_says_nothing(desk: Desk) -> None:
    known, other = await firm("Muster Treuhand AG"), await person("Petra Frei")
    code = ReplyCode(7, other.id, RecipientKind.PERSON, ReplyPurpose.CARD)
    genuine, forged = reply_code.written(code, key=SECRET), reply_code.written(code, key=b"x" * 32)
    _, [one] = await entry_of(await desk.file(letter(codes=(genuine,))))
    assert (one.person_id, one.strength, one.reason) == (other.id, Strength.CERTAIN, Reason.REPLY_CODE)
    _, [one] = await entry_of(await desk.file(letter(codes=(forged,), subject="Falsch")))
    assert (one.person_id, one.organisation_id) == (None, known.id)


async def test_a_letter_of_ours_that_came_back_marks_the_address(desk: Desk) -> None:
    known = await firm("Muster Treuhand AG")
    home = await at_home("Bahnhofstrasse 1", "8001", organisation_id=known.id)
    elsewhere = await at_home("Seeweg 7", "6003", organisation_id=known.id)
    code = ReplyCode(7, known.id, RecipientKind.ORGANISATION, ReplyPurpose.LETTER)
    side = letter(
        ("Postbuch AG", "Marktgasse 4", "3011 Bern"),
        ("Muster Treuhand AG", "Bahnhofstrasse 1", "8001 Zürich"),
        codes=(reply_code.written(code, key=SECRET),),
    )
    entry, [one] = await entry_of(await desk.file(side))
    assert (entry.direction, one.organisation_id) == (Direction.INCOMING, known.id)
    assert entry.kind_fields["came_back"] is True
    assert (await PostalAddress.get(id=home.id)).undeliverable_on == date(2026, 3, 5)
    assert (await PostalAddress.get(id=elsewhere.id)).undeliverable_on is None


async def test_a_file_that_is_no_scan_is_rejected_with_the_reason(desk: Desk) -> None:
    kept = await desk.take(refused="encrypted")
    await desk.work()
    scan = await letters.scan(kept.scan_id, None)
    assert scan
    assert (scan.state, scan.problem) == (ScanState.REJECTED, "encrypted")
    assert desk.rejected == [(scan.id, "encrypted")]
    assert await Job.all().count() == 0


async def test_reading_goes_on_behind_the_last_page_that_was_written(desk: Desk) -> None:
    kept = await desk.take(letter(), SHEET, letter(subject="Zweiter"))
    desk.reader.break_at = 3
    with pytest.raises(RuntimeError):
        await desk.work()
    await Job.filter(attempts__gt=0).update(state=JobState.READY, due_at=datetime(2026, 1, 1, tzinfo=UTC))
    desk.reader = StandIn()
    await desk.work()
    assert desk.reader.read_pages == [3]
    assert await Letter.filter(scan_id=kept.scan_id).count() == 2


async def test_a_job_that_is_done_twice_files_once(desk: Desk) -> None:
    scan_id = await desk.file(letter())
    await TableQueue().enqueue([ReadScan(scan_id)])
    await desk.work()
    assert await Letter.all().count() == await Entry.all().count() == 1


async def test_blank_paper_is_no_letter(desk: Desk) -> None:
    scan_id = await desk.file(([], []), ([], []))
    scan = await letters.scan(scan_id, None)
    assert scan
    assert (scan.state, scan.problem, list(scan.letters)) == (ScanState.READ, "only-blank", [])
    assert not await Entry.exists()
