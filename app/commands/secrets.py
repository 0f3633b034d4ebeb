"""postbuch secrets: the keys with which passwords of others are kept."""

import typer

from app.commands.opening import opened, run
from app.settings import Settings, read_settings
from storage.secrets import FILE_NAME
from storage.secrets import rotate as rotate_keys

commands = typer.Typer(no_args_is_help=True, help="The keys with which passwords of mailboxes are kept.")


@commands.callback()
def _every_command() -> None:
    """The keys with which passwords of mailboxes are kept."""


@commands.command()
def rotate() -> None:
    """Make a new key, and seal all kept passwords and tokens anew; may run beside the service.

    Example: postbuch secrets rotate
    """
    settings = read_settings()
    number = run(_rotate(settings))
    typer.echo(
        f"{number} secrets are sealed with a new key in {settings.data_folder / FILE_NAME}: back it up, and "
        "destroy older copies."
    )


async def _rotate(settings: Settings) -> int:
    async with opened(settings):
        return await rotate_keys(settings.data_folder)
