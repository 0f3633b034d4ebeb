"""What do our own files hold of a correspondent?  Everything: rows from which an import makes the same again.

The first row of a correspondent has its own columns and the first of each kind of what
belongs to it; what there is more of stands in rows below, under the same key.
"""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from ingest.correspondents.columns import OWN_FILE, OWN_PREFIX, Column
from ingest.correspondents.values import joined, own_as_cell
from storage import every_card, imports, own_fields
from storage.cards import Belonging, Card
from storage.correspondents import Party
from storage.known_cards import own_key

_AT_ONCE = 500
_OWN_COLUMNS = {
    Column.SALUTATION: "salutation", Column.TITLE: "title", Column.GIVEN_NAME: "given_name",
    Column.FAMILY_NAME: "family_name", Column.ORGANISATION: "name", Column.LEGAL_FORM: "legal_form",
    Column.CUSTOMER_NUMBER: "customer_number", Column.INDUSTRY: "industry", Column.LANGUAGE: "language",
    Column.NOTE: "note",
}  # fmt: skip
_BELONGINGS = {
    "role": {Column.FUNCTION: "function", Column.ROLE_SINCE: "since", Column.ROLE_UNTIL: "until"},
    "organisation_domain": {Column.DOMAIN: "domain"},
    "organisation_number": {Column.REGISTERED_NUMBER: "value"},
    "former_name": {Column.FORMER_NAME: "name", Column.FORMER_NAME_UNTIL: "until"},
    "email_address": {Column.EMAIL: "written", Column.EMAIL_SINCE: "since", Column.EMAIL_UNTIL: "until"},
    "phone_number": {
        Column.PHONE_KIND: "kind", Column.PHONE: "written", Column.PHONE_SINCE: "since",
        Column.PHONE_UNTIL: "until",
    },
    "postal_address": {
        Column.STREET: "street", Column.POSTCODE: "postcode", Column.PLACE: "place", Column.COUNTRY: "country",
        Column.ADDRESS_SINCE: "since", Column.ADDRESS_UNTIL: "until",
    },
}  # fmt: skip
_SHORT_NAME = {Column.SHORT_NAME: "name", Column.SHORT_NAME_UNTIL: "until"}
Cells = dict[str, str]


@dataclass(frozen=True, slots=True)
class Names:
    """How other rows are named in a file of ours: the installation's tag, keys by id, staff by id, firms by id.

    *own_fields* are the names of those that are defined, by the keys of their values.
    """

    own: str
    keys: Mapping[int, str | None]
    logins: Mapping[int, str]
    firms: Mapping[int, str]
    own_fields: Mapping[str, str]

    def key(self, party: Party, number: int, external_key: str | None) -> str:
        """Return by what a correspondent is named."""
        return external_key or own_key(self.own, party, number)

    def own_values(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return values of own fields by the names of the fields."""
        return {
            self.own_fields.get(key, key): value for key, value in sorted(values.items(), key=self._defined)
        }

    def _defined(self, one: tuple[str, Any]) -> bool:
        """Put what is defined behind what was imported under the same name before it was."""
        return one[0] in self.own_fields

    def firm_key(self, number: int) -> str:
        """Return by what an organisation is named."""
        return self.key(Party.ORGANISATION, number, self.keys.get(number))


async def titles() -> list[str]:
    """Return the headings: ours, and one for each own field that anybody has."""
    defined = await own_fields.names()
    names = {defined.get(key, key) for key in await every_card.own_field_names()}
    return [*OWN_FILE, *(f"{OWN_PREFIX}{name}" for name in sorted(names))]


async def batches(own: str) -> AsyncIterator[tuple[Sequence[Card], Names]]:
    """Yield all correspondents with how they are named: organisations, then persons, by their ids."""
    defined = await own_fields.names()
    logins = {number: login for login, number in (await imports.logins()).items()}
    for party in Party:
        async for cards in every_card.all_of(party, at_once=_AT_ONCE):
            firms = await every_card.names_of(_firms_of(cards))
            keys = {number: key for number, (_, key) in firms.items()}
            called = {number: name for number, (name, _) in firms.items()}
            yield cards, Names(own, keys, logins, called, defined)


async def rows(own: str) -> AsyncIterator[Cells]:
    """Yield the rows of a file with everything; cells by heading, empty ones are not there.

    Parents that are entered after their subsidiaries come last: an import must know them.
    """
    later: list[Cells] = []
    is_of_firms = True
    async for cards, names in batches(own):
        if is_of_firms and cards[0].party is Party.PERSON:
            is_of_firms = False
            for row in later:
                yield row
        for card in cards:
            for row in rows_of(card, names):
                yield row
            if parent := _later_parent(card, names):
                later.append(parent)
    if is_of_firms:
        for row in later:
            yield row


def rows_of(card: Card, names: Names) -> Iterator[Cells]:
    """Yield the rows of a correspondent."""
    assert card.id is not None
    beginning = {
        Column.RECORD.value: card.party.value,
        Column.KEY.value: names.key(card.party, card.id, card.values["external_key"]),
    }
    lists = [[_belonging(one, names) for one in card.of(table)] for table in _BELONGINGS]
    first = _own(card, names)
    for number, parts in enumerate(zip_longest(*lists, fillvalue={})):
        yield {
            **beginning,
            **(first if number == 0 else {}),
            **{k: v for part in parts for k, v in part.items()},
        }
    if not any(lists):
        yield {**beginning, **first}


def _own(card: Card, names: Names) -> Cells:
    values = card.values
    cells = {column.value: values[name] for column, name in _OWN_COLUMNS.items() if values.get(name)}
    if values["interests"]:
        cells[Column.INTERESTS] = joined([str(one) for one in values["interests"]])
    for column, name in ((Column.OWNER, "owner_id"), (Column.DEPUTY, "deputy_id")):
        if number := values.get(name):
            cells[column] = names.logins.get(number, "")
    parent = values.get("parent_id")
    if parent and parent < (card.id or 0):
        cells[Column.PARENT_KEY] = names.firm_key(parent)
    for name, value in names.own_values(values["own_fields"]).items():
        cells[f"{OWN_PREFIX}{name}"] = own_as_cell(value)
    return cells


def _later_parent(card: Card, names: Names) -> Cells | None:
    parent = card.values.get("parent_id")
    if not parent or card.id is None or parent < card.id:
        return None
    key = names.key(card.party, card.id, card.values["external_key"])
    return {Column.RECORD: card.party.value, Column.KEY: key, Column.PARENT_KEY: names.firm_key(parent)}


def _belonging(one: Belonging, names: Names) -> Cells:
    columns = _SHORT_NAME if one.values.get("is_short") else _BELONGINGS[one.table]
    found = {column.value: _text(one.values[name]) for column, name in columns.items()}
    if one.table == "role":
        number = one.values["organisation_id"]
        found[Column.ORGANISATION_KEY] = names.firm_key(number)
        found[Column.ORGANISATION] = names.firms.get(number, "")
    return {name: value for name, value in found.items() if value}


def _text(value: object) -> str:
    if value is None:
        return ""
    isoformat: Callable[[], str] | None = getattr(value, "isoformat", None)
    return isoformat() if isoformat else str(value)


def _firms_of(cards: Sequence[Card]) -> set[int]:
    """Return the organisations that cards name."""
    parents = {card.values["parent_id"] for card in cards if card.values.get("parent_id")}
    return parents | {role.values["organisation_id"] for card in cards for role in card.of("role")}
