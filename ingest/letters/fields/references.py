"""Under which references is a letter kept, at the writer's and at the reader's, and as which customer?"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.letters.fields.dates import dates_in
from ingest.letters.fields.label_words import Label
from ingest.letters.fields.labels import Labelled
from ingest.letters.fields.spans import found_in
from ingest.letters.fields.spelling import folded
from mail.letter import Found

_LONGEST = 45
_DIGITS = re.compile(r"\d")
# `AB/cd`, `mk-12`: the initials of who dictated and who wrote.
_INITIALS = re.compile(
    r"^[A-Za-zÀ-ÿ]{1,5}(?:\s?[/.\-–]\s?[A-Za-zÀ-ÿ0-9]{1,6}){1,4}$|^[A-Z]{2,5}$|^[a-z]{2,4}$"
)
_NO_VALUE = re.compile(
    r"^(?:tel|fax|phone|e-?mail|datum|date|data|seite|page|vom|du|del|of|und|et|e|and|bei|in|ist|bitte|please"
    r"|veuillez)(?=[\s:.]|$)|@|www\."
)
_MARK = re.compile(
    r"^(?:(?:n[°º]\.?|#)[\s:.]*|(?:nr\.?|no\.?|n\.|num\.?|numero|nummer)[\s:.]+)", re.IGNORECASE
)
# The last word of `Unsere Nachricht vom`, where a label took two lines.
_WRAPPED = re.compile(r"(?:vom|du|del|of)\s+(?=\S)")
_PERSON = re.compile(r"^(?:herr|frau|mme|m\.|madame|monsieur|sig\.?|mr|mrs|ms)\b")
_BEHIND = re.compile(
    r"\s+(?:vom|du|del|of|dated|seite|page|pagina|tel|telefon|datum|date|data)\b.*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class References:
    """The references of a letter, each None where it has none."""

    ours: Found | None = None
    yours: Found | None = None
    customer: Found | None = None


def references_in(labelled: Sequence[Labelled]) -> References:
    """Return what labels tell; the writer's reference is the number of the invoice or offer where it has no other."""
    ours = (
        _first(labelled, Label.OUR_REFERENCE)
        or _first(labelled, Label.REFERENCE)
        or _first(labelled, Label.DOCUMENT, needs_digit=True)
    )
    return References(
        ours, _first(labelled, Label.YOUR_REFERENCE), _first(labelled, Label.CUSTOMER, needs_digit=True)
    )


def _first(labelled: Iterable[Labelled], label: Label, *, needs_digit: bool = False) -> Found | None:
    for one in labelled:
        if one.label is label and (found := _value(one, needs_digit)):
            return found
    return None


def _value(one: Labelled, needs_digit: bool) -> Found | None:
    """Return the reference that a label says, without a date or a person beside it; None if it says none."""
    text = one.value.text
    start = len(text) - len(text.lstrip(" :.#-–|"))
    if mark := _MARK.match(text, start):
        start = mark.end()
    if wrapped := _WRAPPED.match(text, start):
        start = wrapped.end()
    end = len(text)
    for seen in dates_in(text):
        if seen.start >= start:
            end = min(end, seen.start)
            break
    if behind := _BEHIND.search(text, start, end):
        end = behind.start()
    value = text[start:end].strip(" ,;:|–").rstrip("./-(")
    if not _is_reference(value, needs_digit):
        return None
    sure = (0.97 if one.has_colon else 0.9) if one.is_beside else 0.88
    return found_in(one.value, start, max(start + 1, end), value, sure)


def _is_reference(value: str, needs_digit: bool) -> bool:
    plain = folded(value)
    if not value or len(value) > _LONGEST or _NO_VALUE.search(plain) or _PERSON.match(plain):
        return False
    if _DIGITS.search(value):
        # A sentence may have a number too.
        return len(value.split()) <= 6 and sum(map(str.isdigit, value)) * 6 >= len(value.replace(" ", ""))
    return not needs_digit and bool(_INITIALS.match(value))
