"""How is a name in a header or signature made up: title, given name, family name?"""

import re
from dataclasses import dataclass

from mail.address import Address
from mail.signature_marks import LEGAL_FORM
from mail.signature_words import DEGREES, FAMILY_PARTICLES, ORGANISATION, SALUTATIONS, TITLES

_FOR = re.compile(r"^(?:i\.\s?[AV]\.|ppa\.?|i\.\s?O\.)\s+", re.IGNORECASE)
_BEHIND = re.compile(r"\s*(?:\(|\[|\||/| - | – |@| via | c/o ).*$")
_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿĀ-ž][\w'’.-]*")
_OF_ALL = re.compile(r"^(?:ihr|ihre|dein|deine|votre|your|il vostro)\b|team$")
_MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class ProposedName:
    """A name in its parts; empty where it is none of a person."""

    title: str = ""
    given_name: str = ""
    family_name: str = ""

    def in_place_of(self, other: "ProposedName") -> "ProposedName":
        """Return this name, with what only the other has."""
        return ProposedName(
            self.title or other.title,
            self.given_name or other.given_name,
            self.family_name or other.family_name,
        )


def read_name(written: str, address: Address | None = None) -> ProposedName:
    """Return the parts of a name; none of them where it does not look like a person's.

    >>> read_name("Dr. Anna von Keller (Muster AG)")
    ProposedName(title='Dr.', given_name='Anna', family_name='von Keller')
    >>> read_name("KELLER Anna"), read_name("Keller, Anna") == read_name("Anna Keller")
    (ProposedName(title='', given_name='Anna', family_name='Keller'), True)
    """
    text = _FOR.sub("", " ".join(written.split())[:120].strip("'\""))
    titles = TITLES.match(text)
    title = titles[0].strip() if titles else ""
    text = DEGREES.sub("", _BEHIND.sub("", text[titles.end() :] if titles else text))
    family, comma, given = text.partition(",")
    if comma and len(given.split()) in {1, 2, 3}:
        title_behind = TITLES.match(given.strip() + " ")
        text = f"{given.strip()} {family.strip()}" if not title_behind else family
        title = title or (title_behind[0].strip() if title_behind else "")
    words = [word for word in text.split() if word.lower().strip(".") not in SALUTATIONS]
    if not 2 <= len(words) <= _MOST_WORDS or not all(_WORD.fullmatch(word) for word in words):
        return ProposedName()
    if not all(word[0].isupper() or word.lower() in FAMILY_PARTICLES for word in words):
        return ProposedName()
    if LEGAL_FORM.search(text) or ORGANISATION.match(words[0].lower()) or _OF_ALL.search(text.lower()):
        return ProposedName()
    given_name, family_name = _parted(words, address)
    return ProposedName(title, given_name, family_name)


def fits(read: ProposedName, header: ProposedName) -> bool:
    """Tell whether a line of the signature names whom the header names."""
    return bool(read.family_name) and read.family_name.casefold() == header.family_name.casefold()


def _parted(words: list[str], address: Address | None) -> tuple[str, str]:
    """Return given and family name: the family's begins at a particle, is in capitals, or the last word."""
    for at, word in enumerate(words[1:-1], 1):
        if word.lower() in FAMILY_PARTICLES:
            return _cased(words[:at]), _cased(words[at:])
    capitals = [word for word in words if word.isupper() and len(word) > 2]
    if 0 < len(capitals) < len(words):
        others = [word for word in words if word not in capitals]
        return _cased(others), _cased(capitals)
    local = address.local_part.lower() if address else ""
    first = words[0].lower()
    if "." in local and local.rpartition(".")[2] == first and local.partition(".")[0] == words[-1].lower():
        return _cased(words[1:]), _cased(words[:1])
    return _cased(words[:-1]), _cased(words[-1:])


def _cased(words: list[str]) -> str:
    return " ".join(word.title() if word.isupper() and len(word) > 2 else word for word in words)
