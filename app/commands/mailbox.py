"""postbuch mailbox: which mailboxes are read, and does it work?"""

import json
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from app.commands.mailbox_add import add
from app.commands.mailbox_trial import show_trial
from app.commands.opening import Refused, opened, run
from app.settings import Settings, read_settings
from storage import mailboxes
from storage.mailboxes import Mailbox

commands = typer.Typer(
    no_args_is_help=True, help="Mailboxes that are read: add, list, test, pause, resume, remove."
)
Which = Annotated[str, typer.Argument(help="Number or name (see `postbuch mailbox list`).")]
commands.command()(add)


@commands.command("list")
def list_mailboxes(*, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """List the mailboxes that are read, and how that gets on.

    Example: postbuch mailbox list
    """
    found = run(_everyones(read_settings()))
    if as_json:
        typer.echo(json.dumps([_as_json(one) for one in found], indent=2, ensure_ascii=False))
    else:
        Console().print(_table(found))


@commands.command()
def test(which: Which) -> None:
    """Try a mailbox step by step, and say what works and what does not; it changes nothing there.

    Example: postbuch mailbox test 1
    """
    settings = read_settings()
    mailbox = run(_found(settings, which))
    if not show_trial(mailbox, settings):
        raise typer.Exit(1)


@commands.command()
def pause(which: Which) -> None:
    """Read a mailbox no more until it is resumed.

    Example: postbuch mailbox pause 1
    """
    mailbox = run(_set_paused(read_settings(), which, paused=True))
    typer.echo(f"{mailbox.name} is paused.")


@commands.command()
def resume(which: Which) -> None:
    """Read a paused mailbox again, from where it was left.

    Example: postbuch mailbox resume 1
    """
    mailbox = run(_set_paused(read_settings(), which, paused=False))
    typer.echo(f"{mailbox.name} is read again.")


@commands.command()
def remove(which: Which) -> None:
    """Read a mailbox no more, and forget its password; what was captured stays.

    Example: postbuch mailbox remove 1
    """
    mailbox = run(_remove(read_settings(), which))
    typer.echo(f"{mailbox.name} is no longer read.")


async def _everyones(settings: Settings) -> list[Mailbox]:
    async with opened(settings):
        return await mailboxes.everyones()


async def _found(settings: Settings, which: str) -> Mailbox:
    async with opened(settings):
        return await _one(which)


async def _set_paused(settings: Settings, which: str, *, paused: bool) -> Mailbox:
    async with opened(settings):
        mailbox = await _one(which)
        change = mailboxes.pause if paused else mailboxes.resume
        if not await change(mailbox.id, by=None):
            raise Refused(f"{mailbox.name} is {'paused already' if paused else 'not paused'}.")
        return mailbox


async def _remove(settings: Settings, which: str) -> Mailbox:
    async with opened(settings):
        mailbox = await _one(which)
        await mailboxes.remove(mailbox.id, by=None)
        return mailbox


async def _one(which: str) -> Mailbox:
    """Return the mailbox with this number or name; Refused if it is none, or not the only one."""
    found = [one for one in await mailboxes.everyones() if which in {str(one.id), one.name}]
    if not found:
        raise Refused(f"{which}: no mailbox has this number or name (see `postbuch mailbox list`).")
    if len(found) > 1:
        raise Refused(f"{which}: {len(found)} mailboxes are called so: give the number.")
    return found[0]


def _as_json(mailbox: Mailbox) -> dict[str, Any]:
    last = mailbox.last_mail_at
    return {
        "id": mailbox.id,
        "name": mailbox.name,
        "staff": mailbox.staff.login if mailbox.staff else None,
        "host": mailbox.host,
        "port": mailbox.port,
        "encryption": mailbox.tls,
        "login": mailbox.login,
        "folders": mailbox.folders or [place.name for place in mailbox.places],
        "since": mailbox.only_from.isoformat() if mailbox.only_from else None,
        "after": mailbox.after,
        "state": mailbox.state,
        "problem": mailbox.problem or None,
        "problem_parameters": mailbox.problem_parameters,
        "filled": mailbox.filled,
        "to_fill": mailbox.to_fill,
        "left_out": mailbox.left_out,
        "last_mail_at": last.isoformat() if last else None,
        "silent_since": mailbox.alarmed_at.isoformat() if mailbox.alarmed_at else None,
    }


def _table(found: list[Mailbox]) -> Table:
    table = Table("No", "Name", "Staff", "Server", "State", "Older mails", "Last mail")
    for one in found:
        state = f"{one.state}: {one.problem}" if one.problem else str(one.state)
        older = f"{one.filled} of {one.to_fill}" if one.to_fill else ""
        last = f"{one.last_mail_at:%Y-%m-%d %H:%M}" if one.last_mail_at else ""
        whose = one.staff.name if one.staff else "(shared)"
        table.add_row(str(one.id), one.name, whose, f"{one.host}:{one.port}", state, older, last)
    return table
