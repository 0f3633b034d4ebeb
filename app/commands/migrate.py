"""postbuch migrate: bring the database up to date."""

from typing import Annotated

import typer

from app.commands.opening import Refused, run, shown_url
from app.presence import running
from app.settings import read_settings
from storage.connect import unavailable_means_later
from storage.schema import migrate as bring_up_to_date
from storage.schema import pending


def migrate(
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Only say what is to be done; exit 1 if anything.")
    ] = False,
) -> None:
    """Bring the database up to date; a SQLite file is copied first, beside itself.

    Example: postbuch migrate --check
    """
    settings = read_settings()
    settings.data_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    names = run(_pending(settings.database))
    for name in names:
        typer.echo(name)
    if check:
        raise typer.Exit(1 if names else 0)
    if names and (present := running(settings.data_folder)):
        raise Refused(f"Stop the service first (process {present.pid}): it uses the tables.")
    run(_migrate(settings.database))
    typer.echo(f"{shown_url(settings.database)} is up to date.")


async def _pending(url: str) -> list[str]:
    with unavailable_means_later():
        return await pending(url)


async def _migrate(url: str) -> None:
    with unavailable_means_later():
        await bring_up_to_date(url)
