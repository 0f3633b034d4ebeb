"""What the commands on organisations and persons share: whom somebody means, and tables."""

import json
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import typer
from rich.console import Console
from rich.table import Table

from app.commands.opening import Refused
from storage import directory
from storage.correspondents import Organisation, Person
from storage.directory import Listed
from storage.sort_keys import sort_key

_Found = TypeVar("_Found", Organisation, Person)
_Line = TypeVar("_Line")
_MOST_NAMED, _PAGE = 20, 200
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


async def first_lines(
    page_after: Callable[[str | None, int], Awaitable[Listed[_Line]]], most: int
) -> list[_Line]:
    """Return the first lines of a list, of which *page_after* gives so many behind a cursor."""
    lines: list[_Line] = []
    after: str | None = None
    while len(lines) < most:
        page = await page_after(after, min(_PAGE, most - len(lines)))
        lines += page.lines
        after = page.after
        if after is None:
            break
    return lines


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


def print_lines(columns: list[str], told: list[dict[str, Any]], *, as_json: bool) -> None:
    """Print the lines of a list, as JSON or below the names of their columns."""
    if as_json:
        print_json(told)
        return
    print_table(
        columns, [[str(value if value is not None else "") for value in one.values()] for one in told]
    )


def print_facts(told: dict[str, Any], *, width: int, as_json: bool) -> None:
    """Print what is known of somebody, as JSON or a line for each fact, behind its name."""
    if as_json:
        print_json(told)
        return
    for name, value in told.items():
        if value:
            lines = value if isinstance(value, list) else [value]
            typer.echo(f"{name.replace('_', ' '):<{width}} " + "; ".join(str(one) for one in lines))


def print_table(columns: list[str], rows: list[list[str]]) -> None:
    """Print rows below the names of their columns."""
    table = Table(*columns, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*row)
    Console().print(table)
