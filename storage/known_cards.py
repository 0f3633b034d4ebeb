"""Which correspondents do the rows of a file mean?  Look-ups for a whole batch, one query for each way to name them."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from storage.by_hand import rows_among
from storage.cards import Card, load
from storage.correspondents import Party
from storage.sort_keys import person_sort_key, sort_key
from storage.unmerging import survivors_by_name

_MOST_ALIKE = 5_000  # of the names of one batch


@dataclass(frozen=True, slots=True)
class Wanted:
    """By what a batch of rows names correspondents; names as sort keys."""

    organisation_keys: set[str] = field(default_factory=set)
    customer_numbers: set[str] = field(default_factory=set)
    organisation_names: set[str] = field(default_factory=set)
    domains: set[str] = field(default_factory=set)
    registered_numbers: set[str] = field(default_factory=set)
    person_keys: set[str] = field(default_factory=set)
    emails: set[str] = field(default_factory=set)
    person_names: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Known:
    """The correspondents that a batch may mean, by each way to name them; new ones are added as rows make them."""

    own: str
    by_key: dict[tuple[Party, str], Card] = field(default_factory=dict)
    by_number: dict[str, Card] = field(default_factory=dict)
    by_domain: dict[str, Card] = field(default_factory=dict)
    by_registered: dict[str, Card] = field(default_factory=dict)
    by_name: dict[tuple[Party, str], list[Card]] = field(default_factory=lambda: defaultdict(list))
    by_email: dict[str, list[Card]] = field(default_factory=lambda: defaultdict(list))
    cards: list[Card] = field(default_factory=list)
    merged: set[tuple[Party, str]] = field(default_factory=set)  # keys of those that stand for others now

    def add(self, card: Card) -> None:
        """Let a correspondent be found from now on."""
        self.cards.append(card)
        self.note(card)
        self.by_name[card.party, name_key(card)].append(card)

    def note(self, card: Card) -> None:
        """Let a correspondent be found by what it has been given."""
        if key := card.values["external_key"]:
            self.by_key[card.party, key] = card
        if card.id is not None:
            self.by_key[card.party, own_key(self.own, card.party, card.id)] = card
        if number := card.values.get("customer_number"):
            self.by_number[number] = card
        for one in card.of("organisation_domain"):
            self.by_domain[one.values["domain"]] = card
        for one in card.of("organisation_number"):
            self.by_registered[one.values["value"]] = card
        if card.party is Party.PERSON:
            for one in card.of("email_address"):
                holders = self.by_email[one.values["key"]]
                if card not in holders:
                    holders.append(card)


def own_key(own: str, party: Party, number: int) -> str:
    """Return by what a file of ours names a correspondent without an external key; *own* tells our installation."""
    return f"postbuch:{own}:{party.value}:{number}"


def name_key(card: Card) -> str:
    """Return by what a correspondent of this name is looked up."""
    if card.party is Party.ORGANISATION:
        return sort_key(card.values["name"])
    return person_sort_key(card.values["family_name"], card.values["given_name"])


async def look_up(wanted: Wanted, *, own: str) -> Known:
    """Return the correspondents that a batch may mean, with all that belongs to them."""
    known = Known(own)
    firms_for = await _standing_for(Party.ORGANISATION, wanted.organisation_keys, own)
    persons_for = await _standing_for(Party.PERSON, wanted.person_keys, own)
    organisations = await _organisations(wanted, own) | set(firms_for.values())
    persons = await _persons(wanted, own) | set(persons_for.values())
    cards = await load(Party.PERSON, persons)
    employers = {role.values["organisation_id"] for card in cards.values() for role in card.of("role")}
    firms = await load(Party.ORGANISATION, organisations | employers)
    for card in cards.values():
        for role in card.of("role"):
            role.organisation = firms[role.values["organisation_id"]]
    for card in (*firms.values(), *cards.values()):
        known.add(card)
    for party, found, standing in (
        (Party.ORGANISATION, firms, firms_for),
        (Party.PERSON, cards, persons_for),
    ):
        for key, number in standing.items():
            known.by_key.setdefault((party, key), found[number])
            known.merged.add((party, key))
    return known


async def _standing_for(party: Party, keys: set[str], own: str) -> dict[str, int]:
    """Return who stands for those named by *keys* that were merged away, if they are there."""
    own_ids = _own_ids(keys, own, party)
    by_key, by_id = await survivors_by_name(party, keys=keys, ids=own_ids)
    standing = {
        own_key(own, party, number): survivor for number, survivor in by_id.items() if number in own_ids
    }
    standing |= {key: survivor for key, survivor in by_key.items() if key in keys}
    statement = f"SELECT id FROM {party.value} WHERE {{among}}"  # noqa: S608 - ours
    there = {row["id"] for row in await rows_among(statement, "id", set(standing.values()), "bigint")}
    return {key: survivor for key, survivor in standing.items() if survivor in there}


async def _organisations(wanted: Wanted, own: str) -> set[int]:
    return {
        *_own_ids(wanted.organisation_keys, own, Party.ORGANISATION),
        *await _ids("organisation", "external_key", wanted.organisation_keys),
        *await _ids("organisation", "customer_number", wanted.customer_numbers),
        *await _ids("organisation", "sort_key", wanted.organisation_names),
        *await _ids("organisation_domain", "domain", wanted.domains, column="organisation_id"),
        *await _ids("organisation_number", "value", wanted.registered_numbers, column="organisation_id"),
    }


async def _persons(wanted: Wanted, own: str) -> set[int]:
    return {
        *_own_ids(wanted.person_keys, own, Party.PERSON),
        *await _ids("person", "external_key", wanted.person_keys),
        *await _ids("person", "sort_key", wanted.person_names),
        *await _ids("email_address", "key", wanted.emails, column="person_id"),
    }


async def _ids(table: str, named_by: str, values: Collection[str], *, column: str = "id") -> Iterable[int]:
    statement = (
        f"SELECT {column} AS id FROM {table} WHERE {{among}} AND {column} IS NOT NULL "  # noqa: S608 - ours
        f"ORDER BY {column} LIMIT {_MOST_ALIKE}"
    )
    return [row["id"] for row in await rows_among(statement, named_by, values)]


def _own_ids(keys: Collection[str], own: str, party: Party) -> set[int]:
    pattern = re.compile(rf"postbuch:{re.escape(own)}:{party.value}:(\d{{1,18}})")
    return {int(found[1]) for key in keys if (found := pattern.fullmatch(key))}
