"""postbuch read-letter: a scanned letter as JSON."""

import json
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from app.commands.opening import Refused, run
from ingest.letters.fields.as_json import as_json, places
from ingest.letters.one_letter import read_letter as read_one
from ingest.letters.refusal import ScanRefused

_REFUSED = {
    "unknown-kind": "is no PDF, TIFF, JPEG or PNG: scan the letter anew as one of these",
    "empty": "is empty, or has no pages: scan the letter anew",
    "encrypted": "is protected by a password: save it without one, then read it again",
    "damaged": "is damaged: scan the letter anew, or open it elsewhere and print it to a new PDF",
    "too-large": "is too large: split it, or scan it at 300 dpi or less",
    "too-many-pages": "has too many pages for a letter: split it",
    "too-many-pixels": "has a page with too many pixels: scan it at 300 dpi or less",
    "bomb": "unpacks to far more than it should hold: do not open it; have the sender print it to a new PDF",
    "active": "would do something by itself when it is opened: have it printed to a new PDF",
    "too-long": "took too long to open: print it to a new PDF, or scan the letter anew",
}


def read_letter(
    file: Annotated[Path, typer.Argument(help="The scan of one letter: PDF, TIFF, JPEG or PNG.")],
    *,
    places_too: Annotated[bool, typer.Option("--places", help="Say also where each field stands.")] = False,
) -> None:
    """Print what a scanned letter says, as JSON (docs/letter-format.md).

    All pages of the file are one letter. Example: postbuch read-letter scan.pdf
    """
    _check(file)
    try:
        letter = run(read_one(file, today=date.today()))  # noqa: DTZ011 - the day on the wall of the office
    except ScanRefused as error:
        raise Refused(f"{file}: {_told(error)}") from None
    answer = as_json(letter.pages, letter.fields, problems=letter.problems)
    if places_too:
        answer["places"] = places(letter.fields)
    typer.echo(json.dumps(answer, ensure_ascii=False, indent=2).encode("utf-8", "replace"))


def _check(file: Path) -> None:
    """Raise Refused where there is no file that can be opened."""
    if file.is_dir():
        raise Refused(f"{file}: is a folder; name one file in it")
    try:
        with file.open("rb"):
            pass
    except OSError as error:
        raise Refused(f"{file}: {error.strerror}; name the file of a scan that you may read") from None


def _told(error: ScanRefused) -> str:
    told = _REFUSED.get(error.code, f"cannot be read ({error.code})")
    more = ", ".join(f"{name} {value}" for name, value in error.parameters.items())
    return f"{told} ({more})" if more else told
