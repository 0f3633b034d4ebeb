"""What is found in an archive: mails, and what is left out and why."""

import re
from dataclasses import dataclass
from enum import StrEnum

_HEAD = 4096  # octets in which the first header field must begin
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class Why(StrEnum):
    """Why something was left out."""

    EMPTY = "empty"
    TOO_LARGE = "too-large"
    NO_HEADER = "no-header"
    DRAFT = "draft"
    NO_MAIL = "no-mail"
    LINK = "link"
    UNREADABLE = "unreadable"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    UNKNOWN_COMPRESSION = "unknown-compression"
    ARCHIVE_INSIDE = "archive-inside"


@dataclass(frozen=True, slots=True)
class FoundMail:
    """A mail, where it was found, and how much of the archive it took."""

    name: str
    octets: int
    raw: bytes


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that is not taken; *detail* is what the system said about it."""

    name: str
    octets: int
    why: Why
    detail: str = ""


Found = FoundMail | LeftOut


class NoArchive(ValueError):
    """What was named is no archive that can be read; the text says why, and what can be."""


def judged(name: str, octets: int, raw: bytes | None) -> Found:
    """Return a mail as found, or why it is left out; *raw* is None where it is too large."""
    if raw is None:
        return LeftOut(name, octets, Why.TOO_LARGE)
    if not raw.strip():
        return LeftOut(name, octets, Why.EMPTY)
    if b":" not in raw[:_HEAD]:
        return LeftOut(name, octets, Why.NO_HEADER)
    return FoundMail(name, octets, raw)


def readable(name: str) -> str:
    """Return the name of a file as it can be shown anywhere: names are octets, and may be hostile."""
    return _UNPRINTABLE.sub("�", name)
