"""What was the content before it was made fit for transfer?  (RFC 2045, 6)

Content comes in pieces, so that a large attachment is measured without a second copy
of it in memory.  Broken encodings give as much as can be read.
"""

import binascii
import re
from collections.abc import Iterator

from mail.defects import Defects
from mail.message import DefectCode

_PIECE = 1 << 20
_NO_BASE64 = bytes(
    set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")
)
_NO_OCTET = re.compile(rb"=(?![0-9A-Fa-f]{2}|\r?\n|\Z)")
_BLANK_BEHIND = re.compile(rb"=[ \t]++(?=\r?\n)")
_NAME = re.compile(rb"[a-z0-9-]+")
_UUENCODED = re.compile(
    rb"^begin [0-7]{3,4} ([^\r\n]++)\r?\n((?:[ -`]{1,80}+[ \t]*+\r?\n)*+)end\b[^\n]*+\n?", re.MULTILINE
)
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
        yield uu_content(found[2], defects) if found else body
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


def uuencoded(text: bytes) -> Iterator[tuple[slice, bytes, bytes]]:
    """Yield where each uuencoded file stands in a text, its name, and its lines."""
    if b"begin " in text:
        for found in _UUENCODED.finditer(text):
            yield slice(*found.span()), found[1].strip(), found[2]


def uu_content(lines: bytes, defects: Defects) -> bytes:
    """Return the content of a uuencoded file; a line that cannot be read ends it."""
    content = bytearray()
    for line in lines.splitlines():
        if line[:1] in (b"`", b" "):
            break
        try:
            content += binascii.a2b_uu(line)
        except binascii.Error:
            # Some encoders count wrong: read as many characters as the length octet asks for.
            wanted = (((line[0] - 32) & 63) * 4 + 5) // 3
            try:
                content += binascii.a2b_uu(line[:wanted])
            except binascii.Error:
                defects.add(DefectCode.UUENCODE_BROKEN, "a uuencoded file has a line that cannot be read")
                break
    return bytes(content)
