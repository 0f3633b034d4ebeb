"""Which day does somebody mean?  `3.12.`, `2026-12-03`, `3. Dezember`, `morgen`, `Friday`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ingest.command_words import DAYS_AWAY, MONTHS, WEEKDAYS

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2})?)?")
_DAY = re.compile(r"(\d{1,2})(?:\.|er|st|nd|rd|th)?")
_YEAR = re.compile(r"20\d{2}")
_ENDS = ",:;)"
_WEEK, _YEARS_TO_LOOK = 7, 8  # 29 February comes within eight


@dataclass(frozen=True, slots=True)
class Said:
    """A day as words say it: how many of them, and None where no calendar has it."""

    day: date | None
    words: int


def day_at(words: Sequence[str], *, today: date, ahead: bool) -> Said | None:
    """Return the day that *words* begin with, None if they begin with none.

    Where the year or the week is not said it is the next such day, or (not *ahead*)
    the last one.
    """
    if not words:
        return None
    bare = words[0].rstrip(_ENDS).casefold()
    if bare in DAYS_AWAY:
        return Said(today + timedelta(days=DAYS_AWAY[bare]), 1)
    if bare in WEEKDAYS:
        return Said(_weekday(WEEKDAYS[bare], today, ahead), 1)
    if found := _ISO.fullmatch(bare):
        return Said(_date(*(int(number) for number in found.groups())), 1)
    if found := _DOTTED.fullmatch(bare):
        return _numbers(int(found[1]), int(found[2]), found[3], words[1:], today, ahead)
    return _named_month(bare, words[1:], today, ahead)


def _numbers(day: int, month: int, year: str | None, after: Sequence[str], today: date, ahead: bool) -> Said:
    if year:
        return Said(_date(int(year) + (2000 if len(year) == 2 else 0), month, day), 1)
    if after and _YEAR.fullmatch(after[0].rstrip(_ENDS)):
        return Said(_date(int(after[0].rstrip(_ENDS)), month, day), 2)
    return Said(_of_some_year(month, day, today, ahead), 1)


def _named_month(first: str, after: Sequence[str], today: date, ahead: bool) -> Said | None:
    found = _DAY.fullmatch(first)
    month = MONTHS.get(after[0].rstrip(_ENDS + ".").casefold()) if after else None
    if not found or month is None:
        return None
    said = _numbers(int(found[1]), month, None, after[1:], today, ahead)
    return Said(said.day, said.words + 1)


def _weekday(number: int, today: date, ahead: bool) -> date:
    away = (number - today.weekday()) % _WEEK or _WEEK
    return today + timedelta(days=away if ahead else away - _WEEK if away != _WEEK else -_WEEK)


def _of_some_year(month: int, day: int, today: date, ahead: bool) -> date | None:
    """Return the next or last day of this name, today among them."""
    for years in range(_YEARS_TO_LOOK + 1):
        found = _date(today.year + (years if ahead else -years), month, day)
        if found and (found >= today if ahead else found <= today):
            return found
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
