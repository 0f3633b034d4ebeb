"""How does a query written by hand read in either dialect, and what do its columns give?"""

import json
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from storage.connect import dialect, rows
from storage.statements import Statement
from storage.storable import storable


def place(number: int) -> str:
    """Return the placeholder of the value with this number, counted from 1."""
    return "?" if dialect() == "sqlite" else f"${number}"


def among(column: str, kind: str = "text", *, number: int = 1) -> str:
    """Return the condition that *column* is one of the values that `listed` passes as value *number*.

    One value however many there are: the statement stays the same and is prepared once.
    """
    if dialect() == "sqlite":
        return f"{column} IN (SELECT value FROM json_each(?))"  # noqa: S608 - a column of ours
    return f"{column} = ANY(${number}::{kind}[])"


def listed(values: Collection[str] | Collection[int]) -> Any:
    """Return *values* as `among` takes them."""
    known = [storable(value) if isinstance(value, str) else value for value in values]
    return json.dumps(known) if dialect() == "sqlite" else known


async def rows_among(
    sql: str, column: str, values: Collection[str] | Collection[int], kind: str = "text"
) -> list[dict[str, Any]]:
    """Return the rows of *sql*, whose `{among}` is the condition that *column* is one of *values*."""
    if not values:
        return []
    return await rows(sql.format(among=among(column, kind)), [listed(values)])


def stored(value: Any) -> Any:
    """Return a value as the mapper writes it into a column."""
    if isinstance(value, datetime):
        utc = value.astimezone(UTC)
        return str(utc) if dialect() == "sqlite" else utc
    return value


def moment(value: datetime | str) -> datetime:
    """Return what the database gave as a time: SQLite keeps text."""
    parsed = datetime.fromisoformat(value) if isinstance(value, str) else value
    return parsed.astimezone(UTC) if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def day(value: date | str | None) -> date | None:
    """Return what the database gave as a day."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def json_value(value: Any) -> Any:
    """Return what the database gave as JSON: both may give its text."""
    return json.loads(value) if isinstance(value, str) else value


def inserting(table: str, columns: Sequence[str], values: Sequence[Sequence[Any]]) -> Statement:
    """Return the statement that inserts rows, but those that are there."""
    statement = _insertion(table, tuple(columns), len(values), dialect())
    return statement, [value for row in values for value in row]


@lru_cache(maxsize=1024)
def _insertion(table: str, columns: tuple[str, ...], rows: int, spoken: str) -> str:
    into = f"{table} ({', '.join(columns)})"
    return (
        f"INSERT INTO {into} VALUES {_places(rows, len(columns), spoken)} "  # noqa: S608 - names of ours only
        "ON CONFLICT DO NOTHING"
    )


def _places(rows: int, columns: int, spoken: str) -> str:
    """Return the places for values in a statement: `(?, ?), (?, ?)`, or numbered ones for PostgreSQL."""
    numbered = spoken == "postgres"
    marks = [f"${number}" if numbered else "?" for number in range(1, rows * columns + 1)]
    rows_of_marks = (", ".join(marks[start : start + columns]) for start in range(0, len(marks), columns))
    return ", ".join(f"({row})" for row in rows_of_marks)
