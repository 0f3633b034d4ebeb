"""All that a database holds, to see whether something is as it was."""

from typing import Any

from storage.connect import dialect, rows

# The journal tells what was done and undone; a sequence goes on.
_GOES_ON = {"change", "sqlite_sequence", "tortoise_migrations", "session"}


async def contents() -> dict[str, list[dict[str, Any]]]:
    """Return the rows of every table, by table."""
    names = (
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%' AND name NOT LIKE '%search%'"
        if dialect() == "sqlite"
        else "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'"
    )
    tables = sorted(row["name"] for row in await rows(names))
    return {name: await _rows_of(name) for name in tables if name not in _GOES_ON}


async def _rows_of(table: str) -> list[dict[str, Any]]:
    return sorted((dict(row) for row in await rows(f"SELECT * FROM {table}")), key=repr)
