"""What is a source of mail, and what does it hand over?

A source acknowledges a message (SMTP 250, IMAP flag, file moved) only after
`accept` has returned: from then on it is ours to lose.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol

from storage.messages import CaptureSource


@dataclass(frozen=True, slots=True)
class CaptureNote:
    """How a copy came: by which way, to which capture address, from whom.

    *held_because* is the code of the reason why a person must look at it first,
    empty where there is none (see `history.reasons`).  *marks* are what the way says of
    the message: the tag of a capture address, a label (see `ingest.left_out`).
    """

    source: CaptureSource
    staff_id: int | None
    capture_address_id: int | None
    envelope_sender: str
    envelope_recipients: tuple[str, ...]
    peer: str
    authenticated: bool
    held_because: str = ""
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RawMessage:
    """A message as it came, with one note for each capture address it came to.

    *raw* is the bytes, or for a large message a file that holds them from its start
    and belongs to the source, which closes it once it is accepted.  *digest* is
    `storage.blobs.digest_of` these bytes.
    """

    raw: bytes | BinaryIO
    digest: str
    size: int
    notes: tuple[CaptureNote, ...]
    received_at: datetime


@dataclass(slots=True)
class OnTheWay:
    """How many messages are being received just now: what is about to be written may wait a moment for them."""

    number: int = 0


@dataclass(frozen=True, slots=True)
class Accepted:
    """A message that is durable.  *known* if these bytes had been here before."""

    message_id: int
    digest: str
    known: bool


class Accept(Protocol):
    """Takes a message over."""

    async def __call__(self, message: RawMessage) -> Accepted:
        """Return once the message is durable.  StorageUnavailable: offer it again later."""


class Source(Protocol):
    """A way by which mail comes in."""

    async def run(self, accept: Accept) -> None:
        """Take mail until cancelled, and acknowledge each only after *accept*."""
