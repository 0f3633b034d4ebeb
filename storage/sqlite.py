"""SQLite as the mapper's engine, with transactions that take the write lock at once.

A deferred transaction that reads first and writes later fails with "database is
locked" as soon as a second process writes; BEGIN IMMEDIATE waits its turn instead
(https://sqlite.org/lang_transaction.html).
"""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextvars import Context
from typing import Any

from tortoise.backends.base.client import TransactionalDBClient, TransactionContext
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

    async def create_connection(self, with_db: bool) -> None:
        """Connect, wholly or not at all: without its settings a connection would not be durable."""
        try:
            await super().create_connection(with_db)
        except BaseException:
            await self.close()
            raise

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
    """Gives the connection back where BEGIN fails or is cancelled, which the mapper does not."""

    async def ensure_connection(self) -> None:
        """Use the connection as it is now; it may have been closed while this waited its turn."""
        await self.connection._parent.create_connection(with_db=True)  # noqa: SLF001 - the mapper has no other way
        self.connection._connection = self.connection._parent._connection  # noqa: SLF001

    async def __aenter__(self) -> TransactionalDBClient:
        await self._trxlock.acquire()
        try:
            await self.ensure_connection()
            self.token = get_connections().set(self.connection_name, self.connection)
            try:
                await self.connection.begin()
            except BaseException:
                get_connections().reset(self.token)
                raise
        except asyncio.CancelledError:
            await self._take_back()
            raise
        except BaseException:
            self._trxlock.release()
            raise
        client: TransactionalDBClient = self.connection
        return client

    async def _take_back(self) -> None:
        """Let nothing stay open: the thread of the connection does a BEGIN for which nobody waits any more."""
        try:
            if self.connection._connection:  # noqa: SLF001
                await self.connection.rollback()
        finally:
            self._trxlock.release()


client_class = PostbuchSqliteClient
