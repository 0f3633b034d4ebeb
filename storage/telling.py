"""Whom does a message name in its own words?  By numbers, names in a signature, and who works where.

One query for a whole batch of messages.  Of each number or name only a few are returned:
what names many names nobody, and a mail may hold thousands.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from mail.domains import registrable
from storage.by_hand import among, day, listed, rows_among
from storage.connect import dialect, rows
from storage.lookups import KnownOrganisation, KnownPerson, organisations, persons

_MOST_ALIKE = 4  # two are one too many
_MOST_AT_A_NUMBER = 50
_MOST_BELOW = 50
_MOST_AT_ONE = 100  # persons of an organisation who are looked at


@dataclass(frozen=True, slots=True)
class NamedOrganisation:
    """An organisation that is, or *was*, called so."""

    organisation: KnownOrganisation
    name: str
    legal_form: str
    has_domain: bool
    was: bool


@dataclass(frozen=True, slots=True)
class Telephone:
    """Whose a telephone number is, from-until."""

    person: KnownPerson | None
    organisation: KnownOrganisation | None
    since: date | None
    until: date | None


async def by_customer_number(numbers: Collection[str]) -> dict[str, KnownOrganisation]:
    """Return the organisation of each customer number that one has."""
    found = await rows_among(
        "SELECT o.customer_number, o.id, o.name FROM organisation o WHERE {among}",
        "o.customer_number",
        numbers,
    )
    return {row["customer_number"]: KnownOrganisation(row["id"], row["name"]) for row in found}


async def by_registered_number(numbers: Collection[tuple[str, str]]) -> dict[str, KnownOrganisation]:
    """Return the organisation of each number, of its kind, that one has."""
    found = await rows_among(
        "SELECT n.kind, n.value, o.id, o.name FROM organisation_number n"
        " JOIN organisation o ON o.id = n.organisation_id WHERE {among}",
        "n.value",
        {value for _, value in numbers},
    )
    return {
        row["value"]: KnownOrganisation(row["id"], row["name"])
        for row in found
        if (row["kind"], row["value"]) in numbers
    }


async def by_phone(keys: Collection[str]) -> dict[str, list[Telephone]]:
    """Return whose telephone numbers are, by key; none of one that too many have."""
    found = await rows_among(
        "SELECT * FROM (SELECT p.key, p.person_id, p.organisation_id, p.since, p.until,"  # noqa: S608 - ours
        " row_number() OVER (PARTITION BY p.key ORDER BY p.id) AS number FROM phone_number p WHERE {among})"
        f" AS numbered WHERE number <= {_MOST_AT_A_NUMBER}",
        "p.key",
        keys,
    )
    who = await persons({row["person_id"] for row in found if row["person_id"]})
    firms = await organisations({row["organisation_id"] for row in found if row["organisation_id"]})
    by_key: dict[str, list[Telephone]] = defaultdict(list)
    for row in found:
        person, firm = who.get(row["person_id"]), firms.get(row["organisation_id"])
        by_key[row["key"]].append(Telephone(person, firm, day(row["since"]), day(row["until"])))
    return {key: held for key, held in by_key.items() if len(held) < _MOST_AT_A_NUMBER}


async def by_name(keys: Collection[str]) -> dict[str, list[NamedOrganisation]]:
    """Return who is or was called so, by sort key; of many of one name, a few."""
    by_key: dict[str, list[NamedOrganisation]] = defaultdict(list)
    for was, sql in enumerate((_CALLED, _WAS_CALLED)):
        column = "f.sort_key" if was else "o.sort_key"
        for row in await rows_among(sql, column, keys):
            firm = KnownOrganisation(row["id"], row["name"])
            called = NamedOrganisation(
                firm, row["called"], row["legal_form"], bool(row["has_domain"]), bool(was)
            )
            by_key[row["sort_key"]].append(called)
    return by_key


_HAS_DOMAIN = "EXISTS (SELECT 1 FROM organisation_domain d WHERE d.organisation_id = o.id) AS has_domain"
_CALLED = (
    "SELECT * FROM (SELECT o.id, o.name, o.name AS called, o.sort_key, o.legal_form,"  # noqa: S608 - ours
    f" {_HAS_DOMAIN}, row_number() OVER (PARTITION BY o.sort_key ORDER BY o.id) AS number"
    f" FROM organisation o WHERE {{among}}) AS numbered WHERE number <= {_MOST_ALIKE}"
)
_WAS_CALLED = (
    "SELECT * FROM (SELECT o.id, o.name, f.name AS called, f.sort_key, o.legal_form,"  # noqa: S608 - ours
    f" {_HAS_DOMAIN}, row_number() OVER (PARTITION BY f.sort_key ORDER BY f.id) AS number"
    " FROM former_name f JOIN organisation o ON o.id = f.organisation_id"
    f" WHERE {{among}}) AS numbered WHERE number <= {_MOST_ALIKE}"
)


async def persons_at(
    organisation_ids: Collection[int], words: Collection[str]
) -> dict[int, list[KnownPerson]]:
    """Return who has or had a role at organisations, by organisation.

    All where there are few; of many those whose family name begins with one of *words*, in the form of
    sort keys, before others.  None of an organisation where even these are too many.
    """
    if not organisation_ids:
        return {}
    found = await rows(_persons_at(), [listed(words), listed(organisation_ids)])
    known = await persons({row["person_id"] for row in found})
    staffs: dict[int, dict[int, KnownPerson]] = defaultdict(dict)
    crowded: set[int] = set()
    for row in found:
        if person := known.get(row["person_id"]):
            staffs[row["organisation_id"]][person.id] = person
        if row["fits"] and row["number"] == _MOST_AT_ONE:
            crowded.add(row["organisation_id"])
    return {firm: list(staff.values()) for firm, staff in staffs.items() if firm not in crowded}


def _persons_at() -> str:
    """Return the query.  Roles are numbered within their organisation, and only the first ones are read."""
    if dialect() == "sqlite":
        first = "substr(p.sort_key, 1, instr(p.sort_key || ' ', ' ') - 1)"
    else:
        first = "split_part(p.sort_key, ' ', 1)"
    return (
        "SELECT organisation_id, person_id, fits, number FROM (SELECT organisation_id, person_id, fits,"  # noqa: S608 - ours
        " row_number() OVER (PARTITION BY organisation_id ORDER BY fits DESC, id) AS number"
        f" FROM (SELECT r.id, r.organisation_id, r.person_id, {among(first)} AS fits"
        f" FROM role r JOIN person p ON p.id = r.person_id WHERE {among('r.organisation_id', 'bigint', number=2)})"
        f" AS held) AS numbered WHERE number <= {_MOST_AT_ONE} ORDER BY organisation_id, number"
    )


async def subsidiaries(ids: Collection[int]) -> dict[int, list[KnownOrganisation]]:
    """Return the organisations below others, by these; none of one that has too many."""
    found = await rows_among(
        "SELECT * FROM (SELECT o.parent_id, o.id, o.name, row_number() OVER (PARTITION BY o.parent_id"  # noqa: S608 - ours
        f" ORDER BY o.id) AS number FROM organisation o WHERE {{among}}) AS numbered WHERE number <= {_MOST_BELOW}",
        "o.parent_id",
        ids,
        "bigint",
    )
    below: dict[int, list[KnownOrganisation]] = defaultdict(list)
    for row in found:
        below[row["parent_id"]].append(KnownOrganisation(row["id"], row["name"]))
    return {parent: those for parent, those in below.items() if len(those) < _MOST_BELOW}


async def domains_of_persons(ids: Collection[int]) -> dict[int, set[str]]:
    """Return at which domains persons have addresses today."""
    found = await rows_among(
        "SELECT e.person_id, e.key FROM email_address e WHERE {among} AND e.until IS NULL",
        "e.person_id",
        ids,
        "bigint",
    )
    domains: dict[int, set[str]] = defaultdict(set)
    for row in found:
        domain = row["key"].rpartition("@")[2]
        domains[row["person_id"]] |= {domain, registrable(domain) or domain}
    return domains
