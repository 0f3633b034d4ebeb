"""Only one service works on a database at a time.

On SQLite the lock on the data folder sees to that; a PostgreSQL database may be
reached from several machines, so the lock is in the database itself.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tortoise.connection import get_connection

from storage.connect import dialect

_LOCK = 0x506F7374  # any number that nobody else takes


class ServedElsewhere(Exception):
    """Another service works on this database, perhaps on another machine: stop that one first."""


@asynccontextmanager
async def served_alone(*, only_scans: bool = False) -> AsyncIterator[None]:
    """Hold the connected database for this service, or (*only_scans*) for who reads scans beside one.

    ServedElsewhere if another has it.
    """
    if dialect() == "sqlite":
        yield
        return
    async with get_connection("default").acquire_connection() as connection:
        if not await connection.fetchval("SELECT pg_try_advisory_lock($1)", _LOCK + only_scans):
            raise ServedElsewhere(ServedElsewhere.__doc__)
        yield  # the lock ends with the connection, or when that goes back to the pool
