"""What does another copy of a message add to its entry?  Who captured it too, and whom its Bcc names."""

from collections.abc import Collection, Iterable, Sequence

from history.entry import NewEntry, attachment_row, new_participant, why_held
from history.threads import join_related
from storage import entering, filing
from storage.entries import Direction, Entry, EntryStaff, Participant, StaffPart
from storage.reasons import Reason
from storage.storable import storable

LACKS_SOMEBODY = [Reason.NO_OUTSIDE_PARTICIPANT, *(reason for reason in Reason if reason.is_open)]


async def add_captures(captures: Iterable[tuple[int, int]]) -> None:
    """Note for each entry and staff member that they captured it, too; in the caller's transaction."""
    await _add_staff((entry_id, staff_id, StaffPart.CAPTURED) for entry_id, staff_id in captures)


async def add_copies(copies: Sequence[tuple[int, NewEntry]]) -> None:
    """Add to entries whom copies of them name beside those who are known; in the caller's transaction.

    The copy in the Sent folder names the recipients in Bcc, that of a recipient does not.
    """
    if not copies:
        return
    await _add_staff((entry_id, *part) for entry_id, copy in copies for part in copy.staff)
    entries = {entry.id: entry for entry in await entering.entries_of({entry_id for entry_id, _ in copies})}
    missing = await _missing([(entries[entry_id], copy) for entry_id, copy in copies])
    extended = {row.entry_id for row in missing}
    await entering.add_participants(missing)
    ways = {entry_id: copy.direction for entry_id, copy in copies if entry_id in extended}
    await entering.set_direction(ways, instead_of=Direction.INTERNAL)
    await look_again(extended, LACKS_SOMEBODY)
    for entry_id in sorted(extended):
        if (thread_id := entries[entry_id].thread_id) is not None:
            await join_related(thread_id)


async def show_barer(entry_id: int, copy: NewEntry, message_id: int) -> None:
    """Let an entry show this copy if a list or gateway added less to it, and took nothing out of it."""
    shown = await entering.shown_of(entry_id)
    files = sum(not one.inline for one in copy.attachments)
    if shown is None or len(copy.text) >= shown.length or files < shown.files:
        return
    attachments = [attachment_row(entry_id, one) for one in copy.attachments]
    fields = {**copy.kind_fields, "of_message": message_id}
    await entering.show(entry_id, storable(copy.subject), storable(copy.text), fields, attachments)


async def look_again(entry_ids: Collection[int], reasons: Collection[Reason]) -> None:
    """Let go those entries that were held for one of *reasons* and need not wait any more."""
    waiting = await filing.held_for(entry_ids, reasons)
    participants = await entering.participants_of(waiting)
    for entry_id in waiting:
        held = why_held(participants.get(entry_id, ()))
        await filing.set_held(entry_id, held.reason if held else None, held.parameters if held else {})


async def _missing(copies: Sequence[tuple[Entry, NewEntry]]) -> list[Participant]:
    known = await entering.participants_of({entry.id for entry, _ in copies})
    seen = {(entry_id, one.key) for entry_id, those in known.items() for one in those}
    missing: list[Participant] = []
    for entry, copy in copies:
        for row in (new_participant(entry.id, entry.at, one) for one in copy.participants):
            if (entry.id, row.key) not in seen:
                seen.add((entry.id, row.key))
                missing.append(row)
    return missing


async def _add_staff(parts: Iterable[tuple[int, int, StaffPart]]) -> None:
    wanted = list(parts)
    entries: dict[int, Entry] = {
        entry.id: entry for entry in await entering.entries_of({part[0] for part in wanted})
    }
    await entering.add_staff(
        EntryStaff(entry_id=entry_id, staff_id=staff_id, part=part, at=entries[entry_id].at)
        for entry_id, staff_id, part in wanted
        if entry_id in entries
    )
