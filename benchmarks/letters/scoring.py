"""Is a field of a letter read rightly?  Rules that say what counts, and the sums of what was right."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from rapidfuzz.distance import Levenshtein

from benchmarks.letters import words
from benchmarks.letters.truth import TrueParty, Truth
from mail.letter import Found, LetterFields, LetterParty

SENDER, ADDRESSEE, DATE, REFERENCES, LANGUAGE = (
    "sender organisation",
    "addressee",
    "date",
    "references",
    "language",
)
GOALS: Final[Mapping[str, float]] = {
    SENDER: 0.97,
    ADDRESSEE: 0.97,
    DATE: 0.98,
    REFERENCES: 0.95,
    LANGUAGE: 0.99,
}
_SLIP_EVERY: Final = 10  # one wrong character in so many is the eye's, not the mind's


@dataclass(slots=True)
class Tally:
    """How often each field was right, and what was wrong instead."""

    right: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    asked: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    wrong: list[str] = field(default_factory=list)

    def count(self, name: str, letter: str, true: object, read: object, *, is_right: bool) -> None:
        """Count one field of one letter."""
        self.asked[name] += 1
        if is_right:
            self.right[name] += 1
        else:
            self.wrong.append(f"{letter}: {name} is {true!r}, read as {read!r}")

    def share(self, name: str) -> float:
        """Return which part was right; 1 where none was asked for."""
        return self.right[name] / self.asked[name] if self.asked[name] else 1.0


def score(tally: Tally, letter: str, truth: Truth, fields: LetterFields) -> None:
    """Count the fields of a letter: a reference for each that is printed or was read."""
    sender, addressee = fields.sender or LetterParty(), fields.addressee or LetterParty()
    true_name, read_name = truth.sender.organisation, sender.organisation
    tally.count(SENDER, letter, true_name, read_name, is_right=is_same_firm(true_name, read_name))
    tally.count(
        ADDRESSEE,
        letter,
        _said(truth.addressee),
        _said(addressee),
        is_right=is_same_party(truth.addressee, addressee),
    )
    tally.count(DATE, letter, truth.date, fields.date, is_right=truth.date == fields.date)
    tally.count(LANGUAGE, letter, truth.language, fields.language, is_right=truth.language == fields.language)
    for kind, true in truth.references.items():
        read = _value(getattr(fields, kind))
        if true or read:
            tally.count(REFERENCES, letter, f"{kind} {true}", read, is_right=_bare(true) == _bare(read))
    _score_others(tally, letter, truth, fields)


def _score_others(tally: Tally, letter: str, truth: Truth, fields: LetterFields) -> None:
    """Count what no goal is set for."""
    subject = _value(fields.subject)
    tally.count(
        "subject",
        letter,
        truth.subject,
        subject,
        is_right=_is_alike(_folded(truth.subject), _folded(subject)),
    )
    for name in ("phones", "emails", "webs", "ibans", "tax_numbers"):
        read = {_number(found.value) for found in getattr(fields, name)}
        for true in getattr(truth, name):
            is_found = any(_number(true).lstrip("0") in one or one in _number(true) for one in read)
            tally.count(name, letter, true, sorted(read), is_right=is_found)


def is_same_firm(true: str, read: str) -> bool:
    """Tell whether two names are of one firm, with its legal form or without."""
    return _is_alike(_without_form(true), _without_form(read))


def is_same_party(true: TrueParty, read: LetterParty) -> bool:
    """Tell whether all lines of an address were read: names, street, postcode and town."""
    name = (
        _folded(read.person).split()[-len(_folded(true.person).split()) :]
        if true.person
        else _folded(read.person).split()
    )
    return (
        is_same_firm(true.organisation, read.organisation)
        and _is_alike(_folded(true.person), " ".join(name))
        and _is_same_street(true.street, read.street)
        and _bare(true.postcode) == re.sub(r"^[a-z]{1,2}-", "", _bare(read.postcode))
        and _is_alike(_folded(true.town), _folded(re.sub(r"\([A-Z]{2}\)$", "", read.town)))
    )


def _is_same_street(true: str, read: str) -> bool:
    return re.findall(r"\d+", true) == re.findall(r"\d+", read) and _is_alike(_folded(true), _folded(read))


def _is_alike(true: str, read: str) -> bool:
    """Tell whether two texts differ by no more than a slip of the eye in every ten characters."""
    return Levenshtein.distance(true, read) <= len(true) // _SLIP_EVERY


def _folded(text: str) -> str:
    """Return a text in small letters, without accents, and without marks between its words."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w&]+", " ", bare).split())


_FORMS: Final = sorted(
    {_folded(form) for forms in words.FORMS.values() for form in forms.split("|")}, key=len, reverse=True
)


def _without_form(name: str) -> str:
    bare = _folded(name)
    return next((bare.removesuffix(f" {form}") for form in _FORMS if bare.endswith(f" {form}")), bare)


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text).casefold()


def _number(text: str) -> str:
    """Return a number or address without what parts it, a telephone's country too."""
    plain = re.sub(r"^\+\d\d|\(0\)|[\s./()-]", "", text.casefold().removeprefix("www."))
    return plain.removeprefix("che")


def _value(found: Found | None) -> str:
    return found.value if found else ""


def _said(party: TrueParty | LetterParty) -> str:
    return ", ".join((party.organisation, party.person, party.street, f"{party.postcode} {party.town}"))
