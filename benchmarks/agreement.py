"""Do two readings of a mail say the same, and if not: is there a reason why they should not?

Fields are folded first, so that only what a reader would notice differs.  A reason is a
rule about mails, never the name of one; what no rule explains is a fault of ours.
"""

import email
import email.errors
import email.policy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage, MIMEPart
from typing import Any

from mail.address import Mailbox
from mail.message import DefectCode
from mail.parse import parse

Fields = dict[str, Any]
Named = list[tuple[str, str]]

_LOST = re.compile("[\ufffd\ud800-\udfff]")
_ABOVE_ASCII = re.compile(r"[^\x00-\x7f]+")
_BROKEN_HEADER = (
    email.errors.MissingHeaderBodySeparatorDefect,
    email.errors.FirstHeaderLineIsContinuationDefect,
    email.errors.MisplacedEnvelopeHeaderDefect,
)
_OTHER_CHARSET = {DefectCode.CHARSET_WRONG, DefectCode.CHARSET_UNKNOWN, DefectCode.HEADER_8BIT}
_FIELD_NAMES = {"reply_to": "reply-to", "message_id": "message-id", "in_reply_to": "in-reply-to"}
_ADDRESSES = ("from", "to", "cc", "reply_to")


def reference(raw: bytes) -> Fields:
    """Return the fields of a mail as the standard library reads them; raises on some real mails."""
    message = _message(raw)
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    return {
        "subject": str(message["subject"] or ""),
        **{name: _addresses(message, _FIELD_NAMES.get(name, name)) for name in _ADDRESSES},
        "date": message["date"].datetime if message["date"] else None,
        "message_id": str(message["message-id"] or ""),
        "in_reply_to": str(message["in-reply-to"] or "").split(),
        "references": str(message["references"] or "").split(),
        "text": plain.get_content() if plain is not None else "",
        "html": html.get_content() if html is not None else "",
        "attachments": list(_attachments(message, {id(plain), id(html)})),
    }


def ours(raw: bytes) -> Fields:
    """Return the same fields as `mail.parse` reads them."""
    message = parse(raw)
    return {
        "subject": message.subject,
        "from": _named(message.from_),
        "to": _named(message.to),
        "cc": _named(message.cc),
        "reply_to": _named(message.reply_to),
        "date": message.date,
        "message_id": message.message_id or "",
        "in_reply_to": list(message.in_reply_to),
        "references": list(message.references),
        "text": message.text,
        "html": message.html or "",
        "attachments": [(a.name, a.type, a.size) for a in message.attachments],
    }


def _message(raw: bytes) -> EmailMessage:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def _addresses(message: EmailMessage, name: str) -> Named:
    field = message[name]
    return [(address.display_name, address.addr_spec) for address in field.addresses] if field else []


def _named(mailboxes: tuple[Mailbox, ...]) -> Named:
    return [(mailbox.name, str(mailbox.address or "")) for mailbox in mailboxes]


def _attachments(part: MIMEPart, bodies: set[int]) -> Iterator[tuple[str, str, int]]:
    if part.get_content_maintype() == "multipart" and part.is_multipart():
        for inside in part.iter_parts():
            yield from _attachments(inside, bodies)
    elif id(part) not in bodies:
        size = 0 if part.is_multipart() else len(part.get_payload(decode=True) or b"")
        yield part.get_filename() or "", part.get_content_type(), size


def _folded(fields: Fields) -> Fields:
    """Return the fields with blanks folded, ids bare, and a zone for dates without one."""
    date: datetime | None = fields["date"]
    return {
        "subject": _one_line(fields["subject"]),
        **{name: [_mailbox(*named) for named in fields[name]] for name in _ADDRESSES},
        "date": date.replace(tzinfo=date.tzinfo or UTC) if date else None,
        "message_id": fields["message_id"].strip("<> "),
        "in_reply_to": [each.strip("<>") for each in fields["in_reply_to"]],
        "references": [each.strip("<>") for each in fields["references"]],
        "text": _one_line(fields["text"]),
        "html": _one_line(fields["html"]),
        "attachments": [_attachment(*described) for described in fields["attachments"]],
    }


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _mailbox(name: str, address: str) -> tuple[str, str]:
    """Fold blanks in a name; what has no domain is no address of ours, but whatever it names."""
    if "@" in address:
        return _one_line(name), address
    return _one_line(name) or address.strip("<>"), ""


def _attachment(name: str, type_: str, size: int) -> tuple[str, str, int]:
    """Leave out what the reference cannot tell of an enclosed message: its octets, and a name by its subject."""
    return ("", type_, 0) if type_.startswith("message/") else (name, type_, size)


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that two readings of a mail give differently."""

    field: str
    ours: Any
    theirs: Any
    message: EmailMessage
    defects: frozenset[DefectCode]

    def leaves(self) -> list[tuple[str, str, int]]:
        """Return what the reference takes for attachments."""
        return list(_attachments(self.message, {id(self.message.get_body((k,))) for k in ("plain", "html")}))

    def spoken(self) -> str:
        """Return the name of the field in the header."""
        return _FIELD_NAMES.get(self.field, self.field)


def differences(raw: bytes) -> list[Difference]:
    """Return the fields that the two readings of a mail give differently."""
    mine, theirs = _folded(ours(raw)), _folded(reference(raw))
    differing = [field for field in mine if mine[field] != theirs[field]]
    if not differing:
        return []
    message, defects = _message(raw), frozenset(defect.code for defect in parse(raw).defects)
    return [Difference(field, mine[field], theirs[field], message, defects) for field in differing]


def reason(difference: Difference) -> str | None:
    """Return why the two should differ; None if no rule says so."""
    return next((name for name, holds in REASONS.items() if holds(difference)), None)


def _undeclared_octets(it: Difference) -> bool:
    if not (_LOST.search(repr_of(it.theirs)) or it.defects & _OTHER_CHARSET):
        return False
    return _ABOVE_ASCII.sub("", repr_of(it.ours)) == _ABOVE_ASCII.sub("", repr_of(it.theirs))


def repr_of(value: object) -> str:
    """Return a value as text that shows lone surrogates as what they are."""
    if isinstance(value, list | tuple):
        return " ".join(repr_of(each) for each in value)
    return str(value)


def _broken_header(it: Difference) -> bool:
    return any(isinstance(defect, _BROKEN_HEADER) for part in it.message.walk() for defect in part.defects)


def _repeated_field(it: Difference) -> bool:
    repeated = len(it.message.get_all(it.spoken(), [])) > 1
    return repeated and isinstance(it.ours, list) and it.theirs == it.ours[: len(it.theirs)]


def _names_missed(it: Difference) -> bool:
    if it.field not in _ADDRESSES or [a for _, a in it.ours] != [a for _, a in it.theirs]:
        return False
    return all(name in ("", own) for (own, _), (name, _) in zip(it.ours, it.theirs, strict=True))


def _blanks(it: Difference) -> bool:
    return it.field in _ADDRESSES and "".join(repr_of(it.ours).split()) == "".join(repr_of(it.theirs).split())


def _zone_behind_comment(it: Difference) -> bool:
    if it.field != "date" or not (it.ours and it.theirs):
        return False
    return bool(it.ours.replace(tzinfo=None) == it.theirs.replace(tzinfo=None))


def _malformed_field(it: Difference) -> bool:
    return bool(getattr(it.message.get(it.spoken()), "defects", ()))


def _no_text_from_html(it: Difference) -> bool:
    return it.field == "text" and not it.theirs and it.message.get_body(("plain",)) is None


def _lost_boundary(it: Difference) -> bool:
    lost = any(p.get_content_maintype() == "multipart" and not p.is_multipart() for p in it.message.walk())
    return lost and it.field in ("text", "html", "attachments")


def _empty_part(it: Difference) -> bool:
    return it.field == "text" and not it.ours and any(not part.keys() for part in it.message.walk())


def _further_text(it: Difference) -> bool:
    further = [leaf for leaf in it.leaves() if not leaf[0] and leaf[1].startswith("text/")]
    if it.field in ("text", "html"):
        return bool(further) and it.ours.startswith(it.theirs)
    return it.field == "attachments" and [each for each in it.theirs if each not in further] == it.ours


def _file_names(it: Difference) -> bool:
    """Hold where ours reads a longer name, or the last piece of what the reference takes for one."""
    if it.field != "attachments" or [a[1:] for a in it.ours] != [a[1:] for a in it.theirs]:
        return False
    pairs = zip(it.ours, it.theirs, strict=True)
    return all(own[0].startswith(other[0]) or other[0].endswith(own[0]) for own, other in pairs)


def _uuencoded(it: Difference) -> bool:
    if it.field == "text":
        return "begin " in it.theirs and it.theirs.startswith(it.ours)
    return it.field == "attachments" and not it.theirs and "begin " in str(it.message.get_payload())


REASONS: dict[str, Callable[[Difference], bool]] = {
    "octets above 127 that nothing declares, or declared as what they are not": _undeclared_octets,
    "the reference ends the header at a line that is no field": _broken_header,
    "repeated fields are joined": _repeated_field,
    "names in comments and phrases that the reference drops": _names_missed,
    "blanks between encoded words are no text": _blanks,
    "a zone behind a comment": _zone_behind_comment,
    "the reference itself calls the field malformed, ours reads on": _malformed_field,
    "the reference makes no text of HTML": _no_text_from_html,
    "a multipart without its boundary is not lost": _lost_boundary,
    "a part without header and body ends at the next delimiter": _empty_part,
    "every text part is text, not the first alone": _further_text,
    "file names in encoded words, with blanks, or with folders": _file_names,
    "uuencoded files within the text": _uuencoded,
}
