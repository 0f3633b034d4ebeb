"""Are two messages copies of one?  What stays the same on every way that a copy can take.

Relays add fields at the top, change the transfer encoding and fold lines anew; the copy
in the Sent folder names the Bcc recipients.  Author, date, subject, text and attachments
stay.  Copies agree in their Message-ID too, where they have one (RFC 5322, 3.6.4).
"""

import hashlib
from datetime import UTC

from mail.message import ParsedMessage

_SEPARATOR = b"\x00"


def fingerprint(message: ParsedMessage, *, named: bool | None = None) -> str:
    """Return the SHA-256, in hexadecimal digits, of what copies of a message agree in.

    *named*: as if it had a Message-ID, or (False) had none; one way may have lost it.
    """
    if named is None:
        named = message.message_id is not None
    digest = hashlib.sha256()
    for part in _parts(message, named=named):
        digest.update(part.encode("utf-8", "replace") + _SEPARATOR)
    return digest.hexdigest()


def tells_copies(message: ParsedMessage) -> bool:
    """Tell whether messages that agree in Message-ID and fingerprint must be copies.

    Without id and date they need not be: a machine may write the same words every day.
    """
    return message.message_id is not None or message.date is not None


def _parts(message: ParsedMessage, *, named: bool) -> list[str]:
    recipients = () if named else (*message.to, *message.cc)
    return [
        message.date.astimezone(UTC).isoformat() if message.date else "",
        *sorted(one.address.key for one in message.from_ if one.address),
        *sorted(one.address.key for one in recipients if one.address),
        _folded(message.subject),
        _folded(message.text),
        *sorted(one.digest for one in message.attachments),
    ]


def _folded(text: str) -> str:
    """Return *text* without blanks: relays may fold lines elsewhere, or take blanks from their ends."""
    return "".join(text.split())
