"""Dates as people's mail clients type them."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail.forward_dates import typed_date

NEAR = datetime.fromisoformat("2026-03-05T10:00:00+01:00")


@pytest.mark.parametrize(
    "text",
    [
        "Dienstag, 3. März 2026 14:02", "Di., 3. März 2026 um 14:02 Uhr", "03.03.26, 14:02",
        "3.3.2026 14:02:00",
        "mar. 3 mars 2026 à 14:02", "mardi 3 mars 2026 14 h 02", "martedì 3 marzo 2026 14:02",
        "mar 3 mar 2026 alle ore 14:02",
        "Tuesday, March 3, 2026 2:02 PM", "Tue, Mar 3, 2026 at 2:02 PM", "3 March 2026 at 14:02:00 CET",
        "On Tuesday, March 3rd, 2026 at 2:02 PM", "3/3/26, 14:02", "2026-03-03 14:02",
        "Tue, 03 Mar 2026 14:02:00 +0100",
        "dinsdag 3 maart 2026 14:02", "di 3 mrt 2026 om 14:02", "martes, 3 de marzo de 2026 14:02",
        "mar, 3 mar 2026 a las 14:02",
        "terça-feira, 3 de março de 2026 14:02", "ter., 3 de mar. de 2026 às 14:02",
        "terça, 3/03/2026 à(s) 14:02",
        "wtorek, 3 marca 2026 14:02", "wt., 3 mar 2026 o 14:02", "út 3. 3. 2026 v 14:02",
        "3. března 2026 14:02:00 SEČ",
        "tir. 3. mar. 2026 kl. 14.02", "3. marts 2026 kl. 14.02.00 CET", "tis 3 mars 2026 kl 14:02",
        "ti 3. maalisk. 2026 klo 14.02",
        "3. ožujka 2026. u 14:02", "uto, 3. ožu 2026. u 14:02", "2026. márc. 3., K, 14:02",
        "2026. március 3. du. 2:02",
        "marți, 3 martie 2026 14:02", "вт, 3 мар. 2026 г. в 14:02", "3 марта 2026 г., 14:02:00 GMT+1",
        "вт, 3 бер. 2026 о 14:02",
        "3 Mart 2026 Salı 14:02", "3 Mar 2026 Sal, 14:02", "Τρίτη, 3 Μαρτίου 2026 2:02 μμ",
        "2026 m. kovo 3 d. 14:02",
        "T, 3. märts 2026 kell 14:02", "2026年3月3日 14:02", "2026年3月3日(火) 14:02",
        "2026年3月3日 下午2:02", "2026/3/3 (二) 下午 2:02",
        "2026년 3월 3일 (화) 오후 2:02", "3 tháng 3, 2026 14:02", "Tue, 3 Mar 2026 at 15:02 GMT+2",
        "3 March 2026 8:02 AM EST",
        "3 mars 2026 à 14:02:00 UTC+1",
    ],
)  # fmt: skip
def test_a_typed_date_is_read_in_many_languages(text: str) -> None:
    assert typed_date(text, NEAR) == datetime.fromisoformat("2026-03-03T14:02:00+01:00")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2/3/26 2:02 PM", "2026-02-03"), ("2/3/26 14:02", "2026-03-02"), ("3/2/2026 14:02", "2026-02-03"),
        ("12/2/2026 14:02", "2026-02-12"), ("2/12/2026 14:02", "2026-02-12"), ("4/3/2026 2:02 PM", "2026-03-04"),
        ("3 listopada 2025 14:02", "2025-11-03"), ("3. listopada 2025. 14:02", "2025-10-03"),
        ("27 lip 2025 14:02", "2025-07-27"), ("27. lip 2025. 14:02", "2025-06-27"),
    ],
)  # fmt: skip
def test_day_and_month_are_told_apart_by_what_can_have_been(text: str, day: str) -> None:
    when = typed_date(text, NEAR)
    assert when is not None
    assert when.date().isoformat() == day


def test_without_a_zone_it_is_that_of_who_sent_it_on() -> None:
    near = datetime.fromisoformat("2026-03-05T10:00:00-05:00")
    assert typed_date("3 March 2026 14:02", near) == datetime.fromisoformat("2026-03-03T14:02:00-05:00")
    assert typed_date("3 March 2026 14:02", None) == datetime.fromisoformat("2026-03-03T14:02:00+00:00")


@pytest.mark.parametrize(
    "text", ["", "heute", "14:02", "31. Februar 2026", "99/99/9999 99:99", "Mai", "3.", "²³", "٣"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert typed_date(text, NEAR) is None


@given(st.text(max_size=60) | st.from_regex(r"\A[0-9 :./-]{0,30}[a-zäéů]{0,9}[0-9 :./+-]{0,20}\Z"))
def test_no_text_is_an_error(text: str) -> None:
    when = typed_date(text, NEAR)
    assert when is None or when.utcoffset() is not None
