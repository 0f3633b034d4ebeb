"""What is in a .msg file, the form in which Outlook saves one mail or attaches it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mail.address import Mailbox
from mail.outlook import BROKEN, OutlookFile, OutlookMail, aware, outlook_mailbox, shown_text

if TYPE_CHECKING:
    from oxmsg import Message
    from oxmsg.attachment import Attachment
    from oxmsg.properties import Properties
    from oxmsg.storage import Storage

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_OCTETS = 64 * 1024 * 1024
_SENDERS = ((0x5D02, 0x0065, 0x0042), (0x5D01, 0x0C1F, 0x0C1A))  # SMTP address, address, name
_RECIPIENT_TYPE, _SUBMIT_TIME, _DELIVERY_TIME = 0x0C15, 0x0039, 0x0E06
_HEADERS, _SHORT_NAME, _DISPLAY_NAME = 0x007D, 0x3704, 0x3001


def read_msg(content: bytes) -> OutlookMail | None:
    """Return the mail in a .msg file; None if it is none, or broken."""
    if not content.startswith(_MAGIC) or len(content) > _MOST_OCTETS:
        return None
    try:
        return _mail(content)
    except BROKEN:
        return None


def _mail(content: bytes) -> OutlookMail | None:
    # Only who gets such a file pays for these.
    from olefile.olefile import DEFECT_INCORRECT, OleFileIO  # noqa: PLC0415
    from oxmsg import Message  # noqa: PLC0415
    from oxmsg.storage import Storage  # noqa: PLC0415

    # Stricter than the reader's own opening, which follows entries that lie within themselves.
    with OleFileIO(content, raise_defects=DEFECT_INCORRECT) as ole:
        sizes = sum(entry.size for entry in ole.direntries if entry is not None)
        if sizes > 2 * len(content) + 65_536:
            return None
        storage: Storage = Storage.from_ole(ole)
    message = Message(storage)
    properties = message.properties
    date = properties.date_prop_value(_SUBMIT_TIME) or properties.date_prop_value(_DELIVERY_TIME)
    recipients = list(_recipients(message))
    return OutlookMail(
        header=properties.str_prop_value(_HEADERS) or "",
        subject=shown_text(message.subject),
        from_=_author(properties),
        to=tuple(mailbox for kind, mailbox in recipients if kind not in (2, 3)),
        cc=tuple(mailbox for kind, mailbox in recipients if kind == 2),
        bcc=tuple(mailbox for kind, mailbox in recipients if kind == 3),
        date=aware(date),
        text=shown_text(message.body).strip("\n"),
        html=_html(message),
        files=tuple(_files(message)),
    )


def _author(properties: Properties) -> Mailbox | None:
    for smtp, address, name in _SENDERS:
        values = [properties.str_prop_value(which) or "" for which in (smtp, address, name)]
        if found := outlook_mailbox(values[2], values[0] or values[1]):
            return found
    return None


def _recipients(message: Message) -> list[tuple[int, Mailbox]]:
    return [
        (recipient.properties.int_prop_value(_RECIPIENT_TYPE) or 1, mailbox)
        for recipient in message.recipients
        if (mailbox := outlook_mailbox(recipient.name, recipient.email_address))
    ]


def _html(message: Message) -> str | None:
    try:
        return shown_text(message.html_body) or None
    except BROKEN:  # a code page that is none
        return None


def _files(message: Message) -> list[OutlookFile]:
    """Return the files; a mail inside stands in no stream of its own, and is left out."""
    return [
        _file(attached, attached.file_bytes)
        for attached in message.attachments
        if attached.file_bytes is not None
    ]


def _file(attached: Attachment, content: bytes) -> OutlookFile:
    properties = attached.properties
    name = (
        attached.file_name
        or properties.str_prop_value(_SHORT_NAME)
        or properties.str_prop_value(_DISPLAY_NAME)
    )
    kind = shown_text(attached.mime_type).lower() or "application/octet-stream"
    return OutlookFile(shown_text(name), kind, content)
