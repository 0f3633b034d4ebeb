"""What is new in a reply?  The text in three parts: what was written now, what it quotes, the signature.

Nothing is left out: every line that is not blank stands in one part, in its order.
Answers between quotes are new, and the quotes between them quoted.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from operator import itemgetter

from mail.attributions import attribution_start, is_date_and_address, may_end_attribution
from mail.header_blocks import is_header_block, label_of
from mail.reply_marks import ABOVE_THIS_LINE, OPENERS, ORIGINAL, VERB
from mail.signature import is_device_line, looks_like_contacts, signature_start

_UNSEEN = "\u200b\ufeff"  # no white space to Python
_COLONS = " :：*_"
_DASHES = frozenset("-_=*~—–─━＿#")
_SEPARATOR = re.compile(r"[-_=*~—–─━＿#]{2,}+")
_TITLED = re.compile(r"[-_=*~—–─#\s]{2,}+([^\s-].{1,120}?)\s?[-_=*~—–─#]{2,}:?")
_QUOTED_ALL = re.compile(r">{3} .{3,200} >{3}")  # GroupWise has no marks on the lines below
_BROKEN_ATTRIBUTION = re.compile(r"[>)]\s?[^\W\d>]{0,12}\s?[^\W\d>]{0,10}\s?[:：]")
_LINK_ALONE = re.compile(r"[<(\[]?https?://\S+[ >]*")
_WRAPPED_AT = 68
_NEW, _QUOTED, _SIGNATURE = range(3)
_MOST_LINES = 20_000  # what is longer than any letter goes on as it was there


@dataclass(frozen=True, slots=True)
class Reply:
    """The parts of one text."""

    new: str
    quoted: str
    signature: str


class StretchKind(StrEnum):
    """What lines of a text are."""

    NEW = "new"
    QUOTED = "quoted"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines of one kind that stand together."""

    kind: StretchKind
    text: str

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return self.text.count("\n") + 1


def stretches(text: str) -> list[Stretch]:
    """Return the text from its first line to its last, in stretches of one kind; only blank lines go at their ends."""
    lines = text.split("\n")
    found: list[tuple[StretchKind, list[str]]] = []
    for number, each in groupby(zip(_kinds(text, lines), lines, strict=True), key=itemgetter(0)):
        kind, those = tuple(StretchKind)[number], [line for _, line in each]
        if found and (kind is found[-1][0] or not _without_blank_ends(those)):
            found[-1][1].extend(those)
        else:
            found.append((kind, those))
    shown = (Stretch(kind, "\n".join(_without_blank_ends(those))) for kind, those in found)
    return [one for one in shown if one.text]


def split_reply(text: str) -> Reply:
    """Return the text in its parts; linear in its length."""
    lines = text.split("\n")
    kinds = _kinds(text, lines)
    if not any(kinds):
        return Reply("\n".join(_without_blank_ends(lines)).rstrip(), "", "")
    return Reply(*(_part(lines, kinds, kind) for kind in (_NEW, _QUOTED, _SIGNATURE)))


def _kinds(text: str, lines: Sequence[str]) -> list[int]:
    """Return of which kind each line is."""
    read = [line.strip().strip(_UNSEEN) for line in lines[:_MOST_LINES]]
    kinds = list(_Reading(read, with_ticket=_is_of_ticket(text)).kinds())
    return kinds + kinds[-1:] * (len(lines) - len(read))


def _part(lines: Sequence[str], kinds: Sequence[int], wanted: int) -> str:
    """Return the stretches of one kind, each a paragraph of its own."""
    stretches = groupby(zip(kinds, lines, strict=True), key=itemgetter(0))
    found = (
        "\n".join(_without_blank_ends([line for _, line in each]))
        for kind, each in stretches
        if kind == wanted
    )
    return "\n\n".join(filter(None, found)).rstrip()


def _without_blank_ends(lines: list[str]) -> list[str]:
    start, end = 0, len(lines)
    while start < end and not lines[start].strip().strip(_UNSEEN):
        start += 1
    while end > start and not lines[end - 1].strip().strip(_UNSEEN):
        end -= 1
    return lines[start:end]


def _is_rule_or_title(line: str) -> bool:
    """Tell whether the line is nothing but dashes, or a title as "Ursprüngliche Nachricht" without them."""
    if line[:1] in _DASHES:
        return _SEPARATOR.fullmatch(line.replace(" ", "")) is not None
    return line.count(" ") < 3 and len(line) < 40 and ORIGINAL.search(line.lower()) is not None


def _is_of_ticket(text: str) -> bool:
    said = text.lower()
    return any(mark in said for mark in ABOVE_THIS_LINE)


class _Reading:
    """One text while its lines are told apart."""

    def __init__(self, lines: list[str], *, with_ticket: bool) -> None:
        self._lines = lines
        self._with_ticket = with_ticket
        self._kinds = [_NEW] * len(lines)

    def kinds(self) -> list[int]:
        at = 0
        while at < len(self._lines):
            line = self._lines[at]
            if not line:
                at += 1
            elif line[0] == ">" and self._is_quote(at):
                at = self._quote(at)
            elif (start := self._all_below(at)) is not None:
                self._mark(start, len(self._lines), _QUOTED)
                break
            else:
                at += 1
        for start, end in list(self._runs()):
            self._sign(start, end)
        return self._kinds

    def _mark(self, start: int, end: int, kind: int) -> None:
        self._kinds[start:end] = [kind] * (end - start)

    def _quote(self, start: int) -> int:
        """Mark a block of quote marks and what belongs to it, and return the line behind."""
        if _QUOTED_ALL.fullmatch(self._lines[start]):
            self._mark(start, len(self._lines), _QUOTED)
            return len(self._lines)
        above = self._attribution_without_end(start)
        self._mark(self._with_rule(start) if above is None else above, start, _QUOTED)
        end = start + 1
        while end < len(self._lines) and (self._lines[end][:1] == ">" or self._is_wrapped(end)):
            end += 1
        self._mark(start, end, _QUOTED)
        return end

    def _attribution_without_end(self, start: int) -> int | None:
        """Return the line above a quote if it is a date and an address, which some clients let do."""
        above = start - 1
        while above > 0 and start - above < 3 and not self._lines[above]:
            above -= 1
        if above < 0 or self._kinds[above] != _NEW or not self._lines[above].endswith((">", ")", "]")):
            return None
        return above if is_date_and_address(self._lines[above]) else None

    def _with_rule(self, start: int) -> int:
        above = self._lines[start - 1] if start else ""
        return start - 1 if len(above) > 9 and above[0] in _DASHES and _SEPARATOR.fullmatch(above) else start

    def _is_wrapped(self, at: int) -> bool:
        """Tell whether a relay broke this line off the quoted one above."""
        line, before = self._lines[at], self._lines[at - 1]
        if not line or before[:1] != ">" or at + 1 >= len(self._lines) or self._lines[at + 1][:1] != ">":
            return False
        if _LINK_ALONE.fullmatch(line):
            return True
        too_long = len(before) + len(line.split(" ", 1)[0]) >= _WRAPPED_AT
        return too_long and not before.endswith("?") and (line[0].islower() or before[-1] not in ".!:…")

    def _is_quote(self, at: int) -> bool:
        """Tell whether the mark is one: not the end of a broken address, nor an arrow as `>>> here <<<`."""
        line, above = self._lines[at], self._lines[at - 1] if at else ""
        if line.startswith(">>") and line.endswith("<<"):
            return False
        return above[:1] in ("", ">") or not _BROKEN_ATTRIBUTION.fullmatch(line[:40])

    def _all_below(self, at: int) -> int | None:
        """Return where the rest begins to be quoted if this line says so; marks an attribution above a quote."""
        line = self._lines[at]
        if may_end_attribution(line):
            if self._is_opener(at):
                return at
            if (start := self._attribution(at)) is not None:
                return start
        if line[0] in _DASHES and self._is_separator(at):
            return at
        if self._with_ticket and len(line) < 200 and _is_of_ticket(line):
            return at
        return self._header_block(at) if ":" in line[:34] or "：" in line[:34] else None

    def _attribution(self, at: int) -> int | None:
        marked = self._quote_follows(at)
        first = at
        while first and at - first < 4 and self._kinds[first - 1] == _NEW and self._lines[first - 1]:
            first -= 1
        start = attribution_start(self._lines, at, first=first, quote_follows=marked)
        if start is None:
            return None
        start = self._with_separator(start)
        if not marked:
            return start
        self._mark(start, at + 1, _QUOTED)
        return None

    def _quote_follows(self, at: int) -> bool:
        below = next((line for line in self._lines[at + 1 : at + 6] if line), "")
        return below[:1] == ">"

    def _header_block(self, at: int) -> int | None:
        start = self._with_separator(at)
        separated = start < at
        if label_of(self._lines[at]) is None and not separated and "@" not in self._lines[at]:
            return None
        return start if is_header_block(self._lines, at, separated=separated) else None

    def _with_separator(self, start: int) -> int:
        """Return the line of dashes or the title right above if there is one, else the start."""
        above = start - 1
        while above > 0 and start - above < 3 and not self._lines[above]:
            above -= 1
        return above if above >= 0 and _is_rule_or_title(self._lines[above]) else start

    def _is_separator(self, at: int) -> bool:
        """Tell whether this is a titled line of dashes: "-----Original Message-----"."""
        line = self._lines[at]
        titled = _TITLED.fullmatch(line) if len(line) < 200 else None
        if titled is None:
            return False
        title = titled[1].lower()
        verb = VERB.search(title)
        if ORIGINAL.search(title) or (verb and (":" in title or verb.end() == len(title))):
            return True
        below = next((n for n in range(at + 1, min(at + 4, len(self._lines))) if self._lines[n]), None)
        return below is not None and is_header_block(self._lines, below, separated=True)

    def _is_opener(self, at: int) -> bool:
        line = self._lines[at]
        return len(line) < 80 and line.lower().rstrip(_COLONS) in OPENERS

    def _runs(self) -> Iterator[tuple[int, int]]:
        """Yield the stretches that are new so far."""
        start = None
        for at, kind in enumerate([*self._kinds, _QUOTED]):
            if kind == _NEW and start is None:
                start = at
            elif kind != _NEW and start is not None:
                yield start, at
                start = None

    def _sign(self, start: int, end: int) -> None:
        """Mark the signature of one stretch."""
        lines = self._lines[start:end]
        if (found := signature_start(lines)) is not None:
            self._mark(start + found, end, _SIGNATURE)
            lines = lines[:found]
        for at in range(max(0, len(lines) - 40), len(lines)):
            alone = at + 1 == len(lines) or not lines[at + 1] or at == 0 or not lines[at - 1]
            if alone and lines[at] and is_device_line(lines[at]):
                self._below_device_line(start + at, start + len(lines))
                return

    def _below_device_line(self, at: int, end: int) -> None:
        """Mark what a phone added.  What follows to the end is what it quotes without any mark, or a card."""
        self._mark(at, at + 1, _SIGNATURE)
        below = self._lines[at + 1 : end]
        if end < len(self._lines) or not any(below) or not any(self._lines[:at]):
            return
        card = looks_like_contacts(below) and max(map(len, below)) <= 70
        self._mark(at + 1, end, _SIGNATURE if card else _QUOTED)
