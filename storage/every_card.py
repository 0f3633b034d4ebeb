"""Which correspondents are there at all?  Read in batches by id: there may be a million."""

from collections.abc import AsyncIterator, Collection

from storage.by_hand import rows_among
from storage.cards import Card, ids_after, load
from storage.connect import dialect, rows
from storage.correspondents import Party


async def all_of(party: Party, *, at_once: int) -> AsyncIterator[list[Card]]:
    """Yield all organisations or persons with what belongs to them, by id."""
    after = 0
    while ids := await ids_after(party, after, at_once):
        cards = await load(party, ids)
        if cards:
            yield list(cards.values())
        after = ids[-1]


async def names_of(ids: Collection[int]) -> dict[int, tuple[str, str | None]]:
    """Return names and external keys of organisations, by id."""
    statement = "SELECT id, name, external_key FROM organisation WHERE {among}"
    found = await rows_among(statement, "id", ids, "bigint")
    return {row["id"]: (row["name"], row["external_key"]) for row in found}


async def own_field_names() -> list[str]:
    """Return the names of the own fields that any correspondent has, in their order."""
    names: set[str] = set()
    for party in Party:
        each = (
            "json_each(own_fields) f" if dialect() == "sqlite" else "jsonb_object_keys(own_fields) AS f(key)"
        )
        found = await rows(f"SELECT DISTINCT f.key AS name FROM {party.value}, {each}")  # noqa: S608 - ours
        names |= {row["name"] for row in found}
    return sorted(names)
