"""What does a digest say of each entry?  As it is when the mail is written, with a link to decide it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from history.digest import Place, letters, link, places_of
from mail.compose import in_one_line
from storage import lookups, one_entry
from storage.entries import Entry
from storage.notices import Notice

_LONGEST_SUBJECT, _LONGEST_NAME = 120, 100


@dataclass(frozen=True, slots=True)
class Told:
    """An entry as a digest tells it; *persons* are letters and names."""

    number: int
    at: datetime
    subject: str
    who: str
    persons: list[tuple[str, str]]
    url: str


async def digest_values(notice: Notice, *, staff_url: str, key: bytes) -> dict[str, Any]:
    """Return what the template of a digest needs beside its parameters; decided entries are left out."""
    told = []
    for number, place in enumerate(places_of(notice.parameters), start=1):
        entry = await one_entry.entry(place.entry_id, notice.staff_id)
        if entry is not None and entry.held_reason is not None:
            token = link(notice.id, place.entry_id, since=notice.created_at, key=key)
            url = f"{staff_url}/decide/{token}?language={notice.staff.language}"
            told.append(await _told(number, place, entry, url))
    more = notice.parameters["count"] - len(notice.parameters["places"])
    return {"entries": told, "more": more}


async def _told(number: int, place: Place, entry: Entry, url: str) -> Told:
    persons = await lookups.persons(place.person_ids)
    named = [(letter, _named(persons[one])) for letter, one in letters(place.person_ids) if one in persons]
    return Told(
        number=number,
        at=entry.at,
        subject=in_one_line(entry.subject)[:_LONGEST_SUBJECT],
        who=", ".join(
            in_one_line(one.name or one.written)[:_LONGEST_NAME] for one in list(entry.participants)[:3]
        ),
        persons=named,
        url=url,
    )


def _named(person: lookups.KnownPerson) -> str:
    """Return a person's name with where they work."""
    employers = dict.fromkeys(role.organisation.name for role in person.roles if role.until is None)
    return f"{person.name} ({', '.join(employers)})" if employers else person.name
