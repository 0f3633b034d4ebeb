"""A source of scans: folders into which a scanner writes.

A file is taken once it rests: neither size nor time has changed for a while, and nobody is
known to write it still.  It is moved to `done/` only after it is committed; a crash in between
offers it again, and the same file is one scan.
"""

import asyncio
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import BinaryIO

import structlog

from ingest.letters.changes import watching
from ingest.letters.intake import AcceptScan, NoScan, ScanNote
from ingest.letters.rejecting import DONE, REJECTED, beside, reject_at_once
from storage import scan_reading
from storage.connect import StorageUnavailable
from storage.scans import ScanSource, ScanState

_TEMPORARY = (".part", ".tmp", ".temp", ".crdownload", ".filepart", ".partial", ".swp", ".lock", "~")
_AGAIN_SECONDS = 10.0
_NOT_TO_BLOCK = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class WatchedFolder:
    """A folder with scans of letters that came, or (*is_outgoing*) that we send."""

    path: Path
    is_outgoing: bool = False


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a file was like when it was looked at, and since when it is so."""

    size: int
    changed: int
    since: float


@dataclass(slots=True)
class FolderSource:
    """Takes scans out of folders; a file rests after *rest_seconds*, they are looked at every *poll_seconds*.

    Taken files go to `done/`, or (*keep_done* off) are deleted.  *language* is that of the texts
    beside rejected files.
    """

    folders: Sequence[WatchedFolder]
    poll_seconds: float = 5.0
    rest_seconds: float = 2.0
    keep_done: bool = True
    language: str = "en"
    _seen: dict[Path, _Seen] = field(default_factory=dict)
    _again_at: dict[Path, float] = field(default_factory=dict)

    async def run(self, accept: AcceptScan) -> None:
        """Take scans until cancelled.  A folder that is away is waited for."""
        for folder in self.folders:
            await asyncio.to_thread(_make, folder.path)
        with watching([folder.path for folder in self.folders]) as changes:
            while True:
                wait = await self.look(accept)
                await changes.wait(wait)

    async def look(self, accept: AcceptScan) -> float:
        """Take what rests in the folders, and return after how many seconds to look again."""
        found = [
            (folder, path) for folder in self.folders for path in await asyncio.to_thread(_files, folder.path)
        ]
        there = {path for _, path in found}
        self._seen = {path: seen for path, seen in self._seen.items() if path in there}
        self._again_at = {path: at for path, at in self._again_at.items() if path in there}
        waiting = False
        for folder, path in found:
            if monotonic() < self._again_at.get(path, 0):
                continue
            if not self._rests(path):
                waiting = True
            elif not await self._take(folder, path, accept):
                self._again_at[path] = monotonic() + _AGAIN_SECONDS
        return min(self.poll_seconds, self.rest_seconds / 2) if waiting else self.poll_seconds

    def _rests(self, path: Path) -> bool:
        """Tell whether a file has not changed for a while."""
        try:
            now = path.stat()
        except OSError:
            return False
        before = self._seen.get(path)
        if before is None or (before.size, before.changed) != (now.st_size, now.st_mtime_ns):
            self._seen[path] = _Seen(now.st_size, now.st_mtime_ns, monotonic())
            return self.rest_seconds == 0
        return monotonic() - before.since >= self.rest_seconds

    async def _take(self, folder: WatchedFolder, path: Path, accept: AcceptScan) -> bool:
        """Take one file over and put it away; False if it is to be tried again later."""
        note = ScanNote(
            name=path.name,
            source=ScanSource.FOLDER,
            received_at=datetime.now(UTC),
            place=str(folder.path),
            is_outgoing=folder.is_outgoing,
        )
        try:
            refused = await self._accepted(path, note, accept)
            if refused:
                await asyncio.to_thread(self._reject, folder, path, refused)
        except (OSError, StorageUnavailable) as error:
            _log.warning("scan cannot be taken yet", folder=str(folder.path), error=type(error).__name__)
            return False
        return True

    async def _accepted(self, path: Path, note: ScanNote, accept: AcceptScan) -> NoScan | None:
        """Take a file over and put it away; return why it is no scan, as it may have turned out before."""
        try:
            with _opened(path) as file:
                kept = await accept(file, note)
        except NoScan as refused:
            return refused
        if (
            kept.known
            and kept.state is ScanState.REJECTED
            and (scan := await scan_reading.scan(kept.scan_id))
        ):
            return NoScan(scan.problem, **scan.problem_parameters)
        await asyncio.to_thread(self._put_away, path, kept.digest)
        return None

    def _put_away(self, path: Path, digest: str) -> None:
        if not self.keep_done:
            path.unlink(missing_ok=True)
            return
        done = path.parent / DONE
        done.mkdir(exist_ok=True)
        path.replace(done / beside(path.name, digest))

    def _reject(self, folder: WatchedFolder, path: Path, refused: NoScan) -> None:
        reject_at_once(path, folder.path, path.name, refused.code, refused.parameters, self.language)
        _log.info("scan rejected", folder=str(folder.path), why=refused.code)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        _log.warning("folder for scans cannot be made", folder=str(folder), error=error.strerror)


def _files(folder: Path) -> list[Path]:
    """Return the files of a folder that may be scans, the oldest first."""
    try:
        with os.scandir(folder) as entries:
            found = [(entry.stat().st_mtime_ns, Path(entry.path)) for entry in entries if _may_be_scan(entry)]
    except OSError as error:
        _log.warning("folder with scans cannot be read", folder=str(folder), error=error.strerror)
        return []
    return [path for _, path in sorted(found)]


def _may_be_scan(entry: os.DirEntry[str]) -> bool:
    name = entry.name.lower()
    is_temporary = name.startswith((".", "~")) or name.endswith(_TEMPORARY) or name in {DONE, REJECTED}
    return not is_temporary and entry.is_file(follow_symlinks=False)


def _opened(path: Path) -> BinaryIO:
    """Open a regular file; OSError for what else may have come in its place."""
    number = os.open(path, _NOT_TO_BLOCK)
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise OSError("no regular file")
    return os.fdopen(number, "rb")
