"""Which dates stand in a text?  In figures or words of many languages, also with letters read for digits."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ingest.letters.fields.month_names import month_of, roman_month
from ingest.letters.fields.spelling import as_digits, folded

_D = "[0-9OoQlI|!SB]"
_ISO = re.compile(rf"(?<![\w.-])({_D}{{4}})\s?[-–/.]\s?({_D}{{2}})\s?[-–/.]\s?({_D}{{2}})(?![\w-])")
_FIGURES = re.compile(
    rf"(?<![\w/-])(?<!\d[.,])({_D}{{1,2}})\s?(?P<between>[./,\-–·])\s?({_D}{{1,2}})\s?[./,\-–·]\s?((?:[12l]{_D}{{3}})"
    rf"|(?:'?{_D}{{2}}))"
    r"(?![\w/-]|[.,]\d)"
)
# 03 03 2026, from a form with a box for each, or with the points lost.
_SPACED = re.compile(r"(?<![\w./,-])(?<!\d )(\d{2})\s(\d{2})\s((?:19|20)\d{2})(?![\w./-]|\s\d)")
_ORDINAL = r"(?:\s?(?:er|ere|re|ro|st|nd|rd|th|°|º|ª|\.|,|e)(?![a-z0-9]))?"
_MONTH = r"[^\W\d_][\w|!]{1,11}"
_YEAR = rf"(?:[12l]{_D}{{3}}|'?{_D}{{2}})(?!\w)"
_DAY_FIRST = re.compile(
    rf"(?<![\w/])(?P<day>{_D}{{1,2}}){_ORDINAL}[\s.\-–/]{{0,3}}(?:(?:de|di|of"
    rf"|do)\s)?(?P<month>{_MONTH})[.,]?[\s.,\-–/]{{0,3}}(?:(?:de|del|of)\s)?(?P<year>{_YEAR})",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"(?<!\w)(?P<month>{_MONTH})\.?\s(?:the\s)?(?P<day>{_D}{{1,2}}){_ORDINAL}\s?[,.]?\s{{0,2}}(?P<year>[12l]{_D}{{3}})(?!\w)",
    re.IGNORECASE,
)
_ROMAN = re.compile(
    r"(?<!\w)(\d{1,2})\s?[./-]\s?([IVX]{1,4})\s?[./-]\s?((?:19|20)\d{2}|\d{2})(?!\w)", re.IGNORECASE
)
_OLDEST = 1900
_BY_TWO_DIGITS_FROM = 60  # 60 is 1960, 59 is 2059


@dataclass(frozen=True, slots=True)
class DateSeen:
    """A date from *start* to *end* of a text: *value*, and *other* where day and month may be the other way."""

    start: int
    end: int
    value: date
    other: date | None = None
    is_in_words: bool = False
    has_long_year: bool = True
    is_month_first: bool = False  # as it must be in 03/20/2026


def dates_in(text: str) -> list[DateSeen]:
    """Return the dates of a text from left to right; day before month unless only the other way is possible.

    >>> [str(seen.value) for seen in dates_in("Zürich, l. März 2O26, le 1er mars 2026, March 3rd, 2026, 03.03.26")]
    ['2026-03-01', '2026-03-01', '2026-03-03', '2026-03-03']
    """
    found: list[DateSeen] = []
    plain = folded(text)
    for seen in (*_iso(text), *_named(text, plain), *_in_figures(text), *_roman(text)):
        if not any(seen.start < other.end and other.start < seen.end for other in found):
            found.append(seen)
    return sorted(found, key=lambda seen: seen.start)


def _iso(text: str) -> Iterator[DateSeen]:
    for match in _ISO.finditer(text):
        if value := _date(match[1], _number(match[2]), match[3]):
            yield DateSeen(match.start(), match.end(), value)


def _named(text: str, plain: str) -> Iterator[DateSeen]:
    for pattern in (_DAY_FIRST, _MONTH_FIRST):
        at = 0
        while match := pattern.search(plain, at):
            month = month_of(match["month"])
            start, end = match.span("day")
            day = text[start:end]
            if (
                month
                and any(map(str.isdigit, day + "1" if len(day) == 1 else day))
                and (value := _date(match["year"], month, day))
            ):
                long_year = len(match["year"].strip("'")) == 4
                yield DateSeen(match.start(), match.end(), value, None, True, long_year)
                at = match.end()
            else:
                at = match.start() + 1


def _in_figures(text: str) -> Iterator[DateSeen]:
    for pattern in (_FIGURES, _SPACED):
        for match in pattern.finditer(text):
            day, month, year = match[1], match[match.re.groups - 1], match[match.re.groups]
            if sum(map(str.isdigit, day + month + year)) < 0.6 * len(day + month + year):
                continue
            value, other = _date(year, _number(month), day), _date(year, _number(day), month)
            between = match.groupdict().get("between", " ")
            if value or other:
                yield DateSeen(
                    match.start(),
                    match.end(),
                    value or other or date.min,
                    other if value and other != value and between in "/-–" else None,
                    has_long_year=len(year.strip("'")) == 4,
                    is_month_first=value is None,
                )


def _roman(text: str) -> Iterator[DateSeen]:
    for match in _ROMAN.finditer(text):
        if (month := roman_month(match[2])) and (value := _date(match[3], month, match[1])):
            yield DateSeen(match.start(), match.end(), value)


def _number(written: str) -> int:
    digits = as_digits(written)
    return int(digits) if digits.isdigit() else 0


def _date(year: str, month: int, day: str) -> date | None:
    whole = _number(year.strip("'"))
    if whole < 100 and len(year.strip("'")) == 2:
        whole += 1900 if whole >= _BY_TWO_DIGITS_FROM else 2000
    try:
        return date(whole, month, _number(day)) if whole >= _OLDEST else None
    except ValueError:
        return None
