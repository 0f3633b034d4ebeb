"""Dates are found in all usual spellings, and with the slips that readers of print make."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.letters.fields.dates import dates_in
from ingest.letters.fields.letter_date import Calendar

THIRD = date(2026, 3, 3)


@pytest.mark.parametrize(
    "text",
    [
        "Zürich, 3. März 2026",
        "le 3 mars 2026",
        "03.03.26",
        "March 3rd, 2026",
        "2026-03-03",
        "3 marzo 2026",
        "3. Mrz. 2026",
        "3.3.2026",
        "03/03/2026",
        "O3.O3.2O26",
        "3. Mârz 2026",
        "3. Marz 2026",
        "Mar 3, 2026",
        "3-Mar-2026",
        "the 3rd of March 2026",
        "Tuesday, 3 March 2026",
        "3.III.2026",
        "Milano, lì 3 marzo 2026",
        "03 03 2026",
        "3 maart 2026",
        "3.März2026",
        "2026/03/03",
        "3 mars 26",
        "3 . 3 . 2026",
        "Basel, den 3, März 2026",
        "3º marzo 2026",
    ],
)
def test_the_third_of_march_is_found_however_it_is_written(text: str) -> None:
    assert [seen.value for seen in dates_in(text)] == [THIRD]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("le 1er mars 2026", date(2026, 3, 1)),
        ("l. März 2026", date(2026, 3, 1)),
        ("1° aprile 2026", date(2026, 4, 1)),
        ("12 févr. 2026", date(2026, 2, 12)),
        ("31 août 2025", date(2025, 8, 31)),
        ("1l.11.2025", date(2025, 11, 11)),
        ("21. Jänner 2026", date(2026, 1, 21)),
        ("22nd December 2025", date(2025, 12, 22)),
        ("2 Apri1 2026", date(2026, 4, 2)),
        ("03/20/2023", date(2023, 3, 20)),
    ],
)
def test_other_days_are_found(text: str, day: date) -> None:
    assert [seen.value for seen in dates_in(text)] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "Tél. 01.23.45.67.89",
        "CHE-116.281.710",
        "IBAN CH93 0076 2011 6238 5295 7",
        "Version 1.2.3",
        "30. Februar 2026",
        "12 Stück 2026",
        "0800 12 05 26",
        "5 Marketing 2026",
        "Art. 12.345.678",
        "http://a.example/2026/13/45",
    ],
)
def test_other_numbers_are_no_dates(text: str) -> None:
    assert dates_in(text) == []


@given(st.dates(date(1980, 1, 1), date(2050, 12, 31)))
def test_a_day_that_is_written_is_read_again(day: date) -> None:
    for text in (
        f"{day:%d.%m.%Y}",
        f"{day:%Y-%m-%d}",
        f"{day.day}. {day:%B} {day.year}",
        f"{day:%B} {day.day}, {day.year}",
    ):
        assert [seen.value for seen in dates_in(f"Bern, {text}")] == [day]


@given(st.text(alphabet="0123456789OlI./- märzaprile,°", max_size=60))
def test_what_is_found_stands_where_it_is_said_to(text: str) -> None:
    for seen in dates_in(text):
        assert 0 <= seen.start < seen.end <= len(text)


def test_of_two_ways_to_read_a_date_the_country_tells_the_right_one() -> None:
    (seen,) = dates_in("03/04/2026")
    assert Calendar(date(2026, 11, 28)).value(seen) == date(2026, 4, 3)
    assert Calendar(date(2026, 11, 28), month_first=True).value(seen) == date(2026, 3, 4)


def test_a_letter_is_not_from_tomorrow_if_it_may_be_from_last_month() -> None:
    (seen,) = dates_in("03/04/2026")
    assert Calendar(date(2026, 3, 10)).value(seen) == date(2026, 3, 4)
