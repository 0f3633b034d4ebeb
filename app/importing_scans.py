"""How are scans imported that are files already?  Taken as others are, and read by the service, or here without one."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from app.presence import running
from app.settings import Settings
from app.wiring import intake, kinds_of_scans
from app.worker import APART_AT_ONCE, worker_of
from ingest.letters.intake import NoScan, ScanNote
from ingest.letters.kinds import LOOKED_AT, scan_kind
from ingest.letters.refusals import reason_of
from storage import letters
from storage.jobs import ReadScan, release_claimed
from storage.scans import ScanSource, ScanState

_LOOK_EVERY_SECONDS = 0.2
_CANCEL_AGAIN_SECONDS = 1.0
_UNDONE = (ScanState.WAITING, ScanState.READING)


@dataclass(slots=True)
class TakenScans:
    """What became of files: how many are new or were known, and which were not taken and why."""

    new: int = 0
    known: int = 0
    left_out: list[tuple[str, str]] = field(default_factory=list)


def files_of(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield files, and those in folders and below, in the order of their names; no hidden ones, no links."""
    for path in paths:
        if path.is_dir():
            for one in sorted(path.rglob("*")):
                parts = one.relative_to(path).parts
                if one.is_file() and not one.is_symlink() and not any(part.startswith(".") for part in parts):
                    yield one
        else:
            yield path


async def import_scans(
    settings: Settings,
    paths: Sequence[Path],
    staff_id: int | None,
    *,
    is_outgoing: bool,
) -> TakenScans:
    """Take all scans of *paths*, and return when they are read."""
    taken = TakenScans()
    async with _read_meanwhile(settings) as ring:
        take = intake(settings, ring)
        for path in files_of(paths):
            with path.open("rb") as file:
                if scan_kind(file.read(LOOKED_AT)) is None:
                    taken.left_out.append((str(path), reason_of("unknown-kind", {}, "en")))
                    continue
                note = ScanNote(
                    name=path.name,
                    source=ScanSource.ARCHIVE,
                    received_at=datetime.fromtimestamp(path.stat().st_mtime, UTC),
                    is_outgoing=is_outgoing,
                    staff_id=staff_id,
                )
                try:
                    kept = await take(file, note)
                except NoScan as refused:
                    reason = reason_of(refused.code, refused.parameters, "en")
                    taken.left_out.append((str(path), reason))
                    continue
            taken.new += not kept.known
            taken.known += kept.known
        waiting = await _waiting()
        while waiting:
            await asyncio.sleep(_LOOK_EVERY_SECONDS)
            waiting = await _waiting()
    return taken


async def _waiting() -> int:
    counts = await letters.counts()
    return sum(counts[state] for state in _UNDONE)


@asynccontextmanager
async def _read_meanwhile(settings: Settings) -> AsyncIterator[Callable[[], None]]:
    """Read scans meanwhile, unless a service does; yield what tells that there are some."""
    if running(settings.data_folder):
        yield lambda: None
        return
    async with kinds_of_scans(settings) as kinds:
        await release_claimed([ReadScan.kind])
        worker = worker_of(kinds, at_once=APART_AT_ONCE)
        task = asyncio.create_task(worker.run(), name="worker of scans")
        try:
            yield worker.ring
        finally:
            worker.stop()
            while not task.done():
                task.cancel()
                await asyncio.wait({task}, timeout=_CANCEL_AGAIN_SECONDS)
