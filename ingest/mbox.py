"""Where does each mail of an mbox file begin and end, and which of its lines were quoted?

There are four dialects, and a file does not say which is its own.  Each mail begins with
a From_ line.  Two dialects tell them from lines of a text by quoting those (mboxo:
`From ` becomes `>From `; mboxrd: so does `>From ` become `>>From `), one by the header
field Content-Length (mboxcl2), one by both (mboxcl).  A Content-Length is believed only
if it ends where the next From_ line or the end of the file is.

The file is read once from the front, and only one mail of it is in memory.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

_CHUNK = 1024 * 1024
_LOOK = 2000  # octets within which a From_ line and the line after it can be told
_LONGEST_HEADER = 512 * 1024
_SAMPLE = 16 * 1024 * 1024  # octets of a file by which its dialect is guessed
_FROM = b"From "
# asctime, with or without seconds and a zone: From eva@firm.example Mon Jan  5 08:00:00 2026
_DATED = re.compile(rb"From .*[A-Z][a-z]{2},? +[A-Z0-9][a-z0-9]{0,2} +[A-Z0-9][a-z0-9]{0,3} .*\d:\d\d")
_FIELD = re.compile(rb"(?:[!-9;-~]+[ \t]*:|>From )")
_LENGTH = re.compile(rb"^Content-Length:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_HEADER_END = re.compile(rb"\n\r?\n")
_QUOTED_ONCE = re.compile(rb"^>(From )", re.MULTILINE)
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_BARE = re.compile(rb"^From ", re.MULTILINE)


class Dialect(StrEnum):
    """How an mbox tells where a mail ends."""

    MBOXO = "mboxo"
    MBOXRD = "mboxrd"
    MBOXCL = "mboxcl"
    MBOXCL2 = "mboxcl2"


_BY_LENGTH = (Dialect.MBOXCL, Dialect.MBOXCL2)
_UNQUOTED = {Dialect.MBOXO: _QUOTED_ONCE, Dialect.MBOXCL: _QUOTED_ONCE, Dialect.MBOXRD: _QUOTED}


@dataclass(frozen=True, slots=True)
class Piece:
    """A mail of an mbox file; *raw* is None if it is larger than was asked for.

    *octets* is how much of the file it took, with all that marks its beginning and end.
    *by_length* if its Content-Length told where it ends.
    """

    raw: bytes | None
    octets: int
    by_length: bool


def begins_mbox(head: bytes) -> bool:
    """Tell whether a file that begins so can be an mbox."""
    return head.lstrip(b"\r\n").startswith(_FROM)


def guessed(file: BinaryIO, *, largest: int) -> Dialect:
    """Return the dialect that the first mails of a file speak for.

    Without lengths it is mboxrd: that reads mboxo rightly too, but for lines that began
    with `>>From ` before they were quoted.
    """
    mails = with_length = 0
    bare = quoted = False
    read = 0
    for piece in _Reader(file, largest, by_length=True).pieces():
        mails += 1
        with_length += piece.by_length
        body = _parted(piece.raw or b"")[1]
        bare = bare or bool(piece.by_length and _BARE.search(body))
        quoted = quoted or bool(_QUOTED.search(body))
        read += piece.octets
        if read > _SAMPLE:
            break
    if with_length * 2 <= mails:
        return Dialect.MBOXRD
    return Dialect.MBOXCL if quoted and not bare else Dialect.MBOXCL2


def mails_of(file: BinaryIO, dialect: Dialect, *, largest: int) -> Iterator[Piece]:
    """Yield the mails of an mbox as they were before they were written into it."""
    quoted = _UNQUOTED.get(dialect)
    for piece in _Reader(file, largest, by_length=dialect in _BY_LENGTH).pieces():
        if quoted and piece.raw and b"\n>" in piece.raw:
            header, body = _parted(piece.raw)
            yield Piece(header + quoted.sub(rb"\1", body), piece.octets, piece.by_length)
        else:
            yield piece


def _parted(raw: bytes) -> tuple[bytes, bytes]:
    """Return header, with the line that ends it, and body."""
    found = _HEADER_END.search(raw)
    end = found.end() if found else len(raw)
    return raw[:end], raw[end:]


class _Reader:
    """A file, of which the mail at hand is in memory."""

    def __init__(self, file: BinaryIO, largest: int, *, by_length: bool) -> None:
        self._file = file
        self._largest = largest
        self._by_length = by_length
        self._window = bytearray()
        self._dropped = 0  # octets of this mail that were let go because it is too large

    def pieces(self) -> Iterator[Piece]:
        """Yield the mails, with quoted lines as they are."""
        self._more()
        blank = len(self._window) - len(self._window.lstrip(b"\r\n"))
        while len(self._window) > blank:
            yield self._piece(blank)
            blank = 0

    def _piece(self, start: int) -> Piece:
        """Take the mail whose From_ line is at *start* out of the window."""
        begin = self._line_end(start)
        ends = self._ends_by_length(begin) if self._by_length else None
        by_length = ends is not None
        end, following = ends or self._ends_by_from_line(begin)
        size = self._dropped + end - begin
        raw = None if self._dropped or size > self._largest else bytes(self._window[begin:end])
        octets = self._dropped + following
        del self._window[:following]
        self._dropped = 0
        if not self._window:
            self._more()
        return Piece(raw, octets, by_length)

    def _ends_by_length(self, begin: int) -> tuple[int, int] | None:
        """Return where the mail ends as its Content-Length says, and where the next begins; None if it lies."""
        body = self._header_end(begin)
        found = _LENGTH.search(self._window, begin, body) if body else None
        if not (body and found) or int(found[1]) > self._largest:
            return None
        end = body + int(found[1])
        self._hold(end + _LOOK)
        if end > len(self._window):
            return None
        rest = bytes(self._window[end : end + _LOOK])
        following = end + len(rest) - len(rest.lstrip(b"\r\n"))
        at_line_start = following > end or self._window[end - 1 : end] == b"\n"
        if following == len(self._window) or (at_line_start and rest.lstrip(b"\r\n").startswith(_FROM)):
            return end, following
        return None

    def _ends_by_from_line(self, begin: int) -> tuple[int, int]:
        """Return where the mail ends, without the blank line after it, and where the next one begins."""
        following = self._next_from_line(begin)
        end = following
        for blank in (b"\n\r\n", b"\n\n"):
            if self._window.endswith(blank, begin, following):
                return following - len(blank) + 1, following
        return end, following

    def _next_from_line(self, begin: int) -> int:
        searched = begin - 1
        while True:
            at = self._window.find(b"\n" + _FROM, searched)
            if at >= 0:
                self._hold(at + _LOOK)
                if self._is_from_line(at + 1):
                    return at + 1
                searched = at + 1
                continue
            searched = max(begin - 1, len(self._window) - len(_FROM))
            if len(self._window) > self._largest + _CHUNK:
                searched -= self._let_go(begin)
            if not self._more():
                return len(self._window)

    def _let_go(self, begin: int) -> int:
        """Keep of a mail that is too large only what is still looked at; return by how much all moves."""
        gone = len(self._window) - begin - _LOOK
        del self._window[begin : begin + gone]
        self._dropped += gone
        return gone

    def _is_from_line(self, at: int) -> bool:
        """Tell whether the line at *at*, which begins with `From `, begins a mail.

        Either it has a date, or a blank line is before it and a header field after it:
        some write no blank lines, and some no dates.
        """
        line, _, rest = bytes(self._window[at : at + _LOOK]).partition(b"\n")
        if _DATED.match(line):
            return True
        before = bytes(self._window[max(0, at - 3) : at])
        return before.endswith((b"\n\n", b"\n\r\n")) and bool(_FIELD.match(rest))

    def _line_end(self, start: int) -> int:
        while (at := self._window.find(b"\n", start)) < 0:
            if len(self._window) - start > _LONGEST_HEADER or not self._more():
                return len(self._window)
        return at + 1

    def _header_end(self, begin: int) -> int | None:
        while not (found := _HEADER_END.search(self._window, begin)):
            if len(self._window) - begin > _LONGEST_HEADER or not self._more():
                return None
        return found.end()

    def _hold(self, length: int) -> None:
        """Have at least *length* octets in the window, unless the file ends before."""
        while len(self._window) < length and self._more():
            pass

    def _more(self) -> bool:
        octets = self._file.read(_CHUNK)
        self._window += octets
        return bool(octets)
