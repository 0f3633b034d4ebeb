"""Where does a signature begin?  Rather too late than too early: what somebody wrote must stay in view.

A closing with nothing but a name stays with the text, as it was written for this mail; a
closing above phone numbers and addresses begins a signature.
"""

import re
from collections.abc import Sequence

from mail.signature_marks import (
    ADDRESSEE,
    APPENDED,
    CLOSINGS,
    CONFIDENTIAL,
    DEVICE,
    GET,
    LEGAL_FORM,
    SENT,
    SENT_BY,
    SENT_FROM,
    SENT_LAST_BY,
    SENT_WITHOUT_BLANKS,
)

_MOST_LINES = 40
_LONGEST_NOTICES = 8_000
_DELIMITERS = frozenset(("--", "- --", "-- --", "—--"))
_WEB = re.compile(r"(?:https?://|www\.)\S+|<[^<>\s]*>|\[[^\[\]]*\]")
_PHONE = re.compile(r"(?:\+|\b0)\d[\d\s().,/'–-]{5,}\d|\(0\)")
_CONTACT = re.compile(r"\S@\S+\.\w|www\.|https?://|\b(?:CH-|A-|D-|F-|I-|L-|B-)?\d{4,5} [A-ZÄÖÜÉÈ][\w-]+")
_AROUND = " .*_-()<>"
_BARE_WEB = frozenset("<[:")
_RULE = re.compile(r"[_=*~-]{20,}+")
_RULES = frozenset("_=*~-")
_LIST = re.compile(r"mailing list|unsubscribe|https?://|@")


def signature_start(lines: Sequence[str]) -> int | None:
    """Return the first line of the signature that these stripped lines end with, None if there is none."""
    first = max(0, len(lines) - _MOST_LINES)
    ends = [
        start
        for find in (_delimiter, _notice, _footer, _contacts_below_closing, _contacts)
        if (start := find(lines, first)) is not None
    ]
    return min(ends, default=None)


def is_device_line(line: str) -> bool:
    """Tell whether a phone or an app wrote the line: "Sent from my iPhone"."""
    if not 6 <= len(line) <= 400 or (len(line) > 140 and "<" not in line and "http" not in line):
        return False
    said = _WEB.sub("", line) if not _BARE_WEB.isdisjoint(line) else line
    said = said.strip(_AROUND).lower()
    words = said.split()
    if not words or len(said) > 90 or len(words) > 14:
        return False
    named, _, excuse = said.partition(",")
    if said.startswith(SENT_FROM) and not excuse:
        return len(words) < 10
    return _is_sent(words, said) and DEVICE.search(named) is not None


def _is_sent(words: Sequence[str], said: str) -> bool:
    first, second, last = words[0], words[1] if words[1:] else "", words[-1]
    if first in SENT:
        return second in SENT_BY or DEVICE.match(second) is not None
    if last in SENT:
        return (
            first in SENT_LAST_BY
            or (len(words) < 5 and DEVICE.match(words[-2]) is not None)
            or DEVICE.match(first) is not None
        )
    if "outlook" in said:
        return first in GET or "aka.ms" in said or (first == "outlook" and len(words) < 7)
    if first in GET:
        return " for " in said and DEVICE.match(second) is not None
    return not said.isascii() and _has(said, SENT_WITHOUT_BLANKS)


def looks_like_contacts(lines: Sequence[str]) -> bool:
    """Tell whether these lines are a card: short, some of them a phone number, an address or a firm."""
    written = [line for line in lines if line]
    return (
        len(written) <= 16
        and not any(len(line) > 100 or line.endswith(("?", ":")) for line in written)
        and any(_is_contact(line) for line in written)
    )


def _is_contact(line: str) -> bool:
    return any(pattern.search(line) for pattern in (_PHONE, _CONTACT, LEGAL_FORM))


def _delimiter(lines: Sequence[str], first: int) -> int | None:
    return next((at for at in range(first, len(lines)) if lines[at] in _DELIMITERS), None)


def _notice(lines: Sequence[str], first: int) -> int | None:
    """Return where a notice of confidentiality, or what a scanner of viruses added, begins."""
    text = "\n".join(lines[first:])[-_LONGEST_NOTICES:].lower()
    if not (_has(text, CONFIDENTIAL) or _has(text, APPENDED)):
        return None
    for at in range(first, len(lines)):
        above = lines[at - 1] if at else ""
        if lines[at] and (not above or _RULE.fullmatch(above)) and _is_notice(lines[at : at + 6]):
            return at
    return None


def _is_notice(lines: Sequence[str]) -> bool:
    paragraph = " ".join(lines[: lines.index("")] if "" in lines else lines)[:2000].lower()
    if len(paragraph) < 400 and _has(paragraph, APPENDED):
        return True
    return len(paragraph) > 80 and _has(paragraph, CONFIDENTIAL) and _has(paragraph, ADDRESSEE)


def _has(text: str, marks: Sequence[str]) -> bool:
    return any(mark in text for mark in marks)


def _footer(lines: Sequence[str], first: int) -> int | None:
    """Return the rule above what a mailing list adds."""
    for at in range(first, len(lines)):
        if lines[at][:1] in _RULES and _RULE.fullmatch(lines[at]) and _is_footer(lines[at + 1 :]):
            return at
    return None


def _is_footer(below: Sequence[str]) -> bool:
    written = [line for line in below if line]
    return 1 <= len(written) <= 8 and any(_LIST.search(line.lower()) for line in written[:4])


def _contacts_below_closing(lines: Sequence[str], first: int) -> int | None:
    for at in range(len(lines) - 1, first - 1, -1):
        line = lines[at]
        if line and len(line) <= 60 and line.lower().startswith(CLOSINGS):
            return at if looks_like_contacts(lines[at + 1 :]) else None
    return None


def _contacts(lines: Sequence[str], first: int) -> int | None:
    """Return the start of a last paragraph that is a card, unless the text announces it."""
    end = len(lines)
    while end > first and not lines[end - 1]:
        end -= 1
    start = end
    while start > first and lines[start - 1]:
        start -= 1
    card = lines[start:end]
    if len(card) < 3 or max(map(len, card)) > 70 or not looks_like_contacts(card):
        return None
    above = next((line for line in reversed(lines[first:start]) if line), "")
    if not above or above.endswith(":") or sum(_is_contact(line) for line in card) < 2:
        return None
    return start if any(_PHONE.search(line) for line in card) else None
