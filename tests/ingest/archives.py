"""Mails for archives, and archives made of them."""

import re
from collections.abc import Iterable
from pathlib import Path

from ingest.archive import archive_at
from ingest.found import FoundMail, LeftOut
from ingest.mbox import Dialect

LARGEST = 100_000
DATED = "From eva@firm.example Mon Jan  5 08:00:00 2026"


def mail(number: int, *lines: str, end: str = "\n") -> bytes:
    """Return a mail with some lines of text."""
    header = [
        f"From: Person {number} <person{number}@client.example>",
        "To: eva@firm.example",
        f"Subject: Letter {number}",
        f"Message-ID: <{number}@client.example>",
        "Date: Mon, 05 Jan 2026 08:00:00 +0000",
    ]
    return (end.join([*header, "", *(lines or ("Good morning.",))]) + end).encode()


def mbox(mails: Iterable[bytes], dialect: Dialect, *, end: str = "\n", from_line: str = DATED) -> bytes:
    """Return an mbox of *mails*, written as its dialect says."""
    written = []
    for raw in mails:
        header, body = re.split(rb"(?<=\n)(?=\r?\n)", raw, maxsplit=1)
        if dialect is Dialect.MBOXRD:
            body = re.sub(rb"(?m)^(>*From )", rb">\1", body)
        elif dialect is not Dialect.MBOXCL2:
            body = re.sub(rb"(?m)^From ", b">From ", body)
        if dialect in (Dialect.MBOXCL, Dialect.MBOXCL2):
            header += f"Content-Length: {len(body) - len(end)}{end}".encode()
        written.append(f"{from_line}{end}".encode() + header + body + end.encode())
    return b"".join(written)


def found_in(path: Path, **how: Dialect) -> list[bytes]:
    """Return the mails that are found at *path*."""
    return [one.raw for one in archive_at(path, largest=LARGEST, **how).found if isinstance(one, FoundMail)]


def left_out_of(path: Path) -> dict[str, str]:
    """Return why what is left out, by its name."""
    found = archive_at(path, largest=LARGEST).found
    return {one.name: one.why.value for one in found if isinstance(one, LeftOut)}
