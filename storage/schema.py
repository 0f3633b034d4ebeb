"""Does the schema fit this program, and how is it brought there without loss?"""

import asyncio
import pkgutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
from tortoise.connection import get_connection
from tortoise.migrations.executor import MigrationExecutor, MigrationTarget

import storage.migrations
from storage.connect import configuration, connected, is_sqlite, rows, sqlite_path


class BrokenReferences(Exception):
    """A migration left rows that point at rows which are gone; the copy made before it is whole."""


class NewerDatabase(Exception):
    """The database was migrated by a newer program; start that one, or restore an older copy."""


class UnusableDatabase(Exception):
    """The database lets nobody in under this name and password, or the file is no database."""


def all_migrations() -> list[str]:
    """Return the names of the migrations that this program knows, oldest first."""
    return sorted(module.name for module in pkgutil.iter_modules(storage.migrations.__path__))


async def pending(url: str) -> list[str]:
    """Return the names of the migrations that the database at *url* still needs.

    NewerDatabase if it had some that this program does not know, UnusableDatabase.
    """
    async with connected(url):
        return await _pending(url)


async def migrate(url: str, *, target: str = "__latest__") -> list[str]:
    """Bring the schema at *url* to *target* and return what was applied, in order.

    A SQLite file that holds something is copied first, beside itself; the copy's
    name tells when.  BrokenReferences if a row lost its parent on the way,
    NewerDatabase as for `pending`.
    """
    async with connected(url, foreign_keys=False):
        names = await _pending(url, target)
        if not names:
            return []
        if is_sqlite(url) and await _has_tables():
            await asyncio.to_thread(copy_database, sqlite_path(url))
        executor = _executor(url)
        await executor.migrate([MigrationTarget(app_label="storage", name=target)], direction="forward")
        if is_sqlite(url) and (broken := await rows("PRAGMA foreign_key_check")):
            raise BrokenReferences(f"{len(broken)} rows, the first in table {broken[0]['table']}")
        return names


def copy_database(path: Path) -> Path:
    """Copy a SQLite file that may be in use and return the copy's path."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    copy = path.with_name(f"{path.stem}-before-{stamp}{path.suffix}")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


async def _has_tables() -> bool:
    return bool(await rows("SELECT 1 FROM sqlite_master LIMIT 1"))


async def _pending(url: str, target: str = "__latest__") -> list[str]:
    await _reach()
    executor = _executor(url)
    plan = await executor.plan([MigrationTarget(app_label="storage", name=target)])
    known = set(all_migrations())
    if newer := [key.name for key in await executor.recorder.applied_migrations() if key.name not in known]:
        raise NewerDatabase(f"{', '.join(newer)}: {NewerDatabase.__doc__}")
    return [step.migration.name for step in plan if not step.backward]


async def _reach() -> None:
    """Raise what is wrong: the mapper takes a database that it cannot reach for an empty one."""
    try:
        await rows("SELECT 1")
    except (asyncpg.InvalidAuthorizationSpecificationError, sqlite3.DatabaseError) as error:
        raise UnusableDatabase(f"The database cannot be used: {error}") from error


def _executor(url: str) -> MigrationExecutor:
    return MigrationExecutor(get_connection("default"), configuration(url)["apps"])
