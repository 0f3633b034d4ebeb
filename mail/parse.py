"""What does a message say?  Any bytes in, a `ParsedMessage` out.

Reading never fails: what is wrong is named as a defect, and what can be read is read.
Time is linear in the size; attachments are measured in pieces and not kept.
"""

import re
from urllib.parse import unquote

from mail.attachments import Enclosure, attachment, enclosures, pieces, pieces_of
from mail.charset import decode
from mail.contents import content_id, passages
from mail.defects import Defects
from mail.fields import Header
from mail.flowed import unflowed
from mail.limits import LIMITS, Limits
from mail.message import DefectCode, ParsedMessage
from mail.structure import Part, read_structure, with_line_ends
from mail.text import html_text
from mail.transfer import uuencoded

_META_CHARSET = re.compile(rb"""<meta[^>]{1,200}?charset\s*=\s*["']?([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_CID_LINK = re.compile(r"cid:([^\"'\s>)]+)", re.IGNORECASE)


class NoSuchAttachment(LookupError):
    """The message has no attachment of this number or content id."""


def parse(raw: bytes, limits: Limits = LIMITS) -> ParsedMessage:
    """Return what the message says; never fails, whatever the bytes are."""
    reading = _Reading(raw, limits)
    text, html = reading.text()
    return _message(reading, text, html)


def attachment_content(raw: bytes, number: int) -> bytes:
    """Return the decoded content of the attachment that `parse` gave this number."""
    reading = _Reading(raw, LIMITS)
    for position, found in enumerate(reading.enclosures(), start=1):
        if position == number:
            return b"".join(pieces(reading.raw, found, reading.defects))
    raise NoSuchAttachment(f"the message has no attachment {number}")


def content_by_id(raw: bytes, wanted: str) -> bytes:
    """Return the decoded content of the part that the HTML calls `cid:` and this id."""
    reading = _Reading(raw, LIMITS)
    for found in reading.enclosures():
        if content_id(found.part) == wanted:
            return b"".join(pieces(reading.raw, found, reading.defects))
    raise NoSuchAttachment("the message has no part of this content id")


class _Reading:
    """One message while it is read: its bytes, its parts, and the defects so far."""

    def __init__(self, raw: bytes, limits: Limits) -> None:
        self.defects = Defects()
        self.limits = limits
        self.raw = with_line_ends(raw)
        self.root = read_structure(self.raw, limits, self.defects)
        self.passages = passages(self.root)
        self._left = limits.text_octets

    def enclosures(self) -> list[Enclosure]:
        return list(enclosures(self.raw, self.root, self.passages, self.defects))

    def text(self) -> tuple[str, str | None]:
        """Return the readable text, and the HTML if there is any."""
        texts: list[str] = []
        documents: list[str] = []
        for passage in self.passages:
            html = "\n".join(self._characters(part) for part in passage.html)
            text = "\n".join(self._plain(part) for part in passage.plain)
            texts.append(text if text.strip() or not html else html_text(html))
            documents.append(html)
        html = "\n".join(filter(None, documents))
        return "\n".join(text.rstrip() for text in texts).strip("\n"), html or None

    def _plain(self, part: Part) -> str:
        text = self._characters(part)
        if part.parameters.get("format", "").lower() == "flowed":
            return unflowed(text, delete_space=part.parameters.get("delsp", "").lower() == "yes")
        return text

    def _characters(self, part: Part) -> str:
        """Return the text of a part with line feeds, as far as the limit of the message goes."""
        octets = b"".join(pieces_of(self.raw, part, self.defects))
        if len(octets) > self._left:
            self.defects.add(
                DefectCode.TEXT_TRUNCATED,
                f"only the first {self.limits.text_octets} octets of text were read",
            )
            octets = octets[: self._left]
        self._left -= len(octets)
        charset = part.parameters.get("charset")
        if part.type == "text/html":
            found = None if charset else _META_CHARSET.search(octets, 0, 4096)
            charset = found[1].decode("ascii") if found else charset
        elif b"begin " in octets:
            for where, _, _ in reversed(list(uuencoded(octets))):
                octets = octets[: where.start] + octets[where.stop :]
        text = decode(octets, charset, self.defects)
        return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _message(reading: _Reading, text: str, html: str | None) -> ParsedMessage:
    header = Header(reading.root, reading.limits, reading.defects)
    defects = reading.defects
    if not reading.raw:
        defects.add(DefectCode.EMPTY, "the message is empty")
    from_, sender = header.mailboxes(b"from"), header.mailboxes(b"sender")
    if not from_:
        defects.add(DefectCode.FROM_MISSING, "the message names no author")
    shown = {unquote(name) for name in _CID_LINK.findall(html)} if html and "cid:" in html else set()
    return ParsedMessage(
        message_id=header.message_id(),
        date=header.date(),
        subject=header.text(b"subject"),
        from_=from_,
        sender=sender[0] if sender else None,
        to=header.mailboxes(b"to"),
        cc=header.mailboxes(b"cc"),
        bcc=header.mailboxes(b"bcc"),
        reply_to=header.mailboxes(b"reply-to"),
        resent_from=header.mailboxes(b"resent-from"),
        in_reply_to=header.ids(b"in-reply-to"),
        references=header.ids(b"references"),
        text=text,
        html=html,
        attachments=tuple(
            attachment(reading.raw, number, found, shown, defects)
            for number, found in enumerate(reading.enclosures(), start=1)
        ),
        received_count=header.count(b"received"),
        authentication_results=header.words(b"authentication-results"),
        return_path=header.text(b"return-path").strip("<> ") or None,
        delivered_to=header.words(b"delivered-to"),
        x_original_to=header.words(b"x-original-to"),
        sensitivity=header.text(b"sensitivity").lower() or None,
        defects=defects.found(),
    )
