"""Does a mail go round in circles?  Every server on its way adds a Received field.

RFC 5321, 6.3: a large limit of at least 100, for real mail passes dozens of servers.
"""

import re
from typing import BinaryIO

from ingest.header import header_of

MOST_HOPS = 100
_RECEIVED = re.compile(rb"^received[ \t]*:", re.IGNORECASE | re.MULTILINE)


def is_looping(raw: bytes | BinaryIO) -> bool:
    """Tell whether a mail has passed more servers than any real one does."""
    return len(_RECEIVED.findall(header_of(raw))) > MOST_HOPS
