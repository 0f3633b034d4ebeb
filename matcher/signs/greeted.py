"""Whom does a message of ours greet?  By its salutation, or by *z. Hd.*: at an address that several use.

In de, fr, it and en; of who is greeted with others nothing is told.
"""

import re
from dataclasses import dataclass

from mail.message import ParsedMessage
from matcher.evidence import Case
from matcher.parties import Outsider
from matcher.signs.written import written
from storage.entries import Direction, ParticipantRole

_FIRST_LINES, _LONGEST_LINE, _MOST_WORDS = 12, 200, 5
_WOMAN = r"frau|fr\.|madame|mme|ms\.?|mrs\.?|miss|signora|sig\.ra"
_MAN = r"herrn?|hr\.|monsieur|m\.|mr\.?|signor|sig\."
_TITLED = rf"(?:(?:(?P<woman>{_WOMAN})|(?P<man>{_MAN}))(?!\w)\s*)?"
_NAME = r"(?:(?:dr|prof|med|iur|phil|ing|dipl|dott|avv|ssa)\b\.?\s*)*(?P<name>[^\W\d_][^,;:!?\n]*)"
_SALUTATION = re.compile(
    r"(?:sehr\s+geehrte[rs]?|geehrte[rs]?|liebe[rs]?|werte[rs]?|guten\s+(?:tag|morgen|abend)|gr(?:ü|ue|u)e?zi|hallo|"
    r"ch[eè]re?|bonjour|bonsoir|gentile|egregi[oa]|car[oa]|buongiorno|buonasera|dear|hello|good\s+(?:morning|afternoon)"
    rf")\s+{_TITLED}{_NAME}(?P<rest>.*)",
    re.IGNORECASE,
)
_TITLE_ALONE = re.compile(
    rf"(?:(?P<woman>{_WOMAN})|(?P<man>{_MAN}))(?!\w)\s+{_NAME}(?P<rest>,)\s*", re.IGNORECASE
)
_FOR = re.compile(
    r"(?:\bz\.\s*h(?:d|dn)?\.|\bzu\s?handen|[àa]\s+l['\u2019]attention\s+d[eu]|all['\u2019]attenzione\s+d\w+|"
    rf"\battn\b\.?|\battention\b)\s*:?\s*(?:von\s+)?{_TITLED}{_NAME}(?P<rest>)",
    re.IGNORECASE,
)
_WITH_OTHERS = re.compile(r"\b(?:und|et|e|and|sowie|u\.)\b|&|/", re.IGNORECASE)
_ANOTHER = re.compile(
    rf"\b(?:geehrte[rs]?|liebe[rs]?|ch[eè]re?|gentile|dear|{_WOMAN}|{_MAN})(?!\w)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Greeted:
    """A name as a salutation has it; *is_woman* tells of whom the form of address is, None if there is none."""

    name: str
    is_woman: bool | None = None

    @property
    def is_titled(self) -> bool:
        """Whether it is greeted as Frau, Monsieur …: then a family name stands there."""
        return self.is_woman is not None


def greeted_by_us(case: Case, outsider: Outsider) -> Greeted | None:
    """Return whom a message of ours greets that is to one address alone; copies for others make no difference."""
    if case.parties.direction is not Direction.OUTGOING or outsider.role is not ParticipantRole.TO:
        return None
    to = [one for one in case.parties.outsiders if one.role is ParticipantRole.TO]
    return greeted_in(case.message) if len(to) == 1 else None


def greeted_in(message: ParsedMessage) -> Greeted | None:
    r"""Return whom a message greets, if that is one.

    >>> greeted_in(ParsedMessage(text="Sehr geehrte Frau Dr. Meier\n\nAnbei die Offerte."))
    Greeted(name='Meier', is_woman=True)
    >>> greeted_in(ParsedMessage(text="Sehr geehrte Frau Meier, sehr geehrter Herr Weg"))
    """
    its = written(message)
    lines = [line.strip()[:_LONGEST_LINE] for line in its.text.split("\n")]
    first = [line for line in lines if line][:_FIRST_LINES]
    found = {one for line in [its.subject[:_LONGEST_LINE], *first] for one in _in_line(line)}
    titled = {one for one in found if one is not None and one.is_titled}
    if None in found or len(titled or found) != 1:
        return None
    return next(iter(titled or found))


def _in_line(line: str) -> list[Greeted | None]:
    """Return whom a line greets; None where that is more than one."""
    found = _SALUTATION.match(line) or _TITLE_ALONE.fullmatch(line) or _FOR.search(line)
    if found is None:
        return []
    name = " ".join(found["name"].split()).rstrip(" .)")
    if _WITH_OTHERS.search(name) or _ANOTHER.search(f"{name} {found['rest']}"):
        return [None] if found["woman"] or found["man"] else []  # Damen und Herren are nobody
    if len(name.split()) > _MOST_WORDS or any(sign.isdigit() or sign == "@" for sign in name):
        return []
    is_woman = True if found["woman"] else False if found["man"] else None
    return [Greeted(name, is_woman)]
