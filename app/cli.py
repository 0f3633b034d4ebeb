"""postbuch: the command line.

Wrong use ends with a sentence that says what to do, and exit code 1; a traceback
is a bug.
"""

import sys
from typing import Annotated

import typer

from app.commands import (
    attachments,
    demo,
    doctor,
    history,
    import_,
    jobs,
    mailbox,
    migrate,
    parse,
    secrets,
    serve,
    staff,
)
from app.commands.opening import Refused, shown_url
from app.settings import WrongSettings, read_settings
from app.version import own_version
from storage.connect import StorageUnavailable, WrongDatabaseURL
from storage.schema import BrokenReferences, NewerDatabase, UnusableDatabase
from storage.secret_key import WrongSecretKey
from storage.secrets import WrongEncryptionKeys

application = typer.Typer(
    name="postbuch",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Postbuch: who exchanged what with whom, and when?",
    epilog="Settings come from postbuch.toml in the data folder (./var, or where POSTBUCH_DATA says) and from "
    "POSTBUCH_… in the environment: see docs/settings.md.",
)
application.command()(serve.serve)
application.command()(migrate.migrate)
application.add_typer(staff.commands, name="staff")
application.add_typer(mailbox.commands, name="mailbox")
application.add_typer(import_.commands, name="import")
application.add_typer(attachments.commands, name="attachments")
application.command()(parse.parse)
application.command()(history.history)
application.command()(jobs.failed)
application.command()(jobs.retry)
application.add_typer(secrets.commands, name="secrets")
application.command()(doctor.doctor)
application.command()(demo.demo)


def main() -> None:
    """Run the command that the arguments name; what `postbuch` starts."""
    try:
        application()
    except WrongSettings as error:
        _end(f"wrong settings:\n{error}")
    except StorageUnavailable as error:
        url = shown_url(read_settings().database)
        _end(f"the database {url} cannot be used just now: {error.__cause__ or error}; see `postbuch doctor`")
    except (
        Refused,
        WrongDatabaseURL,
        UnusableDatabase,
        NewerDatabase,
        BrokenReferences,
        WrongSecretKey,
        WrongEncryptionKeys,
    ) as error:
        _end(str(error))
    except PermissionError as error:
        _end(f"{error.filename}: no permission; give this user the right to it, or set POSTBUCH_DATA")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(own_version())
        raise typer.Exit


@application.callback()
def _every_command(
    *,
    version: Annotated[bool, typer.Option("--version", help="Print the version.", callback=_version)] = False,
) -> None:
    """Postbuch: who exchanged what with whom, and when?"""


def _end(text: str) -> None:
    print(f"postbuch: {text}", file=sys.stderr)
    sys.exit(1)
