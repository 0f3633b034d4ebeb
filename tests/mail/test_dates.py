"""When a mail was written, as mailers of all times and languages say it."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from mail.dates import read_date


def at(*numbers: int, zone: float = 0) -> datetime:
    year, month, day, hour, minute, second = (*numbers, 0, 0, 0)[:6]
    return datetime(year, month, day, hour, minute, second, tzinfo=timezone(timedelta(hours=zone)))


NOVEMBER = at(2026, 11, 24, 14, 35, 27, zone=1)


@pytest.mark.parametrize(
    ("written", "when"),
    [
        ("Tue, 24 Nov 2026 14:35:27 +0100", NOVEMBER),
        ("24 Nov 2026 14:35:27 +0100", NOVEMBER),
        ("Tue, 24 Nov 2026 14:35:27 +0100 (CET)", NOVEMBER),
        ("Tue, 24 Nov 2026 14:35:27 (MEZ) +0100", NOVEMBER),
        ("Tue,24 Nov 2026 14:35:27 +01:00", NOVEMBER),
        ("Tue, 24 Nov 2026 14:35:27 CET", NOVEMBER),
        ("Tue, 24-Nov-2026 14:35:27 +0100", NOVEMBER),
        ("Tue, 24 November 2026 14:35:27 +0100", NOVEMBER),
        ("Tue, 24 Nov 2026 14.35.27 +0100", NOVEMBER),
        ("Tue, 24 Nov 2026 02:35:27 PM +0100", NOVEMBER),
        ("2026-11-24T14:35:27+01:00", NOVEMBER),
        ("2026-11-24 14:35:27.123456 +0100", NOVEMBER),
        ("Tue Nov 24 14:35:27 2026", at(2026, 11, 24, 14, 35, 27)),
        ("Tue Nov 24 14:35:27 EST 2026", at(2026, 11, 24, 14, 35, 27, zone=-5)),
        ("Tue, 24 Nov 2026 14:35 GMT", at(2026, 11, 24, 14, 35)),
        ("Tue, 24 Nov 2026 14:35:27", at(2026, 11, 24, 14, 35, 27)),
        ("Tue, 24 Nov 2026 14:35:27 XYZ", at(2026, 11, 24, 14, 35, 27)),
        ("Tue, 24 Nov 2026 14:35:27 +9999", at(2026, 11, 24, 14, 35, 27)),
        ("Tue, 24 Nov 2026 14:35:27 GMT+0100", NOVEMBER),
        ("Tue, 24 Nov 2026 14:35:60 +0100", at(2026, 11, 24, 14, 35, 59, zone=1)),
        ("Tue, 24 Nov 26 14:35:27 +0100", NOVEMBER),
        ("Wed, 24 Nov 99 14:35:27 +0100", at(1999, 11, 24, 14, 35, 27, zone=1)),
        ("Wed, 24 Nov 126 14:35:27 +0100", at(2026, 11, 24, 14, 35, 27, zone=1)),
        ("Di, 24 Okt 2026 14:35:27 +0200", at(2026, 10, 24, 14, 35, 27, zone=2)),
        ("Mi., 4. März 2026 08:00 +0100", at(2026, 3, 4, 8, zone=1)),
        ("mar., 24 févr. 2026 14:35:27 +0100", at(2026, 2, 24, 14, 35, 27, zone=1)),
        ("gio, 4 giu 2026 16:20:00 +0200", at(2026, 6, 4, 16, 20, zone=2)),
        ("12 Août 2026 10:00 +0200", at(2026, 8, 12, 10, zone=2)),
    ],
)
def test_a_date_keeps_its_moment_and_its_offset(written: str, when: datetime) -> None:
    read = read_date(written)
    assert read == when
    assert read is not None
    assert read.utcoffset() == when.utcoffset()


@pytest.mark.parametrize(
    "written",
    ["", "gestern", "Tue, 32 Nov 2026 14:35:27 +0100", "Tue, 24 Foo 2026 14:35:27 +0100", "24.11.2026",
     "Tue, 24 Nov 2026", "Tue, 24 Nov 2026 25:00:00 +0100", "Mon, 30 Jun 36090 15:33:50 +0600", "24 ²²² 2026 10:00",
     "Fri, 31 Dec 9999 23:59:59 -1200"],
)  # fmt: skip
def test_what_is_no_date_is_none(written: str) -> None:
    assert read_date(written) is None


def test_a_date_can_always_be_kept_in_universal_time() -> None:
    read = read_date("Fri, 31 Dec 9999 23:59:59 +0100")
    assert read is not None
    assert read.astimezone(UTC).year == 9999
