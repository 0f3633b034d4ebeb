"""Which organisations and persons are there?  Lists in pages, and one with all that belongs to it."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from tortoise.functions import Count
from tortoise.query_utils import Prefetch

from storage import listing, quarantine
from storage.by_hand import among, listed, moment, place
from storage.connect import rows
from storage.correspondents import Organisation, Party, Person, Role
from storage.listing import Order, WrongCursor
from storage.looking_for import Wanted

_Line = TypeVar("_Line")


@dataclass(frozen=True, slots=True)
class Listed(Generic[_Line]):
    """One page of a list; *after* asks for the next, None where this is the last."""

    lines: list[_Line]
    after: str | None


@dataclass(frozen=True, slots=True)
class OrganisationLine:
    """An organisation as lists show it."""

    organisation: Organisation
    persons: int
    last_contact: datetime | None


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person as lists show them, with the roles of today."""

    person: Person
    roles: list[Role]
    email: str
    last_contact: datetime | None


async def organisations(
    *,
    text: str = "",
    wanted: Wanted | None = None,
    order: Order = Order.NAME,
    after: str | None = None,
    most: int = 50,
) -> Listed[OrganisationLine]:
    """Return organisations in order; with *text* those whose name, domain, address or number has its words."""
    found = await listing.page_of(Party.ORGANISATION, wanted or Wanted(text=text), order, after, most)
    rows_of = {row.id: row for row in await Organisation.filter(id__in=found.ids)}
    persons, contacts = await _persons_at(found.ids), await _last_contacts("organisation", found.ids)
    return Listed(
        [
            OrganisationLine(rows_of[row_id], persons.get(row_id, 0), contacts.get(row_id))
            for row_id in found.ids
            if row_id in rows_of
        ],
        found.after,
    )


async def persons(
    *,
    text: str = "",
    wanted: Wanted | None = None,
    order: Order = Order.NAME,
    after: str | None = None,
    most: int = 50,
) -> Listed[PersonLine]:
    """Return persons in order; with *text* those whose name, organisation or address has its words."""
    found = await listing.page_of(Party.PERSON, wanted or Wanted(text=text), order, after, most)
    query = Person.filter(id__in=found.ids).prefetch_related("emails", _roles_with("organisation"))
    rows_of = {row.id: row for row in await query}
    contacts = await _last_contacts("person", found.ids)
    lines = [_person_line(rows_of[one], contacts.get(one)) for one in found.ids if one in rows_of]
    return Listed(lines, found.after)


async def person_lines(ids: Sequence[int]) -> dict[int, PersonLine]:
    """Return some persons as lists show them, by number."""
    found = await Person.filter(id__in=list(ids)).prefetch_related("emails", _roles_with("organisation"))
    contacts = await _last_contacts("person", list(ids))
    return {person.id: _person_line(person, contacts.get(person.id)) for person in found}


async def organisation(organisation_id: int) -> Organisation | None:
    """Return an organisation with all that belongs to it, its roles with their persons."""
    return await Organisation.get_or_none(id=organisation_id).prefetch_related(
        "parent", "subsidiaries", "owner", "deputy", "former_names",
        "domains", "numbers", "emails", "phones", "postal_addresses", _roles_with("person"),
    )  # fmt: skip


async def person(person_id: int) -> Person | None:
    """Return a person with all that belongs to them, their roles with the organisations."""
    return await Person.get_or_none(id=person_id).prefetch_related(
        "emails", "phones", "postal_addresses", _roles_with("organisation")
    )


async def counts() -> tuple[int, int]:
    """Return how many organisations and persons there are."""
    return await Organisation.all().count(), await Person.all().count()


def cursor_of(sort_key: str, row_id: int) -> str:
    """Return the cursor that goes on after a row."""
    return base64.urlsafe_b64encode(json.dumps([sort_key, row_id]).encode()).decode().rstrip("=")


def position(cursor: str) -> tuple[str, int]:
    """Return the sort key and id in a cursor; WrongCursor if it holds none."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        sort_key, row_id = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, TypeError, RecursionError) as error:
        raise WrongCursor(cursor[:50]) from error
    if not isinstance(sort_key, str) or type(row_id) is not int or "\x00" in sort_key:
        raise WrongCursor(cursor[:50])
    if not 0 <= row_id < 2**63 or not sort_key.isprintable():
        raise WrongCursor(cursor[:50])
    return sort_key, row_id


async def _persons_at(organisation_ids: list[int]) -> dict[int, int]:
    held = Role.filter(organisation_id__in=organisation_ids, until__isnull=True)
    counted = held.annotate(persons=Count("person_id", distinct=True)).group_by("organisation_id")
    return dict(await counted.values_list("organisation_id", "persons"))


async def _last_contacts(party: str, ids: list[int]) -> dict[int, datetime]:
    """Return when each was last in contact: a step or a few along an index each, not a walk over their history.

    What is held, or in quarantine, is no contact yet.
    """
    newest = (
        f"(SELECT p.at FROM participant p JOIN entry e ON e.id = p.entry_id WHERE p.{party}_id = o.id"  # noqa: S608 - ours
        f" AND e.held_reason IS NULL AND (e.visible_from IS NULL OR e.visible_from <= {place(1)})"
        " ORDER BY p.at DESC LIMIT 1)"
    )
    statement = f"SELECT o.id, {newest} AS at FROM {party} o WHERE {among('o.id', 'bigint', number=2)}"  # noqa: S608 - ours
    found = await rows(statement, [quarantine.now(), listed(ids)])
    return {row["id"]: moment(row["at"]) for row in found if row["at"]}


def _roles_with(party: str) -> Prefetch:
    return Prefetch("roles", Role.all().select_related(party).order_by("-until", "id"))


def _person_line(person: Person, last_contact: datetime | None) -> PersonLine:
    addresses = [email.written for email in person.emails if email.until is None]
    roles = [role for role in person.roles if role.until is None]
    return PersonLine(person, roles, addresses[0] if addresses else "", last_contact)
