"""Where do the parts of a message begin and end?  One walk over the raw bytes, whatever they are.

The bytes are neither copied nor decoded: a part is a pair of offsets and its header
fields.  The walk looks at each line that could be a boundary once, and asks a table
whether an open multipart has it: so depth and number of parts cost no extra time,
and boundaries that begin with one another are told apart.
"""

import re
from dataclasses import dataclass, field

from mail.defects import Defects
from mail.encoded_words import characters
from mail.limits import Limits
from mail.message import DefectCode
from mail.parameters import read_parameters

_FIELD = re.compile(rb"([!-9;-~]++)[ \t]*+:([^\n]*+(?:\n[ \t][^\n]*+)*+)\n?")
_BLANK_LINE = re.compile(rb"\r*\n")
_END_OF_HEADER = re.compile(rb"\n\r*\n")
_LOOKS_LIKE_A_FIELD = re.compile(rb"[A-Za-z][A-Za-z0-9-]*+[ \t]*+:[ \t]")
_BLANK_LINES = re.compile(rb"(?:[ \t\r]*+\n)++")
_BEGINS_A_PART = re.compile(rb"\n--(\S{1,200})[ \t\r]*+\n(?=content-)", re.IGNORECASE)
# How far from the start of a multipart its first part may be: a longer preamble has no meaning.
_NEAR = 10_000
_FOLD = re.compile(rb"\r*\n(?=[ \t])")
_TYPE = re.compile(r"[a-z0-9!#$&^_.+*{}|~%'`-]+/[a-z0-9!#$&^_.+*{}|~%'`-]+")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(slots=True)
class Part:
    """A MIME part: its fields, where it starts and where its body lies in the raw message.

    Open until the walk has found its end; nobody else changes one.
    """

    fields: dict[bytes, list[bytes]]
    body: int
    end: int = -1
    type: str = "text/plain"
    parameters: dict[str, str] = field(default_factory=dict)
    parts: list["Part"] = field(default_factory=list)
    boundary: bytes | None = None
    disposition: str = ""
    disposition_parameters: dict[str, str] = field(default_factory=dict)
    start: int = 0

    def first(self, name: bytes) -> bytes | None:
        """Return the body of the first field of that name (in lower case), unfolded."""
        values = self.fields.get(name)
        return _FOLD.sub(b"", values[0]).strip() if values else None

    def all(self, name: bytes) -> list[bytes]:
        """Return the bodies of all fields of that name (in lower case), topmost first, unfolded."""
        return [_FOLD.sub(b"", value).strip() for value in self.fields.get(name, ())]

    @property
    def is_multipart(self) -> bool:
        """Whether parts were found inside."""
        return bool(self.parts)

    @property
    def span(self) -> slice:
        """Where the body lies in the raw message."""
        return slice(self.body, self.end)


def with_line_ends(raw: bytes) -> bytes:
    """Return *raw*, with line feeds if it has only the carriage returns of old Macintoshes."""
    return raw if b"\n" in raw else raw.replace(b"\r", b"\n")


def read_structure(raw: bytes, limits: Limits, defects: Defects) -> Part:
    """Return the whole message as a part, with its parts inside; *raw* must have line feeds."""
    fields, body = read_header(raw, _start(raw), limits, defects)
    if not fields and raw:
        defects.add(DefectCode.HEADER_MISSING, "the message has no header: all of it was read as text")
    root = Part(fields, body)
    _Walk(raw, limits, defects).walk(root)
    return root


def read_header(
    raw: bytes, position: int, limits: Limits, defects: Defects, delimiters: "_Levels | None" = None
) -> tuple[dict[bytes, list[bytes]], int]:
    """Return the fields that start at *position*, by name in lower case, and where the body starts.

    A line that is no field is skipped if a field follows it; else the body starts there,
    without the blank line that should stand between.
    """
    fields: dict[bytes, list[bytes]] = {}
    stop = position + limits.header_octets
    for _ in range(limits.header_fields):
        if delimiters and raw.startswith(b"--", position) and delimiters.of_line(raw, position):
            return fields, position
        found = _FIELD.match(raw, position, stop)
        if found:
            fields.setdefault(found[1].lower(), []).append(found[2])
            position = found.end()
        elif blank := _BLANK_LINE.match(raw, position):
            return fields, blank.end()
        elif position >= stop:
            break
        else:
            following = raw.find(b"\n", position) + 1
            if position < len(raw) and fields:
                defects.add(DefectCode.HEADER_MALFORMED, "a header has a line that is no field")
            if not following or not _LOOKS_LIKE_A_FIELD.match(raw, following):
                return fields, position
            position = following
    defects.add(DefectCode.HEADER_TOO_LARGE, "a header has more fields or octets than are read")
    end = _END_OF_HEADER.search(raw, position)
    return fields, end.end() if end else len(raw)


def _start(raw: bytes) -> int:
    """Return where the header starts: behind a byte order mark, an mbox line, or blank lines."""
    position = len(_BYTE_ORDER_MARK) if raw.startswith(_BYTE_ORDER_MARK) else 0
    if raw.startswith((b"From ", b">From "), position):
        return raw.find(b"\n", position) + 1 or len(raw)
    blank = _BLANK_LINES.match(raw, position)
    return blank.end() if blank and _LOOKS_LIKE_A_FIELD.match(raw, blank.end()) else position


class _Levels:
    """The delimiters of the multiparts that are open, and how deep each of them is."""

    def __init__(self) -> None:
        self._of: dict[bytes, list[int]] = {}

    def open(self, boundary: bytes, level: int) -> None:
        self._of.setdefault(boundary, []).append(level)

    def close(self, boundary: bytes) -> None:
        levels = self._of[boundary]
        levels.pop()
        if not levels:
            del self._of[boundary]

    def of_line(self, raw: bytes, start: int) -> tuple[int, bool] | None:
        """Return the level that the line is a delimiter of and whether it closes it; None if of none."""
        end = raw.find(b"\n", start)
        line = raw[start + 2 : end if end >= 0 else len(raw)].rstrip(b"\r")
        # Text may follow on the line (RFC 2046, 5.1.1), and some boundaries end with blanks against the rules.
        for candidate in (line, line.rstrip(), line.partition(b" ")[0]):
            if candidate in self._of:
                return self._of[candidate][-1], False
            if candidate.endswith(b"--") and candidate[:-2] in self._of:
                return self._of[candidate[:-2]][-1], True
        return None


class _Walk:
    """The walk from delimiter to delimiter; `_open` holds the multiparts that have not ended, outermost first."""

    def __init__(self, raw: bytes, limits: Limits, defects: Defects) -> None:
        self._raw, self._limits, self._defects = raw, limits, defects
        self._open: list[Part] = []
        self._levels = _Levels()
        self._last: Part | None = None

    def walk(self, root: Part) -> None:
        raw, count = self._raw, 1
        self._begin(root, "text/plain")
        position = root.body - 1
        while self._open:
            boundary = self._open[0].boundary if len(self._open) == 1 else None
            start = raw.find(b"\n--" + (boundary or b""), position) + 1
            if not start:
                break
            delimiter = self._levels.of_line(raw, start)
            position = raw.find(b"\n", start)
            if delimiter is not None and count >= self._limits.parts:
                self._defects.add(DefectCode.PARTS_EXCEEDED, "the message has more parts than are read")
                self._end(0, start - 1, unread=True)
                return
            if delimiter is not None:
                position = self._delimiter(start, position, *delimiter)
                count += 1
            if position < 0:
                break
        self._end(0, len(raw))

    def _delimiter(self, start: int, line_end: int, level: int, closes: bool) -> int:
        """End what the delimiter ends, begin the part that it begins; return where to look on from."""
        raw = self._raw
        before = start - 1
        if before > 0 and raw[before - 1] == 0x0D:
            before -= 1
        self._end(level + 1, before)
        if closes:
            self._close(before)
            return line_end
        header = line_end + 1 if line_end >= 0 else len(raw)
        fields, body = read_header(raw, header, self._limits, self._defects, self._levels)
        part = Part(fields, body, start=header)
        parent = self._open[level]
        parent.parts.append(part)
        self._begin(part, "message/rfc822" if parent.type == "multipart/digest" else "text/plain")
        return body - 1

    def _begin(self, part: Part, default_type: str) -> None:
        self._last = part
        _read_type(part, default_type, self._defects)
        if not part.type.startswith("multipart/"):
            return
        part.boundary = _boundary(part, self._raw, self._levels, self._defects)
        if part.boundary is None:
            return
        if len(self._open) >= self._limits.depth:
            self._defects.add(DefectCode.DEPTH_EXCEEDED, "parts are nested deeper than is read")
            return
        self._levels.open(part.boundary, len(self._open))
        self._open.append(part)

    def _end(self, level: int, at: int, *, unread: bool = False) -> None:
        """End the last part, and the multiparts from *level* inwards that no delimiter ended.

        *unread* says that there may be one, further on.
        """
        if self._last is not None:
            self._last.end = max(at, self._last.body)
            self._last = None
        while len(self._open) > level:
            if self._open[-1].parts and not unread:
                self._defects.add(DefectCode.FINAL_BOUNDARY_MISSING, "a multipart has no final boundary")
            self._close(at)

    def _close(self, at: int) -> None:
        part = self._open.pop()
        assert part.boundary is not None
        self._levels.close(part.boundary)
        part.end = max(at, part.body)
        if not part.parts:
            self._defects.add(DefectCode.BOUNDARY_NOT_FOUND, "a multipart does not have its boundary")


def _read_type(part: Part, default: str, defects: Defects) -> None:
    if disposition := part.first(b"content-disposition"):
        part.disposition, part.disposition_parameters = read_parameters(
            characters(disposition, defects), defects
        )
    value = part.first(b"content-type")
    if not value:
        part.type = default
        return
    part.type, part.parameters = read_parameters(characters(value, defects), defects)
    if not _TYPE.fullmatch(part.type):
        defects.add(DefectCode.CONTENT_TYPE_UNREADABLE, "a content type is none: text/plain was taken")
        part.type = "text/plain"


def _boundary(part: Part, raw: bytes, open_levels: _Levels, defects: Defects) -> bytes | None:
    """Return the boundary of a multipart: as declared, else the first line that looks like one and begins a part."""
    declared = part.parameters.get("boundary", "").encode("utf-8", "replace")
    if declared.strip():
        if raw.find(b"\n--" + declared, part.body - 1, part.body + _NEAR) >= 0:
            return declared
    else:
        defects.add(DefectCode.BOUNDARY_MISSING, "a multipart declares no boundary")
    found = _BEGINS_A_PART.search(raw, part.body - 1, part.body + _NEAR)
    if found and not open_levels.of_line(raw, found.start() + 1):
        if declared.strip():
            defects.add(DefectCode.BOUNDARY_NOT_FOUND, "a multipart does not have its boundary, but another")
        return found[1]
    return declared if declared.strip() else None
