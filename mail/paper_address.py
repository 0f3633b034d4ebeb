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
_LONGEST_NAME, _LONGEST_POSTCODE = 140, 20
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
        names = (_plain(part)[:_LONGEST_NAME] for part in (self.organisation, self.person))
        return _PREFIX + "|".join((*names, _plain(self.postcode)[:_LONGEST_POSTCODE]))


def is_paper(key: str) -> bool:
    """Tell whether a participant's key is that of somebody who wrote on paper."""
    return key.startswith(_PREFIX)


def names_person(key: str) -> bool:
    """Tell whether a paper address names a person, not only an organisation."""
    return is_paper(key) and bool(_parts(key)[1])


def firm_key(key: str) -> str:
    """Return the paper address of the organisation alone, whoever there wrote; of a private person, the same.

    >>> firm_key("letter:muster ag|anna keller|8001")
    'letter:muster ag||8001'
    """
    organisation, _, postcode = _parts(key)
    return f"{_PREFIX}{organisation}||{postcode}" if organisation else key


def ends_of(key: str) -> tuple[str, str]:
    """Return how the paper addresses begin and end that an organisation's stands for."""
    organisation, _, postcode = _parts(key)
    return f"{_PREFIX}{organisation}|", f"|{postcode}"


def _parts(key: str) -> tuple[str, str, str]:
    organisation, person, postcode = [*key.removeprefix(_PREFIX).split("|"), "", ""][:3]
    return organisation, person, postcode


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return _GAPS.sub(" ", "".join(sign for sign in apart if not unicodedata.combining(sign))).strip()
