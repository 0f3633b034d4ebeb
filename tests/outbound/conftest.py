"""What tests of what goes out may ask for."""

from collections.abc import AsyncIterator

import pytest

from tests.servers.sink import Sink, sink


@pytest.fixture
async def relay() -> AsyncIterator[Sink]:
    """A relay that keeps what it is given."""
    async with sink() as kept:
        yield kept
