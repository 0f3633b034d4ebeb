"""Are meetings read as icalendar reads them, and is what it cannot read a defect?

Each file is read as a part of that type; each also as the invitation in a mail.
"""

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from icalendar import Calendar

from benchmarks.corpus.scoring import Score
from mail.calendar import read_calendar
from mail.defects import Defects
from mail.message import CalendarPart, DefectCode
from mail.parse import parse

GOAL = 1.0
_COMPONENTS = ("VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY")
_Told = tuple[str, str, int, list[str]]


def score(folder: Path) -> Iterator[Score]:
    """Yield the score of the files, and that of mails around them."""
    files = sorted((folder / "calendar").iterdir())
    missed = [f"{path.name}: {wrong}" for path in files if (wrong := _wrong(path.read_bytes()))]
    yield Score("calendar", len(files) - len(missed), len(files), GOAL, tuple(missed))
    missed = [path.name for path in files if not _same_in_a_mail(path.read_bytes())]
    yield Score("calendar, in a mail", len(files) - len(missed), len(files), GOAL, tuple(missed))


def _wrong(octets: bytes) -> str:
    defects = Defects()
    read = read_calendar(octets, defects)
    wanted = _by_icalendar(octets)
    if wanted is None:
        unreadable = any(defect.code is DefectCode.CALENDAR_UNREADABLE for defect in defects.found())
        return "" if read is None and unreadable else "unreadable, but no defect"
    return "" if read and _told(read) == wanted else f"{wanted} was read as {read and _told(read)}"


def _by_icalendar(octets: bytes) -> _Told | None:
    """Return what the library alone reads; None if it fails, or finds nothing to meet for."""
    try:
        calendar = Calendar.from_ical(octets)
        found: Any = next(part for part in calendar.walk() if part.name in _COMPONENTS)
        attendees = found.get("ATTENDEE", [])
        listed = attendees if isinstance(attendees, list) else [attendees]
        return (
            str(calendar.get("METHOD", "")).strip().upper(),
            str(found.get("UID", "")).strip(),
            int(found.get("SEQUENCE", 0)),
            [_bare(str(attendee)) for attendee in listed],
        )
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, StopIteration):
        return None


def _told(read: CalendarPart) -> _Told:
    return (
        read.method,
        read.uid,
        read.sequence,
        [str(attendee.address or attendee.written).lower() for attendee in read.attendees],
    )


def _bare(attendee: str) -> str:
    return attendee.strip().lower().removeprefix("mailto:")


def _same_in_a_mail(octets: bytes) -> bool:
    message = EmailMessage()
    message["From"] = "Eva Meier <eva@firma.example>"
    message.set_content("Einladung")
    message.add_attachment(octets, maintype="text", subtype="calendar", disposition="inline")
    return parse(message.as_bytes()).calendar == read_calendar(octets, Defects())
