"""postbuch history: what was exchanged with a person or organisation."""

import json
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from app.commands.opening import Refused, opened, run
from app.settings import Settings, read_settings
from history.reasons import SENTENCES
from history.timeline import (
    EntryLine,
    Filters,
    ParticipantLine,
    timeline_of_organisation,
    timeline_of_person,
)
from storage import directory
from storage.correspondents import Organisation, Person
from storage.entries import Direction
from storage.sort_keys import sort_key, spellings

_ARROWS = {Direction.INCOMING: "<-", Direction.OUTGOING: "->", Direction.INTERNAL: "--"}
_PAGE = 100
_MOST_NAMED = 20
Party = Organisation | Person


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose history is asked for: in words, or by the number of a row."""

    text: str | None
    person: int | None
    organisation: int | None


def history(
    who: Annotated[
        str | None, typer.Argument(help="Name, e-mail address, domain or customer number.")
    ] = None,
    *,
    person: Annotated[int | None, typer.Option(help="A person's number instead.")] = None,
    organisation: Annotated[int | None, typer.Option(help="An organisation's number instead.")] = None,
    most: Annotated[int, typer.Option(min=1, help="How many entries, the newest first.")] = 50,
    why: Annotated[bool, typer.Option("--why", help="Say why each belongs here.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Print the contact history of a person or organisation, the newest entry first.

    Example: postbuch history anna.muster@muster.example --most 10
    """
    asked = Asked(who, person, organisation)
    if sum(bool(one) for one in (who, person, organisation)) != 1:
        raise Refused(
            "Say whose history: `postbuch history NAME`, or --person or --organisation with a number."
        )
    settings = read_settings()
    party, entries = run(_history(settings, asked, most))
    if as_json:
        typer.echo(json.dumps(_as_json(party, entries), ensure_ascii=False, indent=2))
        return
    typer.echo(f"{party.name} ({_kind(party)} {party.id})")
    for entry in entries:
        _print(entry, settings, why=why)
    if not entries:
        typer.echo("Nothing was exchanged yet.")


async def _history(settings: Settings, asked: Asked, most: int) -> tuple[Party, list[EntryLine]]:
    async with opened(settings):
        party = await _party(asked)
        entries: list[EntryLine] = []
        after = None
        while len(entries) < most:
            timeline_of = timeline_of_organisation if isinstance(party, Organisation) else timeline_of_person
            size = min(_PAGE, most - len(entries))
            page = await timeline_of(party.id, filters=Filters(), after=after, most=size)
            entries += page.entries
            after = page.after
            if after is None:
                break
        return party, entries


async def _party(asked: Asked) -> Party:
    if asked.text:
        return _chosen(asked.text, await _named(asked.text))
    found: Party | None
    if asked.person is not None:
        found = await directory.person(asked.person)
    else:
        found = await directory.organisation(asked.organisation or 0)
    if found is None:
        raise Refused("There is nobody with this number.")
    return found


async def _named(text: str) -> list[Party]:
    firms = await directory.organisations(text=text, most=_MOST_NAMED)
    persons = await directory.persons(text=text, most=_MOST_NAMED)
    found: list[Party] = [line.organisation for line in firms.lines]
    addressed = [line.person for line in persons.lines if "@" in text or _is_called(line.person, text)]
    # A person is also found by the name of their organisation; that is not whom one asks for.
    return found + (addressed if addressed or found else [line.person for line in persons.lines])


def _chosen(text: str, found: list[Party]) -> Party:
    """Return the only one found, or the only one that is called just so; else Refused with a list."""
    exact = [party for party in found if sort_key(party.name) == sort_key(text)]
    if len(found) == 1 or len(exact) == 1:
        return (exact or found)[0]
    if not found:
        raise Refused(f"{text}: no person or organisation has this name, address, domain or number.")
    lines = "\n".join(f"  --{_kind(party)} {party.id:<6} {party.name}" for party in found[:_MOST_NAMED])
    raise Refused(f"{text}: these are called so; say which:\n{lines}")


def _is_called(person: Person, text: str) -> bool:
    words = sort_key(person.name).split()
    return all(any(key in words for key in spellings(word)) for word in text.split())


def _kind(party: Party) -> str:
    return "organisation" if isinstance(party, Organisation) else "person"


def _print(entry: EntryLine, settings: Settings, *, why: bool) -> None:
    at = f"{entry.at.astimezone(settings.zone):%Y-%m-%d %H:%M}"
    others = ", ".join(_shown(one) for one in entry.participants)
    staff = ", ".join(dict.fromkeys(one.name for one in entry.staff))
    held = "  (held)" if entry.held_reason else ""
    typer.echo(f"{at}  {_ARROWS[entry.direction]}  {entry.subject or '(no subject)'}{held}")
    typer.echo(f"                      {others} / {staff}")
    for one in entry.participants if why else ():
        typer.echo(f"                      {_reason(one)}")


def _shown(one: ParticipantLine) -> str:
    return one.person_name or one.organisation_name or one.name or one.written


def _reason(one: ParticipantLine) -> str:
    sentence = SENTENCES.get(one.reason, one.reason)
    try:
        return sentence.format_map(one.reason_parameters)
    except KeyError:  # an entry of an older version: the sentence has other places now
        return sentence


def _as_json(party: Party, entries: list[EntryLine]) -> dict[str, Any]:
    return {
        "kind": _kind(party),
        "id": party.id,
        "name": party.name,
        "entries": [_entry_as_json(entry) for entry in entries],
    }


def _entry_as_json(entry: EntryLine) -> dict[str, Any]:
    return {
        "id": entry.id,
        "at": entry.at.isoformat(),
        "kind": entry.kind,
        "direction": entry.direction,
        "subject": entry.subject,
        "thread": entry.thread_id,
        "attachments": entry.attachments,
        "held": entry.held_reason,
        "staff": list(dict.fromkeys(one.name for one in entry.staff)),
        "participants": [_participant_as_json(one) for one in entry.participants],
    }


def _participant_as_json(one: ParticipantLine) -> dict[str, Any]:
    return {
        "address": one.written,
        "name": one.name,
        "person": one.person_name or None,
        "organisation": one.organisation_name or None,
        "why": _reason(one),
    }
