"""What tests of what comes in may ask for."""

from collections.abc import AsyncIterator

import pytest

from storage.staff import Staff
from tests.ingest.office import Office, opened
from tests.matcher.people import colleague


@pytest.fixture
async def office(database: str) -> AsyncIterator[Office]:
    """An office on a fresh database."""
    async with opened() as office:
        yield office


@pytest.fixture
async def eva(office: Office) -> Staff:
    """A colleague, eva@firm.example."""
    return await colleague()


@pytest.fixture
async def urs(eva: Staff) -> Staff:
    """A second colleague."""
    return await colleague("urs@firm.example")
