"""What is entered of a letter?  Like a mail: with whom it was, what it says, and what only letters have."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from history.entry import Held, NewEntry, NewParticipant
from history.kinds import EntryKind
from ingest.letters.case import ReadLetter
from ingest.participants import participant_of
from mail.letter import LetterFields
from mail.paper_address import PaperAddress
from matcher.match import Matched
from matcher.parties import Outsider
from storage.entries import StaffPart
from storage.reasons import Reason
from storage.storable import storable

_EARLIEST = date(1900, 1, 1)
_CLOCKS_APART = timedelta(days=1)
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Received:
    """How a letter came: when, in which time zone days are meant, who scanned it, in how many pages."""

    at: datetime
    zone: ZoneInfo
    staff_id: int | None
    pages: int


def written_at(read: LetterFields, received: Received) -> datetime:
    """Return when a letter was written: at noon of its date; when it came, where that cannot be right."""
    came = received.at.astimezone(received.zone).date()
    if read.date is None or not _EARLIEST <= read.date <= came + _CLOCKS_APART:
        return received.at
    if read.date >= came:
        return received.at
    return datetime.combine(read.date, time(12), received.zone).astimezone(UTC)


def entry_of_letter(letter: ReadLetter, matched: Matched, received: Received) -> NewEntry:
    """Return the entry of a letter."""
    parties, subject = matched.parties, letter.fields.subject
    return NewEntry(
        direction=parties.direction,
        at=written_at(letter.fields, received),
        subject=subject.value if subject else "",
        text=letter.text,
        participants=[_participant(one, matched) for one in parties.outsiders if one.key not in parties.also],
        staff=dict.fromkeys(
            [(staff_id, StaffPart.AUTHOR) for staff_id in sorted(parties.authors)]
            + [(staff_id, StaffPart.RECIPIENT) for staff_id in sorted(parties.recipients)]
            + ([(received.staff_id, StaffPart.CAPTURED)] if received.staff_id else [])
        ),
        kind_fields=_kind_fields(letter, received),
        held=_held(letter, parties.outsiders),
        kind=EntryKind.LETTER,
    )


def _participant(outsider: Outsider, matched: Matched) -> NewParticipant:
    one = participant_of(outsider, matched.matches[outsider.key], is_typed=False)
    address = outsider.address
    if not isinstance(address, PaperAddress):
        return one
    key = one.key if address.names_somebody else ""  # nothing is learnt of who is not named
    name = address.person or address.organisation
    return NewParticipant(
        one.role, key, one.written, name, one.reason, one.parameters,
        one.person_id, one.organisation_id, one.function, one.strength,
    )  # fmt: skip


def _kind_fields(letter: ReadLetter, received: Received) -> dict[str, Any]:
    read = letter.fields
    told: Mapping[str, Any] = {
        "received_at": received.at.isoformat(),
        "date": read.date.isoformat() if read.date else None,
        "language": read.language,
        "pages": received.pages,
        "our_reference": read.our_reference.value if read.our_reference else None,
        "your_reference": read.your_reference.value if read.your_reference else None,
        "came_back": letter.came_back,
    }
    return {
        name: storable(value, most=_LONGEST) if isinstance(value, str) else value
        for name, value in told.items()
        if value
    }


def _held(letter: ReadLetter, outsiders: tuple[Outsider, ...]) -> Held | None:
    """Return what hinders entering it, whoever it is with."""
    if letter.unread:
        return Held(Reason.PAGE_NOT_READ, {"page": str(letter.unread)})
    return None if outsiders else Held(Reason.NO_AUTHOR)
