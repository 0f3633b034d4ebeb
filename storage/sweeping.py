"""Is what was deleted gone from the files of SQLite, too?

Its log still holds pages as they were, until it is written anew from its start; the
index of words only notes that a text is gone, until it is merged.  PostgreSQL does
the like by itself (VACUUM).
"""

from collections.abc import Sequence

from tortoise.connection import get_connection

from storage.connect import dialect, transaction
from storage.jobs import Claimed, JobQueue, SweepUp, TryLater

_INDEXES = ("entry_search", "attachment_search")
_PAGES_AT_ONCE = 200  # of the index: others may write between two steps
_DONE = 2  # rows changed by a step that had nothing to do (https://sqlite.org/fts5.html, 6.8)


async def sweep_up(jobs: Sequence[Claimed], *, queue: JobQueue) -> None:
    """Take what was deleted out of index and log.  TryLater while somebody reads an older state."""
    if dialect() == "sqlite":
        if any(isinstance(job.payload, SweepUp) and job.payload.words for job in jobs):
            await merge_words()
        await empty_log()
    async with transaction():
        await queue.done(jobs)


async def merge_words() -> None:
    """Merge the indexes of words, so that no word is left in them of a text that is gone."""
    for index in _INDEXES:
        pages = -_PAGES_AT_ONCE  # negative: all of the index is to become one
        while await _merged(index, pages):
            pages = _PAGES_AT_ONCE


async def _merged(index: str, pages: int) -> bool:
    async with transaction() as connection:
        before = await connection.execute_query_dict("SELECT total_changes() AS number")
        await connection.execute_query(
            f"INSERT INTO {index} ({index}, rank) VALUES ('merge', ?)",  # noqa: S608 - names of ours
            [pages],
        )
        after = await connection.execute_query_dict("SELECT total_changes() AS number")
    return bool(after[0]["number"] - before[0]["number"] >= _DONE)


async def empty_log() -> None:
    """Write the log into the database file, and cut it off."""
    found = await get_connection("default").execute_query_dict("PRAGMA wal_checkpoint(TRUNCATE)")
    if found[0]["busy"]:
        raise TryLater("the log of the database is being read")
