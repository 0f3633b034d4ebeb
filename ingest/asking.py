"""Does a mail look as if it asked something of us?  Then who wrote it must be shown, whatever address it came to.

Read of every mail before it is taken, so it only looks: what it really says is read later.
"""

import re
from typing import BinaryIO

from history.own_mail import PREFIX

_HEADER_OCTETS = 64 * 1024
_HEADER_ENDS = re.compile(rb"\r?\n\r?\n")
# An encoded word (RFC 2047) may hide the mark of a command.
_MAY_ASK = re.compile(
    rb"^(?:subject[ \t]*:\s*(?:#|=\?)|(?:in-reply-to|references)[ \t]*:[^:]*<"
    + re.escape(PREFIX.encode())
    + rb")",
    re.IGNORECASE | re.MULTILINE,
)


def may_ask(raw: bytes | BinaryIO) -> bool:
    """Tell whether a mail may be a command, or an answer to a notice of ours."""
    header = raw[:_HEADER_OCTETS] if isinstance(raw, bytes) else _beginning(raw)
    end = _HEADER_ENDS.search(header)
    return _MAY_ASK.search(header, 0, end.start() if end else len(header)) is not None


def _beginning(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read(_HEADER_OCTETS)
