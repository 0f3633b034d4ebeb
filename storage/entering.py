"""How are the entries of a batch of messages written?  In the caller's transaction, a statement a table."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from storage.connect import dialect, rows
from storage.entries import Attachment, Direction, Entry, EntryStaff, Participant

_LOCK = 0x46494C45  # any number that nobody else takes
_FILLED = (
    "kind",
    "direction",
    "at",
    "subject",
    "text",
    "kind_fields",
    "thread_id",
    "held_reason",
    "held_parameters",
)


@dataclass(frozen=True, slots=True)
class NewRows:
    """What is to be written, entries and threads with ids from `new_ids`."""

    entries: list[Entry] = field(default_factory=list)
    participants: list[Participant] = field(default_factory=list)
    staff: list[EntryStaff] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)


async def one_at_a_time() -> None:
    """Let only one transaction write entries and threads until it ends.

    Two that each look for a copy or a thread, find none and write it would write it
    twice.  On SQLite every transaction that writes is alone anyway.
    """
    if dialect() == "postgres":
        await rows(f"SELECT pg_advisory_xact_lock({_LOCK})")


async def new_ids(table: str, count: int) -> list[int]:
    """Return ids for *count* new rows of a table, to be used in this transaction."""
    if not count:
        return []
    if dialect() == "postgres":
        found = await rows(
            "SELECT nextval(pg_get_serial_sequence($1, 'id')) AS id FROM generate_series(1, $2::int)",
            [table, count],
        )
        return [row["id"] for row in found]
    last = await rows("SELECT seq FROM sqlite_sequence WHERE name = ?", [table])
    first = (last[0]["seq"] if last else 0) + 1
    return list(range(first, first + count))


async def write(new: NewRows, *, again: Collection[int] = ()) -> None:
    """Write entries and what belongs to them; those of *again* are there already, and empty."""
    await Entry.bulk_create([one for one in new.entries if one.id not in again])
    for one in new.entries:
        if one.id in again:
            await Entry.filter(id=one.id).update(**{name: getattr(one, name) for name in _FILLED})
    await Participant.bulk_create(new.participants)
    await add_staff(new.staff)
    await Attachment.bulk_create(new.attachments)


async def add_staff(parts: Iterable[EntryStaff]) -> None:
    """Write staff's parts in entries; those known already stay."""
    await EntryStaff.bulk_create(parts, ignore_conflicts=True)


async def add_participants(participants: Sequence[Participant]) -> None:
    """Write who else took part in entries."""
    await Participant.bulk_create(participants)


@dataclass(frozen=True, slots=True)
class Shown:
    """How long the text is that an entry shows, and how many files."""

    length: int
    files: int


async def shown_of(entry_id: int) -> Shown | None:
    """Return what an entry shows of its mail; None if it is no mail alone."""
    entry = await Entry.get_or_none(id=entry_id, kind="email").only("id", "text")
    if entry is None:
        return None
    return Shown(len(entry.text), await Attachment.filter(entry_id=entry_id, inline=False).count())


async def show(
    entry_id: int, subject: str, text: str, kind_fields: dict[str, Any], attachments: Sequence[Attachment]
) -> None:
    """Let an entry show another message."""
    await Entry.filter(id=entry_id).update(subject=subject, text=text, kind_fields=kind_fields)
    await Attachment.filter(entry_id=entry_id).delete()
    await Attachment.bulk_create(attachments)


async def set_direction(directions: Mapping[int, Direction], *, instead_of: Direction) -> None:
    """Note which way entries went where that was said otherwise."""
    for entry_id, direction in directions.items():
        await Entry.filter(id=entry_id, direction=instead_of).update(direction=direction)


async def entries_of(entry_ids: Collection[int]) -> list[Entry]:
    """Return when some entries were, and in which threads."""
    return await Entry.filter(id__in=list(entry_ids)).order_by("id").only("id", "at", "thread_id")


async def participants_of(entry_ids: Collection[int]) -> dict[int, list[Participant]]:
    """Return who took part in entries."""
    found: dict[int, list[Participant]] = defaultdict(list)
    for one in await Participant.filter(entry_id__in=list(entry_ids)).order_by("id"):
        found[one.entry_id].append(one)
    return found
