"""What is known of persons and organisations, in batches along their ids, to be compared."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from storage import own_fields
from storage.by_hand import json_value, rows_among
from storage.connect import rows
from storage.correspondents import Party

Rows = list[dict[str, Any]]


async def next_ids(party: Party, after: int, most: int) -> list[int]:
    """Return the next ids of a party's table, in order."""
    found = await rows(f"SELECT id FROM {party.value} WHERE id > {after} ORDER BY id LIMIT {most}")  # noqa: S608 - ours
    return [row["id"] for row in found]


async def of_persons(ids: Collection[int]) -> Rows:
    """Return what is known of persons, each with lists of what belongs to them."""
    persons = await rows_among(
        "SELECT p.id, p.given_name, p.family_name, p.own_fields FROM person p WHERE {among}",
        "p.id",
        ids,
        "bigint",
    )
    roles = await rows_among(
        "SELECT r.person_id AS owner, r.organisation_id FROM role r WHERE {among}",
        "r.person_id",
        ids,
        "bigint",
    )
    defined = await own_fields.names()
    found = _with(persons, await _reached("person", ids), roles=_by_owner(roles))
    for row in found:
        own = row["own_fields"] or {}
        row["own_fields"] = {defined.get(key, key): value for key, value in own.items()}
    return found


async def of_organisations(ids: Collection[int]) -> Rows:
    """Return what is known of organisations, each with lists of what belongs to them."""
    firms = await rows_among(
        "SELECT o.id, o.name, o.legal_form, o.parent_id FROM organisation o WHERE {among}",
        "o.id",
        ids,
        "bigint",
    )
    domains, names = [
        _by_owner(await rows_among(statement, column, ids, "bigint"))
        for statement, column in (
            (
                "SELECT d.organisation_id AS owner, d.domain FROM organisation_domain d WHERE {among}",
                "d.organisation_id",
            ),
            (
                "SELECT f.organisation_id AS owner, f.name FROM former_name f WHERE {among} ORDER BY f.id",
                "f.organisation_id",
            ),
        )
    ]
    return _with(firms, await _reached("organisation", ids), domains=domains, former_names=names)


async def _reached(party: str, ids: Collection[int]) -> dict[str, dict[int, Rows]]:
    """Return addresses and numbers by whose they are."""
    owner = f"{party}_id"
    statements = {
        "emails": f"SELECT a.{owner} AS owner, a.key FROM email_address a WHERE {{among}}",  # noqa: S608 - ours
        "phones": f"SELECT a.{owner} AS owner, a.key, a.kind FROM phone_number a WHERE {{among}}",  # noqa: S608
        "places": f"SELECT a.{owner} AS owner, a.street, a.postcode, a.place FROM postal_address a WHERE {{among}}",  # noqa: S608
    }
    return {
        name: _by_owner(await rows_among(statement, f"a.{owner}", ids, "bigint"))
        for name, statement in statements.items()
    }


def _by_owner(found: Iterable[dict[str, Any]]) -> dict[int, Rows]:
    by_owner: dict[int, Rows] = defaultdict(list)
    for row in found:
        by_owner[row["owner"]].append(row)
    return by_owner


def _with(
    owners: Sequence[dict[str, Any]], reached: dict[str, dict[int, Rows]], **more: dict[int, Rows]
) -> Rows:
    for row in owners:
        for name, by_owner in {**reached, **more}.items():
            row[name] = by_owner.get(row["id"], [])
        if "own_fields" in row:
            row["own_fields"] = json_value(row["own_fields"])
    return list(owners)
