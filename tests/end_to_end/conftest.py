"""What tests of the whole may ask for."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser

from tests.servers.chromium import chromium


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A Chromium without a screen."""
    async with chromium() as running:
        yield running
