"""What does a file in Rich Text Format say?  Its words without the orders to the printer (RTF 1.9.1)."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\"
)
_BREAKS = {b"par", b"line", b"row", b"sect", b"page"}
_BLANKS = {b"tab", b"cell", b"emspace", b"enspace", b"nestcell"}
_SIGNS = {b"emdash": "—", b"endash": "–", b"bullet": "•", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“",
          b"rdblquote": "”"}  # fmt: skip
# What a reader does not see: fonts, colours, styles, pictures, objects.
_UNSEEN = {
    b"fonttbl", b"colortbl", b"stylesheet", b"listtable", b"listoverridetable", b"rsidtbl", b"pict", b"object",
    b"info", b"generator", b"themedata", b"colorschememapping", b"datastore", b"latentstyles", b"xmlnstbl",
    b"fldinst", b"filetbl", b"revtbl", b"objdata", b"nonshppict", b"panose",
}  # fmt: skip
_DEEPEST = 1_000


@dataclass(slots=True)
class _Group:
    """What holds within a pair of braces: whether it is seen, and how many characters stand for one of Unicode."""

    seen: bool = True
    replacing: int = 1


class _Reader:
    def __init__(self) -> None:
        self.groups = [_Group()]
        self.codec = "cp1252"
        self.octets = bytearray()
        self.line: list[str] = []
        self.skip = 0
        self.starred = False

    def word(self, word: bytes, number: int | None) -> str | None:
        """Obey a control word; return a line where it ends one."""
        group = self.groups[-1]
        if word in _UNSEEN or self.starred:
            group.seen = False
        self.starred = False
        if word == b"ansicpg" and number:
            self.codec = _codec(number)
        elif word == b"uc" and number is not None:
            group.replacing = max(0, min(number, 16))
        elif word == b"u" and number is not None:
            self.say(chr(number % 65536))
            self.skip = group.replacing
        elif word in _BLANKS:
            self.say(" ")
        elif word in _SIGNS:
            self.say(_SIGNS[word])
        elif word in _BREAKS:
            return self.ended()
        return None

    def octet(self, octet: int) -> None:
        """Take a character that is written by its number in the code page."""
        if self.skip:
            self.skip -= 1
        elif self.groups[-1].seen:
            self.octets.append(octet)

    def plain(self, octets: bytes) -> None:
        """Take characters as they stand."""
        skipped = min(self.skip, len(octets))
        self.skip -= skipped
        if self.groups[-1].seen:
            self.octets += octets[skipped:]

    def say(self, text: str) -> None:
        self._decode()
        if self.groups[-1].seen:
            self.line.append(text)

    def ended(self) -> str:
        self._decode()
        line = "".join(self.line)
        self.line.clear()
        return line.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def _decode(self) -> None:
        if self.octets:
            self.line.append(self.octets.decode(self.codec, "replace"))
            self.octets.clear()


def rtf_texts(content: bytes) -> Iterator[str]:
    """Yield the lines of a text in RTF."""
    reader = _Reader()
    for token in _TOKEN.finditer(content):
        word, number, octet, sign, brace, plain = token.groups()
        if word:
            line = reader.word(word, int(number) if number else None)
            if line is not None:
                yield line
        elif octet:
            reader.octet(int(octet, 16))
        elif plain:
            reader.plain(plain)
        elif brace:
            _nest(reader, brace)
        elif sign:
            _sign(reader, sign)
    yield reader.ended()


def _nest(reader: _Reader, brace: bytes) -> None:
    reader.skip = 0
    groups = reader.groups
    if brace == b"{" and len(groups) < _DEEPEST:
        groups.append(_Group(groups[-1].seen, groups[-1].replacing))
    elif brace == b"}" and len(groups) > 1:
        groups.pop()


def _sign(reader: _Reader, sign: bytes) -> None:
    if sign == b"*":
        reader.starred = True
    elif sign in b"\\{}":
        reader.plain(sign)
    elif sign == b"~":
        reader.say(" ")
    elif sign == b"_":
        reader.say("-")


def _codec(number: int) -> str:
    name = {65001: "utf-8", 10000: "mac_roman"}.get(number, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"
