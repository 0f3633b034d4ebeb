"""An organisation or person with all that belongs to it, as plain values: read and written many at a time.

Lists in pages go through the mapper; files with a hundred thousand rows do not.
"""

import copy
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from storage.by_hand import day, json_value, place, rows_among
from storage.connect import rows
from storage.correspondents import NumberKind, Party, PhoneKind

OWN_COLUMNS = {
    Party.ORGANISATION: (
        "name", "legal_form", "customer_number", "external_key", "parent_id", "industry", "interests",
        "language", "owner_id", "deputy_id", "note", "own_fields",
    ),
    Party.PERSON: (
        "given_name", "family_name", "title", "salutation", "language", "external_key", "interests",
        "note", "own_fields",
    ),
}  # fmt: skip
_VALIDITY = ("since", "until")
BELONGINGS = {
    "email_address": ("key", "written", *_VALIDITY),
    "phone_number": ("key", "written", "kind", *_VALIDITY),
    "postal_address": ("street", "postcode", "place", "country", *_VALIDITY),
    "role": ("organisation_id", "function", *_VALIDITY),
    "organisation_domain": ("domain",),
    "organisation_number": ("kind", "value"),
    "former_name": ("name", "until", "is_short"),
}
TABLES_OF = {
    Party.ORGANISATION: (
        "email_address", "phone_number", "postal_address", "organisation_domain", "organisation_number",
        "former_name",
    ),
    Party.PERSON: ("email_address", "phone_number", "postal_address", "role"),
}  # fmt: skip
JSON_COLUMNS = frozenset({"interests", "own_fields"})
_DAYS = frozenset(_VALIDITY)
_MAY_BE_NULL = frozenset({"customer_number", "external_key", "parent_id", "owner_id", "deputy_id"})
_BLANK: dict[Party, dict[str, Any]] = {
    party: {name: None if name in _MAY_BE_NULL else "" for name in columns}
    for party, columns in OWN_COLUMNS.items()
}


@dataclass(slots=True, eq=False)
class Belonging:
    """A row that belongs to a correspondent; *organisation* is that of a role, which may not be written yet.

    *source* is which kind of file a role is from.
    """

    table: str
    values: dict[str, Any]
    id: int | None = None
    before: dict[str, Any] | None = None
    organisation: "Card | None" = None
    source: str = ""

    @property
    def is_changed(self) -> bool:
        """Whether it is to be written."""
        return self.values != self.before


@dataclass(slots=True, eq=False)
class Card:
    """A correspondent: its own columns, and what belongs to it; *before* is None for a new one."""

    party: Party
    values: dict[str, Any]
    id: int | None = None
    before: dict[str, Any] | None = None
    belongings: list[Belonging] = field(default_factory=list)
    parent: "Card | None" = None

    def of(self, table: str) -> list[Belonging]:
        """Return what belongs to it of one table, in the order of entering."""
        return [one for one in self.belongings if one.table == table]

    @property
    def is_changed(self) -> bool:
        """Whether its own columns are to be written."""
        return self.values != self.before


def blank(party: Party) -> Card:
    """Return a correspondent that is not entered yet."""
    return Card(party, _BLANK[party] | {"interests": [], "own_fields": {}})


async def load(party: Party, ids: Collection[int]) -> dict[int, Card]:
    """Return correspondents with all that belongs to them, by id, in the order of their ids."""
    columns = ", ".join(("id", *OWN_COLUMNS[party]))
    statement = f"SELECT {columns} FROM {party.value} WHERE {{among}} ORDER BY id"  # noqa: S608 - ours
    found = await rows_among(statement, "id", ids, "bigint")
    cards = {row["id"]: _card(party, row) for row in found}
    for table in TABLES_OF[party]:
        for owner, those in (await _belongings(party, table, cards)).items():
            cards[owner].belongings += those
    return cards


async def ids_after(party: Party, after: int, most: int) -> list[int]:
    """Return the next ids behind *after*."""
    found = await rows(
        f"SELECT id FROM {party.value} WHERE id > {place(1)} ORDER BY id LIMIT {place(2)}",  # noqa: S608 - ours
        [after, most],
    )
    return [row["id"] for row in found]


async def _belongings(party: Party, table: str, owners: Collection[int]) -> dict[int, list[Belonging]]:
    columns = BELONGINGS[table]
    owner = f"{party.value}_id"
    # An address of a person at an organisation is the person's.
    alone = " AND person_id IS NULL" if party is Party.ORGANISATION and "written" in columns else ""
    told = "source" if table == "role" else "''"
    statement = (
        f"SELECT id, {owner} AS owner, {told} AS source, {', '.join(columns)}"  # noqa: S608 - ours
        f" FROM {table} WHERE {{among}}{alone} ORDER BY id"
    )
    by_owner: dict[int, list[Belonging]] = defaultdict(list)
    for row in await rows_among(statement, owner, owners, "bigint"):
        values = {name: _read(name, row[name], table) for name in columns}
        by_owner[row["owner"]].append(Belonging(table, values, row["id"], dict(values), source=row["source"]))
    return by_owner


def _card(party: Party, row: dict[str, Any]) -> Card:
    values = {name: _read(name, row[name], party.value) for name in OWN_COLUMNS[party]}
    return Card(party, values, row["id"], copy.deepcopy(values))


def _read(name: str, value: Any, table: str) -> Any:
    if name in _DAYS:
        return day(value)
    if name in JSON_COLUMNS:
        return json_value(value)
    if name == "is_short":
        return bool(value)
    if name == "kind":
        return NumberKind(value) if table == "organisation_number" else PhoneKind(value)
    return value
