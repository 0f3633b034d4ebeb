"""What a reader makes of a scan, or why it does not."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from ingest.letters.limits import ScanLimits
from ingest.letters.reading import ReadPage, ScanReader, ScanRefused

LIMITS = ScanLimits(workers=1, pages=20, pixels=20_000_000, octets=30_000_000)


async def a_reader() -> AsyncIterator[ScanReader]:
    """Yield a reader with one worker, for at most 20 pages of 20 million pixels."""
    async with ScanReader(LIMITS) as reader:
        yield reader


async def pages_of(reader: ScanReader, scan: Path) -> list[ReadPage]:
    """Return the pages of a scan; their files are in a folder beside it."""
    folder = scan.parent / f"pages-of-{scan.name}"
    folder.mkdir(exist_ok=True)
    return [page async for page in reader.read(scan, folder)]


async def refusal_of(reader: ScanReader, scan: Path) -> ScanRefused:
    """Return why a scan is refused."""
    with pytest.raises(ScanRefused) as refused:
        await pages_of(reader, scan)
    return refused.value
