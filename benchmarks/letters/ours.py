"""What our reader makes of scans: their pages, how long that takes, and how much memory its processes have."""

import asyncio
import contextlib
import re
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ingest.letters.reading import ScanReader, ScanRefused, joined
from mail.letter import Page

_AT_A_TIME: Final = 3  # so that each worker has a page while another scan is opened or put together
_LOOK_EVERY_SECONDS: Final = 0.2


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of one scan: its *pages*, the *seconds* until its searchable PDF was written, or why not."""

    scan: Path
    pages: tuple[Page, ...]
    seconds: float
    refused: str = ""


async def readings(scans: Sequence[Path]) -> AsyncIterator[Reading]:
    """Yield what is read of each scan, in the order in which they are ready."""
    places = asyncio.Semaphore(_AT_A_TIME)
    with tempfile.TemporaryDirectory(prefix="postbuch-letters-") as folder:
        async with ScanReader() as reader:

            async def one(at: int, scan: Path) -> Reading:
                async with places:
                    return await _reading(reader, scan, Path(folder) / str(at))

            for done in asyncio.as_completed([one(at, scan) for at, scan in enumerate(scans)]):
                yield await done


async def _reading(reader: ScanReader, scan: Path, folder: Path) -> Reading:
    """Return what is read of a scan, its searchable PDF written to a folder."""
    await asyncio.to_thread(folder.mkdir)
    begun = time.perf_counter()
    try:
        read = [page async for page in reader.read(scan, folder)]
    except ScanRefused as error:
        return Reading(scan, (), time.perf_counter() - begun, str(error.code))
    await asyncio.to_thread(joined, [page.searchable for page in read], folder / "letter.pdf")
    return Reading(scan, tuple(page.page for page in read), time.perf_counter() - begun)


@dataclass(slots=True)
class Memory:
    """How many megabytes processes had at most: by what they run."""

    most: dict[str, float]

    @property
    def of_worker(self) -> float:
        """Return what a worker and the program beside it had together at most."""
        return sum(self.most.values())

    def __str__(self) -> str:
        """Return a line of it."""
        return ", ".join(f"{name} {megabytes:.0f} MB" for name, megabytes in sorted(self.most.items()))


@contextlib.asynccontextmanager
async def memory_of_workers(memory: Memory) -> AsyncIterator[None]:
    """Note what the processes below this one have at most while a block runs."""

    async def look() -> None:
        while True:
            for name, megabytes in _below(Path("/proc/self")):
                memory.most[name] = max(memory.most.get(name, 0.0), megabytes)
            await asyncio.sleep(_LOOK_EVERY_SECONDS)

    looking = asyncio.create_task(look())
    try:
        yield
    finally:
        looking.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await looking


def _below(parent: Path) -> Iterator[tuple[str, float]]:
    """Yield the name of each process below another, and the megabytes it had in memory at most."""
    for children in parent.glob("task/*/children"):
        with contextlib.suppress(OSError):
            for child in children.read_text(encoding="ascii").split():
                own = Path("/proc") / child
                status = (own / "status").read_text(encoding="utf-8")
                name, most = re.search(r"Name:\s+(\S+)", status), re.search(r"VmHWM:\s+(\d+) kB", status)
                if name and most:
                    yield name[1], int(most[1]) * 1024 / 1_000_000
                yield from _below(own)
