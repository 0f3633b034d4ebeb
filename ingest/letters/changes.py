"""When may something be new in a folder?  The kernel tells (inotify), and else a clock: it does not see all.

Shares of other machines tell nothing, so a folder is looked at every few seconds in any case.
"""

import asyncio
import ctypes
import ctypes.util
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

_IN_CLOSE_WRITE, _IN_MOVED_TO, _IN_CREATE = 0x008, 0x080, 0x100  # sys/inotify.h
_IN_ONLYDIR = 0x01000000
_READ_OCTETS = 64 * 1024


@dataclass(slots=True)
class Changes:
    """Rings when something is written to or moved into one of some folders."""

    _bell: asyncio.Event = field(default_factory=asyncio.Event)
    _file: int | None = None

    @property
    def is_told(self) -> bool:
        """Whether the kernel tells of changes."""
        return self._file is not None

    async def wait(self, seconds: float) -> None:
        """Return when something changed, or after some seconds."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._bell.wait(), seconds)
        self._bell.clear()

    def _read(self) -> None:
        with suppress(OSError):
            while self._file is not None and os.read(self._file, _READ_OCTETS):
                self._bell.set()


@contextmanager
def watching(folders: Sequence[Path]) -> Iterator[Changes]:
    """Yield what tells of changes in folders; where the kernel does not, only the clock does."""
    changes, file = Changes(), _watched(folders)
    loop = asyncio.get_running_loop()
    if file is None:
        yield changes
        return
    changes._file = file  # noqa: SLF001 - made here
    loop.add_reader(file, changes._read)  # noqa: SLF001
    try:
        yield changes
    finally:
        loop.remove_reader(file)
        changes._file = None  # noqa: SLF001
        os.close(file)


def _watched(folders: Sequence[Path]) -> int | None:
    """Return the file of the kernel's news of folders; None where there is none."""
    libc = ctypes.CDLL(ctypes.util.find_library("c"), use_errno=True)
    if not hasattr(libc, "inotify_init1"):
        return None
    file = int(libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC))
    if file < 0:
        return None
    events = _IN_CLOSE_WRITE | _IN_MOVED_TO | _IN_CREATE | _IN_ONLYDIR
    added = [libc.inotify_add_watch(file, os.fsencode(folder), events) for folder in folders]
    if any(one >= 0 for one in added):
        return file
    os.close(file)
    return None
