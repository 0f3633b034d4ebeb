"""The splitting of a scan is put right by hand: entries follow, decisions hold, the journal tells."""

import pytest

from history import held
from history.taking_back import take_back
from ingest.letters import correcting
from ingest.letters.correcting import CannotCorrect
from storage import blobs, letters
from storage.audit import Change
from storage.connect import transaction
from storage.entries import Direction, Entry, Participant
from storage.jobs import TableQueue
from storage.leaving_out import LeftOutReason
from storage.scans import Letter, ScanPage
from tests.ingest.letters.standing_in import SECRET, SHEET, Desk, letter
from tests.matcher.people import colleague, firm

FIRST = letter()
SECOND = letter(
    ("Keller GmbH", "Seeweg 7", "6003 Luzern"), date="Luzern, 27. Februar 2026", subject="Mahnung"
)


async def numbers(letter_id: int) -> list[int]:
    return [one.number for one in await ScanPage.filter(letter_id=letter_id).order_by("number")]


async def of_scan(scan_id: int) -> list[Letter]:
    return await Letter.filter(scan_id=scan_id).order_by("first_page")


async def subject(letter_id: int) -> str:
    return (await Entry.get(id=(await Letter.get(id=letter_id)).entry_id)).subject


async def test_a_letter_is_split_where_a_sheet_was_missed(desk: Desk) -> None:
    eva, keller = await colleague(), await firm("Keller GmbH")
    await firm("Muster Treuhand AG")
    scan_id = await desk.file(FIRST, SECOND)
    [one] = await of_scan(scan_id)
    entry_id = one.entry_id
    made = await correcting.split_letter(one.id, 2, by=eva.id, means=desk.means)
    assert [row.id for row in await of_scan(scan_id)] == [one.id, made]
    assert (await numbers(one.id), await numbers(made)) == ([1], [2])
    assert (await Letter.get(id=one.id)).entry_id == entry_id
    assert (await subject(one.id), await subject(made)) == ("Offerte für das neue Dach", "Mahnung")
    [sender] = await Participant.filter(entry_id=(await Letter.get(id=made)).entry_id)
    assert sender.organisation_id == keller.id
    [change] = await Change.filter(subject="scan", subject_id=scan_id)
    assert change.staff_id == eva.id
    assert change.before["letters"] == {str(one.id): [1, 2]}
    assert change.after["letters"] == {str(one.id): [1], str(made): [2]}


async def test_two_letters_are_joined_and_one_entry_is_left(desk: Desk) -> None:
    scan_id = await desk.file(FIRST, SHEET, SECOND)
    one, other = await of_scan(scan_id)
    assert await correcting.letter_before(other.id) == one.id
    assert await correcting.letter_before(one.id) is None
    assert await correcting.join_letters(one.id, by=None, means=desk.means) == one.id
    [left] = await of_scan(scan_id)
    assert (left.entry_id, await numbers(one.id)) == (one.entry_id, [1, 3])
    [entry] = await Entry.all()
    assert "Mahnung" in entry.text
    with pytest.raises(CannotCorrect):
        await correcting.join_letters(one.id, by=None, means=desk.means)


async def test_what_a_person_decided_of_the_sender_holds(desk: Desk) -> None:
    decided = await firm("Ganz anders AG")
    eva = await colleague()
    scan_id = await desk.file(FIRST, ([(20, 100, "Beilage")], []), SECOND)
    [one] = await of_scan(scan_id)
    [sender] = await Participant.filter(entry_id=one.entry_id)
    await held.assign_organisation(one.entry_id or 0, sender.id, decided.id, by=eva.id, remember=False)
    await correcting.split_letter(one.id, 3, by=eva.id, means=desk.means)
    [sender] = await Participant.filter(entry_id=one.entry_id)
    assert (sender.organisation_id, sender.decided_by_id) == (decided.id, eva.id)
    assert (await Entry.get(id=one.entry_id)).held_reason is None


async def test_a_page_is_dropped_and_brought_back(desk: Desk) -> None:
    scan_id = await desk.file(FIRST, ([(20, 100, "Werbung für anderes")], []))
    [one] = await of_scan(scan_id)
    await correcting.drop_page(scan_id, 2, by=None, means=desk.means)
    assert await numbers(one.id) == [1]
    assert [side.dropped for side in await letters.sides(scan_id)] == [False, True]
    assert "Werbung" not in (await Entry.get(id=one.entry_id)).text
    with pytest.raises(CannotCorrect):
        await correcting.drop_page(scan_id, 1, by=None, means=desk.means)
    assert await correcting.restore_page(scan_id, 2, by=None, means=desk.means) == one.id
    assert await numbers(one.id) == [1, 2]
    assert not any(side.dropped for side in await letters.sides(scan_id))
    with pytest.raises(CannotCorrect):
        await correcting.restore_page(scan_id, 2, by=None, means=desk.means)


async def test_the_other_direction_is_with_the_addressee(desk: Desk) -> None:
    await firm("Muster Treuhand AG")
    other = await firm("Keller GmbH")
    side = letter(addressee=("Keller GmbH", "Seeweg 7", "6003 Luzern"))
    [one] = await of_scan(await desk.file(side))
    await correcting.set_direction(one.id, Direction.OUTGOING, by=None, means=desk.means)
    entry = await Entry.get(id=one.entry_id)
    [addressee] = await Participant.filter(entry_id=entry.id)
    assert (entry.direction, addressee.role.value) == (Direction.OUTGOING, "to")
    assert addressee.organisation_id == other.id
    assert (await Letter.get(id=one.id)).direction is Direction.OUTGOING


async def test_a_letter_is_matched_anew_once_its_sender_is_entered(desk: Desk) -> None:
    [one] = await of_scan(await desk.file(FIRST))
    assert (await Entry.get(id=one.entry_id)).held_reason
    known = await firm("Muster Treuhand AG")
    await correcting.match_again(one.id, by=None, means=desk.means)
    [sender] = await Participant.filter(entry_id=one.entry_id)
    assert sender.organisation_id == known.id
    assert (await Entry.get(id=one.entry_id)).held_reason is None


async def test_a_page_is_turned_and_back(desk: Desk) -> None:
    scan_id = await desk.file(FIRST)
    assert await correcting.turn_page(scan_id, 1, 270, by=None) == 270
    assert await correcting.turn_page(scan_id, 1, 90, by=None) == 0
    with pytest.raises(CannotCorrect):
        await correcting.turn_page(scan_id, 1, 45, by=None)
    with pytest.raises(CannotCorrect):
        await correcting.turn_page(scan_id, 9, 90, by=None)


async def test_a_letter_that_is_taken_back_goes_with_its_pages_and_the_original(desk: Desk) -> None:
    scan_id = await desk.file(FIRST, SHEET, SECOND)
    one, other = await of_scan(scan_id)
    first, sheet, second = await letters.sides(scan_id)
    scan = await letters.scan(scan_id, None)
    assert scan
    async with transaction():
        await take_back(
            one.entry_id or 0, LeftOutReason.TAKEN_BACK, by=None, secret=SECRET, queue=TableQueue()
        )
    assert [row.id for row in await of_scan(scan_id)] == [other.id]
    assert await blobs.kept([first.image, first.searchable, sheet.image, scan.digest]) == {first.searchable}
    assert await blobs.kept([second.image, second.searchable]) == {second.image, second.searchable}
    kept = await letters.scan(scan_id, None)
    assert kept
    assert (kept.has_original, kept.name) == (False, "scan.pdf")
    async with transaction():
        await take_back(
            other.entry_id or 0, LeftOutReason.TAKEN_BACK, by=None, secret=SECRET, queue=TableQueue()
        )
    assert not await ScanPage.exists()
    assert not await blobs.kept([second.image, second.searchable])
    assert (await desk.take(FIRST, SHEET, SECOND)).known
