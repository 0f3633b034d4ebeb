"""What was the content before it was made fit for transfer?  (RFC 2045, 6)

Content comes in pieces, so that a large attachment is measured without a second copy
of it in memory.  Broken encodings give as much as can be read.
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from mail.defects import Defects
from mail.message import DefectCode

_PIECE = 1 << 20
_NO_BASE64 = bytes(
    set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")
)
_NO_OCTET = re.compile(rb"=(?![0-9A-Fa-f]{2}|\r?\n|\Z)")
_BLANK_BEHIND = re.compile(rb"=[ \t]++(?=\r?\n)")
_NAME = re.compile(rb"[a-z0-9-]+")
# A file that is cut off must begin with a full line, or it is but a sentence.
_UUENCODED = re.compile(
    rb"""^begin\ [0-7]{3,4}\ (?P<name>[^\r\n]++)\r?\n
        (?: (?P<lines>(?:[\ -`]{1,80}+[ \t]*+\r?\n)*+) (?P<end>end\b[^\n]*+\n?)
        |   (?P<cut>M[\ -`]{60}[ \t]*+\r?\n(?:[\ -`]{1,80}+[ \t]*+\r?\n)*+) [\ -`]*+\Z )""",
    re.MULTILINE | re.VERBOSE,
)
_MOST_UUENCODED = 1_000
_PLAIN = {b"", b"7bit", b"8bit", b"binary", b"7-bit", b"8-bit"}
_UU = {b"x-uuencode", b"uuencode", b"x-uue", b"uue"}


def encoding_of(value: bytes | None) -> bytes:
    """Return the name in a Content-Transfer-Encoding field, in lower case; empty for none."""
    found = _NAME.search(value.lower()) if value else None
    return found[0] if found else b""


def decoded_pieces(body: memoryview, encoding: bytes, defects: Defects) -> Iterator[bytes | memoryview]:
    """Yield the content of a body in pieces."""
    if encoding == b"base64":
        yield from _base64(body, defects)
    elif encoding == b"quoted-printable":
        yield _quoted_printable(bytes(body), defects)
    elif encoding in _UU:
        found = next(uuencoded(bytes(body)), None)
        yield uu_content(found, defects) if found else body
    else:
        if encoding not in _PLAIN:
            defects.add(
                DefectCode.TRANSFER_ENCODING_UNKNOWN, "a transfer encoding is not known: content as it is"
            )
        yield body


def _base64(body: memoryview, defects: Defects) -> Iterator[bytes]:
    carried = b""
    for start in range(0, len(body), _PIECE):
        piece = carried + bytes(body[start : start + _PIECE]).translate(None, _NO_BASE64)
        padding = piece.find(b"=")
        if padding >= 0:
            # What follows the padding is no content: mailing lists append their footers there.
            yield _last_base64(piece[:padding], padded=True, defects=defects)
            return
        whole = len(piece) // 4 * 4
        yield binascii.a2b_base64(piece[:whole])
        carried = piece[whole:]
    if carried:
        yield _last_base64(carried, padded=False, defects=defects)


def _last_base64(piece: bytes, *, padded: bool, defects: Defects) -> bytes:
    if len(piece) % 4 == 1 or not padded:
        defects.add(DefectCode.BASE64_BROKEN, "base64 content is cut off")
        piece = piece[: len(piece) - (len(piece) % 4 == 1)]
    return binascii.a2b_base64(piece + b"=" * (-len(piece) % 4))


def _quoted_printable(body: bytes, defects: Defects) -> bytes:
    if _NO_OCTET.search(body):
        defects.add(
            DefectCode.QUOTED_PRINTABLE_BROKEN,
            "quoted-printable content has an equals sign that escapes nothing",
        )
        body = _BLANK_BEHIND.sub(b"=", body)
    return binascii.a2b_qp(body)


@dataclass(frozen=True, slots=True)
class Uuencoded:
    """A file within a text; *ended* tells whether its last line is there."""

    name: bytes
    lines: bytes
    ended: bool


def uuencoded(text: bytes) -> Iterator[Uuencoded]:
    """Yield the uuencoded files in a text; of hostile mail the first thousand."""
    for found in islice(_UUENCODED.finditer(text), _MOST_UUENCODED):
        yield Uuencoded(
            found["name"].strip(), found["lines"] or found["cut"] or b"", found["end"] is not None
        )


def without_uuencoded(text: bytes) -> bytes:
    """Return a text without the files that `uuencoded` finds in it."""
    return _UUENCODED.sub(b"", text, count=_MOST_UUENCODED) if b"begin " in text else text


def uu_content(file: Uuencoded, defects: Defects) -> bytes:
    """Return the content of a uuencoded file, as far as it goes."""
    if not file.ended:
        defects.add(DefectCode.UUENCODE_BROKEN, "a uuencoded file is cut off")
    content = bytearray()
    for line in file.lines.splitlines():
        if line[:1] in (b"`", b" "):
            break
        # Some encoders add characters: read as many as the length octet asks for.
        content += binascii.a2b_uu(line[: (((line[0] - 32) & 63) * 4 + 5) // 3])
    return bytes(content)
