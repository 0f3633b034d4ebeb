"""postbuch import scans: letters that were scanned before."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from app.commands.opening import Refused, opened, run
from app.importing_scans import TakenScans, import_scans
from app.logs import set_up_logs
from app.settings import Settings, read_settings
from storage import roster


def scans(
    paths: Annotated[list[Path], typer.Argument(help="PDF, TIFF, JPEG or PNG files, or folders of such.")],
    *,
    staff: Annotated[
        str | None, typer.Option("--as", help="Who scanned them: login, e-mail address or number.")
    ] = None,
    outgoing: Annotated[
        bool, typer.Option("--outgoing", help="They are letters that we sent, whatever stands on them.")
    ] = False,
) -> None:
    """Take scanned letters out of files and folders, read and file them; the files stay where they are.

    Each file is one scan, however often it is imported. It may run beside the service.

    Example: postbuch import scans archive/2025 --as eva.graf@firm.example
    """
    if missing := [str(path) for path in paths if not path.exists()]:
        raise Refused(f"{', '.join(missing)}: there is no such file or folder.")
    settings = read_settings()
    set_up_logs("warning")
    console = Console(stderr=True)
    with console.status("Reading") if console.is_terminal else console:
        taken = run(_import(settings, paths, staff, is_outgoing=outgoing))
    typer.echo(f"{taken.new + taken.known} scans: {taken.new} new, {taken.known} known already.")
    for name, why in taken.left_out:
        typer.echo(f"  left out: {name}: {why}")


async def _import(settings: Settings, paths: list[Path], who: str | None, *, is_outgoing: bool) -> TakenScans:
    async with opened(settings):
        owner = await roster.find(who) if who else None
        if who and owner is None:
            raise Refused(
                f"{who}: nobody of the staff has this login, address or number (see `postbuch staff list --all`)."
            )
        return await import_scans(settings, paths, owner.id if owner else None, is_outgoing=is_outgoing)
