"""A database that somebody else holds: who sends is asked to come again, nothing is kept twice."""

import asyncio
import random
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from app.worker import Kind, Worker
from storage.connect import sqlite_path, transaction
from storage.jobs import Claimed, FileMessage, JobQueue, TableQueue, dead_jobs
from tests.durability.books import opened, require_each_once
from tests.durability.load import Mail, mail
from tests.ingest.speaking import peer
from tests.running import running


async def test_mail_is_put_off_while_the_database_is_locked(tmp_path: Path) -> None:
    path = tmp_path / "postbuch.db"
    url = f"sqlite:///{path}"
    async with running(tmp_path):
        pass  # makes the tables
    address, by = await opened(url), random.Random(1)
    filed_before, *offered = [mail(f"number {number}", size=1_000, by=by) for number in range(4)]
    async with running(tmp_path) as service:
        async with peer(service.smtp_port) as speaking:
            assert (await speaking.send(filed_before.octets, address)).startswith("250")
            with _locked(path):
                answers = await asyncio.gather(
                    *[_offered(service.smtp_port, one, address) for one in offered]
                )
            assert [answer[:9] for answer in answers] == ["451 4.3.0"] * len(offered)
            # The first of them again after a lost answer, say: known by then.
            for one in [*offered, offered[0]]:
                assert (await speaking.send(one.octets, address)).startswith("250")
        await service.settled(seconds=60)
        assert await service.stop() == 0
    await require_each_once(url, [filed_before, *offered])


async def _offered(port: int, one: Mail, address: str) -> str:
    async with peer(port) as speaking:
        return await speaking.send(one.octets, address)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the write lock, as a command that hangs would."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=30)
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")
    finally:
        connection.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_jobs_caught_by_the_lock_are_done_soon_after_it(database: str) -> None:
    """Not even that they are to be put off can be written down: that must not cost them their lease."""
    path, done = sqlite_path(database), asyncio.Event()
    holding = ExitStack()

    async def perform(jobs: Sequence[Claimed], *, queue: JobQueue) -> None:
        if jobs[0].attempt == 1:
            holding.enter_context(_locked(path))
        async with transaction():
            await queue.done(jobs)
        done.set()

    async with transaction():
        await TableQueue().enqueue([FileMessage(1), FileMessage(2)])
    worker = Worker(TableQueue(), {FileMessage.kind: Kind(perform)})
    with holding:
        task = asyncio.create_task(worker.run())
        await asyncio.sleep(12)  # it waits for the lock twice
        assert not done.is_set()
    await asyncio.wait_for(done.wait(), 60)
    worker.stop()
    await task
    assert await dead_jobs() == []
