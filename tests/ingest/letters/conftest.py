"""What tests of scans share: a reader with narrow limits."""

from collections.abc import AsyncIterator

import pytest

from ingest.letters.limits import ScanLimits
from ingest.letters.reading import ScanReader

LIMITS = ScanLimits(workers=1, pages=20, pixels=20_000_000, octets=30_000_000)


@pytest.fixture
async def reader() -> AsyncIterator[ScanReader]:
    """Yield a reader with one worker, for at most 20 pages of 20 million pixels."""
    async with ScanReader(LIMITS) as reader:
        yield reader
