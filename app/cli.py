"""postbuch: the command line.

Wrong use ends with a sentence that says what to do, and exit code 1; a traceback
is a bug.
"""

import gc
import sys
from importlib import import_module
from typing import Annotated

import typer

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
# In the order of the help; the module of each is loaded only when it is needed.
_MODULES = {
    "serve": "serve",
    "migrate": "migrate",
    "staff": "staff",
    "mailbox": "mailbox",
    "scan": "scan",
    "import": "import_",
    "export": "export",
    "attachments": "attachments",
    "parse": "parse",
    "read-letter": "read_letter",
    "match": "match",
    "history": "history",
    "organisation": "organisation",
    "person": "person",
    "failed": "jobs",
    "retry": "jobs",
    "print": "print_",
    "secrets": "secrets",
    "doctor": "doctor",
    "demo": "demo",
}


def main() -> None:
    """Run the command that the arguments name."""
    named = sys.argv[1] if len(sys.argv) > 1 else ""
    for name in [named] if named in _MODULES else _MODULES:
        _load(name)
    gc.enable()
    try:
        application(prog_name="postbuch")
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


def _load(name: str) -> None:
    module = import_module(f"app.commands.{_MODULES[name]}")
    if (group := getattr(module, "commands", None)) is not None:
        application.add_typer(group, name=name)
    else:
        application.command(name)(getattr(module, name.replace("-", "_")))


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
