"""Whom may a held entry be with?  The participant to decide on, and persons who may be meant."""

from storage import directory, lookups
from storage.directory import PersonLine
from storage.entries import Entry, Participant
from storage.named import persons_beginning
from storage.sort_keys import sort_key, spellings

_MOST = 8


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


async def candidates(text: str) -> list[PersonLine]:
    """Return the persons whom *text* finds, a handful."""
    return (await directory.persons(text=text, most=_MOST)).lines if text else []


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
