"""Who of a name has which postal address, for letters, which give both?  And to which does nothing get through?"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from storage import audit, telling
from storage.by_hand import day, rows_among
from storage.correspondents import PostalAddress
from storage.lookups import KnownOrganisation, KnownPerson, persons, valid_on
from storage.sort_keys import sort_key

_MOST_NAMESAKES = 20


@dataclass(frozen=True, slots=True)
class Home:
    """A postal address, from-until, in look-up form: as sort keys."""

    street: str
    postcode: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class AtHome:
    """Somebody of a name, and where they are."""

    name: str
    legal_form: str
    person: KnownPerson | None
    organisation: KnownOrganisation | None
    homes: tuple[Home, ...]

    def lives(self, street: str, postcode: str, on: date) -> bool:
        """Tell whether they had a postal address on a day; one without street is anywhere in its place."""
        wanted, code = street_key(street), sort_key(postcode)
        return bool(code) and any(
            home.postcode == code
            and valid_on(on, home.since, home.until)
            and (not wanted or not home.street or home.street == wanted)
            for home in self.homes
        )


def street_key(street: str) -> str:
    """Return a street in look-up form: `Bahnhofstr. 1` is `Bahnhofstrasse 1`.

    >>> street_key("Bahnhofstr. 1"), street_key("Bahnhofstraße 1")
    ('bahnhofstrasse 1', 'bahnhofstrasse 1')
    """
    return " ".join(
        word[:-3] + "strasse" if word.endswith("str") else word for word in sort_key(street).split()
    )


async def organisations_called(keys: Collection[str]) -> dict[str, list[AtHome]]:
    """Return who is or was called so, by sort key, with their postal addresses."""
    named = await telling.by_name(keys)
    homes = await _homes(
        "organisation_id", {one.organisation.id for those in named.values() for one in those}
    )
    return {
        key: [
            AtHome(one.name, one.legal_form, None, one.organisation, homes[one.organisation.id])
            for one in those
        ]
        for key, those in named.items()
    }


async def persons_called(keys: Collection[str]) -> dict[str, list[AtHome]]:
    """Return which persons have one of these sort keys, with their postal addresses; none of a name too many have."""
    found = await rows_among(
        "SELECT * FROM (SELECT p.id, p.sort_key,"  # noqa: S608 - ours
        " row_number() OVER (PARTITION BY p.sort_key ORDER BY p.id) AS number FROM person p WHERE {among})"
        f" AS numbered WHERE number <= {_MOST_NAMESAKES}",
        "p.sort_key",
        keys,
    )
    known, homes = (
        await persons({row["id"] for row in found}),
        await _homes("person_id", {row["id"] for row in found}),
    )
    by_key: dict[str, list[AtHome]] = defaultdict(list)
    for row in found:
        if person := known.get(row["id"]):
            by_key[row["sort_key"]].append(AtHome(person.name, "", person, None, homes[person.id]))
    return {key: those for key, those in by_key.items() if len(those) < _MOST_NAMESAKES}


async def _homes(column: str, ids: Collection[int]) -> Mapping[int, tuple[Home, ...]]:
    found = await rows_among(
        f"SELECT a.{column} AS whose, a.street, a.postcode, a.since, a.until FROM postal_address a WHERE {{among}}",  # noqa: S608 - ours
        f"a.{column}",
        ids,
        "bigint",
    )
    homes: dict[int, tuple[Home, ...]] = defaultdict(tuple)
    for row in found:
        home = Home(
            street_key(row["street"]), sort_key(row["postcode"]), day(row["since"]), day(row["until"])
        )
        homes[row["whose"]] += (home,)
    return homes


async def mark_undeliverable(
    whose: Mapping[str, int], *, street: str, postcode: str, on: date, by: int | None
) -> int:
    """Note that a letter to somebody came back on a day, and return how many addresses that says it of.

    *whose* names the column with the person or organisation; of several addresses the one that was
    written to is meant, where the letter shows it.  In the caller's transaction, journalled.
    """
    valid: list[PostalAddress] = [
        one
        for one in await PostalAddress.filter(**whose).order_by("id")
        if valid_on(on, one.since, one.until)
    ]
    meant = [one for one in valid if sort_key(one.postcode) == sort_key(postcode)] if postcode else []
    exact = [one for one in meant if street_key(one.street) == street_key(street)]
    chosen = exact or meant or (valid if len(valid) == 1 else [])
    for one in chosen:
        await _mark(one, on, by)
    return len(chosen)


async def set_deliverable(address_id: int, *, by: int | None) -> bool:
    """Note that an address is right after all, in the caller's transaction; False if nothing said otherwise."""
    address = await PostalAddress.get_or_none(id=address_id, undeliverable_on__isnull=False)
    if address is None:
        return False
    await _mark(address, None, by)
    return True


async def _mark(address: PostalAddress, on: date | None, by: int | None) -> None:
    before: dict[str, Any] = {"undeliverable_on": _told(address.undeliverable_on)}
    address.undeliverable_on = on
    await address.save(update_fields=["undeliverable_on"])
    after = {"undeliverable_on": _told(on)}
    await audit.record_change("postal_address", address.id, staff_id=by, before=before, after=after)


def _told(on: date | None) -> str | None:
    return on.isoformat() if on else None
