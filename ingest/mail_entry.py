"""What is entered of a mail?  With whom it was, what it says, and what only mail has."""

from typing import Any

from history.entry import Held, NewEntry
from history.kinds import EntryKind
from ingest.participants import participant_of
from ingest.read import Read
from mail.message import ParsedMessage
from matcher.look_ups import references_of
from matcher.match import Matched
from storage.entries import StaffPart
from storage.messages import CaptureSource
from storage.reasons import Reason
from storage.storable import storable

_MOST_BOUNCES = 100
_LONGEST_NAME = 200


def entry_of_mail(one: Read, matched: Matched) -> NewEntry:
    """Return the entry of a mail, or of the original inside it."""
    parsed, parties = one.parsed, matched.parties
    return NewEntry(
        direction=parties.direction,
        at=one.at,
        subject=parsed.subject,
        text=parsed.text,
        participants=[
            participant_of(each, matched.matches[each.key], is_typed=one.is_typed)
            for each in parties.outsiders
        ],
        staff=staff_of(one, matched),
        attachments=one.came.attachments,
        own_id=one.own_id,
        references=references_of(parsed),
        kind_fields=_kind_fields(one, parties.leaked_capture_address),
        held=_held(one, parties.held),
        kind=EntryKind.WEB_ENQUIRY if _is_enquiry(one) else EntryKind.EMAIL,
    )


def _is_enquiry(one: Read) -> bool:
    """Tell whether it was filled in on a web site of ours, and came by no other way."""
    captures = list(one.row.captures)
    return bool(captures) and all(capture.source is CaptureSource.ENQUIRY for capture in captures)


def staff_of(one: Read, matched: Matched) -> dict[tuple[int, StaffPart], None]:
    """Return who of the staff wrote, received and captured it; each part once, in that order."""
    parties = matched.parties
    return dict.fromkeys(
        [(staff_id, StaffPart.AUTHOR) for staff_id in sorted(parties.authors)]
        + [(staff_id, StaffPart.RECIPIENT) for staff_id in sorted(parties.recipients)]
        + [(staff_id, StaffPart.CAPTURED) for staff_id in one.captured_by]
    )


def _kind_fields(one: Read, leaked_capture_address: str | None) -> dict[str, Any]:
    """Return what only mail has: of what is there, for pages to tell."""
    parsed, away = one.parsed, one.parsed.out_of_office
    fields = {
        "automatic": parsed.automatic,
        "forwarded": one.inside.kind if one.inside else None,
        "forwarder": _forwarder(one) if one.inside or one.row.own_mail else None,
        "own_mail": one.row.own_mail,
        "comment": storable(one.inside.comment) if one.inside else None,
        "returns": away.returns.isoformat() if away and away.returns else None,
        "substitute": str(away.substitute) if away and away.substitute else None,
        "failed_addresses": [storable(bounce.address) for bounce in parsed.bounces[:_MOST_BOUNCES]],
        "spam": parsed.spam,
        "security": _security(one.came),
        "leaked_capture_address": leaked_capture_address,
    }
    there = {name: value for name, value in fields.items() if value}
    return {"html_present": one.came.html is not None, **there}


def _forwarder(one: Read) -> str:
    """Return who sent the forward, as it names them."""
    author = next(iter(one.came.from_), None)
    return (
        storable(author.name or str(author.address or author.written), most=_LONGEST_NAME) if author else ""
    )


def _security(came: ParsedMessage) -> dict[str, Any] | None:
    """Return how a message was signed or encrypted, and whether its author was who signed it."""
    if came.security is None:
        return None
    security = came.security
    told: dict[str, Any] = {"standard": security.standard, "encrypted": security.encrypted}
    if signature := security.signature:
        authors = {mailbox.address.key for mailbox in came.from_ if mailbox.address}
        told |= {
            "signature": signature.verdict,
            "signer": storable(signature.name),
            "signer_address": storable(str(signature.address or "")),
            "by_author": signature.address is not None and signature.address.key in authors,
        }
    return told


def _held(one: Read, unclear: Reason | None) -> Held | None:
    """Return what hinders entering it, whoever took part."""
    if one.is_doubtful:
        return Held(next(iter(one.row.captures)).held_because)
    return Held(unclear) if unclear else None
