"""Who wrote the mail that is attached?  Messages as parts, as .eml and .msg files, and inside winmail.dat."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Protocol

from mail.forward import original
from mail.forward_words import Mark, subject_mark
from mail.journal import is_of, journal_envelope, journalled
from mail.message import Attachment, Automatic, Forwarded, ForwardKind, ParsedMessage
from mail.msg import read_msg
from mail.outlook import outlook_message, outlook_text
from mail.tnef import embedded_mail, read_tnef

_MESSAGE_TYPES = frozenset(("message/rfc822", "message/global", "message/news"))
_MSG_TYPES = frozenset(("application/vnd.ms-outlook", "application/msoutlook", "application/x-msg"))
_TNEF_TYPES = frozenset(("application/ms-tnef", "application/vnd.ms-tnef"))
_JOURNAL_FIELDS = (
    b"x-ms-journal-report",
    b"x-google-journal-report",
    b"x-gm-journal-report",
    b"x-journal-report",
)
_DEEPEST = 3
_MAILERS = frozenset(("mailer-daemon", "postmaster", "mail-daemon", "mdaemon", "mailerdaemon"))
_REPORTS = frozenset((Automatic.BOUNCE, Automatic.AUTO_REPLY, Automatic.RECEIPT))
_MOST = 8  # attached messages that are looked at


class Reading(Protocol):
    """What is needed of the message that is read: its attachments' content, and which fields its header has."""

    def content(self, number: int) -> bytes:
        """Return the decoded content of the attachment with this number."""

    def has(self, name: bytes) -> bool:
        """Tell whether the header has a field of this name (in lower case)."""

    @property
    def type(self) -> str:
        """The content type of the whole message."""


Parse = Callable[[bytes], ParsedMessage]


def with_original(message: ParsedMessage, reading: Reading, parse: Parse, *, depth: int = 0) -> ParsedMessage:
    """Return the message with the mail that it forwards, if it does, however it is inside.

    A report of a journal and an attached mail go before what stands in the text; a notice
    of a failed delivery forwards nothing.
    """
    candidates = [each for each in message.attachments if _may_be_mail(each)][:_MOST]
    if depth >= _DEEPEST:
        candidates = []
    if candidates and (forwarded := _journalled(message, candidates, reading, parse)):
        return replace(message, forwarded=forwarded)
    forwarded = original(message)
    if forwarded is None and not candidates:
        return message
    if not _sends_on(message, reading):
        return message
    if forwarded is None:
        forwarded = _attached(message, candidates, reading, parse)
    elif message.attachments:
        forwarded = replace(forwarded, attachments=message.attachments)
    return replace(message, forwarded=forwarded) if forwarded else message


def text_inside(winmails: Iterable[bytes]) -> tuple[str, str | None] | None:
    """Return the text, and the HTML if there is any, that the first of these winmail.dat holds; None for none."""
    for content in winmails:
        inside = read_tnef(content)
        if inside and (inside.text or inside.html):
            return outlook_text(inside)
    return None


def _may_be_mail(attachment: Attachment) -> bool:
    name = attachment.name.lower()
    return (
        attachment.type in _MESSAGE_TYPES
        or attachment.type in _TNEF_TYPES
        or _is_msg(attachment)
        or name.endswith(".eml")
        or name == "winmail.dat"
    )


def _is_msg(attachment: Attachment) -> bool:
    return attachment.type in _MSG_TYPES or attachment.name.lower().endswith(".msg")


def _is_tnef(attachment: Attachment) -> bool:
    return attachment.type in _TNEF_TYPES or attachment.name.lower() == "winmail.dat"


def _journalled(
    message: ParsedMessage, candidates: list[Attachment], reading: Reading, parse: Parse
) -> Forwarded | None:
    envelope = journal_envelope(message.text)
    if envelope is None:
        return None
    declared = any(reading.has(name) for name in _JOURNAL_FIELDS)
    for each in candidates:
        inside = _read(each, reading, parse)
        if inside is not None and is_of(envelope, inside, declared=declared):
            return journalled(envelope, inside)
    return None


def _sends_on(message: ParsedMessage, reading: Reading) -> bool:
    """Tell whether a person sends the message: who reports a failure sends nothing on."""
    if (
        message.automatic in _REPORTS
        or reading.type == "multipart/report"
        or reading.has(b"x-failed-recipients")
    ):
        return False
    if reading.has(b"return-path") and message.return_path is None and reading.has(b"auto-submitted"):
        return False
    authors = {mailbox.address.local_part.lower() for mailbox in message.from_ if mailbox.address}
    return not authors & _MAILERS


def _attached(
    message: ParsedMessage, candidates: list[Attachment], reading: Reading, parse: Parse
) -> Forwarded | None:
    if subject_mark(message.subject)[0] is Mark.REPLY:
        return None  # who answers encloses what the talk is about
    for each in candidates:
        inside = _read(each, reading, parse)
        if inside is not None and (inside.from_ or (inside.date and inside.subject)):
            return Forwarded(
                from_=inside.from_[0] if inside.from_ else None,
                to=inside.to,
                cc=inside.cc,
                bcc=inside.bcc,
                date=inside.date,
                subject=inside.subject,
                text=inside.text,
                kind=ForwardKind.ATTACHED,
                comment=message.text,
                attachments=inside.attachments,
                attached=inside,
            )
    return None


def _read(attachment: Attachment, reading: Reading, parse: Parse) -> ParsedMessage | None:
    content = reading.content(attachment.number)
    if _is_tnef(attachment):
        inside = embedded_mail(content)
    elif _is_msg(attachment):
        inside = read_msg(content)
    else:
        return parse(content)
    return outlook_message(inside, parse) if inside else None
