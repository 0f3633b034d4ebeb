"""postbuch match: whom a mail would be with, and why."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from app.commands.opening import opened, run
from app.commands.parse import raw_of
from app.settings import Settings, read_settings
from history.reasons import SENTENCES
from ingest.originals import unfolded
from mail.parse import parse
from matcher.decide import Match
from matcher.explain import Explained, explain
from matcher.parties import Parties
from storage.lookups import KnownOrganisation, KnownPerson
from storage.reasons import Reason


@dataclass(frozen=True, slots=True)
class _Answer:
    """What is said of a mail; *is_original* if it is the one that a colleague forwarded."""

    parties: Parties
    participants: list[Explained]
    is_original: bool


def match(
    file: Annotated[str, typer.Argument(help="The file with one mail as it came, or - for standard input.")],
    *,
    explained: Annotated[bool, typer.Option("--explain", help="Say what each rule found.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Print whom a mail would be with, without entering it (docs/matching.md).

    Example: postbuch match offer.eml --explain
    """
    answer = run(_answer(read_settings(), raw_of(file)))
    if as_json:
        typer.echo(json.dumps(_as_json(answer), ensure_ascii=False, indent=2).encode("utf-8", "replace"))
    else:
        _print(answer, explained=explained)


async def _answer(settings: Settings, raw: bytes) -> _Answer:
    """Return what is said of a mail that came just now; roles and addresses of its own day count."""
    async with opened(settings):
        (read,) = await unfolded([(parse(raw), False, False)])
        at = read.message.date or datetime.now(UTC)
        parties, participants = await explain(read.message, at, country=settings.country)
        return _Answer(parties, participants, read.inside is not None)


def _print(answer: _Answer, *, explained: bool) -> None:
    original = " (the original inside a forward)" if answer.is_original else ""
    typer.echo(f"{answer.parties.direction.value} mail{original}")
    if answer.parties.held:
        typer.echo(f"  held: {_sentence(answer.parties.held, {})}")
    for one in answer.participants:
        name = f" ({one.outsider.name})" if one.outsider.name else ""
        typer.echo(f"{one.outsider.role.value}: {one.outsider.address}{name}")
        if explained:
            _print_evidence(one)
        typer.echo(f"  = {_decision(one.match)}")


def _print_evidence(one: Explained) -> None:
    for rule, evidence in one.evidence.items():
        for each in evidence:
            party = each.person or each.organisation
            hint = ", a hint" if each.reason.is_hint else ""
            whom = f" -> {_shown(party)}" if party else ""
            sentence = _sentence(each.reason, each.parameters)
            typer.echo(f"  {rule} [{each.strength.value}{hint}]: {sentence}{whom}")
        if not evidence:
            typer.echo(f"  {rule}: -")


def _decision(match: Match) -> str:
    who = " at ".join(_shown(party) for party in (match.person, match.organisation) if party) or "nobody"
    strength = f", {match.strength.value}" if match.strength else ""
    held = "" if match.is_decided else "; a person decides"
    return f"{who}{strength}{held}: {_sentence(match.reason, match.parameters)}"


def _shown(party: KnownPerson | KnownOrganisation) -> str:
    return f"{party.name} ({_kind(party)} {party.id})"


def _kind(party: KnownPerson | KnownOrganisation) -> str:
    return "person" if isinstance(party, KnownPerson) else "organisation"


def _sentence(reason: Reason, parameters: Mapping[str, str]) -> str:
    return SENTENCES[reason].format(**parameters)


def _as_json(answer: _Answer) -> dict[str, Any]:
    held = answer.parties.held
    return {
        "direction": answer.parties.direction,
        "original": answer.is_original,
        "held": _reason_json(held, {}) if held else None,
        "participants": [_participant_json(one) for one in answer.participants],
    }


def _participant_json(one: Explained) -> dict[str, Any]:
    return {
        "role": one.outsider.role,
        "address": str(one.outsider.address),
        "name": one.outsider.name,
        "evidence": [
            {
                "rule": rule,
                "strength": each.strength,
                "hint": each.reason.is_hint,
                **_reason_json(each.reason, each.parameters),
                **_parties_json(each.person, each.organisation),
            }
            for rule, evidence in one.evidence.items()
            for each in evidence
        ],
        "decision": {
            "decided": one.match.is_decided,
            "strength": one.match.strength,
            **_reason_json(one.match.reason, one.match.parameters),
            **_parties_json(one.match.person, one.match.organisation),
            "function": one.match.function,
        },
        "candidates": [{"kind": _kind(each), "id": each.id, "name": each.name} for each in one.candidates],
    }


def _reason_json(reason: Reason, parameters: Mapping[str, str]) -> dict[str, Any]:
    return {"reason": reason, "parameters": dict(parameters), "sentence": _sentence(reason, parameters)}


def _parties_json(person: KnownPerson | None, organisation: KnownOrganisation | None) -> dict[str, Any]:
    return {
        "person": {"id": person.id, "name": person.name} if person else None,
        "organisation": {"id": organisation.id, "name": organisation.name} if organisation else None,
    }
