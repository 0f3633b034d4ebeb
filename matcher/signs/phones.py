"""Which telephone numbers stand in a signature?  In international form, as tables look them up."""

import re
from collections.abc import Iterable, Iterator

_WRITTEN = re.compile(r"(?<![\w/+.])(?:\+|\(?0)[\d(](?:[\s()./'–-]{0,3}\d){6,16}(?!\w)")
_COUNTRIES = {
    "ch": "CH",
    "li": "LI",
    "de": "DE",
    "at": "AT",
    "fr": "FR",
    "it": "IT",
    "uk": "GB",
    "lu": "LU",
    "be": "BE",
}
_MOST, _MOST_ELSEWHERE = 12, 3


def phones(lines: Iterable[str], *, domain: str, country: str) -> tuple[str, ...]:
    """Return the valid numbers of some lines as E.164, those of *country* also as dialled there; a bounded number.

    One without its country's code is of the country in which the author's *domain* ends,
    else of *country* (ISO 3166-1), which is ours.
    """
    region = _COUNTRIES.get(domain.rpartition(".")[2], country)
    found = (each for line in lines for written in _in_line(line) for each in _read(written, region, country))
    return tuple(dict.fromkeys(found))[:_MOST]


def phones_elsewhere(lines: Iterable[str], *, domain: str, country: str) -> tuple[str, ...]:
    """Return as E.164 what numbers without their country's code are in the other countries around; a bounded number.

    Each may be another's there: only who is named beside it is meant.
    """
    here = {_COUNTRIES.get(domain.rpartition(".")[2], country)}
    written = [one for line in lines for one in _in_line(line) if not one.startswith(("+", "00"))]
    regions = sorted(set(_COUNTRIES.values()) - here)
    found = (
        each for one in written[:_MOST_ELSEWHERE] for region in regions for each in _read(one, region, "")
    )
    return tuple(dict.fromkeys(found))[:_MOST]


def _in_line(line: str) -> Iterator[str]:
    digits = sum(map(str.isdigit, line))
    return (found[0] for found in _WRITTEN.finditer(line)) if digits >= 7 else iter(())


def _read(written: str, region: str, country: str) -> Iterator[str]:
    import phonenumbers  # noqa: PLC0415 - most mails need none of its tables

    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return
    if not phonenumbers.is_valid_number(number):
        return
    yield phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    # As it was entered by who dials it from here.
    if country and number.country_code == phonenumbers.country_code_for_region(country):
        yield f"0{number.national_number}"
