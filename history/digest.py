"""What is held for whom, and how is it decided from a digest?  By reply, or by a signed link.

A digest is a notice; its parameters keep the entries in order, each with the persons who
may be meant.  Numbers and letters in the mail are places in these lists: `2 b` is the
second person of the second entry, whatever has come since.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from history import held
from history.candidates import likely, open_participant
from mail.tokens import numbers_in, token
from storage import one_entry
from storage.digests import held_of
from storage.staff import AccessRole, Staff

CODE = "digest"
LINK_LASTS = timedelta(days=14)
_MOST_ENTRIES, _MOST_PERSONS = 50, 4
_LINK = "digest-link"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of a digest, and the persons who may be meant, by letter."""

    entry_id: int
    person_ids: tuple[int, ...]

    def person(self, letter: str) -> int | None:
        """Return the person of a letter."""
        return dict(zip(_LETTERS, self.person_ids, strict=False)).get(letter)


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
    places = [[entry_id, await _persons_for(entry_id, staff.id)] for entry_id in entry_ids]
    return {"day": day, "count": count, "places": places}


async def _persons_for(entry_id: int, viewer: int) -> list[int]:
    entry = await one_entry.entry(entry_id, viewer)
    return await likely(open_participant(entry, ""), most=_MOST_PERSONS) if entry else []


def places_of(parameters: Mapping[str, Any]) -> list[Place]:
    """Return the entries of a digest in order."""
    return [Place(entry_id, tuple(person_ids)) for entry_id, person_ids in parameters.get("places", ())]


def letters(person_ids: Sequence[int]) -> list[tuple[str, int]]:
    """Return persons with their letters."""
    return list(zip(_LETTERS, person_ids, strict=False))


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
    """Decide an entry: it is with the person of a letter, or (None) it is let go without anybody."""
    try:
        if letter is None:
            await held.ignore(place.entry_id, by=by)
            return Decided.DONE
        person_id = place.person(letter)
        entry = await one_entry.entry(place.entry_id, by)
        if person_id is None or entry is None:
            return Decided.UNKNOWN
        participant = open_participant(entry, "")
        participant_id = participant.id if participant else None
        await held.assign(place.entry_id, participant_id, person_id, by=by, remember=True)
    except held.NotHeld:
        return Decided.BEFORE
    return Decided.DONE
