"""Transactions are whole, readers do not wait, and trouble says: later."""

import asyncio
import sqlite3
from pathlib import Path

import pytest
from tortoise.connection import get_connection

from storage.connect import StorageUnavailable, WrongDatabaseURL, connected, is_sqlite, transaction
from storage.staff import Team


@pytest.mark.usefixtures("database")
async def test_what_is_written_is_read_in_and_after_the_transaction() -> None:
    async with transaction():
        await Team.create(name="Verkauf")
        assert await Team.all().count() == 1
    assert await Team.all().count() == 1


@pytest.mark.usefixtures("database")
async def test_a_reader_sees_the_last_commit_while_a_transaction_is_open() -> None:
    opened, seen = asyncio.Event(), asyncio.Event()

    async def write() -> None:
        async with transaction():
            await Team.create(name="Einkauf")
            opened.set()
            await seen.wait()

    writing = asyncio.create_task(write())
    await opened.wait()
    assert await asyncio.wait_for(Team.all().count(), 2) == 0
    seen.set()
    await writing
    assert await Team.all().count() == 1


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("steps", range(16))
async def test_a_transaction_cancelled_at_any_moment_holds_up_nobody(steps: int) -> None:
    async def write() -> None:
        async with transaction():
            await Team.create(name="half")
            await asyncio.Event().wait()

    cancelled = asyncio.create_task(write())
    for _ in range(steps):
        await asyncio.sleep(0.0005 * (steps % 3))
    cancelled.cancel()
    async with asyncio.timeout(10):
        async with transaction():
            await Team.create(name="whole")
        await asyncio.wait([cancelled])
    assert [row.name for row in await Team.all()] == ["whole"]


async def test_a_database_locked_by_another_process_means_later_and_recovers(
    sqlite_template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.connect._BUSY_MILLISECONDS", 50)
    other = sqlite3.connect(sqlite_template, isolation_level=None)
    async with connected(f"sqlite:///{sqlite_template}"):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageUnavailable):
            async with transaction():
                await Team.create(name="Versand")
        other.execute("ROLLBACK")
        other.close()
        async with transaction():
            await Team.create(name="Versand")
        assert await Team.filter(name="Versand").delete() == 1


async def test_a_full_disk_means_later_and_leaves_nothing_half_written(
    sqlite_template: Path, tmp_path: Path
) -> None:
    path = tmp_path / "small.db"
    path.write_bytes(sqlite_template.read_bytes())
    async with connected(f"sqlite:///{path}"):
        await get_connection("default").execute_script("PRAGMA max_page_count = 1")
        with pytest.raises(StorageUnavailable):
            async with transaction():
                for number in range(2_000):
                    await Team.create(name=f"{number:0200}")
        await get_connection("default").execute_script("PRAGMA max_page_count = 1000000")
        assert await Team.all().count() == 0
        async with transaction():
            await Team.create(name="again")
        assert await Team.all().count() == 1


def test_any_other_database_is_refused_with_what_to_write() -> None:
    with pytest.raises(WrongDatabaseURL, match="postgres://user"):
        is_sqlite("mysql://localhost/x")
