"""A mail as Outlook keeps it, in a .msg file or in winmail.dat: what both readers give."""

import hashlib
import struct
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from mail.address import Address, Mailbox
from mail.limits import LIMITS
from mail.message import Attachment, ParsedMessage
from mail.parameters import file_name
from mail.text import html_text

# What readers of binary formats raise on files that are broken, or made to break them.
BROKEN = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, MemoryError, NameError, OSError,
    RuntimeError, struct.error, TypeError, ValueError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OutlookFile:
    """A file that is attached to such a mail."""

    name: str
    type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class OutlookMail:
    """A mail as Outlook keeps it; *header* is the one it came with, empty if it never left the house."""

    header: str = ""
    subject: str = ""
    from_: Mailbox | None = None
    to: tuple[Mailbox, ...] = ()
    cc: tuple[Mailbox, ...] = ()
    bcc: tuple[Mailbox, ...] = ()
    date: datetime | None = None
    text: str = ""
    html: str | None = None
    files: tuple[OutlookFile, ...] = ()


def outlook_message(mail: OutlookMail, parse: Callable[[bytes], ParsedMessage]) -> ParsedMessage:
    """Return the mail as a message: its internet header where it has one, else what Outlook noted."""
    message = ParsedMessage()
    if mail.header.strip():
        message = replace(parse(_header_alone(mail.header)), html=None, text="", attachments=(), defects=())
    text, html = outlook_text(mail)
    return replace(
        message,
        subject=mail.subject or message.subject,
        from_=message.from_ or tuple(filter(None, (mail.from_,))),
        to=message.to or mail.to,
        cc=message.cc or mail.cc,
        bcc=message.bcc or mail.bcc,
        date=message.date or mail.date,
        text=text,
        html=html,
        attachments=attachments_of(mail.files),
    )


def outlook_text(mail: OutlookMail) -> tuple[str, str | None]:
    """Return the readable text of the mail, and its HTML if there is any."""
    if mail.text or not mail.html:
        return mail.text, mail.html
    return html_text(mail.html)[: LIMITS.text_octets], mail.html


def attachments_of(files: tuple[OutlookFile, ...]) -> tuple[Attachment, ...]:
    """Return the values that describe these files, numbered from 1."""
    return tuple(file_attachment(number, file) for number, file in enumerate(files, start=1))


def file_attachment(number: int, file: OutlookFile) -> Attachment:
    """Return the value that describes a file."""
    digest = hashlib.sha256(file.content).hexdigest()
    return Attachment(number, file_name(file.name), file.type, len(file.content), digest, None, False)


def shown_text(value: str | bytes | None) -> str:
    """Return a text as it may be kept: line feeds, no NUL, no halves of characters."""
    if isinstance(value, bytes):
        value = value.decode("utf-8") if _is_utf8(value) else value.decode("cp1252", "replace")
    value = (value or "")[: LIMITS.text_octets].replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return value.encode("utf-8", "replace").decode("utf-8")


def outlook_mailbox(name: str, address: str) -> Mailbox | None:
    """Return a mailbox; the directory names of Exchange (`/O=FIRMA/…`) are no addresses."""
    name, found = shown_text(name).strip().strip("'"), Address.parse(shown_text(address))
    if found is None:
        return Mailbox(name, None, name) if name else None
    name = "" if name.casefold() == str(found).casefold() else name
    return Mailbox(name, found, f"{name} <{found}>" if name else str(found))


def aware(when: object) -> datetime | None:
    """Return a time that Outlook noted: it notes UTC."""
    if not isinstance(when, datetime) or when.year < 1900:
        return None
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when


def _is_utf8(octets: bytes) -> bool:
    try:
        octets.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _header_alone(header: str) -> bytes:
    """Return a header as a message without a body; Exchange writes a first line that is no field."""
    lines = shown_text(header).strip("\n").partition("\n\n")[0].split("\n")
    if lines and ":" not in lines[0]:
        del lines[0]
    return "\r\n".join(lines).encode("utf-8") + b"\r\n\r\n"
