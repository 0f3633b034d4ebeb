"""Statements that build on each other, as one transaction of their own, with as few waits as can be.

What is acknowledged to a sender waits for this.  On SQLite each statement is a visit to
the connection's thread, and a visit waits for its turn at Python's lock: the waits would
cost more than the work.  Here all statements and the commit are one visit.
"""

import asyncio
from contextvars import copy_context
from typing import Any, TypeVar

from tortoise.connection import get_connection
from tortoise.transactions import in_transaction

from storage.connect import unavailable_means_later
from storage.sqlite import PostbuchSqliteClient
from storage.statements import Rows, Steps

_Result = TypeVar("_Result")


async def transacted(steps: Steps[_Result]) -> _Result:
    """Run *steps*, and return their result once it is committed.  StorageUnavailable if it cannot be.

    They run in a thread: they may compress and read files.
    """
    with unavailable_means_later():
        client = get_connection("default")
        if isinstance(client, PostbuchSqliteClient):
            result: _Result = await client.in_one_visit(steps, copy_context())
            return result
        async with in_transaction("default") as connection:
            rows: Rows | None = None
            while True:
                done, given = await asyncio.to_thread(_next, steps, rows)
                if done:
                    return given  # type: ignore[no-any-return]
                rows = list(await connection.execute_query_dict(*given))


async def in_this_transaction(steps: Steps[_Result]) -> _Result:
    """Run *steps* in the caller's transaction, and return their result."""
    rows: Rows | None = None
    while True:
        done, given = await asyncio.to_thread(_next, steps, rows)
        if done:
            return given  # type: ignore[no-any-return]
        rows = list(await get_connection("default").execute_query_dict(*given))


def _next(steps: Steps[Any], rows: Rows | None) -> tuple[bool, Any]:
    """Return whether the steps have ended, and their result or the next statement."""
    try:
        return False, (next(steps) if rows is None else steps.send(rows))
    except StopIteration as end:
        return True, end.value
