"""A scan is written down: its file, how it came, and that it is to be read.  The same file twice is one scan."""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from storage import blobs
from storage.by_hand import inserting, place, stored
from storage.jobs import JobQueue, ReadScan
from storage.scans import ScanSource, ScanState
from storage.statements import Steps
from storage.storable import storable

_SCAN = (
    "digest", "size", "name", "place", "source", "sender", "is_outgoing", "staff_id", "received_at", "state",
    "pages", "done", "problem", "problem_parameters", "has_original", "changed_at",
)  # fmt: skip
_BLOB_PART = ("digest", "number", "octets")
_LONGEST_NAME, _LONGEST_PLACE = 500, 1000


@dataclass(frozen=True, slots=True)
class ArrivedScan:
    """A file that came in: *raw* holds its octets from its start, *digest* is their name as a blob.

    *place* is the folder in which it lay, *sender* the address that sent it, *staff_id* who
    scanned it where that is known.
    """

    digest: str
    size: int
    raw: BinaryIO
    name: str
    source: ScanSource
    received_at: datetime
    place: str = ""
    sender: str = ""
    is_outgoing: bool = False
    staff_id: int | None = None


@dataclass(frozen=True, slots=True)
class KeptScan:
    """A scan that is written down; *known* if these octets had been here before."""

    scan_id: int
    digest: str
    known: bool
    state: ScanState


def keeping_scan(scan: ArrivedScan, queue: JobQueue) -> Steps[KeptScan]:
    """Write a scan with its original and the job that reads it, and return what became of it."""
    known = yield _looking_up(scan.digest)
    if known:
        return KeptScan(known[0]["id"], scan.digest, known=True, state=ScanState(known[0]["state"]))
    yield inserting("scan", _SCAN, [_row(scan)])
    yield from keeping_file(scan.digest, scan.raw)
    made = yield _looking_up(scan.digest)
    scan_id = made[0]["id"]
    yield queue.enqueuing([ReadScan(scan_id)])
    return KeptScan(scan_id, scan.digest, known=False, state=ScanState.WAITING)


def keeping_file(digest: str, file: BinaryIO) -> Steps[None]:
    """Write what *file* holds as a blob; one that is known stays as it is."""
    for number, octets in enumerate(blobs.parts_of(file)):
        yield inserting("blob_part", _BLOB_PART, [(digest, number, octets)])


def _looking_up(digest: str) -> tuple[str, list[str]]:
    return f"SELECT id, state FROM scan WHERE digest = {place(1)}", [digest]  # noqa: S608 - ours


def _row(scan: ArrivedScan) -> tuple[object, ...]:
    return (
        scan.digest,
        scan.size,
        storable(scan.name, most=_LONGEST_NAME),
        storable(scan.place, most=_LONGEST_PLACE),
        scan.source.value,
        storable(scan.sender, most=_LONGEST_PLACE),
        scan.is_outgoing,
        scan.staff_id,
        stored(scan.received_at),
        ScanState.WAITING.value,
        0,
        0,
        "",
        "{}",
        True,
        stored(scan.received_at),
    )
