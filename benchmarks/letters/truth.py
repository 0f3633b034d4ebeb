"""What a letter truly says: the fields that a reader should find, and the text of its pages."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.letters.design import Design
from benchmarks.letters.letter import Letter
from benchmarks.letters.parties import Place
from benchmarks.letters.references import CUSTOMER, OURS, YOURS


@dataclass(frozen=True, slots=True)
class TrueParty:
    """Who wrote, or to whom it goes; empty where the letter says nothing of it."""

    organisation: str
    person: str
    street: str
    postcode: str
    town: str
    country: str


@dataclass(frozen=True, slots=True)
class Truth:
    """A letter's fields; *pages* their text, *marks* what stamps and machines put over each page."""

    language: str
    sender: TrueParty
    addressee: TrueParty
    date: date
    subject: str
    our_reference: str
    your_reference: str
    customer_number: str
    phones: tuple[str, ...]
    emails: tuple[str, ...]
    webs: tuple[str, ...]
    ibans: tuple[str, ...]
    tax_numbers: tuple[str, ...]
    layout: str
    head: str
    scan: str
    pages: tuple[str, ...]
    marks: tuple[tuple[str, ...], ...]

    @property
    def references(self) -> dict[str, str]:
        """Return the three numbers by which letters are told apart."""
        return {OURS: self.our_reference, YOURS: self.your_reference, CUSTOMER: self.customer_number}


def truth_of(
    letter: Letter, design: Design, scan: str, pages: Sequence[str], marks: Sequence[Sequence[str]]
) -> Truth:
    """Return the truth of a letter: what is printed in its design, for its own and the addressee's part."""
    firm, addressee = letter.firm, letter.addressee
    named = {reference.kind: reference.value for reference in letter.references if reference.kind}
    text = " ".join(" ".join(pages).split())
    return Truth(
        letter.language,
        _party(firm.name if firm else "", "" if firm else letter.writer.name, letter.home),
        _party(addressee.firm, addressee.person.name if addressee.person else "", addressee.place),
        letter.day,
        letter.subject,
        named.get(OURS, ""),
        named.get(YOURS, ""),
        named.get(CUSTOMER, ""),
        _printed(text, letter.direct, *((firm.phone,) if firm else ())),
        _printed(text, letter.direct_email, *((firm.email,) if firm else ())),
        _printed(text, *((firm.web,) if firm else ())),
        _printed(text, *((firm.iban,) if firm else ())),
        _printed(text, *((firm.tax_number,) if firm else ())),
        design.layout.name,
        design.head,
        scan,
        tuple(pages),
        tuple(map(tuple, marks)),
    )


def _party(organisation: str, person: str, at: Place) -> TrueParty:
    return TrueParty(organisation, person, at.street, at.postcode, at.town, at.country)


def _printed(text: str, *values: str) -> tuple[str, ...]:
    """Return which values stand in a text."""
    return tuple(value for value in values if value and value in text)


def written(truth: Truth) -> str:
    """Return a truth as JSON."""
    return json.dumps(asdict(truth), ensure_ascii=False, indent=1, default=date.isoformat) + "\n"


def read(path: Path) -> Truth:
    """Return the truth that a file holds."""
    stored: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    lists = ("phones", "emails", "webs", "ibans", "tax_numbers", "pages")
    return Truth(
        **stored
        | {name: TrueParty(**stored[name]) for name in ("sender", "addressee")}
        | {name: tuple(stored[name]) for name in lists}
        | {"date": date.fromisoformat(stored["date"]), "marks": tuple(map(tuple, stored["marks"]))}
    )
