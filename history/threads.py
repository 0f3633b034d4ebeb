"""How are conversations put right by hand?  Joined, and split where something else begins."""

from history.sides import sides_of
from history.subjects import subject_key
from storage import audit, conversations
from storage.connect import transaction
from storage.entering import one_at_a_time
from storage.entries import Thread
from storage.lookups import parties_of_threads, threads_by_reference


class NoSuchThread(LookupError):
    """The thread is gone, or the entry is in none."""


async def split(entry_id: int, *, by: int | None) -> int:
    """Let an entry and all later ones of its thread be a thread of its own, and return that.

    The first entry takes all others with it: its thread stays as it is.
    """
    async with transaction():
        await one_at_a_time()
        thread = await conversations.of_entry(entry_id)
        if not thread:
            raise NoSuchThread(str(entry_id))
        source = thread[0].thread_id or 0
        place = [entry.id for entry in thread].index(entry_id)
        if place == 0:
            return source
        moved = [entry.id for entry in thread[place:]]
        target = Thread(subject_key=subject_key(thread[place].subject))
        await conversations.split(moved, source, target)
        await audit.record_change(
            "thread",
            source,
            staff_id=by,
            before={"entries": moved},
            after={"entries": moved, "thread": target.id},
        )
        return int(target.id)


async def merge(thread_id: int, other_id: int, *, by: int | None) -> None:
    """Make another thread part of this one.  NoSuchThread if one of them is gone."""
    if thread_id == other_id:
        return
    async with transaction():
        await one_at_a_time()
        if not await conversations.exists(thread_id) or not await conversations.exists(other_id):
            raise NoSuchThread(f"{thread_id}, {other_id}")
        await _merge(thread_id, other_id, by=by)


async def join_related(thread_id: int) -> int:
    """Join the threads that refer to the same messages and are with the same correspondents.

    For when it came out who else is in a thread: what could not stand there before.
    Return what the thread is part of then.  In the caller's transaction.
    """
    while related := await _related(thread_id):
        thread_id, source = sorted((thread_id, related[0]))
        await conversations.join(source, thread_id)
    return thread_id


async def _related(thread_id: int) -> list[int]:
    found = await threads_by_reference(await conversations.references_of(thread_id))
    others = {one for those in found.values() for one in those} - {thread_id}
    if not others:
        return []
    parties = await parties_of_threads({thread_id, *others})
    apart = await conversations.split_by_hand({thread_id, *others})
    sides = sides_of(parties.get(thread_id, ()))
    return [
        one
        for one in sorted(others)
        if {one, thread_id} not in apart and sides.meet(sides_of(parties.get(one, ())))
    ]


async def _merge(thread_id: int, other_id: int, *, by: int | None) -> None:
    moved = await conversations.entries_of(other_id)
    await conversations.join(other_id, thread_id)
    await audit.record_change(
        "thread",
        other_id,
        staff_id=by,
        before={"entries": moved},
        after={"entries": moved, "thread": thread_id},
    )
