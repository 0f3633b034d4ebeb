"""The queue: each job once at a time, at least once, and never silently lost."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from storage.connect import connected, transaction
from storage.jobs import (
    MOST_ATTEMPTS,
    MOST_BEGUN_BEFORE,
    FileMessage,
    Job,
    JobState,
    TableQueue,
    dead_jobs,
    retry_dead,
    waiting,
)

pytestmark = pytest.mark.usefixtures("database")


async def _enqueue(queue: TableQueue, *numbers: int) -> None:
    async with transaction():
        await queue.enqueue([FileMessage(number) for number in numbers])


async def test_a_job_is_claimed_once_and_gone_when_done() -> None:
    queue = TableQueue()
    await _enqueue(queue, 1, 2)
    claimed = await queue.claim(10)
    assert [job.payload for job in claimed] == [FileMessage(1), FileMessage(2)]
    assert await queue.claim(10) == []
    await queue.done(claimed)
    assert set((await waiting()).values()) == {0}


async def test_two_waiting_jobs_for_one_message_are_one() -> None:
    queue = TableQueue()
    await _enqueue(queue, 1, 1)
    await _enqueue(queue, 1)
    assert len(await queue.claim(10)) == 1


async def test_a_job_enqueued_while_its_twin_is_claimed_is_not_lost() -> None:
    queue = TableQueue()
    await _enqueue(queue, 1)
    first = await queue.claim(10)
    await _enqueue(queue, 1)
    await queue.done(first)
    assert [job.payload for job in await queue.claim(10)] == [FileMessage(1)]


async def test_what_is_enqueued_in_a_failed_transaction_never_was() -> None:
    queue = TableQueue()
    with pytest.raises(ZeroDivisionError):
        async with transaction():
            await queue.enqueue([FileMessage(1)])
            raise ZeroDivisionError
    assert await queue.claim(10) == []


async def test_a_claim_whose_lease_ended_is_offered_again() -> None:
    await _enqueue(TableQueue(), 1)
    first = await TableQueue(lease=timedelta(0)).claim(10)
    second = await TableQueue().claim(10)
    assert (first[0].id, first[0].attempt, second[0].attempt) == (second[0].id, 1, 2)


async def test_a_job_put_off_waits_and_dies_after_its_last_attempt() -> None:
    queue = TableQueue()
    await _enqueue(queue, 1)
    for attempt in range(1, MOST_ATTEMPTS + 1):
        (job,) = await queue.claim(10)
        assert await queue.later(job, "the disk is full") == (attempt < MOST_ATTEMPTS)
        assert await queue.claim(10) == []
        await _let_time_pass()
    (dead,) = await dead_jobs()
    assert (dead.payload, dead.attempts, dead.error) == (FileMessage(1), MOST_ATTEMPTS, "the disk is full")


async def test_a_dead_job_is_queued_anew_by_hand() -> None:
    queue = TableQueue()
    await _enqueue(queue, 1, 2)
    for job in await queue.claim(10):
        await queue.dead(job, "a bug")
    (first, _) = await dead_jobs()
    assert await retry_dead([first.id]) == 1
    assert [job.id for job in await queue.claim(10)] == [first.id]
    assert await retry_dead() == 1


async def test_no_job_is_handed_out_twice_to_workers_that_claim_at_once(database_url: str) -> None:
    await _enqueue(TableQueue(), *range(200))
    handed_out = [job for jobs in await asyncio.gather(*map(_claims, [database_url] * 4)) for job in jobs]
    assert sorted(handed_out) == sorted(set(handed_out))
    assert len(handed_out) == 200


async def _claims(url: str) -> list[int]:
    claimed: list[int] = []
    async with connected(url):
        while jobs := await TableQueue().claim(7):
            claimed += [job.id for job in jobs]
    return claimed


async def _let_time_pass() -> None:
    await Job.filter(state=JobState.READY).update(due_at=datetime(2020, 1, 1, tzinfo=UTC))


async def test_only_a_few_that_were_begun_before_are_claimed_at_a_time() -> None:
    """If the service dies of one, the others have lost an attempt too."""
    queue = TableQueue()
    await _enqueue(queue, *range(1, 21))
    await Job.filter(id__lte=(await Job.first()).id + 9).update(attempts=1)  # type: ignore[union-attr]
    first = await queue.claim(20)
    assert [job.attempt for job in first] == [2] * MOST_BEGUN_BEFORE + [1] * 10
    assert len(await queue.claim(20)) == MOST_BEGUN_BEFORE
