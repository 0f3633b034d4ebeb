"""How is a decision taken back?  What it alone settled is as it was before, and waits again.

What somebody has decided otherwise since stays.  Mail that came later and was matched by
nothing but this decision waits too: it goes to nobody else by itself.
"""

from collections.abc import Iterable
from datetime import timedelta

from history.copies import LACKS_SOMEBODY, look_again
from history.entry import why_held
from storage import entering, facts, filing, later_matches
from storage.connect import transaction
from storage.entering import one_at_a_time
from storage.facts import Fact
from storage.restoring import restore

UNDO_WITHIN = timedelta(hours=24)


class NoSuchFact(LookupError):
    """The fact is gone: somebody has taken it back."""


class NothingToUndo(LookupError):
    """Who asks has decided nothing of late."""


async def take_back(fact_id: int, *, by: int | None) -> list[int]:
    """Take a fact back, and return the entries that wait again.  NoSuchFact."""
    async with transaction():
        await one_at_a_time()
        fact = await facts.fact(fact_id)
        if fact is None:
            raise NoSuchFact(str(fact_id))
        return sorted(await _take_back(fact, by))


async def undo(*, by: int | None) -> list[int]:
    """Take back what somebody decided last, of late; return the entries that wait again.  NothingToUndo."""
    async with transaction():
        await one_at_a_time()
        last = await facts.last_of(by, within=UNDO_WITHIN)
        if not last:
            raise NothingToUndo
        return sorted({entry_id for fact in last for entry_id in await _take_back(fact, by)})


async def _take_back(fact: Fact, by: int | None) -> set[int]:
    restored = await restore(fact, by=by)
    if restored.doubtful:
        await look_again(restored.doubtful, LACKS_SOMEBODY)
        waiting = await filing.held_for(restored.doubtful, LACKS_SOMEBODY)
        restored.entries = (restored.entries - restored.doubtful) | (restored.entries & set(waiting))
    await facts.forget(fact, by=by)
    async for later in later_matches.of(fact):
        restored.entries |= await _hold(later)
    return restored.entries


async def _hold(entry_ids: Iterable[int]) -> set[int]:
    """Let entries wait in which nobody is decided any more."""
    participants = await entering.participants_of(set(entry_ids))
    waiting = {entry_id: held for entry_id, those in participants.items() if (held := why_held(those))}
    for entry_id, held in waiting.items():
        await filing.set_held(entry_id, held.reason, held.parameters)
    return set(waiting)
