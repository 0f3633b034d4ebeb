"""A date as letters write it, by language; and words for a day in a stamp."""

from datetime import date
from random import Random
from typing import Final

MONTHS: Final = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split(),
    "en": "January February March April May June July August September October November December".split(),
}
_SHORT: Final = {
    "de": "Jan. Feb. Mrz. Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.".split(),
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.".split(),
    "it": "gen. feb. mar. apr. mag. giu. lug. ago. set. ott. nov. dic.".split(),
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
}


def spelt(random: Random, day: date, language: str) -> str:
    """Return a date in one of the spellings that letters of a language use."""
    return random.choice(_SPELLINGS[language])(day)


def in_figures(day: date) -> str:
    """Return a date as stamps and machines print it."""
    return f"{day:%d.%m.%Y}"


def stamped(random: Random, day: date, language: str) -> str:
    """Return a date as a stamp that is turned by hand shows it."""
    month = _SHORT[language][day.month - 1].upper()
    return random.choice(
        (f"{day.day:02} {month} {day.year}", f"{day.day}. {month} {day.year}", in_figures(day))
    )


def _day_in_french(day: date) -> str:
    return f"{'1er' if day.day == 1 else day.day} {MONTHS['fr'][day.month - 1]} {day.year}"


def _ordinal(day: date) -> str:
    ending = "th" if 10 < day.day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return f"{day.day}{ending} {MONTHS['en'][day.month - 1]} {day.year}"


_SPELLINGS: Final = {
    "de": (
        lambda d: f"{d.day}. {MONTHS['de'][d.month - 1]} {d.year}",
        lambda d: f"{d.day}. {MONTHS['de'][d.month - 1]} {d.year}",
        lambda d: f"{d:%d.%m.%Y}",
        lambda d: f"{d:%d.%m.%Y}",
        lambda d: f"{d.day}.{d.month}.{d.year}",
        lambda d: f"{d:%d.%m.%y}",
        lambda d: f"{d.day:02}. {_SHORT['de'][d.month - 1]} {d.year}",
        lambda d: f"{d:%Y-%m-%d}",
    ),
    "fr": (
        _day_in_french,
        _day_in_french,
        lambda d: f"{d:%d/%m/%Y}",
        lambda d: f"{d:%d.%m.%Y}",
        lambda d: f"{d.day} {_SHORT['fr'][d.month - 1]} {d.year}",
    ),
    "it": (
        lambda d: f"{d.day} {MONTHS['it'][d.month - 1]} {d.year}",
        lambda d: f"{d.day} {MONTHS['it'][d.month - 1]} {d.year}",
        lambda d: f"{d:%d/%m/%Y}",
        lambda d: f"{d.day}.{d.month}.{d.year}",
    ),
    "en": (
        lambda d: f"{d.day} {MONTHS['en'][d.month - 1]} {d.year}",
        lambda d: f"{d.day} {MONTHS['en'][d.month - 1]} {d.year}",
        _ordinal,
        lambda d: f"{MONTHS['en'][d.month - 1]} {d.day}, {d.year}",
        lambda d: f"{d.day:02} {_SHORT['en'][d.month - 1]} {d.year}",
        lambda d: f"{d:%d/%m/%Y}",
    ),
}
