"""Where do files go that are no scans?  Into `rejected/` of the folder they came from, with the reason beside."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import structlog

from ingest.letters.reading import ScanRefused
from ingest.letters.refusals import reason_of
from storage import blobs
from storage.scans import Scan, ScanSource

DONE, REJECTED = "done", "rejected"
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class RejectToFolder:
    """Puts rejected files of watched folders into `rejected/` there, with a text in *language*."""

    language: str

    async def __call__(self, scan: Scan, refused: ScanRefused) -> None:
        """See `ingest.letters.work.Rejecting`.  Where the folder is gone, the scan's page still tells why."""
        if scan.source is not ScanSource.FOLDER or not scan.place:
            return
        place = Path(scan.place)
        try:
            await self._reject(place, scan, refused)
        except OSError as error:
            _log.warning("rejected scan cannot be put into its folder", scan=scan.id, error=error.strerror)

    async def _reject(self, place: Path, scan: Scan, refused: ScanRefused) -> None:
        folder = place / REJECTED
        await asyncio.to_thread(folder.mkdir, exist_ok=True)
        target = folder / name_of(scan)
        await self._put(place / DONE / name_of(scan), target, scan)
        text = reason_of(refused.code, refused.parameters, self.language)
        await asyncio.to_thread(write_reason, target, text)

    async def _put(self, done: Path, target: Path, scan: Scan) -> None:
        """Move the file, or write it anew where it was not kept beside."""
        with suppress(FileNotFoundError):
            await asyncio.to_thread(done.replace, target)
            return
        if await asyncio.to_thread(target.exists):
            return
        half = target.with_name(f".{target.name}.part")
        with half.open("wb") as file:
            async for octets in blobs.stream(scan.digest):
                await asyncio.to_thread(file.write, octets)
        half.replace(target)


def name_of(scan: Scan) -> str:
    """Return what the file of a scan is called in `done/` and `rejected/`: two of one name are two."""
    return beside(scan.name, scan.digest)


def beside(name: str, digest: str) -> str:
    """Return a name that only these octets have: `scan.pdf` becomes `scan-1f3a90c2.pdf`."""
    path = Path(name or "scan")
    return f"{path.stem[:120]}-{digest[:8]}{path.suffix[:20]}"


def write_reason(target: Path, text: str) -> None:
    """Write why a file was rejected, beside it."""
    target.with_name(f"{target.name}.txt").write_text(f"{text}\n", encoding="utf-8")


def reject_at_once(
    file: Path, folder: Path, name: str, code: str, parameters: Mapping[str, str], language: str
) -> None:
    """Move a file that was never taken into `rejected/` of *folder*, with the reason beside."""
    rejected = folder / REJECTED
    rejected.mkdir(exist_ok=True)
    target = rejected / name
    number = 1
    while target.exists():
        number += 1
        target = rejected / f"{Path(name).stem}-{number}{Path(name).suffix}"
    file.replace(target)
    write_reason(target, reason_of(code, parameters, language))
