"""Invitations, answers and cancellations as calendars send them, in few words each."""

from datetime import UTC, datetime, timedelta
from itertools import count

from tests.matcher.people import NOON, letter

EVA, ANNA, BEAT = "eva@firm.example", "anna@muster.example", "beat@muster.example"
UID = "sitzung@muster.example"
START = "20260310T130000Z"
_numbers = count(1)


def scheduling(
    method: str,
    author: str,
    to: str,
    *,
    sequence: int = 0,
    minutes: int = 0,
    start: str = START,
    uid: str = UID,
    organiser: str = ANNA,
    invited: tuple[str, ...] = (EVA, BEAT),
    answer: str = "",
    subject: str = "Sitzung",
    text: str = "Guten Tag",
    location: str = "Saal 3",
    more: str = "",
) -> bytes:
    """Return a mail with a calendar; *minutes* after the first, *more* are lines of its event."""
    at = NOON + timedelta(minutes=minutes)
    part = f";PARTSTAT={answer}" if answer else ""
    people = "".join(f"ATTENDEE;CN={one.partition('@')[0].title()}{part}:mailto:{one}\r\n" for one in invited)
    event = (
        f"BEGIN:VEVENT\r\nUID:{uid}\r\nSEQUENCE:{sequence}\r\nDTSTAMP:{_utc(at)}\r\nDTSTART:{start}\r\n"
        f"DTEND:{_later(start)}\r\nSUMMARY:{subject}\r\nLOCATION:{location}\r\n"
        f"ORGANIZER;CN=Anna:mailto:{organiser}\r\n{people}{more}END:VEVENT\r\n"
    )
    calendar = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:{method}\r\n{event}END:VCALENDAR\r\n"
    body = (
        f"--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
        f"--x\r\nContent-Type: text/calendar; charset=utf-8; method={method}\r\n\r\n{calendar}\r\n--x--\r\n"
    )
    number = next(_numbers)
    return letter(
        author, to, subject=subject, text=body, at=at, own_id=f"scheduling-{number}@muster.example",
        Content_Type="multipart/alternative; boundary=x",
    )  # fmt: skip


def request(**fields: object) -> bytes:
    """Return Anna's invitation of Eva and Beat."""
    return scheduling("REQUEST", f"Anna Muster <{ANNA}>", f"{EVA}, {BEAT}", **fields)  # type: ignore[arg-type]


def reply(author: str = EVA, answer: str = "ACCEPTED", **fields: object) -> bytes:
    """Return somebody's answer to Anna."""
    given = {"invited": (author,), "minutes": 5, "subject": f"{answer}: Sitzung"} | fields
    return scheduling("REPLY", author, ANNA, answer=answer, **given)  # type: ignore[arg-type]


def cancel(**fields: object) -> bytes:
    """Return Anna's cancellation."""
    given = {"more": "STATUS:CANCELLED\r\n", "sequence": 9, "minutes": 60} | fields
    return scheduling("CANCEL", ANNA, f"{EVA}, {BEAT}", **given)  # type: ignore[arg-type]


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _later(start: str) -> str:
    return f"{datetime.strptime(start, '%Y%m%dT%H%M%SZ') + timedelta(hours=1):%Y%m%dT%H%M%SZ}"  # noqa: DTZ007
