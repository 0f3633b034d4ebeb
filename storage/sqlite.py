"""SQLite as the mapper's engine, with transactions that take the write lock at once.

A deferred transaction that reads first and writes later fails with "database is
locked" as soon as a second process writes; BEGIN IMMEDIATE waits its turn instead
(https://sqlite.org/lang_transaction.html).
"""

import sqlite3
from collections.abc import Awaitable, Callable
from contextvars import Context
from typing import Any

from tortoise.backends.base.client import TransactionContext
from tortoise.backends.sqlite.client import (
    SqliteClient,
    SqliteTransactionContext,
    SqliteTransactionWrapper,
)
from tortoise.connection import get_connections
from tortoise.exceptions import OperationalError

from storage.statements import Steps


class _ImmediateTransaction(SqliteTransactionWrapper):
    async def begin(self) -> None:
        try:
            await self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise OperationalError(error) from error

    async def commit(self) -> None:
        """Commit, or roll back and raise: a failed commit must not stay open for the next."""
        try:
            await super().commit()
        except sqlite3.OperationalError as error:
            await self._connection.rollback()
            self._finalized = True
            raise OperationalError(error) from error


class PostbuchSqliteClient(SqliteClient):
    """One connection to a SQLite file, whose transactions begin as writers."""

    def _in_transaction(self) -> TransactionContext:
        return _ReleasingContext(_ImmediateTransaction(self), self._lock)

    async def in_one_visit(self, steps: Steps[Any], context: Context) -> Any:
        """Run *steps* (see `storage.steps`) as one transaction in the connection's thread."""
        await self.create_connection(with_db=True)
        async with self._lock:
            connection = self._connection
            assert connection is not None
            # aiosqlite says how statements get to its thread, but not how anything else does.
            run: Callable[..., Awaitable[Any]] = connection._execute  # noqa: SLF001
            return await run(context.run, _committed, connection._conn, steps)  # noqa: SLF001


def _committed(connection: sqlite3.Connection, steps: Steps[Any]) -> Any:
    connection.execute("BEGIN IMMEDIATE")
    try:
        result = _run(connection, steps)
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
    return result


def _run(connection: sqlite3.Connection, steps: Steps[Any]) -> Any:
    try:
        statement = next(steps)
        while True:
            rows = [dict(row) for row in connection.execute(*statement).fetchall()]
            statement = steps.send(rows)
    except StopIteration as end:
        return end.value


class _ReleasingContext(SqliteTransactionContext):
    async def __aenter__(self) -> _ImmediateTransaction:
        try:
            return await super().__aenter__()  # type: ignore[return-value]
        except OperationalError:
            # The mapper leaves its lock taken and its connection set when BEGIN fails.
            await self._undo_entering()
            raise

    async def _undo_entering(self) -> None:
        get_connections().reset(self.token)
        self._trxlock.release()


client_class = PostbuchSqliteClient
