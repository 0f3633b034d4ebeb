"""When is a scan ours?  Once its file is committed with the job that reads it: only then its source lets go of it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import BinaryIO, Protocol

import structlog

from storage.jobs import JobQueue
from storage.scan_intake import ArrivedScan, KeptScan, keeping_scan
from storage.scans import ScanSource
from storage.steps import transacted

_PIECE = 1024 * 1024
_log = structlog.get_logger(__name__)


class NoScan(ValueError):
    """A file that is not taken: *code* says why (see `ingest.letters.refusals`)."""

    def __init__(self, code: str, **parameters: str) -> None:
        self.code, self.parameters = code, parameters
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class ScanNote:
    """How a scan came: its file's name, by which way, where it lay, who sent or scanned it.

    *is_outgoing* if it came by the way of letters that we send.
    """

    name: str
    source: ScanSource
    received_at: datetime
    place: str = ""
    sender: str = ""
    is_outgoing: bool = False
    staff_id: int | None = None


class AcceptScan(Protocol):
    """Takes a scan over."""

    async def __call__(self, file: BinaryIO, note: ScanNote) -> KeptScan:
        """Return once the scan is durable.  NoScan; StorageUnavailable: offer it again later."""


@dataclass(frozen=True, slots=True)
class Intake:
    """Takes scans of up to *largest* octets, each file once; *on_accepted* is called after each."""

    queue: JobQueue
    largest: int
    on_accepted: Callable[[], None] = lambda: None

    async def __call__(self, file: BinaryIO, note: ScanNote) -> KeptScan:
        """See AcceptScan."""
        size = await asyncio.to_thread(_size, file)
        if size == 0:
            raise NoScan("empty")
        if size > self.largest:
            raise NoScan("too-large", octets=str(size), most=str(self.largest))
        digest = await asyncio.to_thread(_digest, file)
        arrived = ArrivedScan(
            digest=digest,
            size=size,
            raw=file,
            name=note.name,
            source=note.source,
            received_at=note.received_at,
            place=note.place,
            sender=note.sender,
            is_outgoing=note.is_outgoing,
            staff_id=note.staff_id,
        )
        kept = await transacted(keeping_scan(arrived, self.queue))
        _log.info("scan accepted", scan=kept.scan_id, known=kept.known)
        self.on_accepted()
        return kept


def _size(file: BinaryIO) -> int:
    return file.seek(0, 2)


def _digest(file: BinaryIO) -> str:
    file.seek(0)
    digest = sha256()
    while octets := file.read(_PIECE):
        digest.update(octets)
    return digest.hexdigest()
