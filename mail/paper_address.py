"""By what is somebody known who writes on paper?  Name and postcode, where there is no e-mail address.

Stands where an `Address` of e-mail stands in a message: tables compare its key, which no
e-mail address is ever like.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Self

from mail.letter import LetterParty

_PREFIX = "letter:"
_LONGEST = 320
_GAPS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class PaperAddress:
    """Organisation and person with where they are, as a letter has it; each may be empty."""

    organisation: str = ""
    person: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""

    local_part = domain_key = ""
    private_domain = None

    @classmethod
    def of(cls, party: LetterParty) -> Self:
        """Return the address of a letter's sender or addressee."""
        return cls(party.organisation, party.person, party.street, party.postcode, party.town)

    def __str__(self) -> str:
        place = f"{self.postcode} {self.town}".strip()
        return ", ".join(part for part in (self.organisation, self.person, self.street, place) if part)

    @property
    def names_somebody(self) -> bool:
        """Whether it tells one correspondent from another."""
        return bool(self.organisation or self.person)

    @property
    def key(self) -> str:
        """The form for look-ups: without case, accents and punctuation.

        >>> PaperAddress("Müller & Söhne AG", postcode="8001").key
        'letter:muller sohne ag||8001'
        """
        parts = (self.organisation, self.person, self.postcode)
        return (_PREFIX + "|".join(_plain(part) for part in parts))[:_LONGEST]


def is_paper(key: str) -> bool:
    """Tell whether a participant's key is that of somebody who wrote on paper."""
    return key.startswith(_PREFIX)


def names_person(key: str) -> bool:
    """Tell whether a paper address names a person, not only an organisation."""
    return is_paper(key) and bool(key.removeprefix(_PREFIX).split("|")[1:2] not in ([], [""]))


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return _GAPS.sub(" ", "".join(sign for sign in apart if not unicodedata.combining(sign))).strip()
