"""Who exchanged what with whom, and when?  Timelines, the newest entry first, in pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any

from history.search import words
from storage.directory import cursor_of, position
from storage.entries import Direction, EntryStaff, Participant, ParticipantRole, StaffPart, Strength
from storage.listing import WrongCursor
from storage.searching import files_with
from storage.timelines import Along, Filters, Position, entry_rows, participants, staff_parts, walk

__all__ = [
    "EntryLine",
    "Filters",
    "ParticipantLine",
    "StaffLine",
    "Timeline",
    "held_entries",
    "lines",
    "participant_line",
    "quarantined",
    "recent",
    "timeline_of_organisation",
    "timeline_of_person",
    "timeline_of_staff",
    "timeline_of_thread",
]


_MOST_FILES = 5


@dataclass(frozen=True, slots=True)
class ParticipantLine:
    """Somebody outside who took part, as an entry keeps them."""

    id: int
    role: ParticipantRole
    name: str
    written: str
    person_id: int | None
    person_name: str
    organisation_id: int | None
    organisation_name: str
    function: str
    strength: Strength | None
    reason: str
    reason_parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StaffLine:
    """A colleague's part in an entry."""

    staff_id: int
    name: str
    part: StaffPart


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry as timelines show it; *excerpt* is how its text begins, *meeting* as `history.meetings` keeps it.

    *found_in* are the names of the files that have all words that were looked for.
    """

    id: int
    kind: str
    direction: Direction
    at: datetime
    subject: str
    excerpt: str
    participants: tuple[ParticipantLine, ...]
    staff: tuple[StaffLine, ...]
    attachments: int
    thread_id: int | None
    held_reason: str | None
    held_parameters: Mapping[str, Any]
    meeting: Mapping[str, Any] | None
    found_in: tuple[str, ...] = ()
    visible_from: datetime | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """One page of a timeline; *after* asks for the next, None where this is the last."""

    entries: list[EntryLine]
    after: str | None


async def timeline_of_organisation(
    organisation_id: int, *, filters: Filters, after: str | None = None, most: int = 50
) -> Timeline:
    """Return what was exchanged with an organisation and with its persons while they had a role there."""
    return await _timeline(Along.ORGANISATION, organisation_id, filters, after, most)


async def timeline_of_person(
    person_id: int, *, filters: Filters, after: str | None = None, most: int = 50
) -> Timeline:
    """Return what was exchanged with a person, wherever they worked."""
    return await _timeline(Along.PERSON, person_id, filters, after, most)


async def timeline_of_thread(
    thread_id: int, *, filters: Filters, after: str | None = None, most: int = 50
) -> Timeline:
    """Return the entries of one conversation."""
    return await _timeline(Along.THREAD, thread_id, filters, after, most)


async def timeline_of_staff(
    staff_id: int, *, filters: Filters, after: str | None = None, most: int = 50
) -> Timeline:
    """Return what a colleague wrote, received or captured."""
    return await _timeline(Along.STAFF, staff_id, filters, after, most)


async def recent(*, filters: Filters, after: str | None = None, most: int = 50) -> Timeline:
    """Return what was exchanged with anybody, held entries among it."""
    return await _timeline(Along.ALL, None, filters, after, most)


async def held_entries(*, after: str | None = None, most: int = 50) -> Timeline:
    """Return what waits for a decision."""
    return await _timeline(Along.HELD, None, Filters(), after, most)


async def quarantined(staff_id: int, *, after: str | None = None, most: int = 50) -> Timeline:
    """Return what a colleague captured and nobody else sees yet."""
    return await _timeline(Along.QUARANTINE, staff_id, Filters(), after, most)


async def _timeline(
    along: Along, row_id: int | None, filters: Filters, after: str | None, most: int
) -> Timeline:
    looked_for = words(filters.text)
    if filters.text.strip() and not looked_for:
        return Timeline([], None)
    start = _position(after) if after else None
    found = await walk(along, row_id, filters, looked_for, start, most + 1)
    page = found[:most]
    shown = await lines([entry_id for _, entry_id in page], looked_for)
    return Timeline(shown, _cursor(page[-1]) if len(found) > most else None)


async def lines(ids: Sequence[int], looked_for: Sequence[str] = ()) -> list[EntryLine]:
    """Return entries in the order of *ids*, with participants, staff and files: a look-up of each for all."""
    if not ids:
        return []
    entries = {row["id"]: row for row in await entry_rows(ids)}
    outside = {key: list(those) for key, those in groupby(await participants(ids), lambda one: one.entry_id)}
    staff = {key: list(those) for key, those in groupby(await staff_parts(ids), lambda one: one.entry_id)}
    files = await files_with(looked_for, ids)
    return [
        _entry_line(
            entries[row_id],
            outside.get(row_id, []),
            staff.get(row_id, []),
            files.get(row_id, ())[:_MOST_FILES],
        )
        for row_id in ids
        if row_id in entries
    ]


def _entry_line(
    row: dict[str, Any], outside: list[Participant], staff: list[EntryStaff], found_in: Sequence[str]
) -> EntryLine:
    return EntryLine(
        id=row["id"],
        kind=row["kind"],
        direction=Direction(row["direction"]),
        at=row["at"],
        subject=row["subject"],
        excerpt=row["excerpt"],
        participants=tuple(participant_line(one) for one in outside),
        staff=tuple(StaffLine(one.staff_id, one.staff.name, one.part) for one in staff),
        attachments=row["attachments"],
        thread_id=row["thread_id"],
        held_reason=row["held_reason"],
        held_parameters=row["held_parameters"],
        found_in=tuple(found_in),
        visible_from=row["visible_from"],
        meeting=row["meeting"],
        due_on=row["due_on"],
    )


def participant_line(one: Participant) -> ParticipantLine:
    """Return a participant as timelines show them."""
    return ParticipantLine(
        id=one.id,
        role=one.role,
        name=one.name,
        written=one.written,
        person_id=one.person_id,
        person_name=one.person.name if one.person else "",
        organisation_id=one.organisation_id,
        organisation_name=one.organisation.name if one.organisation else "",
        function=one.function,
        strength=one.strength,
        reason=one.reason,
        reason_parameters=one.reason_parameters,
    )


def _cursor(last: Position) -> str:
    return cursor_of(last[0].isoformat(), last[1])


def _position(cursor: str) -> Position:
    at, entry_id = position(cursor)
    try:
        parsed = datetime.fromisoformat(at)
        return (parsed.astimezone(UTC) if parsed.tzinfo else parsed.replace(tzinfo=UTC)), entry_id
    except (ValueError, OverflowError) as error:
        raise WrongCursor(cursor[:50]) from error
