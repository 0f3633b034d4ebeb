"""Which answers wait for what they answer, known by their subject alone?"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from storage.by_hand import moment, rows_among
from storage.entries import OpenAnswer


@dataclass(frozen=True, slots=True)
class Waiting:
    """An answer that waits in its thread since it was written."""

    key: str
    thread_id: int
    at: datetime


async def with_keys(keys: Collection[str]) -> list[Waiting]:
    """Return the answers that wait under some keys."""
    found = await rows_among(
        "SELECT a.key, a.thread_id, a.at FROM open_answer a WHERE {among} ORDER BY a.id", "a.key", keys
    )
    return [Waiting(row["key"], row["thread_id"], moment(row["at"])) for row in found]


async def write(waiting: Iterable[Waiting], settled: Collection[int]) -> None:
    """Write which answers wait, and that those of the threads *settled* do no more; in the caller's transaction."""
    if settled:
        await OpenAnswer.filter(thread_id__in=list(settled)).delete()
    await OpenAnswer.bulk_create(
        [OpenAnswer(key=one.key, thread_id=one.thread_id, at=one.at) for one in waiting]
    )
