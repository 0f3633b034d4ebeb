"""postbuch organisation: which organisations there are, from the command line."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer

from app.commands.opening import Refused, opened, run
from app.commands.people import first_lines, organisation_named, print_facts, print_json, print_lines
from app.settings import Settings, read_settings
from storage import directory, directory_edits
from storage.correspondents import Organisation, OrganisationDomain, OrganisationNumber
from storage.directory import OrganisationLine
from storage.listing import Order
from storage.looking_for import Wanted
from web.forms import Form
from web.i18n import LANGUAGES

Belongings = list[tuple[type[Any], dict[str, Any]]]
commands = typer.Typer(no_args_is_help=True, help="Organisations: list, show, add.")


@commands.command("list")
def list_organisations(
    words: Annotated[
        list[str] | None, typer.Argument(help="Words of name, domain, address or number.")
    ] = None,
    *,
    language: Annotated[str, typer.Option(help="Only of this language.")] = "",
    industry: Annotated[str, typer.Option(help="Only of this industry.")] = "",
    interest: Annotated[str, typer.Option(help="Only with this interest.")] = "",
    sort: Annotated[Order, typer.Option(help="By what they are ordered.")] = Order.NAME,
    most: Annotated[int, typer.Option(min=1, help="How many.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List organisations.

    Example: postbuch organisation list glas --sort last_contact --most 20
    """
    wanted = Wanted(text=" ".join(words or ()), language=language, industry=industry, interest=interest)
    lines = run(_listed(read_settings(), wanted, sort, most))
    told = [_line_as_json(line) for line in lines]
    print_lines(
        ["Number", "Name", "Customer number", "Industry", "Persons", "Last contact"], told, as_json=as_json
    )


@commands.command()
def show(
    which: Annotated[str, typer.Argument(help="Name, domain, customer number or number.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show an organisation with all that belongs to it.

    Example: postbuch organisation show muster.example
    """
    told = run(_shown(read_settings(), which))
    print_facts(told, width=16, as_json=as_json)


@commands.command()
def add(  # noqa: PLR0913 - each is an option
    name: Annotated[str, typer.Argument(help="The name.")],
    *,
    domain: Annotated[list[str] | None, typer.Option(help="A mail domain of it; may be repeated.")] = None,
    number: Annotated[
        list[str] | None, typer.Option(help="An IBAN, UID or VAT number of it; may be repeated.")
    ] = None,
    customer_number: Annotated[str, typer.Option(help="The customer number.")] = "",
    legal_form: Annotated[str, typer.Option(help="AG, GmbH, SA, Sagl …")] = "",
    industry: Annotated[str, typer.Option(help="The industry.")] = "",
    language: Annotated[str, typer.Option(help="Language: " + ", ".join(LANGUAGES))] = "",
    parent: Annotated[str, typer.Option(help="The organisation that it belongs to: name or number.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Enter an organisation.

    Example: postbuch organisation add "Muster AG" --domain muster.example --language de
    """
    if language and language not in LANGUAGES:
        raise Refused(f"{language}: the languages are {', '.join(LANGUAGES)}.")
    values: dict[str, Any] = {
        "name": " ".join(name.split())[:300],
        "customer_number": customer_number or None,
        "legal_form": legal_form,
        "industry": industry,
        "language": language,
    }
    if not values["name"]:
        raise Refused("An organisation needs a name.")
    made = run(_added(read_settings(), values, _belongings(domain or (), number or ()), parent))
    if as_json:
        print_json({"id": made.id, "name": made.name})
    else:
        typer.echo(f"{made.name} is entered: organisation {made.id}.")


async def _listed(settings: Settings, wanted: Wanted, order: Order, most: int) -> list[OrganisationLine]:
    async with opened(settings):
        return await first_lines(
            lambda after, size: directory.organisations(wanted=wanted, order=order, after=after, most=size),
            most,
        )


async def _shown(settings: Settings, which: str) -> dict[str, Any]:
    async with opened(settings):
        row = await organisation_named(which)
        return {
            "id": row.id,
            "name": row.name,
            "legal_form": row.legal_form,
            "customer_number": row.customer_number,
            "industry": row.industry,
            "interests": row.interests,
            "language": row.language,
            "owner": row.owner.name if row.owner else None,
            "parent": row.parent.name if row.parent else None,
            "subsidiaries": [one.name for one in row.subsidiaries],
            "numbers": [one.value for one in row.numbers],
            "further_names": [one.name for one in row.former_names],
            "domains": [one.domain for one in row.domains],
            "emails": [one.written for one in row.emails if one.until is None],
            "phones": [one.key for one in row.phones if one.until is None],
            "persons": [role.person.name for role in row.roles if role.until is None],
            "note": row.note,
        }


async def _added(
    settings: Settings, values: dict[str, Any], belongings: Belongings, parent: str
) -> Organisation:
    async with opened(settings):
        if parent:
            values["parent_id"] = (await organisation_named(parent)).id
        try:
            return await directory_edits.add(
                Organisation,
                values,
                staff_id=None,
                belongings=belongings,
                country=settings.country,
            )
        except directory_edits.Taken as taken:
            raise Refused(f"Another organisation has this {taken.field.replace('_', ' ')} already.") from None


def _belongings(domains: Sequence[str], numbers: Sequence[str]) -> Belongings:
    return [
        *((OrganisationDomain, {"domain": _read(text, Form.domain)}) for text in domains),
        *((OrganisationNumber, {"value": _read(text, Form.registered_number)}) for text in numbers),
    ]


def _read(text: str, read: Callable[[Form, str], str]) -> str:
    form = Form({"text": text})
    value = read(form, "text")
    for sentence, parameters in form.errors.values():
        raise Refused(f"{text}: {sentence % parameters}")
    return value


def _line_as_json(line: OrganisationLine) -> dict[str, Any]:
    row = line.organisation
    return {
        "id": row.id,
        "name": row.name,
        "customer_number": row.customer_number,
        "industry": row.industry,
        "persons": line.persons,
        "last_contact": f"{line.last_contact:%Y-%m-%d}" if line.last_contact else None,
    }
