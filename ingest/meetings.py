"""What do mails that are to be filed say of meetings?  Only what a calendar sent, and nobody doubts."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from history.meeting import BY_INVITED, BY_ORGANISER
from history.meetings import gather
from history.notes import Invited, Note, as_kept
from ingest.read import Read
from mail.address import Address, Mailbox
from mail.message import Attendee, Automatic, CalendarPart
from matcher.parties import is_ours
from storage import lookups, meetings
from storage.lookups import Own
from storage.storable import storable, storable_id

_LONGEST_COMMENT, _LONGEST_TEXT = 2_000, 500
_MOST_INVITED = 500


async def enter_meetings(read: Sequence[Read]) -> None:
    """Make one entry of each meeting that messages speak of, which are filed; in the caller's transaction."""
    told = [(one, part) for one in read if (part := _scheduling(one))]
    if not told:
        return
    own = await lookups.own({address.key for one, part in told for address in _addresses(one, part)})
    await meetings.keep(
        (one.row.id, storable_id(part.uid), [as_kept(note) for note in _notes(one, part, own)])
        for one, part in told
    )
    await gather({storable_id(part.uid) for _, part in told})


def _scheduling(one: Read) -> CalendarPart | None:
    part = one.parsed.calendar
    if part is None or not part.uid or one.is_typed or one.is_doubtful:
        return None
    is_sent = one.parsed.automatic is Automatic.CALENDAR and part.method in BY_ORGANISER | BY_INVITED
    return part if is_sent and _author(one) else None


def _addresses(one: Read, part: CalendarPart) -> list[Address]:
    author = _author(one)
    return [
        *([author.address] if author and author.address else []),
        *([part.organizer] if part.organizer else []),
    ]


def _author(one: Read) -> Mailbox | None:
    return next((mailbox for mailbox in one.parsed.from_ if mailbox.address), None)


def _notes(one: Read, part: CalendarPart, own: Own) -> list[Note]:
    return [_note(one, each, own) for each in (part, *part.others)]


def _note(one: Read, part: CalendarPart, own: Own) -> Note:
    """Return what one part says; of a colleague's mail the calendar tells for whom it answers."""
    author = _author(one)
    assert author is not None
    assert author.address is not None
    ours = is_ours(author.address, own)
    organiser = part.organizer
    invited = tuple(_invited(each) for each in part.attendees[:_MOST_INVITED])
    said_for = invited[0].key if ours and invited else author.address.key
    return Note(
        method=part.method,
        organiser=organiser.key if organiser else author.address.key if part.method in BY_ORGANISER else "",
        organiser_name=_text(author.name) if part.method in BY_ORGANISER else "",
        by_organiser=organiser is None
        or author.address.key == organiser.key
        or (ours and is_ours(organiser, own)),
        name=_text(author.name) or _named(part, author.address),
        answers_for=said_for,
        answer=_answer(part, said_for),
        sequence=part.sequence,
        stamp=_moment(part.stamp) or one.at.astimezone(UTC),
        at=one.at.astimezone(UTC),
        occurrence=_moment(part.occurrence),
        start=_moment(part.start),
        end=_moment(part.end),
        whole_day=part.whole_day,
        recurs=part.recurs,
        status=_text(part.status),
        summary=_text(part.summary) or _text(one.parsed.subject),
        location=_text(part.location),
        comment=storable((one.parsed.new_text or "").strip(), most=_LONGEST_COMMENT)
        if part.method in BY_INVITED
        else "",
        invited=() if part.method in BY_INVITED else invited,
    )


def _named(part: CalendarPart, address: Address) -> str:
    """Return how the calendar names somebody; the address, where it does not."""
    names = (
        one.name for one in part.attendees if one.address and one.address.key == address.key and one.name
    )
    return _text(next(names, str(address)))


def _invited(one: Attendee) -> Invited:
    key = one.address.key if one.address else one.written
    return Invited(_text(key), _text(one.name), _text(one.partstat or ""))


def _answer(part: CalendarPart, key: str) -> str:
    """Return what somebody answers: what the calendar says of them, or of the only one it names."""
    if part.method != "REPLY":
        return ""
    named = [one for one in part.attendees if one.address and one.address.key == key]
    chosen: Iterable[Attendee] = named or (part.attendees if len(part.attendees) == 1 else ())
    return next((_text(one.partstat or "") for one in chosen), "")


def _moment(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment else None


def _text(text: str) -> str:
    return storable(text, most=_LONGEST_TEXT)
