"""How is a mail of ours written?  A short text to one person, as octets for a relay."""

from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address as NamedAddress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from mail.address import Address

_LONGEST_LINE = 300


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to be written; ids without angle brackets.  *marks* are further fields of its header."""

    sender: Address
    sender_name: str
    recipient: Address
    recipient_name: str
    subject: str
    text: str
    message_id: str
    at: datetime
    in_reply_to: str = ""
    reply_to: Address | None = None
    marks: dict[str, str] = field(default_factory=dict)


def composed(letter: Letter) -> bytes:
    """Return a letter as RFC 5322 and MIME write it: plain text in UTF-8, lines end with CRLF."""
    mail = EmailMessage(policy=SMTP)
    mail["Date"] = format_datetime(letter.at)
    mail["From"] = _named(letter.sender_name, letter.sender)
    mail["To"] = _named(letter.recipient_name, letter.recipient)
    if letter.reply_to:
        mail["Reply-To"] = str(letter.reply_to)
    mail["Subject"] = in_one_line(letter.subject)
    mail["Message-ID"] = f"<{letter.message_id}>"
    if answered := _printable(letter.in_reply_to):
        mail["In-Reply-To"] = mail["References"] = f"<{answered}>"
    for name, value in letter.marks.items():
        mail[name] = in_one_line(value)
    mail.set_content(letter.text, cte="quoted-printable")
    return mail.as_bytes()


def in_one_line(text: str) -> str:
    """Return *text* without line ends and other control characters: nothing begins a field of its own."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:_LONGEST_LINE]


def _named(name: str, address: Address) -> NamedAddress:
    return NamedAddress(in_one_line(name), address.local_part, address.domain_key)


def _printable(message_id: str) -> str:
    """Return a Message-ID that may stand in a header, empty for one that may not."""
    plain = message_id.isascii() and message_id.isprintable() and not set(" <>") & set(message_id)
    return message_id if plain and len(message_id) < _LONGEST_LINE else ""
