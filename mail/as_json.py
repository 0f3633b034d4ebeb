"""A parsed message as JSON: the format of `postbuch parse`, which docs/parse-format.md promises to keep."""

from typing import Any

from mail.address import Mailbox
from mail.message import Forwarded, ParsedMessage, Security


def as_json(message: ParsedMessage) -> dict[str, Any]:
    """Return the message as values that `json.dumps` takes as they are."""
    calendar = message.calendar
    return {
        "message_id": message.message_id,
        "date": message.date.isoformat() if message.date else None,
        "subject": message.subject,
        "from": _mailboxes(message.from_),
        "to": _mailboxes(message.to),
        "cc": _mailboxes(message.cc),
        "reply_to": _mailboxes(message.reply_to),
        "in_reply_to": list(message.in_reply_to),
        "references": list(message.references),
        "text": message.text,
        "new_text": message.new_text,
        "quoted_text": message.quoted_text,
        "signature": message.signature,
        "html_present": message.html is not None,
        "attachments": [{"name": a.name, "type": a.type, "size": a.size} for a in message.attachments],
        "forwarded": _forwarded(message.forwarded) if message.forwarded else None,
        "automatic": message.automatic,
        "bounces": [
            {"address": b.address, "kind": b.kind, "status": b.status, "reason": b.reason}
            for b in message.bounces
        ],
        "calendar": calendar
        and {
            "method": calendar.method,
            "uid": calendar.uid,
            "sequence": calendar.sequence,
            "attendee": calendar.attendee,
            "partstat": calendar.partstat,
        },
        "security": _security(message.security) if message.security else None,
        "language": message.language,
        "defects": [{"code": defect.code, "detail": defect.detail} for defect in message.defects],
    }


def _security(security: Security) -> dict[str, Any]:
    signature = security.signature
    address = str(signature.address) if signature and signature.address else None
    return {
        "standard": security.standard,
        "encrypted": security.encrypted,
        "signature": signature.verdict if signature else None,
        "signer": {"name": signature.name, "address": address} if signature else None,
    }


def _forwarded(forwarded: Forwarded) -> dict[str, Any]:
    return {
        "from": _mailbox(forwarded.from_) if forwarded.from_ else None,
        "to": _mailboxes(forwarded.to),
        "cc": _mailboxes(forwarded.cc),
        "date": forwarded.date.isoformat() if forwarded.date else None,
        "subject": forwarded.subject,
        "text": forwarded.text,
    }


def _mailboxes(mailboxes: tuple[Mailbox, ...]) -> list[dict[str, str | None]]:
    return [_mailbox(mailbox) for mailbox in mailboxes]


def _mailbox(mailbox: Mailbox) -> dict[str, str | None]:
    return {"name": mailbox.name, "address": str(mailbox.address) if mailbox.address else None}
