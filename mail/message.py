"""What a message says: the values that reading one gives.

The raw bytes stay the source.  Everything here can be made from them again.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mail.address import Mailbox


class DefectCode(StrEnum):
    """What can be wrong with a message; docs/parse-format.md explains each and keeps them stable."""

    EMPTY = "empty"
    HEADER_MISSING = "header-missing"
    HEADER_MALFORMED = "header-malformed"
    HEADER_8BIT = "header-8bit"
    HEADER_REPEATED = "header-repeated"
    HEADER_TOO_LARGE = "header-too-large"
    FROM_MISSING = "from-missing"
    DATE_MISSING = "date-missing"
    DATE_UNREADABLE = "date-unreadable"
    ADDRESS_UNREADABLE = "address-unreadable"
    ADDRESSES_TOO_MANY = "addresses-too-many"
    ENCODED_WORD_BROKEN = "encoded-word-broken"
    CONTENT_TYPE_UNREADABLE = "content-type-unreadable"
    TRANSFER_ENCODING_UNKNOWN = "transfer-encoding-unknown"
    BASE64_BROKEN = "base64-broken"
    QUOTED_PRINTABLE_BROKEN = "quoted-printable-broken"
    UUENCODE_BROKEN = "uuencode-broken"
    CHARSET_UNKNOWN = "charset-unknown"
    CHARSET_WRONG = "charset-wrong"
    NUL_REMOVED = "nul-removed"
    BOUNDARY_MISSING = "boundary-missing"
    BOUNDARY_NOT_FOUND = "boundary-not-found"
    FINAL_BOUNDARY_MISSING = "final-boundary-missing"
    DEPTH_EXCEEDED = "depth-exceeded"
    PARTS_EXCEEDED = "parts-exceeded"
    TEXT_TRUNCATED = "text-truncated"


@dataclass(frozen=True, slots=True)
class Defect:
    """One thing that is wrong with a message, in words that quote nothing from it."""

    code: DefectCode
    detail: str


class Automatic(StrEnum):
    """Why a message was written by no person."""

    AUTO_REPLY = "auto-reply"
    BOUNCE = "bounce"
    LIST = "list"
    BULK = "bulk"
    RECEIPT = "receipt"
    CALENDAR = "calendar"


class BounceKind(StrEnum):
    """Whether a failed delivery may succeed another time."""

    HARD = "hard"
    SOFT = "soft"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Forwarded:
    """The original inside a forward, as its header block says."""

    from_: Mailbox | None
    to: tuple[Mailbox, ...]
    cc: tuple[Mailbox, ...]
    date: datetime | None
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Bounce:
    """One recipient whom a message did not reach; *status* as in RFC 3463."""

    address: str
    kind: BounceKind
    status: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class CalendarPart:
    """The scheduling message inside (RFC 5546)."""

    method: str
    uid: str
    sequence: int
    attendee: str | None
    partstat: str | None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part that is not the readable text; its content stays in the raw message.

    *number* counts from 1 in the order of the message and names it for
    `mail.parse.attachment_content`.  *size* and *digest* (SHA-256, hexadecimal) are
    those of the decoded content.
    """

    number: int
    name: str
    type: str
    size: int
    digest: str
    content_id: str | None
    inline: bool


@dataclass(frozen=True, slots=True)
class ParsedMessage:
    """A message as it was read.

    Ids come without angle brackets.  *date* is aware and keeps the writer's offset.
    *text* is the readable text: the plain parts, or what the HTML says.
    """

    message_id: str | None = None
    date: datetime | None = None
    subject: str = ""
    from_: tuple[Mailbox, ...] = ()
    sender: Mailbox | None = None
    to: tuple[Mailbox, ...] = ()
    cc: tuple[Mailbox, ...] = ()
    bcc: tuple[Mailbox, ...] = ()
    reply_to: tuple[Mailbox, ...] = ()
    resent_from: tuple[Mailbox, ...] = ()
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    text: str = ""
    html: str | None = None
    attachments: tuple[Attachment, ...] = ()
    received_count: int = 0
    authentication_results: tuple[str, ...] = ()
    return_path: str | None = None
    delivered_to: tuple[str, ...] = ()
    x_original_to: tuple[str, ...] = ()
    sensitivity: str | None = None
    new_text: str | None = None
    quoted_text: str | None = None
    signature: str | None = None
    forwarded: Forwarded | None = None
    automatic: Automatic | None = None
    bounces: tuple[Bounce, ...] = ()
    calendar: CalendarPart | None = None
    language: str | None = None
    defects: tuple[Defect, ...] = ()
