"""Which lines of a signature are a postal address?  Of Switzerland, its neighbours and Britain."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mail.signature_words import CODES, COUNTRIES


@dataclass(frozen=True, slots=True)
class ProposedPlace:
    """A postal address; *country* is an ISO 3166-1 alpha-2 code, or empty where nothing tells it."""

    street: str
    postcode: str
    place: str
    country: str


_TOWN = re.compile(
    r"(?:(?P<code>CH|D|DE|A|AT|F|FR|I|IT|FL|LI|L)\s?[-–]\s?)?(?P<postcode>\d{4,5})\s+"
    r"(?P<place>[A-ZÀ-Ý][A-Za-zÀ-ÿ'’./() -]{1,50}?(?:\s\d{1,2})?)(?:\s*,\s*(?P<country>[A-Za-zÀ-ÿ ]{2,20}))?$"
)
_BRITISH = re.compile(
    r"^(?P<place>[A-Z][A-Za-z' -]{2,40}?),?\s+(?P<postcode>[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2})"
    r"(?:,\s*(?P<country>[A-Za-z ]{2,20}))?$"
)
_NAMED = r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ'’./-]*"
_STREET = re.compile(
    rf"^{_NAMED}(?:\s{_NAMED}){{0,5}}\s\d{{1,4}}\s?[a-zA-Z]?(?:\s?[-/+]\s?\d{{1,4}}\s?[a-zA-Z]?)?$"
    rf"|^\d{{1,4}}\s?(?:bis|ter|[a-zA-Z])?,?\s{_NAMED}(?:\s{_NAMED}){{0,5}}$"
    r"|^(?:Postfach|Case postale|Casella postale|C\.P\.|PO Box|P\.O\. Box)(?:\s\d{1,6})?$"
)


def place_in(lines: Sequence[str], likely_country: str) -> tuple[ProposedPlace | None, set[int], list[str]]:
    """Return the first postal address among *lines*, which lines it takes, and what else stands on them."""
    for at, line in enumerate(lines):
        parts = [part.strip() for part in line.split(",")]
        for first in range(len(parts)):
            text = ", ".join(parts[first:])
            found = _TOWN.match(text) or _BRITISH.match(text)
            if found:
                return _address(lines, at, found, parts[:first], likely_country)
    return None, set(), []


def _address(
    lines: Sequence[str], at: int, found: re.Match[str], before: list[str], likely: str
) -> tuple[ProposedPlace, set[int], list[str]]:
    taken, street = {at}, ""
    if before and _STREET.match(before[-1]):
        street = before.pop()
    elif at and not before and _STREET.match(lines[at - 1].rstrip(",")):
        street = lines[at - 1].rstrip(",")
        taken.add(at - 1)
    below = lines[at + 1] if at + 1 < len(lines) else ""
    if below.lower() in COUNTRIES:
        taken.add(at + 1)
    country = _country(found, below, likely)
    return ProposedPlace(street, found["postcode"], found["place"].strip(" ,"), country), taken, before


def _country(found: re.Match[str], below: str, likely: str) -> str:
    groups = found.groupdict()
    if code := CODES.get((groups.get("code") or "").lower()):
        return code
    named = COUNTRIES.get((groups.get("country") or "").strip().lower()) or COUNTRIES.get(below.lower())
    if named:
        return named
    if not found["postcode"].isdigit():
        return "GB"
    of_length = {4: ("CH", "AT", "LI"), 5: ("DE", "FR", "IT")}[len(found["postcode"])]
    return likely if likely in of_length else ""
