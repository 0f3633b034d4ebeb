"""Are two messages copies of one?  What stays the same on every way that a copy can take.

Relays add fields at the top, change the transfer encoding and fold lines anew; the copy
in the Sent folder names the Bcc recipients.  Author, date, subject, text and attachments
stay.  Copies agree in their Message-ID too, where they have one (RFC 5322, 3.6.4).
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC

from mail.address import Mailbox
from mail.message import ParsedMessage

_SEPARATOR = b"\x00"


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """SHA-256, in hexadecimal digits, of what copies agree in: where they have a Message-ID, and where one lost it."""

    named: str
    nameless: str


def fingerprints(message: ParsedMessage) -> Fingerprints:
    """Return what copies of a message agree in; those without a Message-ID in their recipients, too."""
    date = message.date.astimezone(UTC).isoformat() if message.date else ""
    first = _octets([date, *_addresses(message.from_)])
    recipients = _octets(_addresses((*message.to, *message.cc)))
    last = _octets(
        [_folded(message.subject), _folded(message.text), *sorted(one.digest for one in message.attachments)]
    )
    return Fingerprints(_digest(first, last), _digest(first, recipients, last))


def tells_copies(message: ParsedMessage) -> bool:
    """Tell whether messages that agree in Message-ID and fingerprint must be copies.

    Without id and date they need not be: a machine may write the same words every day.
    """
    return message.message_id is not None or message.date is not None


def _addresses(mailboxes: Iterable[Mailbox]) -> list[str]:
    return sorted(one.address.key for one in mailboxes if one.address)


def _octets(parts: Iterable[str]) -> bytes:
    return b"".join(part.encode("utf-8", "replace") + _SEPARATOR for part in parts)


def _digest(*pieces: bytes) -> str:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()


def _folded(text: str) -> str:
    """Return *text* without blanks: relays may fold lines elsewhere, or take blanks from their ends."""
    return "".join(text.split())
