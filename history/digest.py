"""What is held for whom, and how is it decided from a digest?  By reply, or by a signed link.

A digest is a notice; its parameters keep the entries in order, each with those who
may be meant: those whom the queue of held entries proposes, in its order.  Numbers and
letters in the mail are places in these lists: `2 b` is the second of the second entry,
whatever has come since.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from history import held
from history.candidates import Candidate, candidates, open_participant
from mail.tokens import numbers_in, token
from storage import lookups, one_entry
from storage.correspondents import Party
from storage.digests import held_of
from storage.staff import AccessRole, Staff

CODE = "digest"
LINK_LASTS = timedelta(days=14)
_MOST_ENTRIES, _MOST_CHOICES = 50, 4
_LINK = "digest-link"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Choice:
    """A person or an organisation who may be meant."""

    party: Party
    id: int


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of a digest, and those who may be meant, by letter."""

    entry_id: int
    choices: tuple[Choice, ...]

    @property
    def letters(self) -> list[tuple[str, Choice]]:
        """Those who may be meant, with their letters."""
        return list(zip(_LETTERS, self.choices, strict=False))

    def choice(self, letter: str) -> Choice | None:
        """Return who has a letter."""
        return dict(self.letters).get(letter)


@dataclass(frozen=True, slots=True)
class Link:
    """What a signed link is for: one entry of one digest, until a moment."""

    notice_id: int
    entry_id: int
    until: datetime


class Decided(StrEnum):
    """What became of a decision."""

    DONE = "done"
    BEFORE = "before"  # somebody was quicker
    UNKNOWN = "unknown"  # there is no such place or letter


def may_decide(staff: Staff) -> bool:
    """Tell whether a staff member works here and may decide what is held."""
    return staff.left_at is None and staff.access is not AccessRole.READER


async def digest_for(staff: Staff, day: str) -> dict[str, Any] | None:
    """Return the parameters of a staff member's digest, None if nothing is held for them."""
    nobodys_too = staff.access is AccessRole.ADMINISTRATOR
    entry_ids, count = await held_of(staff.id, nobodys_too=nobodys_too, most=_MOST_ENTRIES)
    if not entry_ids:
        return None
    places = [[entry_id, await _choices_for(entry_id, staff.id)] for entry_id in entry_ids]
    return {"day": day, "count": count, "places": places}


async def _choices_for(entry_id: int, viewer: int) -> list[tuple[str, int]]:
    entry = await one_entry.entry(entry_id, viewer)
    found = await candidates(entry, open_participant(entry, "")) if entry else []
    return [(one.party.value, one.id) for one in map(_choice, found[:_MOST_CHOICES])]


def _choice(candidate: Candidate) -> Choice:
    if candidate.person:
        return Choice(Party.PERSON, candidate.person.person.id)
    assert candidate.organisation is not None
    return Choice(Party.ORGANISATION, candidate.organisation.id)


def places_of(parameters: Mapping[str, Any]) -> list[Place]:
    """Return the entries of a digest in order."""
    return [Place(entry_id, tuple(map(_read, choices))) for entry_id, choices in parameters.get("places", ())]


def _read(told: int | Sequence[Any]) -> Choice:
    """Return a choice as parameters have it: a digest that was sent before may name persons by number alone."""
    return Choice(Party.PERSON, told) if isinstance(told, int) else Choice(Party(told[0]), told[1])


async def named(places: Iterable[Place]) -> dict[Choice, str]:
    """Return what those are called who may be meant in places, persons with where they work; nobody who is gone."""
    choices = {one for place in places for one in place.choices}
    ids = {party: {one.id for one in choices if one.party is party} for party in Party}
    persons = await lookups.persons(ids[Party.PERSON])
    firms = await lookups.organisations(ids[Party.ORGANISATION])
    told = {Choice(Party.PERSON, one.id): _with_employers(one) for one in persons.values()}
    return told | {Choice(Party.ORGANISATION, one.id): one.name for one in firms.values()}


def _with_employers(person: lookups.KnownPerson) -> str:
    employers = dict.fromkeys(role.organisation.name for role in person.roles if role.until is None)
    return f"{person.name} ({', '.join(employers)})" if employers else person.name


def link(notice_id: int, entry_id: int, *, since: datetime, key: bytes) -> str:
    """Return the token of a link by which one entry of a digest is decided."""
    until = int((since + LINK_LASTS).timestamp())
    return token(_LINK, [notice_id, entry_id, until], key=key)


def link_of(text: str, *, key: bytes) -> Link | None:
    """Return what a token is for, None if we did not sign it; look whether it has ended."""
    numbers = numbers_in(_LINK, text, count=3, key=key)
    if numbers is None:
        return None
    return Link(numbers[0], numbers[1], datetime.fromtimestamp(numbers[2], UTC))


async def decide(place: Place, letter: str | None, *, by: int) -> Decided:
    """Decide an entry: it is with who has a letter, or (None) it is let go without anybody."""
    try:
        if letter is None:
            await held.ignore(place.entry_id, by=by)
            return Decided.DONE
        choice = place.choice(letter)
        entry = await one_entry.entry(place.entry_id, by)
        if choice is None or entry is None:
            return Decided.UNKNOWN
        participant = open_participant(entry, "")
        participant_id = participant.id if participant else None
        assign = held.assign if choice.party is Party.PERSON else held.assign_organisation
        await assign(place.entry_id, participant_id, choice.id, by=by, remember=True)
    except held.NotHeld:
        return Decided.BEFORE
    return Decided.DONE
