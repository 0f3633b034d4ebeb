"""Which rows does a block of the directory become?  With the look-up keys that the product itself would write."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from benchmarks.matching.directory import Block, Firm, Human, Mailed
from benchmarks.matching.firms import dns_name
from mail.address import Address
from storage.correspondents import PhoneKind
from storage.phones import phone_key
from storage.sort_keys import person_sort_key, sort_key

Row = tuple[Any, ...]
_SINCE = datetime(2026, 1, 5, 8, tzinfo=UTC)
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "organisation": (
        *("id", "name", "sort_key", "legal_form", "customer_number", "external_key", "parent_id", "industry"),
        *("interests", "language", "note", "own_fields", "created_at", "changed_at"),
    ),
    "former_name": ("organisation_id", "name", "sort_key"),
    "organisation_domain": ("organisation_id", "domain"),
    "person": (
        *("id", "given_name", "family_name", "sort_key", "title", "salutation", "language", "external_key"),
        *("interests", "note", "own_fields", "created_at", "changed_at"),
    ),
    "role": ("person_id", "organisation_id", "function", "since", "until"),
    "email_address": ("key", "written", "person_id", "organisation_id", "since", "until"),
    "phone_number": ("key", "written", "kind", "person_id", "organisation_id"),
    "postal_address": ("street", "postcode", "place", "country", "organisation_id"),
}


def rows_of(block: Block) -> dict[str, list[Row]]:
    """Return the rows of a block by table, in an order in which each finds what it refers to."""
    found: dict[str, list[Row]] = {table: [] for table in COLUMNS}
    # Who owns another comes first.
    for firm in sorted(block.firms.values(), key=lambda firm: firm.parent is not None):
        _add(found, _of_firm(firm))
    for human in block.humans.values():
        _add(found, _of_human(human))
    return found


def _add(found: dict[str, list[Row]], rows: Iterable[tuple[str, Row]]) -> None:
    for table, row in rows:
        found[table].append(row)


def _of_firm(firm: Firm) -> Iterator[tuple[str, Row]]:
    own = (firm.customer_number, f"firm-{firm.id}", firm.parent, "")
    times = ("", "{}", _SINCE, _SINCE)
    yield (
        "organisation",
        (firm.id, firm.name, sort_key(firm.name), firm.legal_form, *own, "[]", firm.language, *times),
    )
    if firm.former_name:
        yield "former_name", (firm.id, firm.former_name, sort_key(firm.former_name))
    for domain in firm.domains:
        yield "organisation_domain", (firm.id, dns_name(domain))
    for mailed in firm.mailed:
        yield "email_address", _address(mailed, None, firm.id)
    yield "phone_number", (phone_key(firm.phone), firm.phone, PhoneKind.OFFICE.value, None, firm.id)
    yield "postal_address", (street(firm), f"{8000 + firm.id % 999}", firm.place, "", firm.id)


def street(firm: Firm) -> str:
    """Return where a firm's office is."""
    way = {"de": "Bahnhofstrasse", "fr": "Rue de la Gare", "it": "Via della Stazione", "en": "Station Road"}
    return f"{way[firm.language]} {firm.id % 97 + 1}"


def _of_human(human: Human) -> Iterator[tuple[str, Row]]:
    names = (
        human.given,
        human.family,
        person_sort_key(human.family, human.given),
        human.title,
        "",
        human.language,
    )
    yield "person", (human.id, *names, f"person-{human.id}", "[]", "", "{}", _SINCE, _SINCE)
    for job in human.jobs:
        yield "role", (human.id, job.firm, job.function, job.since, job.until)
    for mailed in human.mailed:
        yield "email_address", _address(mailed, human.id, None)
    if human.mobile:
        yield "phone_number", (phone_key(human.mobile), human.mobile, PhoneKind.MOBILE.value, human.id, None)


def _address(mailed: Mailed, person: int | None, organisation: int | None) -> Row:
    address = Address.parse(mailed.address)
    assert address is not None
    return address.key, mailed.address, person, organisation, mailed.since, mailed.until
