"""Which organisations or persons fit what somebody looks for, in which order?  Pages of ids.

Among a million rows either few fit, and those are put in order, or many do, and a walk along
the order's index soon meets enough of them.  So each condition is asked first whether few
rows fit it: the one that fewest fit says where to look.
"""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from storage.by_hand import among, listed, moment, place
from storage.connect import dialect, rows
from storage.correspondents import Party
from storage.looking_for import Condition, Wanted, conditions
from storage.storable import storable

FEW = 4000


class Order(StrEnum):
    """By what a list is ordered."""

    NAME = "name"
    LAST_CONTACT = "last_contact"  # the newest first
    CUSTOMER_NUMBER = "customer_number"
    PLACE = "place"


ORDERS = {
    Party.ORGANISATION: tuple(Order),
    Party.PERSON: (Order.NAME, Order.LAST_CONTACT, Order.PLACE),
}
_COLUMNS = {
    Order.NAME: "sort_key",
    Order.LAST_CONTACT: "last_contact",
    Order.CUSTOMER_NUMBER: "customer_number",
    Order.PLACE: "place_key",
}


class WrongCursor(ValueError):
    """What a page of a list was asked to begin after is none of our cursors."""


@dataclass(frozen=True, slots=True)
class Ids:
    """One page of ids; *after* asks for the next, None where this is the last."""

    ids: list[int]
    after: str | None


async def page_of(party: Party, wanted: Wanted, order: Order, after: str | None, most: int) -> Ids:
    """Return the ids of up to *most* rows in order; those without what they are ordered by come last."""
    query = await _query(party, wanted)
    key, row_id = _position(after, order) if after else (None, 0)
    found: list[tuple[Any, int]] = []
    if key is not None or not after:
        found = await query.ordered(order, key, row_id, most + 1)
    if len(found) <= most and order is not Order.NAME:
        start = row_id if after and key is None else 0
        found += await query.without(order, start, most + 1 - len(found))
    last = found[most - 1] if len(found) > most else None
    return Ids([row_id for _, row_id in found[:most]], _cursor(order, *last) if last else None)


async def count_of(party: Party, wanted: Wanted) -> int:
    """Return how many rows fit."""
    return await (await _query(party, wanted)).count()


async def ids_from(party: Party, wanted: Wanted, after: int, most: int) -> list[int]:
    """Return the next ids of what fits, in the order of ids: for work in batches."""
    return await (await _query(party, wanted)).by_id(after, most)


@dataclass(slots=True)
class _Query:
    """A list that was asked for: its conditions, and the few rows that one of them leaves, if it does."""

    party: Party
    conditions: list[Condition]
    few: list[int] | None
    values: list[Any] = field(default_factory=list)

    async def ordered(self, order: Order, key: Any, row_id: int, most: int) -> list[tuple[Any, int]]:
        """Return key and id of rows that have what they are ordered by, from a position on."""
        column, falling = f"o.{_COLUMNS[order]}", order is Order.LAST_CONTACT
        self.values = []
        clauses = self._clauses()
        if order is not Order.NAME:
            clauses.append(f"{column} IS NOT NULL")
        if key is not None:
            sign = "<" if falling else ">"
            clauses.append(f"({column}, o.id) {sign} ({self._value(key)}, {self._value(row_id)})")
        way = " DESC" if falling else ""
        return await self._rows(f"{column} AS k", clauses, f"{column}{way}, o.id{way}", most)

    async def without(self, order: Order, row_id: int, most: int) -> list[tuple[Any, int]]:
        """Return the ids of rows that lack what they are ordered by."""
        self.values = []
        clauses = [*self._clauses(), f"o.{_COLUMNS[order]} IS NULL", f"o.id > {self._value(row_id)}"]
        return await self._rows("NULL AS k", clauses, "o.id", most)

    async def by_id(self, after: int, most: int) -> list[int]:
        self.values = []
        clauses = [*self._clauses(), f"o.id > {self._value(after)}"]
        return [row_id for _, row_id in await self._rows("NULL AS k", clauses, "o.id", most)]

    async def count(self) -> int:
        self.values = []
        sql = f"SELECT count(*) AS number FROM {self.party.value} o WHERE {_all(self._clauses())}"  # noqa: S608 - ours
        return int((await rows(sql, self.values))[0]["number"])

    async def _rows(self, key: str, clauses: list[str], order: str, most: int) -> list[tuple[Any, int]]:
        found = await rows(
            f"SELECT {key}, o.id AS id FROM {self.party.value} o WHERE {_all(clauses)}"  # noqa: S608 - ours
            f" ORDER BY {order} LIMIT {int(most)}",
            self.values,
        )
        return [(row["k"], row["id"]) for row in found]

    def _clauses(self) -> list[str]:
        clauses = [self._filled(one.clause, one.values) for one in self.conditions]
        if self.few is not None:
            clauses.append(among("o.id", "bigint", number=len(self.values) + 1))
            self.values.append(listed(self.few))
        return clauses

    def _filled(self, clause: str, values: Sequence[Any]) -> str:
        return clause.format(*(self._value(value) for value in values))

    def _value(self, value: Any) -> str:
        self.values.append(value)
        return place(len(self.values))


async def _query(party: Party, wanted: Wanted) -> _Query:
    these = conditions(party, wanted)
    fewest: list[int] | None = None
    for one in these:
        if one.probe is None:
            continue
        found = await _probed(one, FEW if fewest is None else len(fewest))
        if found is not None:
            fewest = found
    return _Query(party, these, fewest)


async def _probed(one: Condition, most: int) -> list[int] | None:
    """Return the rows that a condition leaves, None if they are more than *most*."""
    assert one.probe is not None
    probe = one.probe.format(*(place(number + 1) for number in range(len(one.probe_values))))
    # Counting is cheap where fetching thousands of ids for nothing is not.
    few = f"SELECT count(*) AS number FROM ({probe} LIMIT {most + 1}) few"  # noqa: S608 - ours
    if (await rows(few, one.probe_values))[0]["number"] > most:
        return None
    return [row["id"] for row in await rows(probe, one.probe_values)]


def _all(clauses: Sequence[str]) -> str:
    return " AND ".join(clauses) or "1 = 1"


def _cursor(order: Order, key: Any, row_id: int) -> str:
    told = key.isoformat() if isinstance(key, datetime) else key
    return base64.urlsafe_b64encode(json.dumps([order.value, told, row_id]).encode()).decode().rstrip("=")


def _position(cursor: str, order: Order) -> tuple[Any, int]:
    """Return key and id in a cursor; WrongCursor if it holds none, or one of another order."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        told, key, row_id = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, TypeError, RecursionError) as error:
        raise WrongCursor(cursor[:50]) from error
    fits = told == order.value and type(row_id) is int and 0 <= row_id < 2**63
    if not fits or not (key is None or (isinstance(key, str) and storable(key) == key)):
        raise WrongCursor(cursor[:50])
    if key is None and order is Order.NAME:
        raise WrongCursor(cursor[:50])
    return _stored_key(key, order), row_id


def _stored_key(key: str | None, order: Order) -> Any:
    """Return the key as the database compares it: in SQLite a time is the text that it gave."""
    if key is None or order is not Order.LAST_CONTACT:
        return key
    try:
        at = moment(key)
    except (ValueError, OverflowError) as error:
        raise WrongCursor(key[:50]) from error
    return key if dialect() == "sqlite" else at
