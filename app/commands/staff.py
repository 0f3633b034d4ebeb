"""postbuch staff: who works here, from the command line."""

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from app.commands.opening import Refused, opened, run
from app.first_start import temporary_password
from app.settings import Settings, read_settings
from mail.address import Address
from storage import capturing, roster
from storage.connect import transaction
from storage.staff import AccessRole, Staff, StaffAddressKind
from web.i18n import LANGUAGES
from web.password import hashed

commands = typer.Typer(no_args_is_help=True, help="Who works here: add, list, revoke, password.")
Who = Annotated[str, typer.Argument(help="Login, e-mail address or number (see `postbuch staff list`).")]


@commands.command()
def add(
    name: Annotated[str, typer.Argument(help="Name as colleagues write it.")],
    address: Annotated[str, typer.Argument(help="The e-mail address they write from; also the login.")],
    *,
    access: Annotated[AccessRole, typer.Option(help="What they may do.")] = AccessRole.STAFF,
    language: Annotated[str, typer.Option(help="Language of the pages: " + ", ".join(LANGUAGES))] = "de",
    alias: Annotated[
        list[str] | None, typer.Option(help="A further address of theirs; may be repeated.")
    ] = None,
) -> None:
    """Add a staff member; prints their capture address and a temporary password.

    Example: postbuch staff add "Eva Graf" eva.graf@firm.example --access marketer
    """
    if language not in LANGUAGES:
        raise Refused(f"{language}: the pages speak {', '.join(LANGUAGES)}.")
    password = temporary_password()
    addresses = [_address(text) for text in (address, *(alias or ()))]
    settings = read_settings()
    captured_at = run(_add(settings, name, addresses, access, language, password))
    typer.echo(f"{name} is added.")
    typer.echo(f"  Capture address     {captured_at}")
    typer.echo(f"  Login               {addresses[0].key}")
    typer.echo(f"  Temporary password  {password}  (is changed at the first login; not shown again)")


@commands.command("list")
def list_staff(
    *,
    former: Annotated[bool, typer.Option("--all", help="Also who has left.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List staff with their addresses.

    Example: postbuch staff list --all
    """
    staff = run(_list(read_settings(), former=former))
    if as_json:
        typer.echo(json.dumps([_as_json(one) for one in staff], indent=2, ensure_ascii=False))
    else:
        Console().print(_table(staff))


@commands.command()
def revoke(who: Who) -> None:
    """Note that somebody has left: their capture addresses and logins end now, their history stays.

    Example: postbuch staff revoke eva.graf@firm.example
    """
    staff = run(_revoke(read_settings(), who))
    typer.echo(f"{staff.name} can no longer log in or capture.")


@commands.command()
def password(who: Who) -> None:
    """Give somebody who cannot log in a new temporary password, and end their logins.

    Example: postbuch staff password admin
    """
    new = temporary_password()
    staff = run(_set_password(read_settings(), who, new))
    typer.echo(
        f"Temporary password of {staff.login}: {new}  (is changed at the first login; not shown again)"
    )


async def _add(
    settings: Settings, name: str, addresses: list[Address], access: AccessRole, language: str, password: str
) -> str:
    async with opened(settings):
        new = roster.NewStaff(name, addresses[0], access, language, password_hash=await hashed(password))
        try:
            async with transaction():
                staff = await roster.add(new, by=None)
                for further in addresses[1:]:
                    await roster.add_address(further, by=None, kind=StaffAddressKind.ALIAS, staff_id=staff.id)
                return (await capturing.make_for(staff.id, settings.capture.domain)).key
        except roster.AddressTaken as error:
            raise Refused(
                f"{error}: somebody has this address already (see `postbuch staff list --all`)."
            ) from None


async def _list(settings: Settings, *, former: bool) -> list[Staff]:
    async with opened(settings):
        return await (roster.everybody() if former else roster.present())


async def _revoke(settings: Settings, who: str) -> Staff:
    async with opened(settings):
        staff = await _found(who)
        try:
            if not await roster.leave(staff.id, by=None):
                raise Refused(f"{staff.name} has left already.")
        except roster.LastAdministrator:
            raise Refused(
                f"{staff.name} is the only administrator: make another one first "
                "(`postbuch staff add NAME ADDRESS --access administrator`)."
            ) from None
        return staff


async def _set_password(settings: Settings, who: str, new: str) -> Staff:
    async with opened(settings):
        staff = await _found(who)
        if staff.left_at is not None:
            raise Refused(f"{staff.name} has left.")
        await roster.set_password(staff.id, await hashed(new), temporary=True, by=None)
        return staff


async def _found(who: str) -> Staff:
    staff = await roster.find(who)
    if staff is None:
        raise Refused(
            f"{who}: nobody of the staff has this login, address or number (see `postbuch staff list`)."
        )
    return staff


def _address(text: str) -> Address:
    address = Address.parse(text)
    if address is None:
        raise Refused(f"{text}: this is no e-mail address.")
    return address


def _as_json(staff: Staff) -> dict[str, object]:
    return {
        "id": staff.id,
        "name": staff.name,
        "login": staff.login,
        "access": staff.access,
        "team": staff.team.name if staff.team else None,
        "addresses": [address.written for address in staff.addresses],
        "left": staff.left_at.isoformat() if staff.left_at else None,
    }


def _table(staff: list[Staff]) -> Table:
    table = Table("No", "Name", "Login", "Access", "Addresses", "Left")
    for one in staff:
        addresses = ", ".join(address.written for address in one.addresses)
        left = f"{one.left_at:%Y-%m-%d}" if one.left_at else ""
        table.add_row(str(one.id), one.name, one.login, one.access, addresses, left)
    return table
