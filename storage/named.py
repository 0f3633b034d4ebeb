"""Which persons and organisations may a text name?  By the words with which their names begin."""

from collections.abc import Collection

from storage.by_hand import place
from storage.connect import dialect, rows
from storage.lookups import KnownOrganisation, KnownPerson, organisations, persons

_MOST = 200


async def persons_beginning(keys: Collection[str]) -> list[KnownPerson]:
    """Return persons whose family name begins with one of these words, in the form of sort keys."""
    known = await persons(await _beginning("person", keys))
    return [known[one] for one in sorted(known)]


async def organisations_beginning(keys: Collection[str]) -> list[KnownOrganisation]:
    """Return organisations whose name begins with one of these words, in the form of sort keys."""
    known = await organisations(await _beginning("organisation", keys))
    return [known[one] for one in sorted(known)]


async def persons_at(organisation_id: int, *, most: int) -> list[int]:
    """Return some persons who work at an organisation today."""
    found = await rows(
        f"SELECT DISTINCT r.person_id FROM role r WHERE r.organisation_id = {place(1)} AND r.until IS NULL"  # noqa: S608 - ours
        f" ORDER BY r.person_id LIMIT {int(most)}",
        [organisation_id],
    )
    return [row["person_id"] for row in found]


async def _beginning(table: str, keys: Collection[str]) -> list[int]:
    """Return the ids of rows whose sort key is one of *keys*, or goes on after it with a blank.

    Each is a range along an index in the order of the octets: LIKE would read all names, and so
    would one condition of many parts.
    """
    least, below = (">=", "<") if dialect() == "sqlite" else ("~>=~", "~<~")
    queries: list[str] = []
    values: list[str] = []
    for key in sorted(keys):
        first = len(values) + 1
        queries.append(f"SELECT id FROM {table} WHERE sort_key = {place(first)}")  # noqa: S608 - ours
        condition = f"sort_key {least} {place(first + 1)} AND sort_key {below} {place(first + 2)}"
        values += [key, f"{key} ", f"{key}!"]
        queries.append(f"SELECT id FROM {table} WHERE {condition}")  # noqa: S608 - ours
    if not queries:
        return []
    found = await rows(f"{' UNION '.join(queries)} ORDER BY id LIMIT {_MOST}", values)
    return [row["id"] for row in found]
