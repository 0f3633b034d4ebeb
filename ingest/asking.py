"""Does a mail look as if it asked something of us?  Then who wrote it must be shown, whatever address it came to.

Read of every mail before it is taken, so it only looks: what it really says is read later.
"""

import re
from typing import BinaryIO

from history.own_mail import PREFIX
from ingest.header import header_of

# An encoded word (RFC 2047) may hide the mark of a command.
_MAY_ASK = re.compile(
    rb"^(?:subject[ \t]*:\s*(?:#|=\?)|(?:in-reply-to|references)[ \t]*:[^:]*<"
    + re.escape(PREFIX.encode())
    + rb")",
    re.IGNORECASE | re.MULTILINE,
)


def may_ask(raw: bytes | BinaryIO) -> bool:
    """Tell whether a mail may be a command, or an answer to a notice of ours."""
    return _MAY_ASK.search(header_of(raw)) is not None
