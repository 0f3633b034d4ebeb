"""Mails for the tests: composed with the standard library, or put together from raw lines."""

from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8

from mail.message import DefectCode, ParsedMessage
from mail.parse import parse


def letter(body: bytes = b"Guten Tag\r\n", *fields: bytes) -> bytes:
    """Return a mail with these fields, and those that a sound mail must have."""
    sound = b"From: Eva Meier <eva@firma.example>\r\nDate: Tue, 24 Nov 2026 14:35:27 +0100\r\n"
    return sound + b"".join(field + b"\r\n" for field in fields) + b"\r\n" + body


def multipart(*parts: bytes, kind: bytes = b"mixed", boundary: bytes = b"grenze") -> bytes:
    """Return a mail with these parts, each of them header, blank line and body."""
    body = (
        b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts) + b"--" + boundary + b"--\r\n"
    )
    return letter(body, b"Content-Type: multipart/" + kind + b"; boundary=" + boundary)


def part(body: bytes, *fields: bytes) -> bytes:
    """Return a part for `multipart`."""
    return b"".join(field + b"\r\n" for field in fields) + b"\r\n" + body


def composed(message: EmailMessage, *, utf8: bool = False) -> bytes:
    """Return the octets of a message as a mailer sends them."""
    return message.as_bytes(policy=SMTPUTF8 if utf8 else SMTP)


def defect_codes(raw: bytes) -> set[DefectCode]:
    """Return what is wrong with a mail."""
    return codes(parse(raw))


def codes(message: ParsedMessage) -> set[DefectCode]:
    """Return the codes of a message's defects."""
    return {defect.code for defect in message.defects}
