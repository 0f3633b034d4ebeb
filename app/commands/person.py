"""postbuch person: which persons there are, from the command line."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any

import typer

from app.commands.opening import Refused, opened, run
from app.commands.people import (
    first_lines,
    organisation_named,
    person_named,
    print_facts,
    print_json,
    print_lines,
)
from app.settings import Settings, read_settings
from mail.address import Address
from storage import directory, directory_edits, moving
from storage.correspondents import EmailAddress, Party, Person, PhoneNumber, Role
from storage.directory import PersonLine
from storage.listing import ORDERS, Order
from storage.looking_for import Wanted
from storage.moving import EndsBeforeItBegan, Move
from storage.phones import phone_key
from storage.salutations import list_name
from web.i18n import LANGUAGES

commands = typer.Typer(no_args_is_help=True, help="Persons: list, show, add, move.")


class Roles(StrEnum):
    """Which roles those have who are listed."""

    ANY = "any"
    OPEN = "open"
    ENDED = "ended"
    NONE = "none"


@commands.command("list")
def list_persons(  # noqa: PLR0913 - each is an option
    words: Annotated[list[str] | None, typer.Argument(help="Words of name, address or organisation.")] = None,
    *,
    language: Annotated[str, typer.Option(help="Only of this language.")] = "",
    interest: Annotated[str, typer.Option(help="Only with this interest.")] = "",
    function: Annotated[str, typer.Option(help="Only whose function begins so.")] = "",
    at: Annotated[str, typer.Option(help="Only of an organisation whose name begins so.")] = "",
    role: Annotated[
        Roles, typer.Option(help="Only who works so: today, formerly, nowhere today.")
    ] = Roles.ANY,
    sort: Annotated[Order, typer.Option(help="name, last_contact or place.")] = Order.NAME,
    most: Annotated[int, typer.Option(min=1, help="How many.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List persons.

    Example: postbuch person list müller --function einkauf --role open --sort last_contact
    """
    if sort not in ORDERS[Party.PERSON]:
        raise Refused(f"{sort.value}: persons are ordered by name, last_contact or place.")
    wanted = Wanted(
        text=" ".join(words or ()),
        language=language,
        interest=interest,
        function=function,
        organisation=at,
        has_role={Roles.OPEN: True, Roles.NONE: False}.get(role),
        has_left=role is Roles.ENDED,
    )
    lines = run(_listed(read_settings(), wanted, sort, most))
    told = [_line_as_json(line) for line in lines]
    print_lines(["Number", "Name", "E-mail", "Works at", "Last contact"], told, as_json=as_json)


@commands.command()
def show(
    who: Annotated[str, typer.Argument(help="Name, e-mail address or number.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show a person with all that belongs to them.

    Example: postbuch person show anna@muster.example
    """
    told = run(_shown(read_settings(), who))
    print_facts(told, width=12, as_json=as_json)


@commands.command()
def add(
    family_name: Annotated[str, typer.Argument(help="The family name, with its particles: von Gunten.")],
    given_name: Annotated[str, typer.Argument(help="The given name.")] = "",
    *,
    email: Annotated[list[str] | None, typer.Option(help="An e-mail address; may be repeated.")] = None,
    phone: Annotated[list[str] | None, typer.Option(help="A telephone number; may be repeated.")] = None,
    at: Annotated[str, typer.Option(help="The organisation: name or number.")] = "",
    function: Annotated[str, typer.Option(help="What they do there.")] = "",
    language: Annotated[str, typer.Option(help="Language: " + ", ".join(LANGUAGES))] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Enter a person.

    Example: postbuch person add "von Gunten" Anna --email anna@muster.example --at "Muster AG"
    """
    if language and language not in LANGUAGES:
        raise Refused(f"{language}: the languages are {', '.join(LANGUAGES)}.")
    names = {
        "family_name": " ".join(family_name.split())[:150],
        "given_name": " ".join(given_name.split())[:150],
    }
    if not any(names.values()):
        raise Refused("A person needs a name.")
    ways: list[tuple[type[Any], dict[str, Any]]] = [
        (EmailAddress, {"written": _email(one)}) for one in email or ()
    ]
    ways += [(PhoneNumber, {"written": _phone(one)}) for one in phone or ()]
    made = run(_added(read_settings(), {**names, "language": language}, ways, at, function))
    if as_json:
        print_json({"id": made.id, "name": made.name})
    else:
        typer.echo(f"{made.name} is entered: person {made.id}.")


@commands.command()
def move(
    who: Annotated[str, typer.Argument(help="Name, e-mail address or number.")],
    to: Annotated[str, typer.Argument(help="The new organisation: name or number.")],
    *,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="First day there; today.")
    ] = None,
    function: Annotated[str, typer.Option(help="What they do there.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Let a person change employer: roles of today end with their addresses there; what was exchanged stays.

    Example: postbuch person move anna@muster.example "Neu AG" --since 2026-07-01
    """
    settings = read_settings()
    first_day = since.date() if since else datetime.now(settings.zone).date()
    told = run(_moved(settings, who, to, first_day, function))
    if as_json:
        print_json(told)
    else:
        typer.echo(f"{told['person']} works at {told['organisation']} from {told['since']} on.")


async def _listed(settings: Settings, wanted: Wanted, order: Order, most: int) -> list[PersonLine]:
    async with opened(settings):
        return await first_lines(
            lambda after, size: directory.persons(wanted=wanted, order=order, after=after, most=size), most
        )


async def _shown(settings: Settings, who: str) -> dict[str, Any]:
    async with opened(settings):
        row = await person_named(who)
        return {
            "id": row.id,
            "name": row.name,
            "salutation": row.salutation,
            "language": row.language,
            "interests": row.interests,
            "emails": [one.written for one in row.emails if one.until is None],
            "phones": [one.key for one in row.phones if one.until is None],
            "roles": [_role(role) for role in row.roles],
            "note": row.note,
        }


async def _added(
    settings: Settings,
    values: dict[str, Any],
    ways: list[tuple[type[Any], dict[str, Any]]],
    at: str,
    function: str,
) -> Person:
    async with opened(settings):
        roles: list[tuple[type[Any], dict[str, Any]]] = []
        if at:
            employer = await organisation_named(at)
            roles.append((Role, {"organisation_id": employer.id, "function": function[:200]}))
        return await directory_edits.add(
            Person, values, staff_id=None, belongings=[*roles, *ways], country=settings.country
        )


async def _moved(settings: Settings, who: str, to: str, first_day: date, function: str) -> dict[str, Any]:
    async with opened(settings):
        person, employer = await person_named(who), await organisation_named(to)
        ending = [role for role in person.roles if role.until is None]
        lost = await moving.addresses_of_employers(person, [role.organisation_id for role in ending])
        ends = frozenset(role.id for role in ending)
        its = Move(employer.id, function[:200], first_day, ends, frozenset(lost))
        try:
            await moving.move(person.id, its, staff_id=None)
        except EndsBeforeItBegan as error:
            raise Refused(
                f"{first_day}: what would end began on {error.since}; --since names a later day."
            ) from None
        return {"person": person.name, "organisation": employer.name, "since": first_day.isoformat()}


def _role(role: Role) -> str:
    days = " – ".join(str(day) if day else "" for day in (role.since, role.until)).strip(" –")
    told = ", ".join(part for part in (role.organisation.name, role.function) if part)
    return f"{told} ({days})" if days else told


def _email(text: str) -> str:
    address = Address.parse(text)
    if address is None or "." not in address.domain:
        raise Refused(f"{text}: this is no e-mail address.")
    return str(address)


def _phone(text: str) -> str:
    if not phone_key(text) or len(text) > 60:
        raise Refused(f"{text}: this is no telephone number.")
    return text


def _line_as_json(line: PersonLine) -> dict[str, Any]:
    return {
        "id": line.person.id,
        "name": list_name(line.person),
        "email": line.email,
        "works_at": ", ".join(role.organisation.name for role in line.roles),
        "last_contact": f"{line.last_contact:%Y-%m-%d}" if line.last_contact else None,
    }
