"""Is the database sound?  What `postbuch doctor` asks of it."""

import sqlite3
from datetime import UTC, datetime

from tortoise.connection import get_connection
from tortoise.exceptions import BaseORMException

from storage.connect import dialect, rows

OLDEST_SQLITE, OLDEST_POSTGRES = (3, 35), (15,)
_MOST_PROBLEMS = 5


async def version() -> tuple[str, bool]:
    """Return the database's name with its version, and whether that is new enough."""
    if dialect() == "sqlite":
        found = sqlite3.sqlite_version_info
        return f"SQLite {sqlite3.sqlite_version}", found >= OLDEST_SQLITE
    number = int((await rows("SHOW server_version_num"))[0]["server_version_num"])
    return f"PostgreSQL {number // 10_000}.{number % 10_000}", number // 10_000 >= OLDEST_POSTGRES[0]


async def damages() -> list[str]:
    """Return what is broken inside the file, and rows whose parents are gone; a few of each.

    PostgreSQL holds references together by itself and has tools of its own for the rest.
    """
    if dialect() != "sqlite":
        return []
    pages = [row["quick_check"] for row in await rows(f"PRAGMA quick_check({_MOST_PROBLEMS})")]
    orphans = await rows('SELECT "table", count(*) AS number FROM pragma_foreign_key_check GROUP BY 1')
    lost = [f"{row['number']} rows of table {row['table']} without what they belong to" for row in orphans]
    return [problem for problem in pages if problem != "ok"] + lost


async def text_index_agrees() -> bool:
    """Tell whether the full-text index holds just what the entries say.

    On PostgreSQL it is a column that the database itself keeps.
    """
    if dialect() != "sqlite":
        return True
    try:
        # Written as an insertion, but changes nothing (https://sqlite.org/fts5.html, 6.3).
        await get_connection("default").execute_query(
            "INSERT INTO entry_search (entry_search, rank) VALUES ('integrity-check', 1)"
        )
    except BaseORMException:
        return False
    except sqlite3.DatabaseError:
        return False
    return True


async def clock_difference() -> float:
    """Return by how many seconds the database's clock is ahead of ours; 0 where it is the same clock."""
    if dialect() == "sqlite":
        return 0.0
    there: datetime = (await rows("SELECT clock_timestamp() AS at"))[0]["at"]
    return (there - datetime.now(UTC)).total_seconds()


async def commits_are_synced() -> bool:
    """Tell whether the database waits for the disk before it says that something is committed."""
    if dialect() == "sqlite":
        # Our own connections choose FULL, whatever the file's default is.
        full = await get_connection("default").execute_query_dict("PRAGMA synchronous")
        return int(full[0]["synchronous"]) >= 2
    settings = {name: (await rows(f"SHOW {name}"))[0][name] for name in ("fsync", "synchronous_commit")}
    return bool(settings["fsync"] == "on" and settings["synchronous_commit"] != "off")
