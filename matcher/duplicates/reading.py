"""Cards of what is entered, and their digests: who is compared is who has changed."""

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from mail.domains import registrable
from matcher.duplicates.cards import OrganisationCard, PersonCard, Place
from storage import compared

_BIRTHDAYS = frozenset(
    "birthday birth_date date_of_birth born geburtstag geburtsdatum naissance nascita".split()
)
_LEAST_DIGITS = 7
VERSION = "1"  # another one lets all be compared anew


async def persons(ids: Collection[int]) -> list[PersonCard]:
    """Return the cards of persons."""
    return [_person(row) for row in await compared.of_persons(ids)]


async def organisations(ids: Collection[int]) -> list[OrganisationCard]:
    """Return the cards of organisations."""
    return [_organisation(row) for row in await compared.of_organisations(ids)]


def digest(card: PersonCard | OrganisationCard) -> str:
    """Return what changes whenever a card does."""
    fields = [
        sorted(map(str, value)) if isinstance(value, frozenset) else value
        for value in (getattr(card, name) for name in card.__slots__)
    ]
    return hashlib.sha256(repr((VERSION, fields)).encode("utf-8", "replace")).hexdigest()[:32]


def _person(row: Mapping[str, Any]) -> PersonCard:
    return PersonCard(
        row["id"],
        row["given_name"],
        row["family_name"],
        emails=_keys(row["emails"]),
        phones=_numbers(row["phones"]),
        places=_places(row["places"]),
        employers=frozenset(role["organisation_id"] for role in row["roles"]),
        birthday=_birthday(row["own_fields"] or {}),
    )


def _organisation(row: Mapping[str, Any]) -> OrganisationCard:
    emails = _keys(row["emails"])
    of_emails = {registrable(email.rpartition("@")[2]) for email in emails}
    return OrganisationCard(
        row["id"],
        (row["name"], *(former["name"] for former in row["former_names"])),
        legal_form=row["legal_form"],
        parent=row["parent_id"],
        domains=frozenset(one["domain"] for one in row["domains"]) | frozenset(filter(None, of_emails)),
        emails=emails,
        phones=_numbers(row["phones"]),
        places=_places(row["places"]),
    )


def _keys(rows: Iterable[Mapping[str, str]]) -> frozenset[str]:
    return frozenset(row["key"] for row in rows)


def _numbers(rows: Iterable[Mapping[str, str]]) -> frozenset[str]:
    """Return numbers as they are dialled from abroad; a fax is the office's, and too short a number nobody's."""
    digits = {re.sub(r"\D", "", row["key"])[-9:] for row in rows if row["kind"] != "fax"}
    return frozenset(number for number in digits if len(number) >= _LEAST_DIGITS)


def _places(rows: Iterable[Mapping[str, str]]) -> tuple[Place, ...]:
    return tuple(sorted({Place(row["street"], row["postcode"], row["place"]) for row in rows}, key=repr))


def _birthday(own_fields: Mapping[str, Any]) -> str:
    """Return the birthday among a firm's own fields, as `yyyymmdd`."""
    for name, value in own_fields.items():
        if name.casefold().replace(" ", "_") in _BIRTHDAYS and isinstance(value, str):
            try:
                return date.fromisoformat(value).strftime("%Y%m%d")
            except ValueError:
                return ""
    return ""
