"""What our reader makes of scans: their pages, and how long that takes."""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ingest.letters.reading import ScanReader, ScanRefused, joined
from mail.letter import Page

_AT_A_TIME: Final = 3  # so that each worker has a page while another scan is opened or put together


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
