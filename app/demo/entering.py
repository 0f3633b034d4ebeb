"""The directory of the demonstration: own staff with capture addresses, organisations with persons."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from app.demo.cast import STAFF, Firm, Somebody
from mail.address import Address
from storage import capturing, directory, directory_edits, roster
from storage.correspondents import (
    EmailAddress,
    Organisation,
    OrganisationDomain,
    Person,
    PhoneNumber,
    PostalAddress,
    Role,
)

_YEARS_AGO = timedelta(days=5 * 365)


async def enter_staff(domain: str) -> dict[str, str]:
    """Add our own staff where they are not known yet; return a new capture address for each address."""
    found = {}
    for somebody in STAFF:
        staff = await roster.find(somebody.address)
        if staff is None:
            staff = await roster.add(roster.NewStaff(somebody.name, _address(somebody.address)), by=None)
        found[somebody.address] = (await capturing.make_for(staff.id, domain)).key
    return found


async def enter(firm: Firm, *, number: int, today: date) -> None:
    """Enter an organisation and its persons, unless it is there already."""
    if (await directory.organisations(text=firm.domain, most=1)).lines:
        return
    organisation = await directory_edits.add(
        Organisation,
        {
            "name": f"{firm.name} {firm.legal_form}".strip(),
            "legal_form": firm.legal_form,
            "customer_number": f"K-{1000 + number}",
            "industry": firm.industry,
            "language": firm.language,
        },
        staff_id=None,
        belongings=_belongings(firm),
    )
    for somebody in firm.people:
        await _enter_person(somebody, organisation, firm.language, since=today - _YEARS_AGO)


def _belongings(firm: Firm) -> list[tuple[type[Any], Mapping[str, Any]]]:
    address = {
        "street": firm.street,
        "postcode": firm.postcode,
        "place": firm.place,
        "country": firm.country,
    }
    return [
        (OrganisationDomain, {"domain": firm.domain}),
        (EmailAddress, {"written": f"info@{firm.domain}"}),
        (PhoneNumber, {"written": firm.phone}),
        (PostalAddress, address),
    ]


async def _enter_person(
    somebody: Somebody, organisation: Organisation, language: str, *, since: date
) -> None:
    role = {"organisation_id": organisation.id, "function": somebody.function, "since": since}
    await directory_edits.add(
        Person,
        {
            "given_name": somebody.given_name,
            "family_name": somebody.family_name,
            "title": somebody.title,
            "salutation": somebody.address_as.removesuffix(f" {somebody.family_name}"),
            "language": language,
        },
        staff_id=None,
        belongings=[(Role, role), (EmailAddress, {"written": somebody.address})],
    )


def _address(text: str) -> Address:
    address = Address.parse(text)
    if address is None:
        raise ValueError(text)
    return address
