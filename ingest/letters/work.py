"""The job of a scan: its pages are read and written one by one, then its letters are filed.

After a crash it goes on behind the last page that was written: a reader that cannot begin there
reads the earlier ones again, and nothing of that is kept.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import structlog

from ingest.letters.filing import FilingMeans, file_scan
from ingest.letters.reading import ReadPage, ScanRefused
from storage import blobs, scan_reading
from storage.connect import transaction
from storage.jobs import Claimed, JobQueue, ReadScan, payload_of
from storage.scan_reading import PageFiles
from storage.scans import Scan, ScanState

_TYPES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}
_log = structlog.get_logger(__name__)


class Reader(Protocol):
    """Reads the pages of a scan file: see `ingest.letters.reading.ScanReader`."""

    def read(
        self, scan: Path, folder: Path, *, told: Callable[[int, int], None], first: int = 1
    ) -> AsyncIterator[ReadPage]:
        """Yield pages in order from number *first* on, their files in *folder*; ScanRefused."""


class Rejecting(Protocol):
    """Puts a file that is no scan where people see it, with the reason in words."""

    def __call__(self, scan: Scan, refused: ScanRefused, /) -> Awaitable[None]:
        """Do so; again after a crash."""


@dataclass(slots=True)
class _Progress:
    """How many pages a scan has, as its reader tells."""

    pages: int = 0

    def told(self, done: int, pages: int) -> None:
        self.pages = max(pages, done)


@dataclass(frozen=True, slots=True)
class ReadScans:
    """Does the jobs that read scans, by *reader*; their files lie below *folder* meanwhile."""

    reader: Reader
    means: FilingMeans
    folder: Path
    reject: Rejecting
    _progress: dict[int, _Progress] = field(default_factory=dict)

    async def __call__(self, jobs: Sequence[Claimed], *, queue: JobQueue) -> None:
        """Read and file scans, one after the other."""
        for job in jobs:
            scan = await scan_reading.scan(payload_of(job, ReadScan).scan_id)
            if scan is None or scan.state in {ScanState.READ, ScanState.REJECTED}:
                async with transaction():
                    await queue.done([job])
                continue
            await self._read(scan, job, queue)

    async def _read(self, scan: Scan, job: Claimed, queue: JobQueue) -> None:
        try:
            await self._read_pages(scan, job, queue)
        except ScanRefused as refused:
            await self.reject(scan, refused)
            async with transaction():
                await scan_reading.reject(scan.id, refused.code, refused.parameters)
                await queue.done([job])
            _log.info("scan rejected", scan=scan.id, why=refused.code)
        else:
            await file_scan(scan, self.means, job=job, queue=queue)
            _log.info("scan filed", scan=scan.id)

    async def _read_pages(self, scan: Scan, job: Claimed, queue: JobQueue) -> None:
        """Write the pages of a scan that are not written yet."""
        done, progress = await scan_reading.begin(scan.id), _Progress()
        with tempfile.TemporaryDirectory(dir=self.folder, prefix="scan-") as name:
            folder = Path(name)
            file = folder / "scan"
            await _write(scan.digest, file)
            pages = folder / "pages"
            pages.mkdir()
            async for read in self.reader.read(file, pages, told=progress.told, first=done + 1):
                if read.page.number > done:
                    files = _files(read)
                    await scan_reading.keep_page(scan.id, files, of=progress.pages, job=job, queue=queue)
                for file_of_page in (read.image, read.searchable):
                    file_of_page.unlink(missing_ok=True)


def _files(read: ReadPage) -> PageFiles:
    type_ = _TYPES.get(read.image.suffix.lower(), "application/octet-stream")
    return PageFiles(read.page, read.image, type_, read.searchable, read.problem)


async def _write(digest: str, file: Path) -> None:
    """Write a blob into a file, a part at a time."""
    with file.open("wb") as target:
        async for octets in blobs.stream(digest):
            await asyncio.to_thread(target.write, octets)
