"""Which addresses failed, where the report is but words?

Mailers differ in their words, not in their shapes.  A sentence says that something could
not be delivered; behind it each address has a line of its own, and the reason stands with
it; or the sentence itself names the address.  The table of words is in
`mail.bounce_words`; what no shape fits is found by the returned message's recipients.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from mail.bounce_reasons import judged
from mail.bounce_words import CONTACT, FAILURE, LABEL, LOCAL_PART
from mail.message import BounceKind
from mail.notice import ADDRESS, ADDRESSES, Notice

_SHOWN_ALONE = re.compile(
    rf"""[ \t>*•·|–.-]{{0,40}}+ (?P<code>[45]\d\d[ -](?:[45]\.\d\.\d{{1,3}}[ ])?)?
        (?:(?:{LABEL})(?:[ \t]{{0,8}}[:=][ \t]{{0,8}}|[ \t]{{1,8}}))?
        (?:["'“][^"'@]{{0,80}}["'”][ \t]{{1,4}})? [\[\]("'<“«`*-]{{0,4}} [ \t]{{0,2}}
        (?:(?:rfc822|smtp|mailto|e-?mail)[:;][ \t]?)? <? (?P<address>{ADDRESS})
        (?P<rest>[\])"'>”»`]{{0,4}} (?P<behind>.*))$""",
    re.IGNORECASE | re.VERBOSE,
)
_X400 = re.compile(
    rf"c=\w\w;.{{0,200}}?(?:dda:)?smtp=(?P<address>{ADDRESS})(?P<rest>(?P<behind>.*))$", re.IGNORECASE
)
# What stands behind an address that has its line for itself; other words only where a paragraph begins.
_BEHIND = re.compile(r"\s*(?:$|[:,;(\[<.…–-]|on\s+\S{2,10},?\s|[45]\d\d[ -])")
# Sendmail names what it tried last, then what it was made from: both failed.  Exim hides the first at times.
_EXPANDED = re.compile(rf"\(expanded from:? {{0,3}}<?(?P<address>{ADDRESS})", re.IGNORECASE)
_GENERATED = re.compile(
    rf"\((?:expanded|generated|forwarded|originally addressed) (?:from|to):? {{0,3}}<?(?P<address>{ADDRESS})",
    re.IGNORECASE,
)
_NAMED_BEHIND = re.compile(rf" {{0,3}}<(?P<address>{ADDRESS})>")
_RCPT = re.compile(rf"RCPT TO:\s{{0,3}}<?\s?(?P<address>{ADDRESS})", re.IGNORECASE)
_TAKEN = re.compile(r"[ \t<>]{0,8}(?:\w+ <<< )?2\d\d\b")
_LOCAL = re.compile(LOCAL_PART, re.IGNORECASE)
# Before an address that is the sender's, an example, or somebody to ask.
_OTHERS = re.compile(
    r"\b(?:from|by|von|de|da|try|contact|e-?mailing to|e\.g\.,?(?: if)?)\W{1,3}$", re.IGNORECASE
)
_LONGEST = 4_000
_NEAR = 160
_MOST_FAILED = 2_000
_MOST_BESIDE = 40


@dataclass(frozen=True, slots=True)
class Failed:
    """An address that failed, and what the notice says beside it."""

    address: str
    words: str


def failed_in(notice: Notice, *, certain: bool) -> tuple[Failed, ...]:
    """Return whom a notice reports, by the first shape that fits.

    Where it is not certain that a mailer wrote, only shapes count that begin with its sentence.
    """
    shapes: tuple[Callable[[Notice], list[Failed]], ...] = (_in_lines, _after_rcpt, _in_sentences)
    if certain and (FAILURE.search(notice.subject) or FAILURE.search(notice.words)):
        shapes += (_in_fields, _local_parts, _also_sent_to, _only_one, _sent_to_alone)
    for shape in shapes:
        found = {failed.address.lower(): failed for failed in reversed(shape(notice)[:_MOST_FAILED])}
        if found:
            return tuple(reversed(found.values()))
    return ()


def says_failure(notice: Notice) -> bool:
    """Tell whether the first words of a notice are those of a mailer that could not deliver."""
    return FAILURE.search(" ".join(" ".join(notice.lines[:12]).split())[:1_200]) is not None


def is_nothing_else(notice: Notice) -> bool:
    """Tell whether a text holds sentences of failure and addresses, and not a word more."""
    lines = [line for line in notice.lines if line.strip(" *=_-~#")]
    failures = sum(FAILURE.search(line) is not None for line in lines)
    addresses = sum(ADDRESSES.fullmatch(line.strip(" <>*")) is not None for line in lines)
    return failures > 0 and addresses > 0 and failures + addresses == len(lines) <= _MOST_BESIDE


def _in_lines(notice: Notice) -> list[Failed]:
    """Find addresses that have their own lines, behind a sentence of failure."""
    found: list[tuple[str, list[str]]] = []
    behind_sentence = contact = False
    for number, line in enumerate(notice.lines):
        behind_sentence = behind_sentence or FAILURE.search(_pair(notice.lines, number)) is not None
        shown = (_SHOWN_ALONE.match(line) or _X400.match(line)) if "@" in line and behind_sentence else None
        if shown and not contact and _alone(shown, notice, notice.lines[number - 1] if number else ""):
            named = _NAMED_BEHIND.match(shown["behind"])
            address = named["address"] if named else shown["address"]
            if not (found and found[-1][0].lower() == address.lower()):
                found.append((address, []))
            found[-1][1].append(f"{shown.groupdict().get('code') or ''}{shown['behind']}")
            continue
        made_from = (
            (_EXPANDED if found else _GENERATED).search(line) if behind_sentence and "(" in line else None
        )
        if made_from:
            found.append((made_from["address"], found[-1][1] if found else []))
        if found:
            found[-1][1].append(line)
        if line.strip():
            contact = not ADDRESSES.search(line) and CONTACT.search(line) is not None
    return [Failed(address, _beside(words)) for address, words in found if _is_meant(address)]


def _beside(lines: list[str]) -> str:
    """Return what stands beside an address: its paragraph, and more of them until one tells a reason."""
    words = ""
    for line in lines[:_MOST_BESIDE]:
        if not line.strip() and words and judged(ADDRESSES.sub("", words))[0] is not BounceKind.UNKNOWN:
            break
        words = f"{words} {' '.join(line.split())}" if words else " ".join(line.split())
    return words


def _alone(shown: re.Match[str], notice: Notice, before: str) -> bool:
    if shown["address"].lower() in notice.own:
        return False
    if shown.groupdict().get("code"):
        return FAILURE.search(shown["behind"]) is not None
    begins = not before.strip() or before.rstrip().endswith(":") or "@" in before
    return _BEHIND.match(shown["behind"]) is not None or begins


def _pair(lines: tuple[str, ...], number: int) -> str:
    """Return a line with the next one: sentences are broken anywhere."""
    return " ".join(" ".join(lines[number : number + 2]).split())


def _in_sentences(notice: Notice) -> list[Failed]:
    """Find addresses in the sentences of failure themselves: those that were written to, or the nearest."""
    found: list[str] = []
    for paragraph in (notice.subject, *_paragraphs(notice.lines)):
        sentence = FAILURE.search(paragraph[:_LONGEST]) if "@" in paragraph else None
        if sentence is None:
            continue
        said = {a[0]: a.start() for a in ADDRESSES.finditer(paragraph[:_LONGEST]) if _can_fail(a, notice)}
        sent = [address for address in said if address.lower() in notice.sent_to]
        away = {address: abs(start - sentence.end()) for address, start in said.items()}
        nearest = sorted((address for address in said if away[address] < _NEAR), key=away.__getitem__)
        found += sent or nearest[:1]
    return _with_all_words(found, notice)


def _can_fail(found: re.Match[str], notice: Notice) -> bool:
    before = found.string[max(found.start() - 24, 0) : found.start()]
    return _is_recipients(found[0], notice) and not _OTHERS.search(before)


def _is_recipients(address: str, notice: Notice) -> bool:
    key = address.lower()
    told = key in notice.told and key not in notice.sent_to
    return key not in notice.own and not told and _is_meant(address)


def _after_rcpt(notice: Notice) -> list[Failed]:
    """Find the recipients in the transcript of a session, but for those that were taken."""
    lines = (*notice.lines, "")
    return _with_all_words(
        [
            found["address"]
            for line, answer in pairwise(lines)
            if "@" in line and (found := _RCPT.search(line)) and not _TAKEN.match(answer)
        ],
        notice,
    )


def _in_fields(notice: Notice) -> list[Failed]:
    return _with_all_words(list(notice.failed_recipients), notice)


def _local_parts(notice: Notice) -> list[Failed]:
    """Find names without a domain: the returned message or the mailer's own host has it."""
    names = [found["local"].lower() for line in notice.lines if (found := _LOCAL.match(line))]
    known = {
        address.partition("@")[0]: written
        for address, written in (notice.sent_to | notice.carried_for).items()
    }
    return _with_all_words(
        [
            known.get(name) or f"{name}@{notice.author_domain}"
            for name in names
            if name in known or notice.author_domain
        ],
        notice,
    )


def _also_sent_to(notice: Notice) -> list[Failed]:
    said = {address.lower() for line in notice.lines if "@" in line for address in ADDRESSES.findall(line)}
    known = notice.sent_to | notice.carried_for
    return _with_all_words([known[address] for address in known if address in said], notice)


def _only_one(notice: Notice) -> list[Failed]:
    said = {a.lower(): a for line in notice.lines if "@" in line for a in ADDRESSES.findall(line)}
    others = [address for address in said.values() if _is_recipients(address, notice)]
    return _with_all_words(others if len(others) == 1 else [], notice)


def _sent_to_alone(notice: Notice) -> list[Failed]:
    """The notice names nobody: the one that the message was sent to, if that was no list's address."""
    known, carried = notice.sent_to or notice.carried_for, notice.carried_for
    if carried and next(iter(carried)) not in known:
        return []
    return _with_all_words(list(known.values()) if len(known) == 1 else [], notice)


def _with_all_words(found: list[str], notice: Notice) -> list[Failed]:
    words = f"{notice.subject} {notice.words}"
    return [Failed(address, words) for address in found]


def _is_meant(address: str) -> bool:
    """Tell whether it is an address in full: archives shorten them with dots."""
    return "..." not in address and "." in address.rpartition("@")[2].strip(".")


def _paragraphs(lines: tuple[str, ...]) -> Iterator[str]:
    paragraph: list[str] = []
    for line in (*lines, ""):
        if line.strip():
            paragraph.append(line.strip())
        elif paragraph:
            yield " ".join(paragraph)
            paragraph = []
