"""What a message says: the values that reading one gives.

The raw bytes stay the source.  Everything here can be made from them again.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from mail.address import Address, Mailbox


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
    CALENDAR_UNREADABLE = "calendar-unreadable"
    SMIME_UNREADABLE = "smime-unreadable"


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


class ForwardKind(StrEnum):
    """How an original is inside: within the text, as an attached message, or in a report of a journal."""

    INLINE = "inline"
    ATTACHED = "attached"
    JOURNAL = "journal"


@dataclass(frozen=True, slots=True)
class Forwarded:
    """The original inside a forward.

    Inline: as its typed header block says, *date_text* as it is typed there; a date without
    a zone has the forwarder's.  Attached: *attached* is the whole message.  A journal's
    report names in *bcc* those who got it and stand in no header.  *comment* is what the
    forwarder wrote above.
    """

    from_: Mailbox | None
    to: tuple[Mailbox, ...]
    cc: tuple[Mailbox, ...]
    date: datetime | None
    subject: str
    text: str
    kind: ForwardKind = ForwardKind.INLINE
    bcc: tuple[Mailbox, ...] = ()
    comment: str = ""
    date_text: str = ""
    attachments: tuple["Attachment", ...] = ()
    attached: "ParsedMessage | None" = None


@dataclass(frozen=True, slots=True)
class Bounce:
    """One recipient whom a message did not reach; *status* as in RFC 3463."""

    address: str
    kind: BounceKind
    status: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who is to come; *address* is None where *written* is no mail address."""

    address: Address | None
    written: str
    name: str
    partstat: str | None


@dataclass(frozen=True, slots=True)
class CalendarPart:
    """The meeting that a mail is about (RFC 5545, 5546).

    *attendee* and *partstat* are those of the first attendee; in a reply, of who replies.
    *start* and *end* are aware; a whole day begins at midnight UTC.  *stamp* is when this was
    written (DTSTAMP), *occurrence* which time of a series it is about (RECURRENCE-ID), and
    *others* are the further ones of the same series that the message is about.
    """

    method: str
    uid: str
    sequence: int
    attendee: str | None
    partstat: str | None
    attendees: tuple[Attendee, ...] = ()
    organizer: Address | None = None
    summary: str = ""
    location: str = ""
    start: datetime | None = None
    end: datetime | None = None
    whole_day: bool = False
    recurs: bool = False
    status: str = ""
    stamp: datetime | None = None
    occurrence: datetime | None = None
    others: tuple["CalendarPart", ...] = ()


@dataclass(frozen=True, slots=True)
class OutOfOffice:
    """An absence: the day of return, the last day away, and who stands in, as far as it is said."""

    back: date | None
    until: date | None
    substitute: Address | None

    @property
    def returns(self) -> date | None:
        """The day of return: as it is said, else the day after the last one away."""
        return self.back or (self.until + timedelta(days=1) if self.until else None)


class SecurityStandard(StrEnum):
    """By which standard a message is signed or encrypted."""

    SMIME = "smime"
    PGP = "pgp"


class SignatureVerdict(StrEnum):
    """Whether a signature fits what it signs."""

    FITS = "fits"
    DOES_NOT_FIT = "does-not-fit"
    NOT_CHECKED = "not-checked"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, as the certificate that came with it says, and whether that fits the content.

    Whether somebody trustworthy issued the certificate is not looked at.
    """

    verdict: SignatureVerdict
    name: str = ""
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class Security:
    """How a message is signed or encrypted."""

    standard: SecurityStandard
    encrypted: bool
    signature: Signature | None = None


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
    *text* is the readable text: the plain parts, or what the HTML says.  *spam* is what the filters in
    front said, None if there were none.  *keywords* are labels and categories.
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
    keywords: tuple[str, ...] = ()
    new_text: str | None = None
    quoted_text: str | None = None
    signature: str | None = None
    forwarded: Forwarded | None = None
    automatic: Automatic | None = None
    bounces: tuple[Bounce, ...] = ()
    calendar: CalendarPart | None = None
    out_of_office: OutOfOffice | None = None
    spam: bool | None = None
    security: Security | None = None
    language: str | None = None
    defects: tuple[Defect, ...] = ()
