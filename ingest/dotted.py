"""What comes after DATA: a mail's octets, with dots doubled, up to CRLF.CRLF (RFC 5321, 4.5.2).

Read in large pieces, not line by line.  Nothing but these five octets ends a mail:
a peer that lets a bare line feed pass must not smuggle a second one in (CVE-2023-51764).
"""

import asyncio
from collections.abc import AsyncIterator

_END = b"\r\n.\r\n"
LINE_END_BEFORE = b"\r\n"  # of the DATA command: an empty mail ends with it
_BEGINNINGS_OF_END = tuple(_END[:length] for length in range(1, len(_END)))


def first_of(octets: bytearray, *, searched: int) -> tuple[bytes, bytes] | None:
    """Return a mail as it was before it was dotted, and what follows its end; None if that is still to come.

    *octets* begin with the line end before the mail; the first *searched* hold no end.
    """
    end = octets.find(_END, max(searched - len(_END) + 1, 0))
    if end < 0:
        return None
    mail = _without_dots(bytes(octets[: end + 2]))
    return mail[len(LINE_END_BEFORE) :], bytes(octets[end + len(_END) :])


async def undotted(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    """Yield a mail as it was before it was dotted, in pieces; what follows its end stays in *reader*."""
    held = await _beginning(reader)
    virtual = len(LINE_END_BEFORE)  # octets of the line end before the mail, which is none of it
    ended = held.endswith(_END)
    while not ended:
        octets, ended = await _next_piece(reader)
        held += octets
        if not ended:
            cut = len(held) - _open_line_end(held)
            yield _without_dots(held[:cut])[virtual:]
            held, virtual = held[cut:], 0
    yield _without_dots(held[: -len(b".\r\n")])[virtual:]


async def _beginning(reader: asyncio.StreamReader) -> bytes:
    """Return the line end of the DATA command and the first octets, until these cannot be part of an end.

    A dot may stand right at the beginning: that is an empty mail.
    """
    read = LINE_END_BEFORE
    while read.endswith(_BEGINNINGS_OF_END) and not read.endswith(_END):
        read += await reader.readexactly(1)
    return read


async def _next_piece(reader: asyncio.StreamReader) -> tuple[bytes, bool]:
    """Return what comes next, and whether that ends the mail."""
    try:
        return await reader.readuntil(_END), True
    except asyncio.LimitOverrunError as overrun:
        return await reader.readexactly(overrun.consumed), False


def _without_dots(octets: bytes) -> bytes:
    return octets.replace(b"\r\n.", b"\r\n")


def _open_line_end(octets: bytes) -> int:
    """Return how many octets at the end may belong to a line end whose dot is still to come."""
    return 2 if octets.endswith(b"\r\n") else int(octets.endswith(b"\r"))
