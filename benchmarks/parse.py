"""How fast is a message read?  `mail.parse` against the standard library reading the same fields.

Both read the same mixed set: mails of our own making (plain, HTML, both, with attachments)
and, where CORPUS_DIR names it, the public collections.  Rounds alternate, so that a busy
machine slows both; the median counts.  Fields are compared where both gave an answer.
"""

import email
import email.policy
import os
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.message import EmailMessage, MIMEPart
from pathlib import Path
from typing import Any

from mail.address import Mailbox
from mail.parse import parse

GOAL = 3.0
ROUNDS = 7
_SETS = ("mime/core/*.msg", "mime/mixed/*", "mime/torture/*", "mime/samples/*", "mime/clients/*", "replies/*/*.eml",
         "replies/*/*.txt", "forwards/*.eml", "forwards/*.txt", "auto-replies/*")  # fmt: skip

Fields = dict[str, Any]


def run() -> bool:
    """Measure, print what came out, and tell whether the goal holds."""
    corpus = list(_corpus())
    mails = [raw for raw in [*_own(), *corpus] if _reference_or_none(raw) is not None]
    ours, reference = _rates(mails)
    ratio = ours / reference
    for field, (same, of) in _agreement(mails).items():
        print(f"parse: {field} equal in {same} of {of}")
    print(f"parse: {len(mails)} mails, {len(corpus)} of them from the corpus")
    verdict = "holds" if ratio >= GOAL else "short"
    print(
        f"parse: ours {ours:.0f} mails/s, reference {reference:.0f} mails/s, ratio {ratio:.2f}, goal {GOAL:.0f}: {verdict}"
    )
    return ratio >= GOAL


def reference(raw: bytes) -> Fields:
    """Return the fields of a mail as the standard library reads them."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    return {
        "subject": str(message["subject"] or ""),
        "from": _addresses(message, "from"),
        "to": _addresses(message, "to"),
        "cc": _addresses(message, "cc"),
        "reply_to": _addresses(message, "reply-to"),
        "date": message["date"].datetime if message["date"] else None,
        "message_id": str(message["message-id"] or ""),
        "in_reply_to": str(message["in-reply-to"] or "").split(),
        "references": str(message["references"] or "").split(),
        "text": plain.get_content() if plain else "",
        "html": html.get_content() if html else "",
        "attachments": list(_attachments(message, {id(plain), id(html)})),
    }


def _addresses(message: EmailMessage, name: str) -> list[tuple[str, str]]:
    field = message[name]
    return [(address.display_name, address.addr_spec) for address in field.addresses] if field else []


def _attachments(part: MIMEPart, bodies: set[int]) -> Iterator[tuple[str, str, int]]:
    if part.get_content_maintype() == "multipart" and part.is_multipart():
        for inside in part.iter_parts():
            yield from _attachments(inside, bodies)
    elif id(part) not in bodies:
        if part.get_content_maintype() == "message":
            size = len(part.get_payload(0).as_bytes()) if part.is_multipart() else 0
        else:
            size = len(part.get_payload(decode=True) or b"")
        yield part.get_filename() or "", part.get_content_type(), size


def _reference_or_none(raw: bytes) -> Fields | None:
    """Return the reference's reading; None where it raises, which it does on many real mails."""
    try:
        return reference(raw)
    except (LookupError, ValueError, TypeError, AttributeError, AssertionError, RecursionError):
        return None


def _rates(mails: list[bytes]) -> tuple[float, float]:
    """Return mails a second, ours and the reference's: medians of alternating rounds."""
    rounds = [(_seconds(parse, mails), _seconds(reference, mails)) for _ in range(ROUNDS)]
    ours, theirs = zip(*rounds, strict=True)
    return len(mails) / statistics.median(ours), len(mails) / statistics.median(theirs)


def _seconds(read: Callable[[bytes], object], mails: list[bytes]) -> float:
    started = time.perf_counter()
    for raw in mails:
        read(raw)
    return time.perf_counter() - started


def _agreement(mails: list[bytes]) -> dict[str, tuple[int, int]]:
    """Return for each field in how many mails both say the same, and of how many."""
    same: Counter[str] = Counter()
    for raw in mails:
        same.update(field for field, equal in compared(raw).items() if equal)
    return {field: (same[field], len(mails)) for field in _ours(b"")}


def compared(raw: bytes) -> dict[str, bool]:
    """Tell for each field whether both readings are equal, blanks folded."""
    theirs, ours = _folded(reference(raw)), _folded(_ours(raw))
    return {field: ours[field] == theirs[field] for field in ours}


def _ours(raw: bytes) -> Fields:
    message = parse(raw)

    def pairs(mailboxes: tuple[Mailbox, ...]) -> list[tuple[str, str]]:
        return [(mailbox.name, str(mailbox.address or "")) for mailbox in mailboxes]

    return {
        "subject": message.subject,
        "from": pairs(message.from_),
        "to": pairs(message.to),
        "cc": pairs(message.cc),
        "reply_to": pairs(message.reply_to),
        "date": message.date,
        "message_id": message.message_id or "",
        "in_reply_to": list(message.in_reply_to),
        "references": list(message.references),
        "text": message.text,
        "html": message.html or "",
        "attachments": [(a.name, a.type, a.size) for a in message.attachments],
    }


def _folded(fields: Fields) -> Fields:
    """Return the fields in a form where only what a reader would notice differs."""
    date = fields["date"]
    return fields | {
        "subject": " ".join(fields["subject"].split()),
        "date": date.replace(tzinfo=date.tzinfo or UTC) if date else None,
        "message_id": fields["message_id"].strip("<> "),
        "in_reply_to": [each.strip("<>") for each in fields["in_reply_to"]],
        "references": [each.strip("<>") for each in fields["references"]],
        "text": " ".join(fields["text"].split()),
        "html": " ".join(fields["html"].split()),
    }


def _corpus() -> Iterator[bytes]:
    folder = os.environ.get("CORPUS_DIR")
    for pattern in _SETS if folder else ():
        for path in sorted(Path(str(folder)).glob(pattern)):
            if path.is_file():
                yield path.read_bytes()


def _own() -> Iterator[bytes]:
    """Yield 120 mails of an office: replies, newsletters, offers with attachments."""
    for number in range(120):
        message = EmailMessage()
        message["Subject"] = f"Offerte {number} für Lüftungsgeräte, Überarbeitung vom März"
        message["From"] = "Jürg Müller <juerg.mueller@haustechnik.example>"
        message["To"] = "Zoë Brändli <zoe@verwaltung.example>, Empfang <info@verwaltung.example>"
        message["Cc"] = ", ".join(f"Person {i} <person{i}@verwaltung.example>" for i in range(number % 7))
        message["Date"] = datetime(2026, 3, 1 + number % 28, 9, 30, tzinfo=UTC)
        message["Message-ID"] = f"<offer.{number}@haustechnik.example>"
        message["References"] = " ".join(
            f"<offer.{number}.{i}@verwaltung.example>" for i in range(number % 9)
        )
        message.set_content(
            "Guten Tag\n\nBeiliegend die überarbeitete Offerte.\n\nFreundliche Grüsse\nJürg Müller\n" * 8
        )
        if number % 2:
            paragraphs = "<p>Gerät <b>{0}</b> für <a href='https://haustechnik.example/{0}'>das Bad</a></p>"
            message.add_alternative(
                "".join(paragraphs.format(i) for i in range(40 * (number % 5))), subtype="html"
            )
        for attached in range(number % 3):
            message.add_attachment(
                bytes(range(256)) * 120,
                maintype="application",
                subtype="pdf",
                filename=f"Anhang für Zürich {attached}.pdf",
            )
        yield message.as_bytes()


if __name__ == "__main__":
    raise SystemExit(not run())
