"""How does a directory of a million get into a database in minutes?  In bulk, and indexed afterwards.

By raw statements into the tables that our migrations made; what indexes are dropped meanwhile
is asked of the database, so that a later migration's come back too.
"""

import sqlite3
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, closing, contextmanager
from datetime import date, datetime
from itertools import islice
from typing import Any, Final

import asyncpg

from benchmarks.matching.directory import Block
from benchmarks.matching.rows import COLUMNS, Row, rows_of
from storage.connect import is_sqlite, sqlite_path

_BLOCKS_AT_ONCE: Final = 20
# Triggers write marks, and look for the other addresses of whom a postal address is.
_TABLES: Final = ", ".join(f"'{table}'" for table in COLUMNS.keys() - {"postal_address"} | {"mark"})
_QUICK: Final = ("synchronous=OFF", "foreign_keys=OFF", "cache_size=-65536", "temp_store=FILE")


async def fill(url: str, blocks: Iterable[Block]) -> None:
    """Write blocks into the migrated database at *url*; some at a time are in memory."""
    if is_sqlite(url):
        _fill_sqlite(url, blocks)
    else:
        await _fill_postgres(url, blocks)


def _batches(blocks: Iterable[Block]) -> Iterator[dict[str, list[Row]]]:
    """Yield the rows of some blocks at a time."""
    stream = iter(blocks)
    while some := list(islice(stream, _BLOCKS_AT_ONCE)):
        together: dict[str, list[Row]] = {table: [] for table in COLUMNS}
        for block in some:
            for table, rows in rows_of(block).items():
                together[table] += rows
        yield together


def _fill_sqlite(url: str, blocks: Iterable[Block]) -> None:
    with closing(sqlite3.connect(sqlite_path(url), isolation_level=None)) as connection:
        for setting in _QUICK:
            connection.execute(f"PRAGMA {setting}")
        with _without_indexes(connection):
            for rows in _batches(blocks):
                connection.execute("BEGIN IMMEDIATE")
                for table, its in rows.items():
                    connection.executemany(_insertion(table), map(_as_text, its))
                connection.execute("COMMIT")
        connection.execute("ANALYZE")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _insertion(table: str) -> str:
    columns = COLUMNS[table]
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


def _as_text(row: Row) -> Row:
    """Return a row as the mapper writes it into SQLite: days and times are text."""
    return tuple(str(value) if isinstance(value, date | datetime) else value for value in row)


@contextmanager
def _without_indexes(connection: sqlite3.Connection) -> Iterator[None]:
    found = connection.execute(
        f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({_TABLES})"
    ).fetchall()
    for name, _ in found:
        connection.execute(f'DROP INDEX "{name}"')
    yield
    for _, made in found:
        connection.execute(made)


async def _fill_postgres(url: str, blocks: Iterable[Block]) -> None:
    connection = await asyncpg.connect(url)
    try:
        async with _without_postgres_indexes(connection):
            for rows in _batches(blocks):
                async with connection.transaction():
                    await _copy(connection, rows)
        for table in ("organisation", "person"):
            await connection.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
            )
        await connection.execute("ANALYZE")
    finally:
        await connection.close()


async def _copy(connection: Any, rows: dict[str, list[Row]]) -> None:
    for table, its in rows.items():
        await connection.copy_records_to_table(table, records=its, columns=COLUMNS[table])


@asynccontextmanager
async def _without_postgres_indexes(connection: Any) -> AsyncIterator[None]:
    found: Sequence[Any] = await connection.fetch(
        f"SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename IN ({_TABLES})"
        " AND indexname NOT IN (SELECT conname FROM pg_constraint)"
    )
    for one in found:
        await connection.execute(f'DROP INDEX "{one["indexname"]}"')
    yield
    for one in found:
        await connection.execute(one["indexdef"])
