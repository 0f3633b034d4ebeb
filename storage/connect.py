"""Where are the tables, and how does one write to them?

One database URL: `sqlite:///path/to/file` (the default) or `postgres://…`.  On
SQLite all writes share one connection, and what is only read goes over a second
one, which sees the last commit while a transaction is open (write-ahead log).
"""

import sqlite3
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import asyncpg
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.backends.base.config_generator import expand_db_url
from tortoise.backends.base.executor import EXECUTOR_CACHE
from tortoise.connection import get_connection
from tortoise.context import TortoiseContext
from tortoise.exceptions import BaseORMException, DBConnectionError, OperationalError
from tortoise.models import Model
from tortoise.transactions import in_transaction

MODELS = (
    "storage.staff",
    "storage.correspondents",
    "storage.messages",
    "storage.mailboxes",
    "storage.entries",
    "storage.attachment_texts",
    "storage.meetings",
    "storage.jobs",
    "storage.notices",
    "storage.blobs",
    "storage.audit",
    "storage.leaving_out",
    "storage.imports",
    "storage.facts",
    "storage.marks",
    "storage.own_fields",
    "storage.bulk_edits",
    "storage.enquiries",
    "storage.duplicates",
    "storage.merges",
    "storage.scans",
)
_BUSY_MILLISECONDS = 5_000
_POSTGRES_LATER = (
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,  # the pool was closed under us
    asyncpg.InternalClientError,  # the connection ended while the driver was about to use it
    asyncpg.InsufficientResourcesError,
    asyncpg.OperatorInterventionError,
    asyncpg.TransactionRollbackError,
)


class StorageUnavailable(Exception):
    """The database cannot be reached or written just now: full, locked or gone.  Try later."""


class WrongDatabaseURL(ValueError):
    """A database URL is `sqlite:///path` or `postgres://user:password@host:port/name`."""


def is_sqlite(url: str) -> bool:
    """Tell SQLite from PostgreSQL; any other scheme is a WrongDatabaseURL."""
    scheme = urlsplit(url).scheme
    if scheme == "sqlite":
        return True
    if scheme in {"postgres", "postgresql"}:
        return False
    raise WrongDatabaseURL(f"{scheme or 'no scheme'}: {WrongDatabaseURL.__doc__}")


def sqlite_path(url: str) -> Path:
    """Return the file of a `sqlite:///relative` or `sqlite:////absolute` URL."""
    return Path(unquote(urlsplit(url).path)[1:])


def configuration(url: str, *, foreign_keys: bool = True) -> dict[str, Any]:
    """Return the mapper's configuration for *url*.

    Migrations run with *foreign_keys* off: the mapper alters a SQLite table by
    dropping and copying it, and the drop would cascade to the rows of others.
    """
    if is_sqlite(url):
        databases = _sqlite(sqlite_path(url), foreign_keys=foreign_keys)
    else:
        expanded = expand_db_url(url.replace("postgresql://", "postgres://", 1))
        databases = {"default": expanded | {"engine": "storage.postgres"}}
    app = {"models": list(MODELS), "default_connection": "default", "migrations": "storage.migrations"}
    return {"connections": databases, "apps": {"storage": app}, "use_tz": True, "timezone": "UTC"}


def _sqlite(path: Path, *, foreign_keys: bool) -> dict[str, Any]:
    both = {
        "file_path": str(path),
        "journal_mode": "WAL",
        "journal_size_limit": 64 * 1024 * 1024,
        "busy_timeout": _BUSY_MILLISECONDS,
        "foreign_keys": "ON" if foreign_keys else "OFF",
        # What we acknowledge must survive a power cut: sync at every commit.
        "synchronous": "FULL",
        # What is deleted must be gone from the file (see `storage.forgetting`).
        "secure_delete": "ON",
    }
    reader = both | {"query_only": "ON"}
    return {
        "default": {"engine": "storage.sqlite", "credentials": both},
        "reader": {"engine": "storage.sqlite", "credentials": reader},
    }


class _ReadApart:
    """Sends reads outside of a transaction to the read-only connection, where there is one."""

    def db_for_read(self, model: type[Model]) -> str:
        return reading_from()


def reading_from() -> str:
    """Return the name of the connection that a read belongs on here and now."""
    writer = get_connection("default")
    if writer.capabilities.dialect != "sqlite" or hasattr(writer, "_finalized"):
        return "default"
    return "reader"


@asynccontextmanager
async def connected(url: str, *, foreign_keys: bool = True) -> AsyncIterator[None]:
    """Keep the tables at *url* open for this task and those it starts.

    The schema must be there already: see `storage.schema.migrate`.
    """
    # The mapper remembers statements by the connection's name, in the dialect they were made for.
    EXECUTOR_CACHE.clear()
    async with TortoiseContext() as context:
        await context.init(config=configuration(url, foreign_keys=foreign_keys), routers=[_ReadApart])
        yield


@asynccontextmanager
async def transaction() -> AsyncIterator[BaseDBAsyncClient]:
    """Write in one transaction; all or nothing.

    StorageUnavailable if it cannot begin or commit.  Start no task inside: it
    would join the transaction and be rolled back with it.
    """
    with unavailable_means_later():
        async with in_transaction("default") as connection:
            yield connection


@contextmanager
def unavailable_means_later() -> Iterator[None]:
    """Turn every way in which a database can be away into StorageUnavailable.

    A statement that the database does not understand is a bug and stays one.
    """
    try:
        yield
    except (BaseORMException, sqlite3.Error, asyncpg.PostgresError, *_POSTGRES_LATER, OSError) as error:
        if _waiting_may_help(error):
            raise StorageUnavailable(type(error).__name__) from error
        raise


def _waiting_may_help(error: BaseException) -> bool:
    cause = error.args[0] if isinstance(error, OperationalError) and error.args else error
    if isinstance(cause, sqlite3.OperationalError):
        # SQLITE_ERROR is the generic code: a wrong statement or a missing table.
        return cause.sqlite_errorcode != sqlite3.SQLITE_ERROR
    return isinstance(cause, (*_POSTGRES_LATER, DBConnectionError, OSError))


async def rows(sql: str, values: Sequence[Any] = ()) -> list[dict[str, Any]]:
    """Return the rows of a read-only query written by hand, in this dialect."""
    return await get_connection(reading_from()).execute_query_dict(sql, list(values))


def dialect() -> str:
    """Return `sqlite` or `postgres`."""
    return str(get_connection("default").capabilities.dialect)
