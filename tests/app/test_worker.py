"""The worker: what fails stops nothing else, and nothing is forgotten."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest

from app.relaying import letterhead_of, sending
from app.settings import Settings
from app.wiring import kinds, kinds_apart, kinds_of_scans
from app.worker import Kind, Worker
from storage.connect import StorageUnavailable, transaction
from storage.jobs import (
    MOST_ATTEMPTS,
    PAYLOADS,
    Claimed,
    FileMessage,
    Job,
    JobQueue,
    JobState,
    Payload,
    TableQueue,
    TryLater,
    dead_jobs,
    payload_of,
    release_claimed,
    retry_dead,
    waiting,
)

pytestmark = pytest.mark.usefixtures("database")


@dataclass
class Filing:
    """Files messages as the real one does, and fails as it is told, by message."""

    failing: dict[int, Exception] = field(default_factory=dict)
    filed: list[int] = field(default_factory=list)
    given_up: list[int] = field(default_factory=list)
    batches: list[int] = field(default_factory=list)
    pause: float = 0.0

    async def perform(self, jobs: Sequence[Claimed], *, queue: JobQueue) -> None:
        self.batches.append(len(jobs))
        await asyncio.sleep(self.pause)
        async with transaction():
            for job in jobs:
                if error := self.failing.get(payload_of(job, FileMessage).message_id):
                    raise error
            await queue.done(jobs)
        self.filed += [payload_of(job, FileMessage).message_id for job in jobs]

    async def give_up(self, payload: Payload) -> None:
        self.given_up.append(cast(FileMessage, payload).message_id)


async def _enqueue(*numbers: int) -> None:
    async with transaction():
        await TableQueue().enqueue([FileMessage(number) for number in numbers])


@asynccontextmanager
async def _working(filing: Filing) -> AsyncIterator[Worker]:
    kinds = {FileMessage.kind: Kind(filing.perform, filing.give_up)}
    worker = Worker(TableQueue(), kinds, poll_seconds=0.02)
    task = asyncio.create_task(worker.run())
    try:
        yield worker
    finally:
        worker.stop()
        await asyncio.wait_for(task, 10)


async def _until(condition: object, *, seconds: float = 10) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # type: ignore[operator]
            await asyncio.sleep(0.01)


async def _until_no_job_is(*states: JobState) -> None:
    async with asyncio.timeout(10):
        while sum(number for state, number in (await waiting()).items() if state in states):
            await asyncio.sleep(0.01)


async def test_waiting_jobs_are_done_in_batches() -> None:
    filing = Filing()
    await _enqueue(*range(1, 101))
    async with _working(filing):
        await _until(lambda: len(filing.filed) == 100)
    assert filing.batches == [64, 36]
    assert set((await waiting()).values()) == {0}


async def test_a_bug_with_one_message_stops_no_other() -> None:
    filing = Filing(failing={7: ZeroDivisionError("a bug")})
    await _enqueue(*range(1, 21))
    async with _working(filing):
        await _until(lambda: len(filing.filed) == 19)
        await _until_no_job_is(JobState.READY, JobState.CLAIMED)
        await _enqueue(21)
        await _until(lambda: 21 in filing.filed)
    assert sorted(filing.filed) == [n for n in range(1, 22) if n != 7]
    assert filing.given_up == [7]
    (dead,) = await dead_jobs()
    assert dead.payload == FileMessage(7)
    assert dead.error == "ZeroDivisionError: a bug"


async def test_a_dead_job_is_done_after_the_bug_is_gone_and_it_is_queued_anew() -> None:
    filing = Filing(failing={7: ZeroDivisionError("a bug")})
    await _enqueue(7)
    async with _working(filing):
        await _until(lambda: filing.given_up == [7])
        filing.failing.clear()
        await _until_no_job_is(JobState.CLAIMED)
        assert await retry_dead() == 1
        await _until(lambda: filing.filed == [7])
    assert await dead_jobs() == []


@pytest.mark.parametrize("error", [TryLater("away"), StorageUnavailable("full")])
async def test_what_may_work_later_is_put_off(error: Exception) -> None:
    filing = Filing(failing={7: error})
    await _enqueue(7)
    async with _working(filing):
        await _until(lambda: filing.batches)
        await _until_no_job_is(JobState.CLAIMED)
    job = await Job.get()
    assert (job.state, job.attempts) == (JobState.READY, 1)
    assert job.due_at > datetime.now(UTC) + timedelta(seconds=2)
    assert filing.given_up == []


async def test_one_that_must_wait_holds_up_no_other_of_its_batch() -> None:
    filing = Filing(failing={2: TryLater("away")})
    await _enqueue(1, 2, 3)
    async with _working(filing):
        await _until(lambda: sorted(filing.filed) == [1, 3])
        await _until_no_job_is(JobState.CLAIMED)
    assert (await waiting())[JobState.READY] == 1


async def test_a_job_that_waited_too_often_is_given_up() -> None:
    filing = Filing(failing={7: TryLater("away")})
    await _enqueue(7)
    await Job.filter(state=JobState.READY).update(attempts=MOST_ATTEMPTS - 1)
    async with _working(filing):
        await _until(lambda: filing.given_up == [7])
    assert len(await dead_jobs()) == 1


async def test_a_job_that_the_service_dies_of_is_given_up_in_the_end() -> None:
    filing = Filing()
    await _enqueue(7)
    await Job.filter(state=JobState.READY).update(attempts=MOST_ATTEMPTS)
    async with _working(filing):
        await _until(lambda: filing.given_up == [7])
    assert filing.batches == []


async def test_one_that_failed_before_is_tried_apart_from_the_others() -> None:
    filing = Filing()
    await _enqueue(1, 2, 3)
    await Job.filter(id=(await Job.first()).id).update(attempts=1)  # type: ignore[union-attr]
    async with _working(filing):
        await _until(lambda: len(filing.filed) == 3)
    assert sorted(filing.batches) == [1, 2]


async def test_the_bell_wakes_the_worker_at_once() -> None:
    filing = Filing()
    worker = Worker(TableQueue(), {FileMessage.kind: Kind(filing.perform)}, poll_seconds=60)
    task = asyncio.create_task(worker.run())
    await asyncio.sleep(0.1)
    await _enqueue(1)
    worker.ring()
    await _until(lambda: filing.filed == [1], seconds=5)
    worker.stop()
    await asyncio.wait_for(task, 5)


async def test_stopping_finishes_the_batch_at_hand() -> None:
    filing = Filing(pause=0.3)
    await _enqueue(1, 2)
    async with _working(filing):
        await _until(lambda: filing.batches)
    assert filing.filed == [1, 2]
    assert set((await waiting()).values()) == {0}


async def test_somebody_does_every_kind_of_job(tmp_path: Path) -> None:
    head = letterhead_of(Settings(data_folder=tmp_path), staff_url="")
    settings = Settings(data_folder=tmp_path)
    async with kinds_apart(settings) as apart, kinds_of_scans(settings) as of_scans:
        those = [set(kinds(b"k" * 32)), set(sending(None, head)), set(apart), set(of_scans)]
    assert set.union(*those) == set(PAYLOADS)
    assert sum(map(len, those)) == len(PAYLOADS)


async def test_jobs_of_a_worker_that_was_killed_are_due_at_the_next_start() -> None:
    filing = Filing(pause=60)
    await _enqueue(1)
    task = asyncio.create_task(Worker(TableQueue(), {FileMessage.kind: Kind(filing.perform)}).run())
    await _until(lambda: filing.batches)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    assert await TableQueue().claim(10) == []
    assert await release_claimed() == 1
    (again,) = await TableQueue().claim(10)
    assert again.attempt == 2
