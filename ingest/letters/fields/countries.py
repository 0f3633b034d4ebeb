"""Which country does a line of an address name?  In German, French, Italian, English and its own language."""

from functools import lru_cache

from babel import Locale

from ingest.letters.fields.spelling import folded
from mail.signature_words import CODES

_LOCALES = ("de", "fr", "it", "en", "es", "nl", "pt", "pl")
_MORE = {
    "uk": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "great britain": "GB", "grossbritannien": "GB",
    "usa": "US", "u.s.a.": "US", "united states of america": "US", "holland": "NL", "the netherlands": "NL",
    "furstentum liechtenstein": "LI", "principaute de monaco": "MC", "brd": "DE", "suisse / schweiz": "CH",
    "hong kong": "HK", "tschechische republik": "CZ", "republique tcheque": "CZ", "repubblica ceca": "CZ",
}  # fmt: skip
_PREFIXES = {
    **CODES, "nl": "NL", "b": "BE", "be": "BE", "lu": "LU", "dk": "DK", "e": "ES", "es": "ES", "p": "PT", "pt": "PT",
    "pl": "PL", "cz": "CZ", "sk": "SK", "si": "SI", "hu": "HU", "h": "HU", "s": "SE", "se": "SE", "n": "NO",
    "no": "NO", "gb": "GB", "fin": "FI", "fi": "FI", "mc": "MC", "hr": "HR", "ro": "RO", "bg": "BG", "gr": "GR",
}  # fmt: skip
TOP_LEVEL = {
    "ch": "CH", "swiss": "CH", "li": "LI", "de": "DE", "at": "AT", "fr": "FR", "it": "IT", "uk": "GB", "nl": "NL",
    "be": "BE", "lu": "LU", "es": "ES", "pt": "PT", "pl": "PL", "dk": "DK", "se": "SE", "no": "NO", "fi": "FI",
    "cz": "CZ", "ie": "IE", "us": "US", "ca": "CA", "au": "AU", "in": "IN",
}  # fmt: skip


def country_named(line: str) -> str:
    """Return the code of the country that a whole line names, empty if it names none.

    >>> country_named("SUISSE"), country_named("Deutschland."), country_named("Keller")
    ('CH', 'DE', '')
    """
    return _names().get(folded(line).strip(" .,-()"), "")


def country_of_code(prefix: str) -> str:
    """Return the country before a postcode, as in D-10115, empty if it is none."""
    return _PREFIXES.get(prefix.lower(), "")


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    names = {
        folded(name): code
        for locale in _LOCALES
        for code, name in Locale(locale).territories.items()
        if len(code) == 2 and code.isalpha()
    }
    return {**names, **_MORE}
