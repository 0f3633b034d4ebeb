"""How are times, sizes and names written in the reader's language?"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, Protocol, TypeVar
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from mail.file_marks import straight
from mail.registered_numbers import spaced
from mail.reply import stretches

# Switzerland's forms: 03.12.2026, 14:05, 1’000.
_LOCALES = {"de": "de_CH", "fr": "fr_CH", "it": "it_CH", "en": "en_GB"}
_COLOURS = 8


class Dated(Protocol):
    """What happened at a time."""

    @property
    def at(self) -> datetime:
        """When."""


_Dated = TypeVar("_Dated", bound=Dated)


def filters(language: str, zone: ZoneInfo) -> dict[str, Callable[..., Any]]:
    """Return the filters that templates in this language use; times are shown in *zone*."""
    locale = Locale.parse(_LOCALES[language])

    def local(moment: datetime) -> datetime:
        return moment.astimezone(zone)

    def by_day(entries: Iterable[_Dated]) -> list[tuple[date, list[_Dated]]]:
        grouped = groupby(entries, key=lambda entry: local(entry.at).date())
        return [(day, list(those)) for day, those in grouped]

    return {
        "by_day": by_day,
        "day": lambda day: format_date(day, "medium", locale=locale),
        "iso_day": lambda text: format_date(date.fromisoformat(text), "medium", locale=locale),
        "long_day": lambda day: format_date(day, "full", locale=locale),
        "month": lambda day: format_date(day, "LLLL yyyy", locale=locale),
        "day_of": lambda moment: format_date(local(moment).date(), "medium", locale=locale),
        "clock": lambda moment: format_time(local(moment), "HH:mm", locale=locale),
        "moment": lambda moment: _moment(local(moment), locale),
        "span": lambda start, end, whole_day: _span(start, end, whole_day, local, locale),
        "iso": lambda moment: moment.isoformat(),
        "days_ago": lambda day: (datetime.now(zone).date() - day).days,
        "number": lambda number: format_decimal(number, locale=locale),
        "size": lambda octets: size(octets, locale),
        "breakable": breakable,
        "registered_number": spaced,
        "straight": straight,
        "stretches": stretches,
        "initials": initials,
        "colour": colour,
    }


def _moment(moment: datetime, locale: Locale) -> str:
    day = format_date(moment.date(), "medium", locale=locale)
    return f"{day}, {format_time(moment, 'HH:mm', locale=locale)}"


def _span(
    start: str | None, end: str | None, whole_day: bool, local: Callable[[datetime], datetime], locale: Locale
) -> str:
    """Return from when until when something is, of times as entries keep them; a whole day is no time of a zone."""
    if not start:
        return ""
    begins, ends = datetime.fromisoformat(start), datetime.fromisoformat(end) if end else None
    if whole_day:
        last = (ends - timedelta(days=1)).date() if ends and ends - begins > timedelta(days=1) else None
        days = [format_date(day, "medium", locale=locale) for day in (begins.date(), last) if day]
        return " – ".join(days)
    begins = local(begins)
    if ends is None or local(ends) <= begins:
        return _moment(begins, locale)
    same_day = local(ends).date() == begins.date()
    until = format_time(local(ends), "HH:mm", locale=locale) if same_day else _moment(local(ends), locale)
    return f"{_moment(begins, locale)} – {until}"


def size(octets: int, locale: Locale) -> str:
    """Return a size as people say it: 12 kB."""
    amount = float(octets)
    for unit in ("B", "kB", "MB", "GB"):
        if amount < 1000 or unit == "GB":
            break
        amount /= 1000
    rounded = round(amount, 1) if amount < 10 and unit != "B" else round(amount)
    return f"{format_decimal(rounded, locale=locale)}\N{NO-BREAK SPACE}{unit}"


def breakable(text: str) -> Markup:
    """Return *text* so that its e-mail addresses go on a new line behind the @, if they must."""
    return escape(text).replace("@", Markup("@<wbr>"))


def initials(name: str) -> str:
    """Return one or two letters that stand for a name."""
    words = [word for word in name.replace("@", " ").split() if word[0].isalnum()]
    letters = [words[0][0], words[-1][0]] if len(words) > 1 else [word[0] for word in words]
    return "".join(letters).upper() or "?"


def colour(name: str) -> int:
    """Return which of the avatars' colours a name has: always the same one."""
    return sum(name.encode("utf-8", "replace")) % _COLOURS


def today(zone: ZoneInfo) -> date:
    """Return the day that it is in the firm's zone."""
    return datetime.now(zone).date()


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """Return the moment at which *day* begins in the firm's zone."""
    return datetime.combine(day, datetime.min.time(), tzinfo=zone)


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """Return the moment at which *day* is over in the firm's zone."""
    return start_of(day + timedelta(days=1), zone)
