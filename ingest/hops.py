"""Does a mail go round in circles?  Every server on its way adds a Received field.

RFC 5321, 6.3: a large limit of at least 100, for real mail passes dozens of servers.
"""

import re
from typing import BinaryIO

MOST_HOPS = 100
_HEADER_OCTETS = 256 * 1024
_HEADER_ENDS = re.compile(rb"\r?\n\r?\n")
_RECEIVED = re.compile(rb"^received[ \t]*:", re.IGNORECASE | re.MULTILINE)


def is_looping(raw: bytes | BinaryIO) -> bool:
    """Tell whether a mail has passed more servers than any real one does."""
    header = raw[:_HEADER_OCTETS] if isinstance(raw, bytes) else _beginning(raw)
    end = _HEADER_ENDS.search(header)
    return len(_RECEIVED.findall(header, 0, end.start() if end else len(header))) > MOST_HOPS


def _beginning(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read(_HEADER_OCTETS)
