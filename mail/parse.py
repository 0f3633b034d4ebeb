"""What does a message say?  Any bytes in, a `ParsedMessage` out.

Reading never fails: what is wrong is named as a defect, and what can be read is read.
Time is linear in the size; attachments are measured in pieces and not kept.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from urllib.parse import unquote

from mail.attached import text_inside, with_original
from mail.attachments import Enclosure, attachment, enclosures, is_winmail, pieces, pieces_of
from mail.automatic import unwritten
from mail.charset import decode
from mail.contents import content_id, passages, walk
from mail.defects import Defects
from mail.fields import Header
from mail.flowed import unflowed
from mail.language import language_of
from mail.limits import LIMITS, Limits
from mail.message import DefectCode, ParsedMessage, Security
from mail.reply import split_reply
from mail.seals import seal_in_text, seal_of
from mail.seen import Seen
from mail.structure import Part, read_structure, with_line_ends
from mail.text import html_text
from mail.transfer import without_uuencoded

_META_CHARSET = re.compile(rb"""<meta[^>]{1,200}?charset\s*=\s*["']?([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_MOST_SEALS = 3
_CID_LINK = re.compile(r"cid:([^\"'\s>)]+)", re.IGNORECASE)


class NoSuchAttachment(LookupError):
    """The message has no attachment of this number or content id."""


def parse(raw: bytes, limits: Limits = LIMITS) -> ParsedMessage:
    """Return what the message says; never fails, whatever the bytes are."""
    return _parsed(raw, limits, 0)


def _parsed(raw: bytes, limits: Limits, depth: int) -> ParsedMessage:
    """Return what a message says that lies in *depth* others."""
    reading = _Reading(raw, limits)
    text, html = reading.text()
    if not text.strip():
        text, html = text_inside(reading.winmails()) or (text, html)
    message = _message(reading, text, html)
    return with_original(message, reading, lambda inside: _parsed(inside, limits, depth + 1), depth=depth)


def attachment_content(raw: bytes, number: int) -> bytes:
    """Return the decoded content of the attachment that `parse` gave this number."""
    reading = _Reading(raw, LIMITS)
    for position, found in enumerate(reading.enclosures(), start=1):
        if position == number:
            return b"".join(pieces(reading.raw, found, reading.defects))
    raise NoSuchAttachment(f"the message has no attachment {number}")


def attachment_contents(raw: bytes, numbers: Collection[int]) -> Iterator[bytes]:
    """Yield the decoded contents of the attachments with these numbers, in the order of the message."""
    reading = _Reading(raw, LIMITS)
    for position, found in enumerate(reading.enclosures(), start=1):
        if position in numbers:
            yield b"".join(pieces(reading.raw, found, reading.defects))


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
        self.security = self._opened()
        self.passages = passages(self.root)
        self._left = limits.text_octets

    def _opened(self) -> Security | None:
        """Open what is only signed, also twice, and return how it was signed or encrypted."""
        security: Security | None = None
        for _ in range(_MOST_SEALS):
            seal = seal_of(self.raw, self.root, self.defects)
            if seal is None:
                break
            inner = seal.security
            security = replace(security, encrypted=inner.encrypted) if security else inner
            if seal.opened is None:
                break
            self.raw = with_line_ends(seal.opened)
            self.root = read_structure(self.raw, self.limits, self.defects)
        return security

    def enclosures(self) -> list[Enclosure]:
        return list(enclosures(self.raw, self.root, self.passages, self.defects))

    def winmails(self) -> Iterator[bytes]:
        """Yield the content of each winmail.dat."""
        return (
            b"".join(pieces_of(self.raw, part, self.defects)) for part in walk(self.root) if is_winmail(part)
        )

    def content(self, number: int) -> bytes:
        """Return the decoded content of the attachment with this number."""
        return b"".join(pieces(self.raw, self.enclosures()[number - 1], self.defects))

    def has(self, name: bytes) -> bool:
        """Tell whether the header has a field of this name (in lower case)."""
        return name in self.root.fields

    @property
    def type(self) -> str:
        """The content type of the whole message."""
        return self.root.type

    def text(self) -> tuple[str, str | None]:
        """Return the readable text, and the HTML if there is any."""
        texts: list[str] = []
        documents: list[str] = []
        for passage in self.passages:
            text = "\n".join(self._plain(part) for part in passage.plain)
            html = "\n".join(self._characters(part) for part in passage.html)
            texts.append(text if text.strip() or not html else self._said_by(html))
            documents.append(html)
        html = "\n".join(filter(None, documents))
        return "\n".join(filter(None, (text.rstrip() for text in texts))).strip("\n"), html or None

    def _plain(self, part: Part) -> str:
        text = self._characters(part)
        if part.parameters.get("format", "").lower() == "flowed":
            return unflowed(text, delete_space=part.parameters.get("delsp", "").lower() == "yes")
        return text

    def _characters(self, part: Part) -> str:
        """Return the text of a part with line feeds, as far as the limit of the message goes."""
        octets = b"".join(pieces_of(self.raw, part, self.defects))
        if part.type != "text/html":
            octets = without_uuencoded(octets)
        if len(octets) > self._left:
            self._truncated()
            octets = octets[: self._left]
        self._left -= len(octets)
        charset = part.parameters.get("charset")
        if part.type == "text/html":
            found = None if charset else _META_CHARSET.search(octets, 0, 4096)
            charset = found[1].decode("ascii") if found else charset
        text = decode(octets, charset, self.defects)
        return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text

    def _said_by(self, html: str) -> str:
        text = html_text(html)
        if len(text) > self.limits.text_octets:  # short tags can stand for longer marks
            self._truncated()
        return text[: self.limits.text_octets]

    def _truncated(self) -> None:
        self.defects.add(
            DefectCode.TEXT_TRUNCATED, f"only the first {self.limits.text_octets} octets of text were read"
        )


def _message(reading: _Reading, text: str, html: str | None) -> ParsedMessage:
    header, defects = Header(reading.root, reading.limits, reading.defects), reading.defects
    if not reading.raw:
        defects.add(DefectCode.EMPTY, "the message is empty")
    from_, sender = header.mailboxes(b"from"), header.mailboxes(b"sender")
    if not from_:
        defects.add(DefectCode.FROM_MISSING, "the message names no author")
    reply = split_reply(text) if text.strip() else None
    date, subject = header.date(), header.text(b"subject")
    machines = unwritten(
        Seen(reading.raw, reading.root, text, subject, from_), reply.new if reply else "", date, defects
    )
    shown = {unquote(name) for name in _CID_LINK.findall(html)} if html and "cid:" in html else set()
    return ParsedMessage(
        message_id=header.message_id(),
        date=date,
        subject=subject,
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
        new_text=reply.new if reply else None,
        quoted_text=reply.quoted if reply else None,
        signature=reply.signature if reply else None,
        language=language_of(reply.new) if reply else None,
        automatic=machines.automatic,
        bounces=machines.bounces,
        calendar=machines.calendar,
        out_of_office=machines.out_of_office,
        spam=machines.spam,
        security=reading.security or seal_in_text(text),
        defects=defects.found(),
    )
