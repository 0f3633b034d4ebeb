"""Which mails are scans?  Those from a scanner, with files that can be read as letters; they are no mails to anybody.

Each such file is a scan of its own.  Nothing of the mail itself is kept: what it brought is.
"""

import io
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from ingest.letters.kinds import LOOKED_AT, scan_kind
from ingest.read import Read
from mail.parse import attachment_contents
from storage import blobs, forgetting
from storage.jobs import JobQueue
from storage.messages import Message
from storage.scan_intake import ArrivedScan, keeping_scan
from storage.scans import ScanSource
from storage.steps import in_this_transaction
from storage.storable import storable

OUTGOING_TAGS = {"outgoing", "ausgang", "sortie", "uscita"}
_KINDS = ("application/pdf", "image/", "application/octet-stream", "application/x-pdf")


@dataclass(frozen=True, slots=True)
class Scanners:
    """The addresses of scanners, in look-up form."""

    addresses: Collection[str] = frozenset()


def sent_by_scanner(one: Read, scanners: Scanners) -> bool:
    """Tell whether a scanner sent a mail, by a way on which it was shown to be it."""
    authors = {mailbox.address.key for mailbox in one.came.from_ if mailbox.address}
    return bool(authors) and authors <= set(scanners.addresses) and not one.is_doubtful


async def scans_of(read: Sequence[Read], scanners: Scanners) -> dict[int, list[ArrivedScan]]:
    """Return the scans that mails brought, by the number of their message; those without any are mails."""
    found: dict[int, list[ArrivedScan]] = {}
    for one in read if scanners.addresses else ():
        if sent_by_scanner(one, scanners) and (scans := list(_scans(one, await blobs.read(one.row.digest)))):
            found[one.row.id] = scans
    return found


async def take(scans: dict[int, list[ArrivedScan]], rows: Sequence[Message], queue: JobQueue) -> None:
    """Write scans in place of the mails that brought them, in the caller's transaction."""
    for those in scans.values():
        for scan in those:
            await in_this_transaction(keeping_scan(scan, queue))
    await forgetting.forget_messages([row for row in rows if row.id in scans])


def _scans(one: Read, raw: bytes) -> Iterator[ArrivedScan]:
    files = [
        file for file in one.came.attachments if file.type.lower().startswith(_KINDS) and not file.inline
    ]
    contents = attachment_contents(raw, {file.number for file in files})
    for file, content in zip(sorted(files, key=lambda file: file.number), contents, strict=True):
        if scan_kind(content[:LOOKED_AT]) is not None:
            yield _scan(one, storable(file.name), content)


def _scan(one: Read, name: str, content: bytes) -> ArrivedScan:
    captures = list(one.row.captures)
    tags = {mark.lower() for capture in captures for mark in capture.marks}
    return ArrivedScan(
        digest=sha256(content).hexdigest(),
        size=len(content),
        raw=io.BytesIO(content),
        name=name,
        source=ScanSource.MAIL,
        received_at=one.row.accepted_at,
        sender=next((str(mailbox.address) for mailbox in one.came.from_), ""),
        is_outgoing=bool(tags & OUTGOING_TAGS),
        staff_id=next(iter(one.captured_by), None),
    )
