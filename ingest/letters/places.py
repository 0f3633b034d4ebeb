"""Where on its pages does a letter say what speaks for somebody?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from mail.letter import Box, Found, LetterFields, LetterParty
from matcher.evidence import Evidence
from storage.entries import Direction
from storage.storable import storable

_IN_PARTY = {"address", "name", "correspondent"}
_MOST = 40


def told_evidence(
    evidence: Iterable[Evidence], read: LetterFields, direction: Direction
) -> list[dict[str, Any]]:
    """Return evidence as a letter's row keeps it, with its places (see `storage.letters`)."""
    party = read.addressee if direction is Direction.OUTGOING else read.sender
    return [
        {
            "strength": one.strength.value,
            "reason": one.reason.value,
            "parameters": {name: storable(value, most=500) for name, value in one.parameters.items()},
            "person_id": one.person.id if one.person else None,
            "organisation_id": one.organisation.id if one.organisation else None,
            "places": list(_places(one.parameters, read, party)),
        }
        for one in list(evidence)[:_MOST]
    ]


def _places(
    parameters: Mapping[str, str], read: LetterFields, party: LetterParty | None
) -> Iterator[dict[str, float]]:
    number = _plain(parameters.get("number", ""))
    domain = parameters.get("domain", "") or _domain(parameters.get("address", ""))
    for found in _numbered(read) if number else ():
        if _alike(number, _plain(found.value)):
            yield _place(found.page, found.box)
    for found in (*read.emails, *read.webs) if domain else ():
        if domain in found.value.lower():
            yield _place(found.page, found.box)
    if not number and not domain and party and party.box and _IN_PARTY & parameters.keys():
        yield _place(party.page, party.box)


def _numbered(read: LetterFields) -> Sequence[Found]:
    customer = (read.customer_number,) if read.customer_number else ()
    return (*read.phones, *read.ibans, *read.tax_numbers, *customer)


def _alike(one: str, other: str) -> bool:
    """Tell whether two numbers are one, with or without the country's code of a telephone number."""
    return one == other or (len(one) > 6 and len(other) > 6 and one[-9:] == other[-9:])


def _plain(number: str) -> str:
    return "".join(sign for sign in number.upper() if sign.isalnum())


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower() if "@" in address else ""


def _place(page: int, box: Box) -> dict[str, float]:
    return {"page": page, **{side: round(value, 2) for side, value in asdict(box).items()}}
