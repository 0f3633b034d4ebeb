"""What does a signature say that is not known yet?  And taking it over, field by field, when a person says so."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from mail.address import Address
from mail.domains import is_shared, registrable
from mail.signature_fields import PhoneUse, Proposal, ProposedPhone
from storage import directory, directory_edits
from storage.connect import transaction
from storage.correspondents import (
    EmailAddress,
    Organisation,
    OrganisationDomain,
    Person,
    PhoneKind,
    PhoneNumber,
    PostalAddress,
    Role,
)
from storage.sort_keys import sort_key

_KINDS = {
    PhoneUse.OFFICE: PhoneKind.OFFICE,
    PhoneUse.MOBILE: PhoneKind.MOBILE,
    PhoneUse.PRIVATE: PhoneKind.PRIVATE,
    PhoneUse.FAX: PhoneKind.FAX,
}
_DIGITS = 9  # of a number, from its end: the same at home and from abroad


class Part(StrEnum):
    """What of a signature can be taken over."""

    TITLE = "title"
    GIVEN_NAME = "given_name"
    FUNCTION = "function"
    ORGANISATION = "organisation"
    PHONE = "phone"
    EMAIL = "email"
    PLACE = "place"
    DOMAIN = "domain"


@dataclass(frozen=True, slots=True)
class News:
    """One statement that is not known yet: *key* names it in a form, *known* is what stands there now."""

    part: Part
    value: str
    known: str = ""
    phone: ProposedPhone | None = None

    @property
    def key(self) -> str:
        """What a form sends to choose it."""
        return f"{self.part.value}:{self.value}"


async def person_known(person_id: int) -> Person | None:
    """Return a person with all that belongs to them, the domains of their organisations too."""
    person = await directory.person(person_id)
    if person:
        for role in person.roles:
            await role.organisation.fetch_related("domains")
    return person


def news(proposal: Proposal, person: Any) -> list[News]:
    """Return what *proposal* says of *person*, who has all that belongs to them, that is not known."""
    found = [*_of_person(proposal, person), *_of_role(proposal, person), *_reach(proposal, person)]
    return list({one.key: one for one in found}.values())


def _of_person(proposal: Proposal, person: Any) -> list[News]:
    name = proposal.name
    found = []
    if name.title and not person.title:
        found.append(News(Part.TITLE, name.title))
    given = person.given_name.strip(". ")
    if (
        len(given) < 2
        and len(name.given_name) > 1
        and name.given_name.casefold().startswith(given.casefold())
    ):
        found.append(News(Part.GIVEN_NAME, name.given_name, person.given_name))
    return found


def _of_role(proposal: Proposal, person: Any) -> list[News]:
    present = [role for role in person.roles if role.until is None]
    firm = sort_key(proposal.organisation)
    works_there = any(_same_firm(firm, sort_key(role.organisation.name)) for role in present)
    found = []
    if firm and not works_there:
        known = ", ".join(role.organisation.name for role in present)
        found.append(News(Part.ORGANISATION, proposal.organisation, known))
    if len(present) == 1 and (works_there or not firm):
        return [*found, *_of_one_role(proposal, present[0])]
    if proposal.function and firm and not present:
        found.append(News(Part.FUNCTION, proposal.function))
    return found


def _of_one_role(proposal: Proposal, role: Any) -> list[News]:
    found = []
    if proposal.function and sort_key(proposal.function) != sort_key(role.function):
        found.append(News(Part.FUNCTION, proposal.function, role.function))
    domain = registrable(proposal.web.partition("/")[0].removeprefix("www.")) if proposal.web else None
    known = {one.domain for one in role.organisation.domains}
    if domain and not is_shared(domain) and domain not in known:
        found.append(News(Part.DOMAIN, domain, role.organisation.name))
    return found


def _same_firm(one: str, other: str) -> bool:
    """Tell whether one name is the other, but for a legal form or what stands behind."""
    return one == other or one.startswith(f"{other} ") or other.startswith(f"{one} ")


def _reach(proposal: Proposal, person: Any) -> list[News]:
    numbers = {_end(phone.key) for phone in person.phones}
    found = [
        News(Part.PHONE, phone.written, phone=phone)
        for phone in proposal.phones
        if _end(phone.key) not in numbers
    ]
    keys = {email.key for email in person.emails}
    found += [
        News(Part.EMAIL, email)
        for email in proposal.emails
        if (read := Address.parse(email)) and read.key not in keys
    ]
    place = proposal.place
    if place and not any(
        (known.postcode, sort_key(known.street)) == (place.postcode, sort_key(place.street))
        for known in person.postal_addresses
    ):
        said = f"{place.postcode} {place.place}"
        found.append(News(Part.PLACE, ", ".join(filter(None, (place.street, said)))))
    return found


def _end(number: str) -> str:
    return "".join(sign for sign in number if sign.isdigit())[-_DIGITS:]


async def take_over(proposal: Proposal, person_id: int, chosen: Collection[str], *, by: int | None) -> int:
    """Enter what was chosen of what is not known; return how much that was.  Each is journalled.

    A domain that is another organisation's already stays there.
    """
    person = await person_known(person_id)
    if person is None:
        return 0
    wanted = [one for one in news(proposal, person) if one.key in chosen]
    # A new organisation before the function there.
    wanted.sort(key=lambda one: one.part is Part.FUNCTION)
    async with transaction():
        for one in wanted:
            await _take(one, proposal, person, by)
    return len(wanted)


async def _take(one: News, proposal: Proposal, person: Person, by: int | None) -> None:
    owner = {"person_id": person.id}
    if one.part in {Part.TITLE, Part.GIVEN_NAME}:
        await directory_edits.change(Person, person.id, {one.part.value: one.value}, staff_id=by)
    elif one.part is Part.ORGANISATION:
        organisation_id = await _organisation_called(one.value, by)
        await directory_edits.add(Role, owner | {"organisation_id": organisation_id}, staff_id=by)
    elif one.part is Part.FUNCTION:
        if role := await Role.filter(person_id=person.id, until=None).order_by("-id").first():
            await directory_edits.change(Role, role.id, {"function": one.value[:200]}, staff_id=by)
    elif one.part is Part.PHONE and one.phone:
        kind = _KINDS[one.phone.use]
        await directory_edits.add(PhoneNumber, owner | {"written": one.value, "kind": kind}, staff_id=by)
    elif one.part is Part.EMAIL:
        await directory_edits.add(EmailAddress, owner | {"written": one.value}, staff_id=by)
    elif one.part is Part.PLACE and (place := proposal.place):
        values = {name: getattr(place, name) for name in ("street", "postcode", "place", "country")}
        await directory_edits.add(PostalAddress, owner | values, staff_id=by)
    elif one.part is Part.DOMAIN and not await OrganisationDomain.exists(domain=one.value):
        role = next(role for role in person.roles if role.until is None)
        values = {"organisation_id": role.organisation_id, "domain": one.value}
        await directory_edits.add(OrganisationDomain, values, staff_id=by)


async def _organisation_called(name: str, by: int | None) -> int:
    """Return the organisation of this name, entering it if there is none."""
    known = await Organisation.filter(sort_key=sort_key(name)).order_by("id").first()
    if known:
        return int(known.id)
    entered = await directory_edits.add(Organisation, {"name": name[:300]}, staff_id=by)
    return int(entered.id)
