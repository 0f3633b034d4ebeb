"""In which words is a notice told?  A template for each code and language: the subject, a blank line, the text."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from jinja2 import Environment, PackageLoader, StrictUndefined

LANGUAGES = ("de", "fr", "it", "en")
_FALL_BACK = "en"
_LOCALES = {"de": "de_CH", "fr": "fr_CH", "it": "it_CH", "en": "en_GB"}


def worded(code: str, language: str, zone: ZoneInfo, values: Mapping[str, Any]) -> tuple[str, str]:
    """Return the subject and the text of a notice in a language; times are told in *zone*."""
    known = language if language in LANGUAGES else _FALL_BACK
    text = _environment(known, zone).get_template(f"{code}.{known}.txt").render(values)
    subject, _, body = text.partition("\n")
    return subject.strip(), body.strip() + "\n"


@cache
def _environment(language: str, zone: ZoneInfo) -> Environment:
    # Plain text: there is nothing to escape.
    environment = Environment(
        loader=PackageLoader("outbound", "notices"),
        autoescape=False,  # noqa: S701
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    locale = Locale.parse(_LOCALES[language])
    environment.filters["moment"] = lambda given: _moment(given, zone, locale)
    environment.filters["day"] = lambda given: format_date(_day(given), "full", locale=locale)
    return environment


def _moment(given: str | datetime, zone: ZoneInfo, locale: Locale) -> str:
    moment = (datetime.fromisoformat(given) if isinstance(given, str) else given).astimezone(zone)
    return f"{format_date(moment.date(), 'medium', locale=locale)}, {format_time(moment, 'HH:mm', locale=locale)}"


def _day(given: str | date) -> date:
    return date.fromisoformat(given) if isinstance(given, str) else given
