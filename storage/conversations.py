"""Which entries make one conversation?  Threads as they are written, joined and split."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from storage import trail
from storage.audit import Change
from storage.by_hand import among, listed, moment, place, stored
from storage.connect import rows
from storage.entries import Entry, OpenAnswer, Thread, ThreadReference
from storage.messages import Message


@dataclass(frozen=True, slots=True)
class ThreadOfSubject:
    """A thread with the key of its subject, and who outside took part in it at a time."""

    thread_id: int
    subject_key: str
    person_id: int | None
    key: str
    at: datetime


async def write(
    threads: Iterable[Thread], joined: Mapping[int, int], references: Iterable[tuple[str, int]]
) -> None:
    """Write new threads, put each of *joined* into the one it belongs to, and add references."""
    await Thread.bulk_create(threads)
    for source, target in joined.items():
        await join(source, target)
    await ThreadReference.bulk_create(
        [ThreadReference(reference=reference, thread_id=thread_id) for reference, thread_id in references]
    )


async def join(source: int, target: int) -> None:
    """Make one thread part of another, in the caller's transaction."""
    await _keep(source)
    await Entry.filter(thread_id=source).update(thread_id=target)
    known = await ThreadReference.filter(thread_id=target).values_list("reference", flat=True)
    await ThreadReference.filter(thread_id=source, reference__in=known).delete()
    await ThreadReference.filter(thread_id=source).update(thread_id=target)
    await Thread.filter(id=source).delete()


async def _keep(thread_id: int) -> None:
    """Remember a thread with all that goes with it, for whoever takes back what joins it to another."""
    if not trail.is_followed():
        return
    for model in (Entry, ThreadReference, OpenAnswer):
        await trail.keep(model, await model.filter(thread_id=thread_id).values_list("id", flat=True))
    await trail.keep(Thread, [thread_id])


async def split(entries: Collection[int], source: int, target: Thread) -> None:
    """Move entries to a new thread, with their own Message-IDs; what is only referred to stays."""
    await target.save()
    await Entry.filter(id__in=list(entries)).update(thread_id=target.id)
    own = await Message.filter(entry_id__in=list(entries), message_id__isnull=False).values_list(
        "message_id", flat=True
    )
    await ThreadReference.filter(thread_id=source, reference__in=own).update(thread_id=target.id)


async def split_by_hand(thread_ids: Collection[int]) -> set[frozenset[int]]:
    """Return the pairs among some threads of which somebody has split one off the other."""
    changes = await Change.filter(subject="thread", subject_id__in=list(thread_ids)).order_by("id")
    pairs = ((change.subject_id, change.after.get("thread")) for change in changes)
    return {frozenset({source, target}) for source, target in pairs if target in thread_ids}


async def exists(thread_id: int) -> bool:
    """Tell whether there is such a thread."""
    return await Thread.exists(id=thread_id)


async def of_entry(entry_id: int) -> list[Entry]:
    """Return the entries of an entry's thread, the oldest first; none if it is in no thread."""
    entry = await Entry.get_or_none(id=entry_id).only("id", "thread_id")
    if entry is None or entry.thread_id is None:
        return []
    return (
        await Entry.filter(thread_id=entry.thread_id)
        .order_by("at", "id")
        .only("id", "at", "subject", "thread_id")
    )


async def entries_of(thread_id: int) -> list[int]:
    """Return the ids of a thread's entries."""
    return [row.id for row in await Entry.filter(thread_id=thread_id).only("id")]


async def references_of(thread_id: int) -> list[str]:
    """Return the Message-IDs that were seen in a thread."""
    found = await ThreadReference.filter(thread_id=thread_id).values_list("reference", flat=True)
    return [str(reference) for reference in found]


async def by_subject(
    subject_keys: Collection[str],
    person_ids: Collection[int],
    keys: Collection[str],
    *,
    between: tuple[datetime, datetime],
) -> list[ThreadOfSubject]:
    """Return threads of these subjects with these persons, or with these addresses."""
    return [
        *await _by_subject(subject_keys, "p.person_id", person_ids, "bigint", between),
        *await _by_subject(subject_keys, "p.key", keys, "text", between),
    ]


async def _by_subject(
    subject_keys: Collection[str],
    column: str,
    values: Collection[int] | Collection[str],
    kind: str,
    between: tuple[datetime, datetime],
) -> list[ThreadOfSubject]:
    if not values or not subject_keys:
        return []
    found = await rows(
        "SELECT e.thread_id, t.subject_key, p.person_id, p.key, p.at FROM participant p"  # noqa: S608 - ours
        " JOIN entry e ON e.id = p.entry_id JOIN thread t ON t.id = e.thread_id"
        f" WHERE {among(column, kind)} AND {among('t.subject_key', number=2)} AND p.at >= {place(3)}"
        f" AND p.at <= {place(4)}",
        [listed(values), listed(subject_keys), *(stored(at) for at in between)],
    )
    return [
        ThreadOfSubject(row["thread_id"], row["subject_key"], row["person_id"], row["key"], moment(row["at"]))
        for row in found
    ]
