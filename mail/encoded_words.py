"""Header text that is not ASCII: encoded words (RFC 2047), in all the forms that mailers write.

The standard lets an encoded word stand only between spaces, hold whole characters
and no blanks.  Mailers split characters across words, leave the blanks in and the
padding out, and glue words to plain text; all of that is read as it was meant.
"""

import binascii
import re

from mail.charset import decode
from mail.defects import Defects
from mail.message import DefectCode

_ENCODED_WORD = re.compile(
    r"=\?(?P<charset>[^?\s=*]{1,60})(?:\*[^?\s]{0,40})?\?(?P<how>[bBqQ])\?(?P<octets>[^?]*(?:\?(?!=)[^?]*)*)\?="
)
_BLANK = re.compile(r"\s*")
_FOLD = re.compile(r"(?<![ \t])[ \t]*+[\r\n]+[ \t]*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_NO_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_ESCAPED_OCTET = re.compile(rb"=([0-9A-Fa-f]{2})")


def header_text(value: bytes, defects: Defects) -> str:
    """Return an unstructured field body as one line of text."""
    return one_line(decoded(characters(value, defects), defects))


def characters(value: bytes, defects: Defects) -> str:
    """Return a field body as characters; 8-bit ones are UTF-8 (RFC 6532), else cp1252."""
    if value.isascii() and b"\0" not in value:
        return value.decode("ascii")
    if value.isascii():
        return decode(value, None, defects)
    defects.add(DefectCode.HEADER_8BIT, "the header has octets above 127 that no encoded word declares")
    return decode(value, None, defects)


def one_line(text: str) -> str:
    """Return *text* unfolded, without control characters, stripped."""
    if text.isprintable():
        return text.strip()
    return _CONTROL.sub(" ", _FOLD.sub(" ", text)).strip()


def decoded(text: str, defects: Defects) -> str:
    """Return *text* with its encoded words read; all else stays as it is."""
    end = text.rfind("?=")
    if end < 0 or "=?" not in text:
        return text
    # No word can start behind the last end mark: without this, n starts would each look for one.
    head, tail = text[: end + 2], text[end + 2 :]
    pieces: list[str] = []
    run = _Run(defects)
    position = 0
    for found in _ENCODED_WORD.finditer(head):
        if found.start() > position:
            between = head[position : found.start()]
            if not (run.open and _BLANK.fullmatch(between)):
                pieces += (run.text(), between)
        elif not run.open:
            pieces.append(head[position : found.start()])
        pieces.append(run.add(found["charset"], found["how"], found["octets"]))
        position = found.end()
    pieces += (run.text(), head[position:], tail)
    return "".join(pieces)


class _Run:
    """Neighbouring encoded words of one charset: their octets join before they become characters."""

    def __init__(self, defects: Defects) -> None:
        self.open = False
        self._charset = ""
        self._octets: list[bytes] = []
        self._defects = defects

    def add(self, charset: str, how: str, written: str) -> str:
        """Take a word; return the text of the words before it if they are of another charset."""
        before = "" if charset.lower() == self._charset else self.text()
        self.open = True
        self._charset = charset.lower()
        octets = written.encode("utf-8", "replace")
        self._octets.append(self._base64(octets) if how in "bB" else _quoted(octets))
        return before

    def text(self) -> str:
        """Return the text of the words taken and forget them."""
        if not self.open:
            return ""
        text = decode(b"".join(self._octets), self._charset, self._defects)
        self.open = False
        self._charset = ""
        self._octets = []
        return text

    def _base64(self, written: bytes) -> bytes:
        clean = _NO_BASE64.sub(b"", written.rstrip(b"= \t"))
        if len(clean) % 4 == 1:
            self._defects.add(DefectCode.ENCODED_WORD_BROKEN, "an encoded word ends within an octet")
            clean = clean[:-1]
        return binascii.a2b_base64(clean + b"=" * (-len(clean) % 4))


def _quoted(written: bytes) -> bytes:
    return _ESCAPED_OCTET.sub(lambda found: bytes.fromhex(found[1].decode()), written.replace(b"_", b" "))
