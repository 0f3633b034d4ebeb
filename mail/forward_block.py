"""Where is the block of typed header lines above a forwarded mail, and what does it say?"""

import re
from dataclasses import dataclass
from functools import lru_cache

from mail.forward_dates import typed_date
from mail.forward_headers import Typed, names_of
from mail.forward_lines import HeaderLine, depth_of, header_line, is_blank, labelled, without_quotes

_MOST_LINES = 120
_MOST_BLANKS = 2
_WRAPPED = 66  # mailers that wrap break lines beyond this many characters
_ADDRESSES = frozenset((Typed.FROM, Typed.TO, Typed.CC, Typed.BCC))
_NAMED = frozenset((Typed.FROM, Typed.DATE, Typed.TO, Typed.CC, Typed.BCC, Typed.SUBJECT))
_WHOLE = frozenset((Typed.FROM, Typed.DATE, Typed.TO, Typed.SUBJECT))


@dataclass(frozen=True, slots=True)
class Block:
    """A block of typed header lines: what each says, where it begins, and where the text behind it does."""

    fields: dict[Typed, str]
    start: int
    end: int
    depth: int

    @property
    def named(self) -> frozenset[Typed]:
        """The fields that the block has, those apart that nobody reads."""
        return _NAMED.intersection(self.fields)


def read_block(lines: list[str], start: int) -> Block | None:
    """Return the block whose first line is the one numbered *start*; None if that is no header line."""
    first = header_line(lines[start])
    return _Reading(lines, start, first).block() if first else None


class _Reading:
    def __init__(self, lines: list[str], start: int, first: HeaderLine) -> None:
        self._lines, self._start = lines, start
        self._depth = first.depth
        self._fields: dict[Typed, list[str]] = {}
        self._current = first.field
        self._spaced = False
        self._last = min(len(lines), start + _MOST_LINES)

    def block(self) -> Block:
        position = self._start
        while position < self._last:
            following = self._next(position)
            if following is None:
                break
            position = following
        fields = {field: " ".join(filter(None, values)).strip() for field, values in self._fields.items()}
        return Block(fields, self._start, position, self._depth)

    def _next(self, position: int) -> int | None:
        """Take the line at *position*; return where to read on, None if the block has ended."""
        line = self._lines[position]
        if is_blank(line):
            return self._behind_blanks(position)
        found = header_line(line) or self._unknown(line)
        if found and found.depth == self._depth:
            return position + 1 if self._take(found) else None
        if found is None and depth_of(line) >= self._depth and self._continues(position):
            self._fields[self._current].append(without_quotes(line, self._depth).strip())
            return position + 1
        return None

    def _unknown(self, line: str) -> HeaderLine | None:
        """Return a line of recipients whose name is in no table, as the header line that it must be."""
        name = labelled(line) if "@" in line and Typed.FROM in self._fields else None
        if name is None or "@" not in name[1]:
            return None
        free = (field for field in (Typed.TO, Typed.CC) if field not in self._fields)
        return HeaderLine(next(free, Typed.OTHER), name[1], depth_of(line))

    def _take(self, found: HeaderLine) -> bool:
        """Take a header line; False if it belongs to another block: this one has the field already."""
        known = found.field in self._fields
        if known and found.field in (Typed.FROM, Typed.SUBJECT, Typed.TO):
            return False
        self._current = found.field if not known else Typed.OTHER
        self._fields.setdefault(self._current, []).append(found.value)
        return True

    def _behind_blanks(self, position: int) -> int | None:
        """Return where the block goes on behind blank lines, as with paragraphs for lines; None if it does not."""
        after = position
        while after < self._last and is_blank(self._lines[after]):
            after += 1
        if after - position > _MOST_BLANKS or after >= self._last:
            return None
        if self._fields.keys() >= _WHOLE and not self._spaced:
            return None
        found = header_line(self._lines[after])
        if found is None or found.depth != self._depth or found.field in self._fields:
            return None
        self._spaced = True
        return after

    def _continues(self, position: int) -> bool:
        """Tell whether a line that is no header line belongs to the header line before it."""
        before = "".join(self._fields[self._current][-1:])
        line = without_quotes(self._lines[position], self._depth)
        if self._current in _ADDRESSES and (
            before.endswith((",", ";"))
            or before.count("<") > before.count(">")
            or line.lstrip().startswith("<")
        ):
            return True
        if self._header_within(position + 1, 12 if self._current in _ADDRESSES else 3):
            return True
        if not before:
            return self._current is not Typed.SUBJECT and self._current is not Typed.OTHER
        if line[:1] in (" ", "\t") and line.strip():
            return True
        wrapped = len(self._lines[position - 1]) > _WRAPPED
        after = position + 1
        return wrapped and after < len(self._lines) and is_blank(self._lines[after])

    def _header_within(self, position: int, most: int) -> bool:
        for line in self._lines[position : min(position + most, self._last)]:
            if is_blank(line):
                return False
            found = header_line(line)
            if found and found.depth == self._depth:
                return found.field not in self._fields
        return False


def guessed_block(lines: list[str], start: int) -> Block | None:
    """Return the block that a marker announces in a language whose names are in no table; None if there is none.

    Whoever has the first address is the author, the next are recipients; a date tells itself.
    """
    fields: dict[Typed, str] = {}
    position = start
    while position < len(lines) and position < start + 8 and (pair := labelled(lines[position])):
        known = header_line(lines[position])
        field = known.field if known else _kind_of(pair[1], fields)
        fields.setdefault(field, pair[1])
        position += 1
    if not {Typed.FROM, Typed.DATE, Typed.SUBJECT} <= fields.keys() or "@" not in fields[Typed.FROM]:
        return None
    return Block(fields, start, position, depth_of(lines[start]))


def _kind_of(value: str, fields: dict[Typed, str]) -> Typed:
    if "@" in value:
        return next((field for field in (Typed.FROM, Typed.TO, Typed.CC) if field not in fields), Typed.OTHER)
    if Typed.DATE not in fields and typed_date(value, None):
        return Typed.DATE
    return Typed.SUBJECT


def unglued(line: str) -> list[str] | None:
    """Return the header lines that a client wrote without line ends; None if there are not several.

    >>> unglued("From: Eva <eva@firma.example>To: Max <max@firma.example>Subject: Offerte")
    ['From: Eva <eva@firma.example>', 'To: Max <max@firma.example>', 'Subject: Offerte']
    """
    first = header_line(line)
    if first is None or len(line) > 4_000:
        return None
    starts, seen = [0], {first.field}
    for found in _glued_names().finditer(line, 1):
        at = found.start("name")
        begun = header_line(line[at:])
        if begun is None or begun.field in seen or not _begins_name(line, at, found["name"]):
            continue
        starts.append(at)
        seen.add(begun.field)
        if begun.field is Typed.SUBJECT:
            break  # which may hold anything
    if len(starts) < 3:
        return None
    return [line[start:end].strip() for start, end in zip(starts, [*starts[1:], None], strict=True)]


def _begins_name(line: str, at: int, name: str) -> bool:
    """Tell whether a header's name can begin here: behind an address or a blank, or with a capital in a word."""
    before = line[at - 1]
    if before in "> \t\xa0)":
        return True
    if name[0].isupper() or name[0].islower():
        return len(name) > 2 and (not before.isalpha() or name[0].isupper())
    return True  # in a script without capitals


@lru_cache(maxsize=1)
def _glued_names() -> re.Pattern[str]:
    names = "|".join(map(re.escape, names_of(*_NAMED)))
    return re.compile(rf"(?P<name>{names})\s?[:：]", re.IGNORECASE)
