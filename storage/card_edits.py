"""How are many correspondents entered and corrected at once?  A statement a table, each change in the journal."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from tortoise.connection import get_connection
from tortoise.exceptions import IntegrityError

from storage.by_hand import place, stored
from storage.cards import BELONGINGS, JSON_COLUMNS, OWN_COLUMNS, Belonging, Card
from storage.connect import StorageUnavailable, dialect, rows
from storage.correspondents import Party
from storage.entering import new_ids
from storage.sort_keys import person_sort_key, sort_key
from storage.storable import storable

_LOCK = 0x494D5052  # any number that nobody else takes
# By which column a row is found: the sort key of which other.
_FOUND_BY = {"former_name": (("sort_key", "name"),), "role": (("function_key", "function"),)}
_CHANGE_COLUMNS = ("at", "staff_id", "subject", "subject_id", "before", "after")


async def one_import_at_a_time() -> None:
    """Let only one transaction take correspondents over until it ends: two would both make the same one."""
    if dialect() == "postgres":
        await rows(f"SELECT pg_advisory_xact_lock({_LOCK})")


async def write(cards: Sequence[Card], *, staff_id: int | None, source: str) -> None:
    """Write what of *cards* is new or changed, in the caller's transaction.

    A new correspondent is one change in the journal, which names its *source*; each row of a
    known one that is changed or added is one of its own.  StorageUnavailable if somebody has
    taken a key, number or domain since it was looked up: another time it is known.
    """
    try:
        await _write(cards, staff_id, source)
    except IntegrityError as error:
        raise StorageUnavailable("taken meanwhile") from error


async def _write(cards: Sequence[Card], staff_id: int | None, source: str) -> None:
    for party in Party:
        await _number([card for card in cards if card.party is party and card.id is None], party.value)
    _point_to_written(cards)
    by = (stored(datetime.now(UTC)), staff_id)
    changes: list[list[Any]] = []
    changed_cards = [card for card in cards if card.is_changed]
    for party in Party:
        await _write_own(party, [card for card in changed_cards if card.party is party])
    for card in changed_cards:
        more = {"source": source} if card.before is None else {}
        changes.append([*by, *_change(card.party.value, card, more)])
    changed = _changed_belongings(cards)
    for table in BELONGINGS:
        owned = changed[table]
        await _number([one for _, one in owned if one.id is None], table)
        await _write_belongings(table, owned)
        changes += [[*by, *_change(table, one)] for card, one in owned if card.before is not None]
    await _insert("change", _CHANGE_COLUMNS, changes)


def _changed_belongings(cards: Iterable[Card]) -> defaultdict[str, list[tuple[Card, Belonging]]]:
    """Return what is new or changed of what belongs to correspondents, by table."""
    changed: defaultdict[str, list[tuple[Card, Belonging]]] = defaultdict(list)
    for card in cards:
        for one in card.belongings:
            if one.is_changed:
                changed[one.table].append((card, one))
    return changed


async def _number(fresh: Sequence[Card | Belonging], table: str) -> None:
    for one, number in zip(fresh, await new_ids(table, len(fresh)), strict=True):
        one.id = number


def _point_to_written(cards: Iterable[Card]) -> None:
    for card in cards:
        if card.parent is not None:
            card.values["parent_id"] = card.parent.id
        for one in card.belongings:
            if one.organisation is not None:
                one.values["organisation_id"] = one.organisation.id


async def _write_own(party: Party, cards: Sequence[Card]) -> None:
    """Write organisations without their parents first: a parent may stand behind in the same batch."""
    columns = OWN_COLUMNS[party]
    now = stored(datetime.now(UTC))
    fresh = [card for card in cards if card.before is None]
    await _insert(
        party.value,
        ("id", "created_at", "changed_at", "sort_key", *columns),
        [[card.id, now, now, _sort_key(card), *_values(columns, card.values, "parent_id")] for card in fresh],
    )
    known = [card for card in cards if card.before is not None or card.values.get("parent_id")]
    await _update(
        party.value,
        ("changed_at", "sort_key", *columns),
        [[now, _sort_key(card), *_values(columns, card.values), card.id] for card in known],
    )


def _sort_key(card: Card) -> str:
    if card.party is Party.ORGANISATION:
        return sort_key(storable(card.values["name"]))
    return person_sort_key(storable(card.values["family_name"]), storable(card.values["given_name"]))


async def _write_belongings(table: str, owned: Sequence[tuple[Card, Belonging]]) -> None:
    columns = BELONGINGS[table]
    found_by = tuple(column for column, _ in _FOUND_BY.get(table, ())) + (
        ("source",) if table == "role" else ()
    )
    for party in Party:
        those = [(card, one) for card, one in owned if card.party is party and one.before is None]
        await _insert(
            table,
            ("id", f"{party.value}_id", *columns, *found_by),
            [[one.id, card.id, *_values(columns, one.values), *_found_by(table, one)] for card, one in those],
        )
    changed = [one for _, one in owned if one.before is not None]
    await _update(
        table,
        (*columns, *found_by),
        [[*_values(columns, one.values), *_found_by(table, one), one.id] for one in changed],
    )


def _found_by(table: str, one: Belonging) -> list[str]:
    keys = [sort_key(storable(one.values[name])) for _, name in _FOUND_BY.get(table, ())]
    return [*keys, one.source] if table == "role" else keys


def _values(columns: Sequence[str], values: Mapping[str, Any], but: str = "") -> list[Any]:
    return [None if name == but else _stored(name, values[name]) for name in columns]


def _stored(name: str, value: Any) -> Any:
    if value is None or type(value) is str:  # nearly all of them
        return value if not value or (value.isalnum() and value.isascii()) else storable(value)
    if name in JSON_COLUMNS:
        return _json(value)
    if isinstance(value, date) and dialect() == "sqlite":
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return value


def _change(subject: str, one: Card | Belonging, more: Mapping[str, Any] | None = None) -> list[Any]:
    before, after = one.before or {}, one.values
    changed = [name for name in after if name not in before or after[name] != before[name]]
    was = {name: before[name] for name in changed if name in before}
    told = {name: after[name] for name in changed} | dict(more or {})
    return [subject, one.id, _json(was), _json(told)]


def _plain(one: Any) -> Any:
    return one.value if isinstance(one, Enum) else one.isoformat()


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain)


def _json(value: Any) -> str:
    if not value:
        return "{}" if isinstance(value, dict) else "[]"
    return storable(_ENCODER.encode(value)).replace("\\u0000", "")


async def _insert(table: str, columns: Sequence[str], values: list[list[Any]]) -> None:
    if values:
        places = ", ".join(place(number) for number in range(1, len(columns) + 1))
        statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608 - names of ours
        await get_connection("default").execute_many(statement, values)


async def _update(table: str, columns: Sequence[str], values: list[list[Any]]) -> None:
    if values:
        changes = ", ".join(f"{column} = {place(number)}" for number, column in enumerate(columns, start=1))
        statement = f"UPDATE {table} SET {changes} WHERE id = {place(len(columns) + 1)}"  # noqa: S608 - names of ours
        await get_connection("default").execute_many(statement, values)
