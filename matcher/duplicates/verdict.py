"""How are findings about a pair added up?  Each counts some points for or against; what they mean is said in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from storage.entries import Strength


class Likeness(StrEnum):
    """What two cards have in common, or what speaks against their being one."""

    SAME_NAME = "same-name"
    NAME_ORDER = "name-order"
    SPELLING = "spelling"
    SHORT_FORM = "short-form"
    INITIAL = "initial"
    PART_OF_NAME = "part-of-name"
    CLOSE_NAME = "close-name"
    ABBREVIATION = "abbreviation"
    ACRONYM = "acronym"
    LEGAL_FORM = "legal-form"
    EMAIL = "email"
    PHONE = "phone"
    DOMAIN = "domain"
    DOMAIN_NAME = "domain-name"
    ADDRESS = "address"
    CLOSE_ADDRESS = "close-address"
    PLACE = "place"
    EMPLOYER = "employer"
    BIRTHDAY = "birthday"
    CLOSE_BIRTHDAY = "close-birthday"
    OTHER_NAME = "other-name"
    OTHER_BIRTHDAY = "other-birthday"
    OTHER_ADDRESS = "other-address"
    OTHER_EMAIL = "other-email"
    OTHER_LEGAL_FORM = "other-legal-form"
    RELATED = "related"


@dataclass(frozen=True, slots=True)
class Finding:
    """One likeness of a pair, and its points: above zero for, below against."""

    likeness: Likeness
    points: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether two cards are one: *strength* None says that they are taken for two."""

    strength: Strength | None
    findings: tuple[Finding, ...]

    @property
    def points(self) -> int:
        """The sum of all findings."""
        return sum(finding.points for finding in self.findings)


def verdict(findings: Iterable[Finding | None], *, enough: int, plenty: int) -> Verdict:
    """Return what findings make together: STRONG from *enough* points on, CERTAIN from *plenty*."""
    found = tuple(sorted((one for one in findings if one), key=lambda one: -one.points))
    points = sum(one.points for one in found)
    strength = Strength.CERTAIN if points >= plenty else Strength.STRONG if points >= enough else None
    return Verdict(strength, found)
