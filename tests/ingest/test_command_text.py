"""What a mail to us alone asks for, as people write it in German and English."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from history.kinds import EntryKind
from ingest.command_days import day_at
from ingest.command_text import Command, read_command
from storage.entries import Direction

TODAY = date(2026, 11, 25)  # a Wednesday
IN, OUT, AMONG = Direction.INCOMING, Direction.OUTGOING, Direction.INTERNAL


def _read(subject: str, text: str = "") -> Command:
    found = read_command(subject, text, today=TODAY)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("subject", "kind", "direction", "names", "about"),
    [
        ("#call Anna Muster", EntryKind.CALL, OUT, ("Anna Muster",), "Anna Muster"),
        ("#call from Anna Muster: the offer", EntryKind.CALL, IN, ("Anna Muster",), "the offer"),
        ("#Anruf von Anna Muster: Offerte", EntryKind.CALL, IN, ("Anna Muster",), "Offerte"),
        ("#anruf an Müller & Söhne – Muster", EntryKind.CALL, OUT, ("Müller & Söhne",), "Muster"),
        ("#visit with Max Frei", EntryKind.VISIT, OUT, ("Max Frei",), "Max Frei"),
        ("#besuch bei Frei AG; Messe", EntryKind.VISIT, OUT, ("Frei AG",), "Messe"),
        ("#besuch von Frau Frei", EntryKind.VISIT, IN, ("Frau Frei",), "Frau Frei"),
        ("#note Frei AG - moves in May", EntryKind.NOTE, AMONG, ("Frei AG",), "moves in May"),
        ("#notiz Frei AG: zieht um", EntryKind.NOTE, AMONG, ("Frei AG",), "zieht um"),
        ("#gift for Max Frei: wine", EntryKind.GIFT, OUT, ("Max Frei",), "wine"),
        ("#geschenk von Max Frei: Wein", EntryKind.GIFT, IN, ("Max Frei",), "Wein"),
        ("#meeting Max Frei: prices", EntryKind.MEETING, OUT, ("Max Frei",), "prices"),
        ("  #TODO: Max Frei: send samples", EntryKind.TODO, AMONG, ("Max Frei",), "send samples"),
        ("#appel de Anna Muster : offre", EntryKind.CALL, IN, ("Anna Muster",), "offre"),
        ("#chiamata da Anna Muster: offerta", EntryKind.CALL, IN, ("Anna Muster",), "offerta"),
    ],
)
def test_tag_direction_names_and_matter(
    subject: str, kind: EntryKind, direction: Direction, names: tuple[str, ...], about: str
) -> None:
    found = _read(subject)
    assert (found.kind, found.direction, found.names, found.subject) == (kind, direction, names, about)
    assert (found.day, found.unclear) == (None, "")


@pytest.mark.parametrize(
    ("subject", "day", "names"),
    [
        ("#todo 3.12. Muster AG: samples", date(2026, 12, 3), ("Muster AG",)),
        ("#aufgabe 3.12. Muster AG: Muster", date(2026, 12, 3), ("Muster AG",)),
        ("#todo 3.12.2027 Muster AG", date(2027, 12, 3), ("Muster AG",)),
        ("#todo 3.12. 2027 Muster AG", date(2027, 12, 3), ("Muster AG",)),
        ("#todo 3.12.27 Muster AG", date(2027, 12, 3), ("Muster AG",)),
        ("#todo 3.1. Muster AG", date(2027, 1, 3), ("Muster AG",)),
        ("#todo 25.11. Muster AG", date(2026, 11, 25), ("Muster AG",)),
        ("#todo 29.2. Muster AG", date(2028, 2, 29), ("Muster AG",)),
        ("#todo 2026-12-03 Muster AG", date(2026, 12, 3), ("Muster AG",)),
        ("#todo 3. Dezember Muster AG", date(2026, 12, 3), ("Muster AG",)),
        ("#todo 3 December 2027 Muster AG", date(2027, 12, 3), ("Muster AG",)),
        ("#aufgabe morgen Muster AG", date(2026, 11, 26), ("Muster AG",)),
        ("#todo tomorrow: Muster AG", date(2026, 11, 26), ("Muster AG",)),
        ("#aufgabe bis Freitag Muster AG", date(2026, 11, 27), ("Muster AG",)),
        ("#todo by Wednesday Muster AG", date(2026, 12, 2), ("Muster AG",)),
        ("#todo Muster AG by 3.12.", date(2026, 12, 3), ("Muster AG",)),
        ("#aufgabe Muster AG bis morgen: Muster", date(2026, 11, 26), ("Muster AG",)),
        ("#anruf gestern von Muster AG", date(2026, 11, 24), ("Muster AG",)),
        ("#call Monday Muster AG", date(2026, 11, 23), ("Muster AG",)),
        ("#besuch 3.12. Muster AG", date(2025, 12, 3), ("Muster AG",)),
        ("#compito domani Muster AG", date(2026, 11, 26), ("Muster AG",)),
        ("#tâche 3/12 Muster AG", date(2026, 12, 3), ("Muster AG",)),
    ],
)
def test_days(subject: str, day: date, names: tuple[str, ...]) -> None:
    found = _read(subject)
    assert (found.day, found.names, found.unclear) == (day, names, "")


@pytest.mark.parametrize(
    ("subject", "unclear"),
    [
        ("#todo 31.2. Muster", "31.2."),
        ("#aufgabe 32.13. Muster", "32.13."),
        ("#todo by 2026-13-01 X", "2026-13-01"),
    ],
)
def test_a_day_that_no_calendar_has(subject: str, unclear: str) -> None:
    assert (_read(subject).day, _read(subject).unclear) == (None, unclear)


@pytest.mark.parametrize("subject", ["#cal Anna", "#Rechnung", "#sendmail"])
def test_a_tag_that_nobody_knows(subject: str) -> None:
    found = _read(subject)
    assert (found.kind, found.unclear) == (None, subject.split(maxsplit=1)[0])


@pytest.mark.parametrize(
    "subject",
    ["", "call Anna", "Re: #call Anna", "#4711 Rechnung", "#", "# call", "#privat Ferien", "#private"],
)
def test_what_is_no_command(subject: str) -> None:
    assert read_command(subject, "", today=TODAY) is None


def test_addresses_are_found_in_subject_and_first_line() -> None:
    found = _read("#call anna@muster.example, asks back", "also max@frei.example\n\nnot eva@later.example\n")
    assert [str(one) for one in found.addresses] == ["anna@muster.example", "max@frei.example"]
    assert _read("#call", "Anna Muster\nasked about the offer").names == ("Anna Muster",)


def test_a_weekday_that_is_today_is_in_a_week_or_was_a_week_ago() -> None:
    for ahead, day in ((True, date(2026, 12, 2)), (False, date(2026, 11, 18))):
        said = day_at(["Mittwoch"], today=TODAY, ahead=ahead)
        assert said is not None
        assert said.day == day


@given(st.text(max_size=200), st.text(max_size=200))
def test_nothing_that_somebody_writes_is_too_much(subject: str, text: str) -> None:
    read_command(f"#todo {subject}", text, today=TODAY)
    read_command(subject, text, today=TODAY)
