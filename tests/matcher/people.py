"""Colleagues, firms and persons to be matched, and mails between them, in few words each."""

from collections.abc import Sequence
from datetime import date, datetime
from email.utils import format_datetime
from itertools import count

from mail.address import Address
from mail.message import ParsedMessage
from mail.parse import parse
from storage import capturing, directory_edits, roster
from storage.correspondents import EmailAddress, Organisation, OrganisationDomain, Person, Role
from storage.staff import Staff, StaffAddressKind

CAPTURE_DOMAIN = "postbuch.test"
NOON = datetime.fromisoformat("2026-03-03T12:00:00+01:00")
_numbers = count(1)


def address(text: str) -> Address:
    """Return an address that is one."""
    parsed = Address.parse(text)
    assert parsed is not None
    return parsed


async def colleague(written: str = "eva@firm.example") -> Staff:
    """Add a member of staff with this address."""
    return await roster.add(roster.NewStaff(written.partition("@")[0].title(), address(written)), by=None)


async def also(staff: Staff, written: str, kind: StaffAddressKind = StaffAddressKind.ALIAS) -> None:
    """Give a colleague one more address."""
    await roster.add_address(address(written), by=None, kind=kind, staff_id=staff.id)


async def team(written: str, name: str = "Verkauf") -> None:
    """Add a team with a shared mailbox."""
    added = await roster.add_team(name, by=None)
    await roster.add_address(address(written), by=None, kind=StaffAddressKind.SHARED, team_id=added.id)


async def capture_address(staff: Staff) -> str:
    """Return a new secret capture address of a colleague."""
    return (await capturing.make_for(staff.id, CAPTURE_DOMAIN)).key


async def firm(name: str, *domains: str, address: str = "") -> Organisation:
    """Enter an organisation with its domains, and an address of its own."""
    belongings = [
        *((OrganisationDomain, {"domain": domain}) for domain in domains),
        *([(EmailAddress, {"written": address})] if address else []),
    ]
    return await directory_edits.add(Organisation, {"name": name}, staff_id=None, belongings=belongings)


async def person(name: str, *addresses: str, at: Organisation | None = None) -> Person:
    """Enter a person with addresses, and a role at an organisation."""
    given, _, family = name.rpartition(" ")
    entered = await directory_edits.add(
        Person, {"given_name": given, "family_name": family}, staff_id=None, belongings=()
    )
    for written in addresses:
        await reachable(entered, written)
    if at:
        await works(entered, at)
    return entered


async def reachable(
    who: Person, written: str, *, since: date | None = None, until: date | None = None
) -> None:
    """Enter an address of a person, from-until."""
    values = {"written": written, "person_id": who.id, "since": since, "until": until}
    await directory_edits.add(EmailAddress, values, staff_id=None)


async def works(
    who: Person,
    at: Organisation,
    function: str = "",
    *,
    since: date | None = None,
    until: date | None = None,
) -> None:
    """Enter a role of a person, from-until."""
    values = {
        "person_id": who.id,
        "organisation_id": at.id,
        "function": function,
        "since": since,
        "until": until,
    }
    await directory_edits.add(Role, values, staff_id=None)


def letter(
    author: str = "anna@muster.example",
    to: str = "eva@firm.example",
    *,
    subject: str = "Offerte",
    text: str = "Guten Tag\n",
    own_id: str | None = None,
    answers: Sequence[str] = (),
    at: datetime | None = NOON,
    **fields: str,
) -> bytes:
    """Return a mail.  *answers* are the ids of its References, the last its In-Reply-To."""
    header = {"From": author, "To": to, "Subject": subject, "Date": format_datetime(at) if at else ""}
    header["Message-ID"] = f"<{own_id or f'letter-{next(_numbers)}@muster.example'}>"
    if answers:
        header["References"] = " ".join(f"<{one}>" for one in answers)
        header["In-Reply-To"] = f"<{answers[-1]}>"
    header |= {name.replace("_", "-"): value for name, value in fields.items()}
    lines = [f"{name}: {value}" for name, value in header.items() if value]
    return "\r\n".join([*lines, "", text]).encode()


def read(author: str = "anna@muster.example", to: str = "eva@firm.example", **fields: str) -> ParsedMessage:
    """Return a mail as it is read."""
    return parse(letter(author, to, **fields))  # type: ignore[arg-type]
