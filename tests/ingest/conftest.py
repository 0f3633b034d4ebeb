"""What tests of what comes in may ask for."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from storage.secrets import Seal
from storage.staff import Staff
from tests.ingest.office import Office, opened
from tests.matcher.people import colleague
from tests.servers.dovecot import Dovecot, dovecot


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
def server() -> Iterator[Dovecot]:
    """A server on which eva and urs have mailboxes."""
    with dovecot() as server:
        server.add_user("eva")
        server.add_user("urs")
        yield server


@pytest.fixture
def seal(tmp_path: Path) -> Seal:
    """What seals passwords."""
    return Seal(tmp_path)


@pytest.fixture
async def urs(eva: Staff) -> Staff:
    """A second colleague."""
    return await colleague("urs@firm.example")
