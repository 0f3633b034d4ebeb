"""Which meeting is it about?  The calendar part of a mail (RFC 5545, 5546, 6047), by icalendar.

Its first event or task is read, and with it the others of the same series: its exceptions.
What cannot be read is a defect, never an error.
"""

import warnings
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from mail.address import Address
from mail.contents import name_of
from mail.defects import Defects
from mail.message import Attendee, CalendarPart, DefectCode
from mail.seen import Seen
from mail.structure import Part

_TYPES = ("text/calendar", "application/ics", "text/x-vcalendar")
_COMPONENTS = ("VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY")
_SCHEDULING = ("REQUEST", "REPLY", "CANCEL", "ADD", "REFRESH", "COUNTER", "DECLINECOUNTER")
_LARGEST = 1024 * 1024
_MOST_ATTENDEES = 2_000
_MOST_OCCURRENCES = 100
# What icalendar and the readers below it raise on broken input.
_BROKEN = (
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    LookupError,
    OverflowError,
    ArithmeticError,
)


def calendar_part(seen: Seen, defects: Defects) -> CalendarPart | None:
    """Return the meeting that a mail is about; None if it holds no calendar, or an unreadable one."""
    part = _part(seen)
    if part is None:
        return None
    return read_calendar(seen.octets(part), defects, method=part.parameters.get("method", ""))


def is_scheduling(seen: Seen) -> bool:
    """Tell whether the calendar is what the mail is for: no file that a person enclosed."""
    part = _part(seen)
    if part is None or part.type != "text/calendar" or part.disposition == "attachment":
        return False
    return part.parameters.get("method", "").upper() in _SCHEDULING


def read_calendar(octets: bytes, defects: Defects, *, method: str = "") -> CalendarPart | None:
    """Return what a calendar says; *method* is what its part declares, for one that does not say so itself."""
    if len(octets) > _LARGEST:
        defects.add(DefectCode.CALENDAR_UNREADABLE, "a calendar part is too large to be read")
        return None
    # Imported where it is needed: a process that sees no invitation does not wait for it.
    from icalendar import Calendar  # noqa: PLC0415

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it tells of time zones that it has to guess
            calendar = Calendar.from_ical(octets.removeprefix(b"\xef\xbb\xbf"))
            found = [part for part in calendar.walk() if part.name in _COMPONENTS]
            if found:
                return _series(calendar, found, method)
        defects.add(DefectCode.CALENDAR_UNREADABLE, "a calendar part holds no event and no task")
    except _BROKEN:
        defects.add(DefectCode.CALENDAR_UNREADABLE, "a calendar part is none that can be read")
    return None


def _part(seen: Seen) -> Part | None:
    """Return the calendar part: one of its type first, else a file that is named as one."""
    for part in seen.parts:
        if part.type in _TYPES:
            return part
    return next((part for part in seen.parts if name_of(part).lower().endswith((".ics", ".vcs"))), None)


def _series(calendar: Any, found: list[Any], method: str) -> CalendarPart:
    """Return the first meeting, with the others that are of the same series."""
    first = _meeting(calendar, found[0], method)
    others = (_meeting(calendar, one, method) for one in found[1 : 1 + _MOST_OCCURRENCES])
    return replace(first, others=tuple(one for one in others if one.uid == first.uid))


def _meeting(calendar: Any, found: Any, method: str) -> CalendarPart:
    attendees = _attendees(found)
    organizer = _first(found.get("ORGANIZER"))
    return CalendarPart(
        method=_text(calendar.get("METHOD")).upper() or method.upper(),
        uid=_text(found.get("UID")),
        sequence=_number(found.get("SEQUENCE")),
        attendee=str(attendees[0].address or attendees[0].written) if attendees else None,
        partstat=attendees[0].partstat if attendees else None,
        attendees=attendees,
        organizer=_address(organizer) if organizer is not None else None,
        summary=_text(found.get("SUMMARY")),
        location=_text(found.get("LOCATION")),
        start=_when(found.get("DTSTART")),
        end=_when(found.get("DTEND")) or _when(found.get("DUE")),
        whole_day=_is_day(found.get("DTSTART")),
        recurs=any(found.get(name) is not None for name in ("RRULE", "RDATE")),
        status=_text(found.get("STATUS")).upper(),
        stamp=_when(found.get("DTSTAMP")),
        occurrence=_when(found.get("RECURRENCE-ID")),
    )


def _attendees(found: Any) -> tuple[Attendee, ...]:
    named = found.get("ATTENDEE")
    listed = named if isinstance(named, list) else [] if named is None else [named]
    return tuple(_attendee(attendee) for attendee in listed[:_MOST_ATTENDEES])


def _attendee(value: Any) -> Attendee:
    parameters = getattr(value, "params", {})
    return Attendee(
        address=_address(value),
        written=_clean(str(value)).removeprefix("mailto:").removeprefix("MAILTO:"),
        name=_text(parameters.get("CN")),
        partstat=_text(parameters.get("PARTSTAT")).upper() or None,
    )


def _address(value: Any) -> Address | None:
    text = str(value).strip()
    return Address.parse(text[7:] if text[:7].lower() == "mailto:" else text)


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def _text(value: Any) -> str:
    value = _first(value)
    return _clean(str(value)) if value is not None and value != [] else ""


def _clean(text: str) -> str:
    """Return *text* as it can be kept: without NUL, and without halves of surrogate pairs."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8").strip()


def _number(value: Any) -> int:
    try:
        return int(_first(value) or 0)
    except (TypeError, ValueError):
        return 0


def _is_day(value: Any) -> bool:
    """Tell whether a time is a whole day."""
    try:
        found = getattr(_first(value), "dt", None)
    except _BROKEN:
        return False
    return isinstance(found, date) and not isinstance(found, datetime)


def _when(value: Any) -> datetime | None:
    """Return the time, aware; a whole day begins at midnight, and a time without a zone is UTC."""
    try:
        found = getattr(_first(value), "dt", None)
        if isinstance(found, date) and not isinstance(found, datetime):
            return datetime.combine(found, time(), UTC)
        if not isinstance(found, datetime):
            return None
        when = found if found.tzinfo else found.replace(tzinfo=UTC)
        when.astimezone(UTC)  # tables keep it so
    except _BROKEN:
        return None  # one broken property leaves the others readable
    return when
