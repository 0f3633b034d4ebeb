"""What the commands on organisations and persons share: whom somebody means, and tables."""

import json
from typing import Any, TypeVar

import typer
from rich.console import Console
from rich.table import Table

from app.commands.opening import Refused
from storage import directory
from storage.correspondents import Organisation, Person
from storage.sort_keys import sort_key

_Found = TypeVar("_Found", Organisation, Person)
_MOST_NAMED = 20
LARGEST_ID = 2**63 - 1


async def organisation_named(text: str) -> Organisation:
    """Return the organisation with a number, or the one that a name, domain or customer number means; else Refused."""
    if text.isascii() and text.isdigit() and int(text) <= LARGEST_ID:
        row = await directory.organisation(int(text))
        if row:
            return row
    lines = (await directory.organisations(text=text, most=_MOST_NAMED)).lines
    chosen = _chosen(text, [line.organisation for line in lines], "organisation")
    return await directory.organisation(chosen.id) or chosen


async def person_named(text: str) -> Person:
    """Return the person with a number, or the one that a name or address means; else Refused."""
    if text.isascii() and text.isdigit() and int(text) <= LARGEST_ID:
        row = await directory.person(int(text))
        if row:
            return row
    lines = (await directory.persons(text=text, most=_MOST_NAMED)).lines
    chosen = _chosen(text, [line.person for line in lines], "person")
    return await directory.person(chosen.id) or chosen


def _chosen(text: str, found: list[_Found], kind: str) -> _Found:
    exact = [one for one in found if sort_key(one.name) == sort_key(text)]
    if len(found) == 1 or len(exact) == 1:
        return (exact or found)[0]
    if not found:
        raise Refused(f"{text}: no {kind} is called so; `postbuch {kind} list` shows them.")
    lines = "\n".join(f"  {one.id:<8} {one.name}" for one in found)
    raise Refused(f"{text}: several fit; say which by its number:\n{lines}")


def print_json(told: Any) -> None:
    """Print something as JSON."""
    typer.echo(json.dumps(told, ensure_ascii=False, indent=2, default=str))


def print_table(columns: list[str], rows: list[list[str]]) -> None:
    """Print rows below the names of their columns."""
    table = Table(*columns, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*row)
    Console().print(table)
