"""Meetings in mails: invitations, answers, and calendars that are none."""

from datetime import UTC, datetime

import pytest

from mail.message import Automatic, CalendarPart, DefectCode
from mail.parse import parse
from tests.mail.letters import codes, letter, multipart, part

INVITATION = b"""BEGIN:VCALENDAR\r
PRODID:-//Firma//Kalender//DE\r
VERSION:2.0\r
METHOD:REQUEST\r
BEGIN:VEVENT\r
UID:sitzung-1@firma.example\r
SEQUENCE:2\r
DTSTAMP:20261124T090000Z\r
DTSTART:20261201T130000Z\r
DTEND:20261201T140000Z\r
SUMMARY:Sitzung \xc3\xbcber den Umbau\r
LOCATION:Saal 3\r
ORGANIZER;CN=Eva Meier:mailto:eva@firma.example\r
ATTENDEE;CN=Tim Keller;PARTSTAT=NEEDS-ACTION:mailto:tim@kunde.example\r
ATTENDEE;PARTSTAT=ACCEPTED:MAILTO:lea@kunde.example\r
END:VEVENT\r
END:VCALENDAR\r
"""
_TYPE = b"Content-Type: text/calendar; charset=utf-8; method="


def invitation(calendar: bytes = INVITATION, method: bytes = b"REQUEST") -> bytes:
    return multipart(part(b"Einladung"), part(calendar, _TYPE + method), kind=b"alternative")


def calendar_of(raw: bytes) -> CalendarPart:
    calendar = parse(raw).calendar
    assert calendar is not None
    return calendar


def test_an_invitation_is_read_with_all_who_are_to_come() -> None:
    calendar = calendar_of(invitation())
    assert (calendar.method, calendar.uid, calendar.sequence) == ("REQUEST", "sitzung-1@firma.example", 2)
    assert (calendar.summary, calendar.location) == ("Sitzung über den Umbau", "Saal 3")
    assert calendar.start == datetime(2026, 12, 1, 13, tzinfo=UTC)
    assert calendar.end == datetime(2026, 12, 1, 14, tzinfo=UTC)
    assert str(calendar.organizer) == "eva@firma.example"
    assert [(str(each.address), each.name, each.partstat) for each in calendar.attendees] == [
        ("tim@kunde.example", "Tim Keller", "NEEDS-ACTION"),
        ("lea@kunde.example", "", "ACCEPTED"),
    ]
    assert parse(invitation()).automatic is Automatic.CALENDAR


@pytest.mark.parametrize("answer", ["ACCEPTED", "DECLINED", "TENTATIVE"])
def test_an_answer_says_who_comes(answer: str) -> None:
    lines = [line for line in INVITATION.split(b"\r\n") if b"lea@" not in line]
    reply = (
        b"\r\n".join(lines)
        .replace(b"NEEDS-ACTION", answer.encode())
        .replace(b"METHOD:REQUEST", b"METHOD:REPLY")
    )
    message = parse(invitation(reply, b"REPLY"))
    assert message.calendar is not None
    assert (message.calendar.method, message.calendar.attendee, message.calendar.partstat) == (
        "REPLY", "tim@kunde.example", answer,
    )  # fmt: skip
    assert message.automatic is Automatic.CALENDAR


def test_a_calendar_that_a_person_encloses_leaves_the_mail_a_persons() -> None:
    enclosed = part(INVITATION, _TYPE + b"PUBLISH", b"Content-Disposition: attachment; filename=sitzung.ics")
    message = parse(multipart(part(b"Hier der Termin."), enclosed))
    assert message.automatic is None
    assert message.calendar is not None


def test_a_file_of_a_calendar_is_read_whatever_its_type() -> None:
    enclosed = part(INVITATION, b"Content-Type: application/octet-stream; name=sitzung.ICS")
    assert calendar_of(multipart(part(b"Termin"), enclosed)).uid == "sitzung-1@firma.example"


def test_a_whole_day_and_a_time_without_a_zone_are_aware() -> None:
    day = INVITATION.replace(b"DTSTART:20261201T130000Z", b"DTSTART;VALUE=DATE:20261201")
    assert calendar_of(invitation(day)).start == datetime(2026, 12, 1, tzinfo=UTC)
    assert calendar_of(invitation(day)).whole_day
    floating = INVITATION.replace(b"T130000Z", b"T130000")
    assert calendar_of(invitation(floating)).start == datetime(2026, 12, 1, 13, tzinfo=UTC)


def test_one_broken_property_leaves_the_others_readable() -> None:
    broken = INVITATION.replace(b"DTSTART:20261201T130000Z", b"DTSTART:gestern").replace(
        b"SEQUENCE:2", b"SEQUENCE:zwei"
    )
    calendar = calendar_of(invitation(broken))
    assert (calendar.uid, calendar.start, calendar.sequence) == ("sitzung-1@firma.example", None, 0)


def test_an_exception_of_a_series_says_of_which_time_it_is() -> None:
    event = INVITATION.partition(b"BEGIN:VEVENT")[2].partition(b"END:VEVENT")[0]
    series = event.replace(b"SEQUENCE:2", b"SEQUENCE:2\r\nRRULE:FREQ=WEEKLY;COUNT=5")
    moved = (
        event.replace(b"T130000Z", b"T150000Z") + b"RECURRENCE-ID:20261208T130000Z\r\nSTATUS:confirmed\r\n"
    )
    others = moved.replace(b"sitzung-1@", b"sitzung-2@")
    events = b"".join(b"BEGIN:VEVENT" + one + b"END:VEVENT\r\n" for one in (series, moved, others))
    calendar = calendar_of(
        invitation(b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\n" + events + b"END:VCALENDAR\r\n")
    )
    assert (calendar.recurs, calendar.occurrence) == (True, None)
    assert calendar.stamp == datetime(2026, 11, 24, 9, tzinfo=UTC)
    (exception,) = calendar.others
    assert exception.occurrence == datetime(2026, 12, 8, 13, tzinfo=UTC)
    assert exception.start == datetime(2026, 12, 1, 15, tzinfo=UTC)
    assert (exception.recurs, exception.status, exception.whole_day) == (False, "CONFIRMED", False)


BROKEN = (
    b"", b"Keine Sitzung", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", b"\xff\xfe\0\0",
    b"BEGIN:VEVENT\r\n" * 5_000, b"BEGIN:VCALENDAR\r\n" + b"X" * 2_000_000,
)  # fmt: skip


@pytest.mark.parametrize("broken", BROKEN)
def test_what_is_no_calendar_is_a_defect(broken: bytes) -> None:
    message = parse(letter(broken, _TYPE + b"REQUEST"))
    assert message.calendar is None
    assert DefectCode.CALENDAR_UNREADABLE in codes(message)
