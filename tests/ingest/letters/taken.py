"""What a reader makes of a scan, or why it does not."""

from pathlib import Path

import pytest

from ingest.letters.reading import ReadPage, ScanReader, ScanRefused


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
