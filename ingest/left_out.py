"""Which rule leaves a message out, if any?

What a person marked as private goes before everything else; then what its header says,
whom it is with, and whether anybody outside took part.  Pure: nothing is looked up here.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from mail.address import untagged
from mail.message import Automatic, ParsedMessage
from matcher.parties import Parties
from storage.entries import Direction, ParticipantRole
from storage.leaving_out import LeavingOut, LeftOutReason, SensitivityRule

_TAG = re.compile(r"(?<!\w)#(\w[\w-]*)")
_SENSITIVE = {
    SensitivityRule.NONE: frozenset[str](),
    SensitivityRule.PRIVATE: frozenset({"private", "personal"}),
    SensitivityRule.CONFIDENTIAL: frozenset({"private", "personal", "company-confidential"}),
}


@dataclass(frozen=True, slots=True)
class Way:
    """How a copy came, seen from here: who captured it, and what the way says of it.

    Of a copy that nobody is shown to have sent (*is_doubtful*) the marks count nothing.
    """

    staff_id: int | None
    marks: tuple[str, ...] = ()
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Why a message is left out; *by* are the staff for whose copies alone that holds, None: for all copies."""

    why: LeftOutReason
    by: frozenset[int] | None = None


def why_left_out(
    said: Sequence[ParsedMessage], parties: Parties, ways: Sequence[Way], rules: LeavingOut
) -> LeftOut | None:
    """Return why a message is left out, None if it is to be entered.

    *said* is the message as it came and, if that is another, the original inside it, whose
    *parties* these are.
    """
    if private := _private(said, parties, ways, rules):
        return private
    if any(one.sensitivity in _SENSITIVE[rules.sensitivity] for one in said):
        return LeftOut(LeftOutReason.SENSITIVE)
    if _is_blocked(parties, rules):
        return LeftOut(LeftOutReason.BLOCKED)
    if rules.among_staff and _is_among_staff(said[0], parties):
        return LeftOut(LeftOutReason.AMONG_STAFF)
    return None


def marked_by(ways: Iterable[Way], words: Iterable[str]) -> frozenset[int | None]:
    """Return who of those who captured a message marked it as private by the way it came."""
    private = _folded(words)
    return frozenset(way.staff_id for way in ways if not way.is_doubtful and private & _folded(way.marks))


def without_blocked(parties: Parties, rules: LeavingOut) -> Parties:
    """Return *parties* without those outsiders who are blocked: they become no participants."""
    blocked = _blocked(parties, rules)
    if not blocked:
        return parties
    return replace(parties, outsiders=tuple(one for one in parties.outsiders if one.key not in blocked))


def _private(
    said: Sequence[ParsedMessage], parties: Parties, ways: Sequence[Way], rules: LeavingOut
) -> LeftOut | None:
    words = _folded(rules.private_words)
    subjects = {tag for one in said for tag in _tags_in(one.subject)}
    if words & (subjects | _folded(parties.tags)):
        return LeftOut(LeftOutReason.MARKED_PRIVATE)
    everybody = frozenset(way.staff_id for way in ways)
    is_labelled = any(words & _folded(one.keywords) for one in said)
    marking = everybody if is_labelled else marked_by(ways, rules.private_words)
    if not (marking or is_labelled):
        return None
    staff = frozenset(one for one in marking if one is not None)
    if staff & parties.authors or not staff:
        return LeftOut(LeftOutReason.MARKED_PRIVATE)
    return LeftOut(LeftOutReason.MARKED_PRIVATE, by=staff) if marking == everybody else None


def _is_blocked(parties: Parties, rules: LeavingOut) -> bool:
    """Tell whether all outsiders are blocked, or all of them who wrote it."""
    blocked = _blocked(parties, rules)
    authors = [one.key for one in parties.outsiders if one.role is ParticipantRole.FROM]
    everybody = [one.key for one in parties.outsiders]
    return any(those and blocked.issuperset(those) for those in (authors, everybody))


def _blocked(parties: Parties, rules: LeavingOut) -> frozenset[str]:
    if not rules.blocked:
        return frozenset()
    known = frozenset(rules.blocked)
    return frozenset(one.key for one in parties.outsiders if not known.isdisjoint(_names(one.key)))


def _names(key: str) -> Iterator[str]:
    """Yield by what an address may be blocked: itself, with or without a tag, its domain and those above."""
    yield key
    name, _ = untagged(key)
    yield name
    domain = key.rpartition("@")[2]
    while domain:
        yield domain
        domain = domain.partition(".")[2]


def _is_among_staff(came: ParsedMessage, parties: Parties) -> bool:
    """Tell whether a colleague wrote to others of us, and to nobody else.

    What went to a capture address alone was sent to be kept; in what went to oneself,
    those in Bcc are not shown; a bounce tells of somebody outside.
    """
    is_bounce = came.automatic is Automatic.BOUNCE or bool(came.bounces)
    internal = parties.direction is Direction.INTERNAL
    return internal and bool(parties.authors and parties.readers) and not is_bounce


def _tags_in(subject: str) -> list[str]:
    return _TAG.findall(_fold(subject))


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(filter(None, (_fold(word).lstrip("#") for word in words)))


def _fold(text: str) -> str:
    """Return *text* without case and accents: `Privé` is `prive`, which an address can hold."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold()
