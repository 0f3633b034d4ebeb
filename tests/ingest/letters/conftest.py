"""What tests of letters may ask for: a reader with narrow limits, and a desk where scans are filed."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from ingest.letters.limits import ScanLimits
from ingest.letters.reading import ScanReader
from tests.ingest.letters.standing_in import Desk

LIMITS = ScanLimits(workers=1, pages=20, pixels=20_000_000, octets=30_000_000)


@pytest.fixture
async def reader() -> AsyncIterator[ScanReader]:
    """Yield a reader with one worker, for at most 20 pages of 20 million pixels."""
    async with ScanReader(LIMITS) as reader:
        yield reader


@pytest.fixture
def desk(database: str, tmp_path: Path) -> Desk:
    """Where scans are taken and filed."""
    return Desk(tmp_path)
