"""What does a digest say of each entry?  As it is when the mail is written, with a link to decide it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from history.digest import Choice, Place, link, named, places_of
from mail.compose import in_one_line
from storage import one_entry
from storage.entries import Entry
from storage.notices import Notice

_LONGEST_SUBJECT, _LONGEST_NAME = 120, 100


@dataclass(frozen=True, slots=True)
class Told:
    """An entry as a digest tells it; *choices* are letters and the names of who may be meant."""

    number: int
    at: datetime
    subject: str
    who: str
    choices: list[tuple[str, str]]
    url: str


async def digest_values(notice: Notice, *, staff_url: str, key: bytes) -> dict[str, Any]:
    """Return what the template of a digest needs beside its parameters; decided entries are left out."""
    told, places = [], places_of(notice.parameters)
    names = await named(places)
    for number, place in enumerate(places, start=1):
        entry = await one_entry.entry(place.entry_id, notice.staff_id)
        if entry is not None and entry.held_reason is not None:
            token = link(notice.id, place.entry_id, since=notice.created_at, key=key)
            url = f"{staff_url}/decide/{token}?language={notice.staff.language}"
            told.append(_told(number, place, entry, names, url))
    more = notice.parameters["count"] - len(notice.parameters["places"])
    return {"entries": told, "more": more}


def _told(number: int, place: Place, entry: Entry, names: Mapping[Choice, str], url: str) -> Told:
    return Told(
        number=number,
        at=entry.at,
        subject=in_one_line(entry.subject)[:_LONGEST_SUBJECT],
        who=", ".join(
            in_one_line(one.name or one.written)[:_LONGEST_NAME] for one in list(entry.participants)[:3]
        ),
        choices=[(letter, names[one]) for letter, one in place.letters if one in names],
        url=url,
    )
