"""postbuch export: take out what is kept."""

import asyncio
import os
import sys
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from app.commands.opening import Refused, opened, run
from app.logs import set_up_logs
from app.settings import Settings, read_settings
from ingest.correspondents.own_files import own_tag
from ingest.correspondents.writing import ExportKind, written
from storage.secret_key import secret_key

commands = typer.Typer(no_args_is_help=True, help="Take out what is kept: correspondents.")


@commands.callback()
def _every_export() -> None:
    """Take out what is kept."""


@commands.command()
def correspondents(
    *,
    kind: Annotated[ExportKind, typer.Option("--format", help="The kind of file.")] = ExportKind.CSV,
    to: Annotated[Path | None, typer.Option(help="The file; without one, it is printed.")] = None,
) -> None:
    """Export all organisations and persons with everything that belongs to them.

    An import of the CSV or XLSX file into an empty Postbuch makes the same again; a vCard says what
    vCards can. It may run beside the service.

    Example: postbuch export correspondents --format xlsx --to contacts.xlsx
    """
    settings = read_settings()
    set_up_logs("warning")
    try:
        if to is None:
            run(_write(settings, kind, sys.stdout.buffer))
            return
        # Under another name until it is whole: half an export must not be taken for one.
        part = to.with_name(f"{to.name}.part")
        with open(part, "wb", opener=_for_owner_only) as file:
            run(_write(settings, kind, file))
        part.replace(to)
    except OSError as error:
        raise Refused(f"{to or 'standard output'}: {error.strerror or error}") from None


async def _write(settings: Settings, kind: ExportKind, file: BinaryIO) -> None:
    async with opened(settings):
        async for piece in written(kind, own_tag(secret_key(settings.data_folder))):
            await asyncio.to_thread(file.write, piece)
        file.flush()


def _for_owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
