"""Who took part in a conversation, as far as it is worth to know."""

from datetime import UTC, datetime

import pytest

from storage.entries import Direction, Entry, Participant, ParticipantRole, Thread
from storage.lookups import parties_of_threads

_NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("database")


async def _answered(thread: Thread, *names: str) -> None:
    for name in names:
        entry = await Entry.create(direction=Direction.INCOMING, at=_NOON, thread_id=thread.id)
        await Participant.create(
            entry_id=entry.id, at=_NOON, role=ParticipantRole.FROM, key=f"{name}@anna.example", reason=""
        )


async def test_of_each_conversation_those_are_known_who_took_part_last() -> None:
    endless, short = await Thread.create(), await Thread.create()
    await _answered(endless, "a", "b", "c", "a", "d")
    await _answered(short, "b")
    found = await parties_of_threads([endless.id, short.id], most=3)
    assert {one.key[0] for one in found[endless.id]} == {"c", "a", "d"}
    assert [one.key[0] for one in found[short.id]] == ["b"]
    everybody = await parties_of_threads([endless.id])
    assert sorted(one.key[0] for one in everybody[endless.id]) == ["a", "b", "c", "d"]
