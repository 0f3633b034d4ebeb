"""What tests of the running service need besides."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.schema import migrate


@pytest.fixture
def sqlite_at() -> Callable[[Path, str], None]:
    """Make a SQLite file as it was after a migration: `sqlite_at(path, "0002_correspondents")`."""

    def make(path: Path, migration: str) -> None:
        url = f"sqlite:///{path}"
        with asyncio.Runner() as runner:
            runner.run(migrate(url, target=migration))

    return make
