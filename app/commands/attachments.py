"""postbuch attachments: read for the search what came with mail."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from app.commands.opening import opened, run
from app.logs import set_up_logs
from app.reading_files import Told, read_what_is_there
from app.settings import Settings, read_settings

_INTERRUPTED = 130
commands = typer.Typer(no_args_is_help=True, help="Read for the search what came with mail.")


@commands.callback()
def _every_command() -> None:
    """Read for the search what came with mail."""


@commands.command()
def read(
    *, again: Annotated[bool, typer.Option("--again", help="Read also what was read before.")] = False
) -> None:
    """Read the attachments of mail that is there already, of which nothing is known yet.

    The service does this by itself for every mail that comes; this is for what came before
    it could, and after an import without a service.  It may run beside the service.

    Example: postbuch attachments read
    """
    settings = read_settings()
    set_up_logs("warning")
    try:
        with _bar() as told:
            mails = run(_read(settings, told, again=again))
    except KeyboardInterrupt:
        typer.echo("Interrupted: what was read stays; the service reads the rest.", err=True)
        raise typer.Exit(_INTERRUPTED) from None
    typer.echo(f"Attachments of {mails} mails read." if mails else "All attachments are read already.")


async def _read(settings: Settings, told: Told, *, again: bool) -> int:
    async with opened(settings):
        return await read_what_is_there(settings, told, again=again)


@contextmanager
def _bar() -> Iterator[Told]:
    """Show how far the reading is, on a terminal; yield whom to tell."""
    console = Console(stderr=True)
    columns = (
        TextColumn("Reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("mails"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as bars:
        bar = bars.add_task("Reading", total=None)
        yield lambda done, total: bars.update(bar, completed=done, total=total)
