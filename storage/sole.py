"""Only one service works on a database at a time.

On SQLite the lock on the data folder sees to that; a PostgreSQL database may be
reached from several machines, so the lock is in the database itself.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from storage.connect import is_sqlite

_LOCK = 0x506F7374  # any number that nobody else takes


class ServedElsewhere(Exception):
    """Another service works on this database, perhaps on another machine: stop that one first."""


@asynccontextmanager
async def served_alone(url: str) -> AsyncIterator[None]:
    """Hold the database at *url* for this service.  ServedElsewhere if another has it."""
    if is_sqlite(url):
        yield
        return
    connection = await asyncpg.connect(url)
    try:
        if not await connection.fetchval("SELECT pg_try_advisory_lock($1)", _LOCK):
            raise ServedElsewhere(ServedElsewhere.__doc__)
        yield
    finally:
        await connection.close()
