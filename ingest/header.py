"""Where does the header of a mail end?  Of mail that is looked at before it is taken, and read later."""

import re
from typing import BinaryIO

_MOST_OCTETS = 256 * 1024
_END = re.compile(rb"\r?\n\r?\n")


def header_of(raw: bytes | BinaryIO) -> bytes:
    """Return the header of a mail: all of it, or 256 KiB of one that is longer."""
    if isinstance(raw, bytes):
        beginning = raw[:_MOST_OCTETS]
    else:
        raw.seek(0)
        beginning = raw.read(_MOST_OCTETS)
    end = _END.search(beginning)
    return beginning[: end.start()] if end else beginning
