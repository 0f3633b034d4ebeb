"""A row exactly as the database has it, kept as JSON, and put back without a letter changed.

PostgreSQL makes the JSON itself and reads it; SQLite keeps numbers and text anyway.
"""

import json
from collections.abc import Mapping
from typing import Any

from tortoise.connection import get_connection

from storage.by_hand import json_value, place
from storage.connect import dialect

Raw = dict[str, Any]


async def raw_row(table: str, row_id: int) -> Raw | None:
    """Return a row by column; None if there is none.  *table* is a name of ours."""
    what = "*" if dialect() == "sqlite" else "row_to_json(t) AS raw"
    found = await _execute(f"SELECT {what} FROM {table} t WHERE id = {place(1)}", row_id)  # noqa: S608 - ours
    if not found:
        return None
    return dict(found[0]) if dialect() == "sqlite" else dict(json_value(found[0]["raw"]))


async def insert_raw(table: str, row: Mapping[str, Any]) -> None:
    """Put a row back as it was."""
    columns = ", ".join(f'"{name}"' for name in row)
    if dialect() == "sqlite":
        places = ", ".join("?" for _ in row)
        await _execute(f"INSERT INTO {table} ({columns}) VALUES ({places})", *row.values())  # noqa: S608 - ours
        return
    statement = (
        f"INSERT INTO {table} ({columns}) SELECT {columns} FROM json_populate_record(null::{table}, $1::json)"  # noqa: S608
    )
    await _execute(statement, json.dumps(row))


async def update_raw(table: str, row_id: int, values: Mapping[str, Any]) -> None:
    """Let some columns of a row be as they were."""
    if not values:
        return
    if dialect() == "sqlite":
        changes = ", ".join(f'"{name}" = ?' for name in values)
        await _execute(f"UPDATE {table} SET {changes} WHERE id = ?", *values.values(), row_id)  # noqa: S608 - ours
        return
    changes = ", ".join(f'"{name}" = r."{name}"' for name in values)
    statement = (
        f"UPDATE {table} t SET {changes} FROM json_populate_record(null::{table}, $1::json) r WHERE t.id = $2"  # noqa: S608
    )
    await _execute(statement, json.dumps(values), row_id)


async def _execute(statement: str, *values: Any) -> list[dict[str, Any]]:
    return list(await get_connection("default").execute_query_dict(statement, list(values)))
