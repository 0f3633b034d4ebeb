"""How is what people write in a cell kept?  Countries, languages, days, telephone numbers, lists, own fields."""

import json
import re
from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any

import phonenumbers
from babel import Locale

from ingest.correspondents.said import WrongReason, WrongRow
from storage.correspondents import PhoneKind
from storage.phones import phone_key

_LANGUAGES = ("de", "fr", "it", "en")
_MORE_COUNTRIES = {
    "usa": "US", "u.s.a.": "US", "vereinigte staaten": "US", "uk": "GB", "england": "GB", "grossbritannien": "GB",
    "great britain": "GB", "svizzera": "CH", "d": "DE", "a": "AT", "f": "FR", "i": "IT", "fl": "LI", "l": "LU",
    "brd": "DE", "holland": "NL", "tschechien": "CZ", "czech republic": "CZ", "schweiz (ch)": "CH",
}  # fmt: skip
_KINDS = (
    (PhoneKind.FAX, ("fax",)),
    (PhoneKind.MOBILE, ("mobil", "cell", "handy", "natel", "portable")),
    (PhoneKind.PRIVATE, ("home", "privat", "prive", "domicile", "casa")),
)
# A spreadsheet takes what begins with one of these for a formula.
_PLAIN = re.compile(r"[0-9][0-9 ./-]*")
_DIGITS = re.compile(r"[0-9]+")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def defused(cell: str) -> str:
    """Return *cell* so that no spreadsheet takes it for a formula: with ' before it.

    >>> defused("=1+1"), defused("'=1"), defused("'t Hooft")
    ("'=1+1", "''=1", "'t Hooft")
    """
    return f"'{cell}" if cell.lstrip("'").startswith(_FORMULA) else cell


def fused(cell: str) -> str:
    """Return what `defused` was given.

    >>> fused("'=1+1"), fused("''=1"), fused("'t Hooft")
    ('=1+1', "'=1", "'t Hooft")
    """
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA) else cell


def day_in(text: str) -> date:
    """Return a day as ISO 8601, or as written in Switzerland: 31.12.2026.  WrongRow."""
    text = text.strip()
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?:[T ].*)?", text)
    numbers = found.groups() if found else text.replace("/", ".").split(".")[::-1]
    try:
        year, month, day = (int(number) for number in numbers)
        return date(year, month, day)
    except (ValueError, OverflowError):
        raise WrongRow(WrongReason.NO_DAY, value=text[:80]) from None


def country_in(text: str) -> str:
    """Return the code (ISO 3166-1 alpha-2) of a country named in one of our languages.  WrongRow."""
    text = text.strip()
    code = _countries().get(text.casefold())
    if code is None:
        raise WrongRow(WrongReason.NO_COUNTRY, value=text[:80])
    return code


def language_in(text: str) -> str:
    """Return the code of a language: `de` for Deutsch, German, de-CH; what is none of ours as it is, cut."""
    text = text.strip()
    return _language_codes().get(text.casefold()) or text.partition("-")[0].partition("_")[0].lower()[:8]


def kind_in(text: str) -> PhoneKind:
    """Return what a number labelled so is for."""
    label = text.casefold()
    for kind, words in _KINDS:
        if any(word in label for word in words):
            return kind
    return PhoneKind.OFFICE


@lru_cache(maxsize=4096)
def number_key(written: str, country: str) -> str:
    """Return a telephone number as E.164, read as dialled in *country*; its digits where that cannot be."""
    return _dialled_at_home(written, country) or thorough_key(written, country)


def thorough_key(written: str, country: str) -> str:
    """Return a telephone number as E.164 by all that is known of how numbers are dialled."""
    try:
        number = phonenumbers.parse(written, country or None)
    except phonenumbers.NumberParseException:
        return phone_key(written)
    if not phonenumbers.is_possible_number(number):
        return phone_key(written)
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))[:40]


def _dialled_at_home(written: str, country: str) -> str | None:
    """Return a plain number with the 0 before it that one dials within a country: half of the time goes here."""
    plan = _plan(country)
    if plan is None or not _PLAIN.fullmatch(written):
        return None
    digits = "".join(_DIGITS.findall(written))
    if digits[:1] != "0" or digits[:2] == "00" or len(digits) - 1 not in plan[1]:
        return None
    return f"+{plan[0]}{digits[1:]}"


@cache
def _plan(country: str) -> tuple[int, frozenset[int]] | None:
    """Return the country code and the lengths of numbers where 0, and only that, is dialled before them."""
    known = phonenumbers.PhoneMetadata.metadata_for_region(country, None) if country else None
    if known is None or not known.national_prefix == known.national_prefix_for_parsing == "0":
        return None
    if known.national_prefix_transform_rule or known.country_code is None or known.general_desc is None:
        return None
    return known.country_code, frozenset(known.general_desc.possible_length)


def joined(parts: Sequence[str]) -> str:
    r"""Return several values as one cell.

    >>> print(joined(["Wine; red", "Art"]))
    Wine\; red; Art
    """
    return "; ".join(part.replace("\\", "\\\\").replace(";", "\\;") for part in parts)


def parted(cell: str) -> list[str]:
    r"""Return the values of a cell that holds several, separated by semicolon or line.

    >>> parted("Wine\\; red; Art")
    ['Wine; red', 'Art']
    """
    parts = _parted_with_care(cell) if "\\" in cell else re.split(r"[;\n]", cell)
    return [part.strip() for part in parts if part.strip()]


def _parted_with_care(cell: str) -> list[str]:
    parts, current, escaped = [], "", False
    for character in cell:
        if escaped:
            current, escaped = current + character, False
        elif character == "\\":
            escaped = True
        elif character in ";\n":
            parts.append(current)
            current = ""
        else:
            current += character
    return [*parts, current]


def own_as_cell(value: Any) -> str:
    """Return the value of an own field as a cell from which `own_in` reads the same."""
    if isinstance(value, str) and own_in(value) == value:
        return value
    return json.dumps(value, ensure_ascii=False)


def own_in(cell: str) -> Any:
    """Return what a cell of an own field holds: a number, a list …, and a text where it reads as nothing else."""
    try:
        value = json.loads(cell, parse_constant=_refused)
    except (ValueError, RecursionError):
        return cell
    return value if json.dumps(value, ensure_ascii=False) == cell else cell


def _refused(constant: str) -> Any:
    """NaN and Infinity are no JSON, and PostgreSQL keeps none."""
    raise ValueError(constant)


@cache
def _countries() -> dict[str, str]:
    found = dict(_MORE_COUNTRIES)
    for language in _LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                found.setdefault(name.casefold(), code)
                found.setdefault(code.casefold(), code)
    return found


@cache
def _language_codes() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in _LANGUAGES:
        for code, name in Locale(language).languages.items():
            found.setdefault(name.casefold(), code.partition("_")[0])
            found.setdefault(code.casefold(), code.partition("_")[0][:8])
    return found
