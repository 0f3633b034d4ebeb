"""How does something get into the contact history?  In its thread, with who took part, held if need be."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from history.kinds import EntryKind
from history.placing import ToPlace, threads_for
from history.threads import join_related
from mail.message import Attachment as FileOfMessage
from storage import entering
from storage.entering import NewRows, new_ids
from storage.entries import (
    Attachment,
    Direction,
    Entry,
    EntryStaff,
    Participant,
    ParticipantRole,
    StaffPart,
    Strength,
)
from storage.lookups import Party
from storage.reasons import Reason
from storage.storable import storable

_LONGEST_KEY, _LONGEST_WRITTEN, _LONGEST_NAME, _LONGEST_TYPE = 320, 1000, 500, 200


@dataclass(frozen=True, slots=True)
class Held:
    """Why an entry waits for a person: a reason and the names in its sentence."""

    reason: str
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewParticipant:
    """Somebody outside who took part, whom they were taken for, and why."""

    role: ParticipantRole
    key: str
    written: str
    name: str
    reason: Reason
    parameters: Mapping[str, str]
    person_id: int | None = None
    organisation_id: int | None = None
    function: str = ""
    strength: Strength | None = None


@dataclass(frozen=True, slots=True)
class NewEntry:
    """Something that happened, to be entered.

    *references* name what it answers, the nearest first.  *held* is what hinders it
    whoever took part; without it the participants decide.
    """

    direction: Direction
    at: datetime
    subject: str
    text: str
    participants: Sequence[NewParticipant]
    staff: Collection[tuple[int, StaffPart]]
    attachments: Sequence[FileOfMessage] = ()
    own_id: str | None = None
    references: Sequence[str] = ()
    kind_fields: Mapping[str, Any] = field(default_factory=dict)
    held: Held | None = None
    kind: EntryKind = EntryKind.EMAIL
    due_on: date | None = None


async def enter(entries: Sequence[NewEntry], *, again: Sequence[int] = ()) -> list[Entry]:
    """Enter all, each in its thread, and return them in the same order; in the caller's transaction.

    *again* are entries that were emptied (`storage.entering.empty`): the first become these.
    """
    to_place = [_to_place(entry) for entry in entries]
    threads = await threads_for(to_place)
    # What answers comes later than what it answers, in whichever order they came here.
    by_time = sorted(range(len(entries)), key=lambda number: entries[number].at)
    placed = {number: threads.place(to_place[number]) for number in by_time}
    await threads.write()
    emptied = again[: len(entries)]
    new = NewRows()
    for number, entry_id in enumerate([*emptied, *await new_ids("entry", len(entries) - len(emptied))]):
        _add_rows(new, entry_id, entries[number], threads.now(placed[number]))
    await entering.write(new, again=emptied)
    for thread_id in sorted(threads.grown()):
        await join_related(thread_id)
    return new.entries


def why_held(participants: Iterable[NewParticipant | Participant]) -> Held | None:
    """Return why an entry with these participants waits: none of them is decided, and this is the first's reason.

    Those who are ignored do not count; one with nobody else does not wait.
    """
    first: Held | None = None
    is_ignored = False
    for one in participants:
        if is_decided(one.reason, one.person_id, one.organisation_id):
            return None
        if one.reason == Reason.IGNORED_ADDRESS:
            is_ignored = True
        elif first is None:
            parameters = one.parameters if isinstance(one, NewParticipant) else one.reason_parameters
            first = Held(one.reason, parameters)
    return first or (None if is_ignored else Held(Reason.NO_OUTSIDE_PARTICIPANT))


def is_decided(reason: str, person_id: int | None, organisation_id: int | None) -> bool:
    """Tell whether a participant is linked, and nobody needs to look who it is."""
    return (person_id is not None or organisation_id is not None) and not Reason(reason).is_open


def _to_place(entry: NewEntry) -> ToPlace:
    parties = [
        Party(_key(one), one.person_id, one.organisation_id, hidden=one.role is ParticipantRole.BCC)
        for one in entry.participants
    ]
    return ToPlace(entry.at, entry.subject, entry.own_id, entry.references, parties)


def _add_rows(new: NewRows, entry_id: int, entry: NewEntry, thread_id: int) -> None:
    held = entry.held or why_held(entry.participants)
    new.entries.append(
        Entry(
            id=entry_id,
            kind=entry.kind,
            due_on=entry.due_on,
            direction=entry.direction,
            at=entry.at,
            subject=storable(entry.subject),
            text=storable(entry.text),
            kind_fields=dict(entry.kind_fields),
            thread_id=thread_id,
            held_reason=held.reason if held else None,
            held_parameters=_parameters(held.parameters) if held else {},
        )
    )
    new.participants.extend(new_participant(entry_id, entry.at, one) for one in entry.participants)
    new.staff.extend(
        EntryStaff(entry_id=entry_id, staff_id=staff_id, part=part, at=entry.at)
        for staff_id, part in entry.staff
    )
    new.attachments.extend(attachment_row(entry_id, one) for one in entry.attachments)


def new_participant(entry_id: int, at: datetime, one: NewParticipant) -> Participant:
    """Return somebody who took part in an entry as a row, not written yet."""
    return Participant(
        entry_id=entry_id,
        at=at,
        role=one.role,
        key=_key(one),
        written=storable(one.written, most=_LONGEST_WRITTEN),
        name=storable(one.name, most=_LONGEST_NAME),
        person_id=one.person_id,
        organisation_id=one.organisation_id,
        function=one.function,
        strength=one.strength,
        reason=one.reason,
        reason_parameters=_parameters(one.parameters),
    )


def _key(one: NewParticipant) -> str:
    return storable(one.key, most=_LONGEST_KEY)


def attachment_row(entry_id: int, one: FileOfMessage) -> Attachment:
    """Return a file of an entry as a row, not written yet."""
    return Attachment(
        entry_id=entry_id,
        number=one.number,
        name=storable(one.name, most=_LONGEST_NAME),
        type=storable(one.type, most=_LONGEST_TYPE),
        size=one.size,
        inline=one.inline,
        digest=one.digest,
    )


def _parameters(parameters: Mapping[str, str]) -> dict[str, str]:
    return {name: storable(value, most=_LONGEST_WRITTEN) for name, value in parameters.items()}
