"""Which rows does a text file with separators hold?  Read line by line: the file may have any size.

A quotation mark that is not closed would swallow the rest of the file.  So what does not
become a row costs one line, and reading goes on behind it.
"""

import codecs
import csv
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from ingest.correspondents.encodings import Encoding, decoded, encoding_of
from ingest.correspondents.said import RawRow, WrongReason, WrongRow

SEPARATORS = (";", ",", "\t", "|")
_SAMPLE = 1024 * 1024
_PIECE = 64 * 1024
_LONGEST_LINE, _MOST_LINES = 1024 * 1024, 1000  # of one row
csv.field_size_limit(2 * _LONGEST_LINE)


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A text file of rows: in which encoding, with which separator."""

    path: Path
    encoding: Encoding
    separator: str
    skipped: int = 0
    width: int = 0

    @classmethod
    def at(cls, path: Path, declared: str | None = None) -> "CsvFile":
        """Look at the beginning of a file.  UnknownEncoding."""
        with path.open("rb") as file:
            sample = file.read(_SAMPLE)
        encoding = encoding_of(sample, declared)
        text = sample[encoding.mark :].decode(encoding.codec, "replace")
        first, _, _ = text.partition("\n")
        if first.lower().startswith("sep=") and len(first.strip()) == 5:  # Excel's own word for it
            found = cls(path, encoding, first[4], skipped=1)
        else:
            found = cls(path, encoding, separator_of(text.splitlines()[:50]))
        headings = next(found.rows(), None)
        return replace(found, width=len(headings.cells) if headings else 0)

    @property
    def octets(self) -> int:
        """How long the file is."""
        return self.path.stat().st_size

    def rows(self, after: int = 0) -> Iterator[RawRow]:
        """Yield the rows behind the first *after* ones, the headings among them, as number 1."""
        with self.path.open("rb") as file:
            file.seek(self.encoding.mark)
            lines = _Lines(file, self.encoding)
            for _ in range(self.skipped):
                next(lines, None)
            number = 0
            while (row := self._row(lines, number + 1)) is not None:
                number += 1
                if number > after:
                    yield row

    def _row(self, lines: "_Lines", number: int) -> RawRow | None:
        first = next(lines, None)
        if first is None:
            return None
        taken, octets = [first.text], first.octets
        if first.wrong or '"' not in first.text:
            cells = [] if first.wrong else self._cells(taken)
            return RawRow(number, first.number, cells, octets, first.wrong)
        more: list[_Line] = []
        is_open, length = _is_open(taken), len(first.text)
        while is_open and len(more) < _MOST_LINES and length < _LONGEST_LINE:
            following = next(lines, None)
            if following is None:
                break
            more.append(following)
            if following.wrong:
                return self._broken(lines, number, first, more)
            taken.append(following.text)
            length += len(following.text)
            is_open ^= following.text.count('"') % 2 == 1
        rows = self._parsed(taken)
        if more and (len(rows) != 1 or len(rows[0]) != self.width or _is_open(taken)):
            return self._broken(lines, number, first, more)
        if not rows or len(rows) > 1:
            return self._broken(lines, number, first, ())
        return RawRow(number, first.number, rows[0], octets + sum(one.octets for one in more))

    def _broken(self, lines: "_Lines", number: int, first: "_Line", more: "Sequence[_Line]") -> RawRow:
        lines.put_back(more)
        cells = self._cells([first.text.replace('"', "")])
        return RawRow(number, first.number, cells, first.octets, WrongRow(WrongReason.BROKEN_QUOTES))

    def _cells(self, lines: Sequence[str]) -> Sequence[str]:
        joined = "".join(lines)
        if '"' not in joined:
            return joined.rstrip("\r\n").split(self.separator)
        return next(iter(self._parsed(lines)), [])

    def _parsed(self, lines: Sequence[str]) -> list[list[str]]:
        try:
            return list(csv.reader(lines, delimiter=self.separator))
        except csv.Error:
            return []


def separator_of(lines: Sequence[str]) -> str:
    """Return the separator that parts most lines into the same number of cells, and into most."""
    best, separator = (0, 0), ";"
    for candidate in SEPARATORS:
        counts = [line.count(candidate) for line in lines if line.strip()]
        if counts and counts[0]:
            score = (sum(count >= counts[0] for count in counts) * counts[0], counts[0])
            if score > best:
                best, separator = score, candidate
    return separator


def _is_open(lines: Sequence[str]) -> bool:
    """Tell whether a quoted cell goes on in the next line: its quotation marks are not even."""
    return sum(line.count('"') for line in lines) % 2 == 1


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    number: int
    octets: int
    wrong: WrongRow | None = None


@dataclass(slots=True)
class _Lines:
    """The lines of a file, none longer than the limit; some may be put back."""

    file: BinaryIO
    encoding: Encoding
    _back: deque[_Line] = field(default_factory=deque)
    _number: int = 0
    _wide: Iterator[bytes] | None = None

    def __post_init__(self) -> None:
        if self.encoding.is_wide:
            self._wide = _narrowed(self.file, self.encoding.codec)

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> _Line:
        if self._back:
            return self._back.popleft()
        line = self._read()
        if not line:
            raise StopIteration
        self._number += 1
        octets = len(line)
        if not line.endswith(b"\n") and octets > _LONGEST_LINE:
            octets += self._skip_rest()
            return _Line("", self._number, octets, WrongRow(WrongReason.TOO_LONG))
        text = decoded(line, "utf-8" if self._wide else self.encoding.codec)
        if text is None:
            shown = line.decode("utf-8", "replace")
            return _Line(shown, self._number, octets, WrongRow(WrongReason.MIXED_ENCODING))
        return _Line(text, self._number, octets)

    def put_back(self, lines: Sequence[_Line]) -> None:
        """Let lines be read again."""
        self._back.extendleft(reversed(lines))

    def _read(self) -> bytes:
        return next(self._wide, b"") if self._wide else self.file.readline(_LONGEST_LINE + 1)

    def _skip_rest(self) -> int:
        skipped = 0
        while piece := self._read():
            skipped += len(piece)
            if piece.endswith(b"\n"):
                break
        return skipped


def _narrowed(file: BinaryIO, codec: str) -> Iterator[bytes]:
    """Yield the lines of a file of two or four octets a character as UTF-8, and pieces of overlong ones."""
    decoder = codecs.getincrementaldecoder(codec)("replace")
    rest = ""
    while piece := file.read(_PIECE):
        *lines, rest = (rest + decoder.decode(piece)).split("\n")
        yield from (f"{line}\n".encode("utf-8", "replace") for line in lines)
        if len(rest) > _LONGEST_LINE:
            yield rest.encode("utf-8", "replace")
            rest = ""
    if rest:
        yield rest.encode("utf-8", "replace")
