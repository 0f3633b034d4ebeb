"""Who does the jobs?  One worker: it claims some, does them, and claims again.

Three ways to fail (see docs/decisions): *later* puts a job off, a bug gives the
one job up as dead, and either way the loop goes on.  What a person must decide is
no failure: the job files it as held.
"""

import asyncio
import traceback
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby
from time import monotonic
from typing import Protocol

import structlog

from storage.connect import StorageUnavailable, transaction, unavailable_means_later
from storage.jobs import MOST_ATTEMPTS, Claimed, JobQueue, Payload, TableQueue, TryLater, release_claimed

MOST_AT_ONCE, APART_AT_ONCE = 64, 1  # jobs apart take long, and must end within the lease
POLL_SECONDS = 1.0
_LONGEST_ERROR = 500
_log = structlog.get_logger(__name__)

GiveUp = Callable[[Payload], Awaitable[None]]


class Perform(Protocol):
    """Does jobs of one kind: writes their results and `queue.done(jobs)` in one transaction.

    When it raises, nothing of the batch is done; each is then tried alone.
    """

    async def __call__(self, jobs: Sequence[Claimed], *, queue: JobQueue) -> None:
        """Do *jobs*."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What is known of a kind of job: how it is done, and what is noted when it is given up."""

    perform: Perform
    give_up: GiveUp | None = None


@dataclass(frozen=True, slots=True)
class _Undone:
    """A job that could not be done, and whether it may be later."""

    job: Claimed
    error: str
    later: bool = False


@dataclass(slots=True)
class Worker:
    """Does the jobs of *queue*, as *kinds* says, until it is stopped."""

    queue: JobQueue
    kinds: Mapping[str, Kind]
    poll_seconds: float = POLL_SECONDS
    at_once: int = MOST_AT_ONCE
    _bell: asyncio.Event = field(default_factory=asyncio.Event)
    _undone: deque[_Undone] = field(default_factory=deque)
    _claim_is_unclear: bool = False
    _stopping: bool = False
    _seen_at: float = field(default_factory=monotonic)

    def ring(self) -> None:
        """Wake the worker: there is a new job."""
        self._bell.set()

    def stop(self) -> None:
        """Let `run` return when the batch at hand is finished."""
        self._stopping = True
        self._bell.set()

    @property
    def silent_seconds(self) -> float:
        """How long ago the worker last looked for jobs."""
        return monotonic() - self._seen_at

    async def run(self) -> None:
        """Do jobs until `stop`; a job's failure never ends it."""
        while not self._stopping:
            self._bell.clear()
            if not await self._turn():
                await self._wait()

    async def _turn(self) -> bool:
        """Do what is due, and tell whether there was something."""
        self._seen_at = monotonic()
        try:
            await self._settle_undone()
            jobs = await self._claimed()
        except StorageUnavailable as error:
            _log.warning("jobs cannot be read", error=str(error))
            return False
        for batch in _batches(jobs):
            self._seen_at = monotonic()
            await self._do(batch)
            with suppress(StorageUnavailable):  # the next turn tries again
                await self._settle_undone()
        return bool(jobs)

    async def _claimed(self) -> Sequence[Claimed]:
        """Claim jobs.  A claim may be committed and its answer lost: those jobs are nobody's."""
        if self._claim_is_unclear:
            with unavailable_means_later():
                await release_claimed(self.kinds)
        self._claim_is_unclear = True
        jobs = await self.queue.claim(self.at_once)
        self._claim_is_unclear = False
        return jobs

    async def _wait(self) -> None:
        try:
            await asyncio.wait_for(self._bell.wait(), self.poll_seconds)
        except TimeoutError:
            return

    async def _do(self, jobs: Sequence[Claimed]) -> None:
        if jobs[0].attempt > MOST_ATTEMPTS:
            error = "begun too often without an end: the service may have died of it"
            self._undone.append(_Undone(jobs[0], error))
            return
        try:
            with unavailable_means_later():  # what is only read is in no transaction
                await self._performer(jobs[0])(jobs, queue=self.queue)
        except StorageUnavailable as error:
            self._undone += [_Undone(job, _in_words(error), later=True) for job in jobs]
        except Exception as error:  # noqa: BLE001 - one job's bug stops no other
            await self._after(error, jobs)

    async def _after(self, error: Exception, jobs: Sequence[Claimed]) -> None:
        """Look which job of a batch it was; that one is put off or given up."""
        if len(jobs) > 1:
            for job in jobs:
                await self._do([job])
            return
        later = isinstance(error, TryLater)
        if not later:
            # Where, not what: the message of an error may quote a mail.
            where = "".join(traceback.format_tb(error.__traceback__))
            _log.error("job failed", job=jobs[0].id, error=type(error).__name__, where=where)
        self._undone.append(_Undone(jobs[0], _in_words(error), later=later))

    async def _settle_undone(self) -> None:
        """Put undone jobs off or give them up.  StorageUnavailable leaves the rest for another time."""
        while self._undone:
            await self._settle(self._undone[0])
            self._undone.popleft()

    async def _settle(self, undone: _Undone) -> None:
        job = undone.job
        async with transaction():
            if undone.later and await self.queue.later(job, undone.error):
                _log.info("job put off", job=job.id, attempt=job.attempt)
                return
            if not undone.later:
                await self.queue.dead(job, undone.error)
            if give_up := self.kinds[job.payload.kind].give_up:
                await give_up(job.payload)
        _log.error("job given up", job=job.id, kind=job.payload.kind, attempt=job.attempt)

    def _performer(self, job: Claimed) -> Perform:
        return self.kinds[job.payload.kind].perform


def worker_of(kinds: Mapping[str, Kind], *, at_once: int = MOST_AT_ONCE) -> Worker:
    """Return a worker that claims only jobs of its *kinds*, and leaves those of others to others."""
    return Worker(TableQueue(only=frozenset(kinds)), kinds, at_once=at_once)


def _batches(jobs: Iterable[Claimed]) -> Iterable[Sequence[Claimed]]:
    """Group jobs by kind.  One that failed before goes alone: it may take others with it."""
    fresh = sorted((job for job in jobs if job.attempt == 1), key=lambda job: job.payload.kind)
    for _, alike in groupby(fresh, key=lambda job: job.payload.kind):
        yield list(alike)
    for job in jobs:
        if job.attempt > 1:
            yield [job]


def _in_words(error: BaseException) -> str:
    """Return what the queue keeps of an error; databases refuse NUL and lone surrogates."""
    text = f"{type(error).__name__}: {error}".replace("\x00", "").encode("utf-8", "replace").decode()
    return text[:_LONGEST_ERROR]
