"""Whom may a held entry be with?  The participant to decide on, and who may be meant, the best first."""

from collections.abc import Collection
from dataclasses import dataclass

from history.clues import Hint, clues_of
from storage import directory, lookups
from storage.directory import PersonLine
from storage.entries import Entry, Participant
from storage.lookups import KnownOrganisation
from storage.named import persons_beginning
from storage.sort_keys import sort_key, spellings

_MOST, _MOST_ORGANISATIONS = 9, 3  # one for each digit
# What speaks together for somebody, the strongest first.
_STRONGEST = tuple(
    frozenset(together)
    for together in (
        {Hint.ADDRESS},
        {Hint.FULL_NAME, Hint.LETTER},
        {Hint.LETTER},
        {Hint.FULL_NAME, Hint.WORKS_THERE},
        {Hint.FULL_NAME, Hint.CONVERSATION},
        {Hint.FULL_NAME},
        {Hint.FAMILY_NAME, Hint.WORKS_THERE},
        {Hint.FAMILY_NAME, Hint.CONVERSATION},
        {Hint.DOMAIN},
        {Hint.CONVERSATION},
        {Hint.FAMILY_NAME},
        {Hint.WORKS_THERE},
    )
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person or an organisation that may be meant, and what speaks for it."""

    hints: tuple[Hint, ...]
    person: PersonLine | None = None
    organisation: KnownOrganisation | None = None


def open_participant(entry: Entry, asked: str) -> Participant | None:
    """Return the participant to decide on: the one with the id *asked*, else the first who is linked to nobody."""
    participants = list(entry.participants)
    unknown = [one for one in participants if one.person_id is None]
    wanted = [one for one in participants if str(one.id) == asked]
    return next(iter(wanted or unknown or participants), None)


def guess(participant: Participant | None) -> str:
    """Return what to look for first: the family name that the mail itself gives, or the local part."""
    if participant is None:
        return ""
    words = (participant.name or participant.written.partition("@")[0].replace(".", " ")).split()
    return words[-1] if words else ""


async def candidates(entry: Entry, participant: Participant | None, text: str = "") -> list[Candidate]:
    """Return who may be meant, the best first, each with what speaks for them; with *text* whom that finds."""
    if text:
        return await _found(text)
    clues = await clues_of(entry, participant)
    ranked = sorted(clues.persons.items(), key=lambda one: _rank(one[1]))[:_MOST]
    lines = await directory.person_lines([person_id for person_id, _ in ranked])
    known = [
        Candidate(_in_order(hints), person=lines[person_id])
        for person_id, hints in ranked
        if person_id in lines
    ]
    named = [
        Candidate(_in_order(hints), organisation=clues.known[organisation_id])
        for organisation_id, hints in clues.organisations.items()
        if organisation_id in clues.known
    ]
    return sorted([*known, *named], key=lambda one: _rank(one.hints))[:_MOST]


async def _found(text: str) -> list[Candidate]:
    persons = (await directory.persons(text=text, most=_MOST - _MOST_ORGANISATIONS)).lines
    organisations = (await directory.organisations(text=text, most=_MOST_ORGANISATIONS)).lines
    return [
        *(Candidate((Hint.FOUND,), person=line) for line in persons),
        *(
            Candidate(
                (Hint.FOUND,), organisation=KnownOrganisation(line.organisation.id, line.organisation.name)
            )
            for line in organisations
        ),
    ]


def _rank(hints: Collection[Hint]) -> tuple[int, int]:
    """Return the place in order: by the strongest that speaks for somebody, then by how much does."""
    places = (place for place, together in enumerate(_STRONGEST) if together <= set(hints))
    return next(places, len(_STRONGEST)), -len(hints)


def _in_order(hints: Collection[Hint]) -> tuple[Hint, ...]:
    return tuple(hint for hint in Hint if hint in hints)


async def likely(participant: Participant | None, *, most: int) -> list[int]:
    """Return the persons who may be meant: who have the address, then who have both names, then the family name."""
    if participant is None:
        return []
    holders = await lookups.holders([participant.key]) if participant.key else {}
    having = [one.person.id for one in holders.get(participant.key, ()) if one.person]
    words = {form for word in sort_key(participant.name).split() for form in spellings(word)}
    alike = await persons_beginning({form for form in spellings(guess(participant)) if form})
    alike.sort(key=lambda one: sort_key(one.given_name).partition(" ")[0] not in words)
    return list(dict.fromkeys([*having, *(one.id for one in alike)]))[:most]
