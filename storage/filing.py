"""Which messages are to be filed, are they copies of others, and what became of them?"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tortoise.connection import get_connection
from tortoise.expressions import Q
from tortoise.query_utils import Prefetch

from storage import trail
from storage.by_hand import place, rows_among
from storage.entries import Entry
from storage.messages import Capture, Message, MessageState


@dataclass(frozen=True, slots=True)
class InShort:
    """An entry, and why it waits for a person if it does."""

    id: int
    held_reason: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """A message that is filed already, by what its copies agree in."""

    id: int
    message_id: str | None
    fingerprint: str
    entry: InShort


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of a message: its entry, and whether that waits for a person."""

    id: int
    entry_id: int
    state: MessageState
    message_id: str | None
    fingerprint: str
    defects: Sequence[dict[str, Any]]


async def accepted(ids: Collection[int]) -> list[Message]:
    """Return messages with their captures, in the order in which they came."""
    captures = Prefetch("captures", Capture.all().order_by("id"))
    return await Message.filter(id__in=list(ids)).order_by("id").prefetch_related(captures)


async def latest(most: int) -> list[Message]:
    """Return the messages that came last and whose entries are shown to all, with their captures, the newest first."""
    captures = Prefetch("captures", Capture.all().order_by("id"))
    shown = Q(entry__visible_from__isnull=True) | Q(entry__visible_from__lte=datetime.now(UTC))
    filed = Message.filter(shown, entry_id__isnull=False).order_by("-id").limit(most)
    return await filed.prefetch_related("entry", captures)


async def entries_of(ids: Collection[int]) -> dict[int, int]:
    """Return the entries of those messages that are filed, by message."""
    found = await rows_among(
        "SELECT m.id, m.entry_id FROM message m WHERE {among} AND m.entry_id IS NOT NULL",
        "m.id",
        ids,
        "bigint",
    )
    return {row["id"]: row["entry_id"] for row in found}


async def known(
    message_ids: Collection[str], nameless: Collection[str], named: Collection[str] = ()
) -> list[Known]:
    """Return filed messages with these Message-IDs, those without one but with these fingerprints,
    and those with any but with these fingerprints.
    """
    columns = (
        "SELECT m.id, m.message_id, m.fingerprint, m.entry_id, e.held_reason FROM message m"
        " JOIN entry e ON e.id = m.entry_id WHERE"
    )
    without, having = (
        f"{columns} {{among}} AND m.message_id IS {is_null} ORDER BY m.id" for is_null in ("NULL", "NOT NULL")
    )
    found = [
        *await rows_among(f"{columns} {{among}} ORDER BY m.id", "m.message_id", message_ids),
        *await rows_among(without, "m.fingerprint", nameless),
        *await rows_among(having, "m.fingerprint", named),
    ]
    return [
        Known(row["id"], row["message_id"], row["fingerprint"], InShort(row["entry_id"], row["held_reason"]))
        for row in found
    ]


async def note(filed: Iterable[Filed]) -> None:
    """Write what became of messages, in the caller's transaction."""
    columns = ("state", "message_id", "fingerprint", "entry_id", "defects")
    changes = ", ".join(f"{column} = {place(number)}" for number, column in enumerate(columns, start=1))
    statement = f"UPDATE message SET {changes} WHERE id = {place(len(columns) + 1)}"  # noqa: S608 - ours
    defects = Message._meta.fields_map["defects"]
    values = [
        [
            one.state.value,
            one.message_id,
            one.fingerprint,
            one.entry_id,
            defects.to_db_value(list(one.defects), Message),
            one.id,
        ]
        for one in filed
    ]
    await get_connection("default").execute_many(statement, values)


async def note_apart(ids: Collection[int]) -> None:
    """Note that messages are done with and no entry is made of them, in the caller's transaction."""
    if ids:
        await Message.filter(id__in=list(ids)).update(state=MessageState.FILED)


async def held_for(entry_ids: Collection[int], reasons: Collection[str]) -> list[int]:
    """Return those of some entries that are held for one of *reasons*."""
    held = Entry.filter(id__in=list(entry_ids), held_reason__in=list(reasons))
    return [row.id for row in await held.only("id")]


async def set_held(entry_id: int, reason: str | None, parameters: Mapping[str, str]) -> None:
    """Note why an entry is held, or (None) that it is no more, in the caller's transaction."""
    state = MessageState.HELD if reason else MessageState.FILED
    await trail.keep(Entry, [entry_id])
    if trail.is_followed():
        await trail.keep(Message, await Message.filter(entry_id=entry_id).values_list("id", flat=True))
    await Entry.filter(id=entry_id).update(held_reason=reason, held_parameters=dict(parameters))
    await Message.filter(entry_id=entry_id).update(state=state)


async def set_failed(message_id: int) -> None:
    """Note that a message could not be filed; one that is filed stays so."""
    await Message.filter(id=message_id, entry_id__isnull=True).update(state=MessageState.FAILED)
