"""postbuch parse: a mail as JSON."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from app.commands.opening import Refused
from mail.as_json import as_json
from mail.parse import parse as read_mail


def parse(
    file: Annotated[str, typer.Argument(help="The file with one mail as it came, or - for standard input.")],
) -> None:
    """Print how a mail is read, as JSON (docs/parse-format.md).

    Example: postbuch parse offer.eml
    """
    message = read_mail(raw_of(file))
    typer.echo(json.dumps(as_json(message), ensure_ascii=False, indent=2).encode("utf-8", "replace"))


def raw_of(file: str) -> bytes:
    """Return the octets of a file, or of standard input for `-`; Refused if it cannot be read."""
    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise Refused(f"{file}: {error.strerror}") from None
