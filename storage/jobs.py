"""What is still to do?  The queue between what was accepted or decided and its consequences.

A job is enqueued in the transaction of its cause and names rows, never contents.
It is claimed for a time (a lease), and then done, put off with growing pauses, or
given up as dead for a person to look at.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar, Protocol, TypeVar, get_args

from tortoise import fields
from tortoise.connection import get_connection
from tortoise.expressions import F
from tortoise.indexes import Index
from tortoise.models import Model

from storage.by_hand import inserting, place, stored
from storage.connect import dialect, transaction
from storage.statements import Statement

MOST_ATTEMPTS = 12
MOST_BEGUN_BEFORE = 4  # of one claim
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=1)
LEASE = timedelta(minutes=5)
MOST_ROWS_AT_ONCE = 500
_Kind = TypeVar("_Kind", bound="Payload")
_COLUMNS = ("kind", "payload", "key", "priority", "state", "attempts", "due_at", "error", "changed_at")


class TryLater(Exception):
    """What a job needs is away for a while: put it off, it counts as an attempt."""


class JobState(StrEnum):
    """Whether a job waits, is being done, or was given up."""

    READY = "ready"
    CLAIMED = "claimed"
    DEAD = "dead"


class _OfOneRow:
    """A job about one row, which its only field names: one such job is enough."""

    __slots__: tuple[str, ...] = ()
    kind: ClassVar[str]

    @property
    def key(self) -> str:
        """By what the same job is known."""
        return f"{self.kind}:{getattr(self, self.__slots__[0])}"


@dataclass(frozen=True, slots=True)
class FileMessage(_OfOneRow):
    """Read an accepted message, match it and enter it in the contact history."""

    kind: ClassVar[str] = "file-message"
    message_id: int


@dataclass(frozen=True, slots=True)
class SendNotice(_OfOneRow):
    """Tell a staff member something by mail."""

    kind: ClassVar[str] = "send_notice"
    notice_id: int


@dataclass(frozen=True, slots=True)
class ReadAttachments(_OfOneRow):
    """Read the files that came with a filed message, for the search."""

    kind: ClassVar[str] = "read-attachments"
    priority: ClassVar[int] = -10
    message_id: int


@dataclass(frozen=True, slots=True)
class SweepUp:
    """Take what was deleted out of the database's log, and (*words*) out of its index."""

    kind: ClassVar[str] = "sweep-up"
    words: bool

    @property
    def key(self) -> str:
        """One such job does it for all that was deleted before."""
        return f"{self.kind}:{'words' if self.words else 'log'}"


@dataclass(frozen=True, slots=True)
class RunImport(_OfOneRow):
    """Take over the next rows of a file with correspondents, or try what they would come to."""

    kind: ClassVar[str] = "run-import"
    run_id: int


@dataclass(frozen=True, slots=True)
class ReadScan(_OfOneRow):
    """Read the pages of a scan, and file its letters."""

    kind: ClassVar[str] = "read-scan"
    scan_id: int


@dataclass(frozen=True, slots=True)
class MatchAnew(_OfOneRow):
    """Look again at those who were nobody known, from the participant behind *after* on."""

    kind: ClassVar[str] = "match-anew"
    after: int


@dataclass(frozen=True, slots=True)
class SettleFact(_OfOneRow):
    """Go on settling what else a decision decides."""

    kind: ClassVar[str] = "settle-fact"
    fact_id: int


@dataclass(frozen=True, slots=True)
class BulkWork(_OfOneRow):
    """Go on with an edit of many organisations or persons."""

    kind: ClassVar[str] = "bulk-work"
    bulk_id: int


@dataclass(frozen=True, slots=True)
class FindDuplicates:
    """Compare those persons or organisations that have changed, a batch of them behind an id."""

    kind: ClassVar[str] = "find-duplicates"
    party: str
    after: int = 0

    @property
    def key(self) -> str:
        """One walk along a table is enough."""
        return f"{self.kind}:{self.party}"


Payload = (
    BulkWork
    | FileMessage
    | FindDuplicates
    | MatchAnew
    | ReadAttachments
    | ReadScan
    | RunImport
    | SendNotice
    | SettleFact
    | SweepUp
)
PAYLOADS: dict[str, type[Payload]] = {one.kind: one for one in get_args(Payload)}


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job that is ours until its lease ends.  `attempt` counts from 1."""

    id: int
    payload: Payload
    attempt: int


def payload_of(job: Claimed, kind: type[_Kind]) -> _Kind:
    """Return the payload of a job of this kind; TypeError if it is of another."""
    if not isinstance(job.payload, kind):
        raise TypeError(f"{job.payload.kind} is not {kind.kind}")
    return job.payload


@dataclass(frozen=True, slots=True)
class DeadJob:
    """A job that was given up, for a person to look at."""

    id: int
    payload: Payload
    attempts: int
    error: str
    since: datetime


class JobQueue(Protocol):
    """Jobs, each done by one worker at a time and at least once."""

    async def enqueue(self, payloads: Iterable[Payload], *, priority: int = 0) -> None:
        """Add jobs in the caller's transaction; one whose key waits already is not added."""

    def enqueuing(self, payloads: Iterable[Payload], *, priority: int = 0) -> Statement:
        """Return the statement that `enqueue` would run, for steps of one's own (`storage.steps`)."""

    async def claim(self, most: int) -> Sequence[Claimed]:
        """Take up to *most* due jobs, the highest priority and oldest first."""

    def going_on(self, job: Claimed) -> Statement:
        """Return the statement that begins a claimed job's lease anew: it takes long, and gets on."""

    async def done(self, jobs: Sequence[Claimed]) -> None:
        """Forget finished jobs, in the transaction of what they did."""

    async def later(self, job: Claimed, error: str) -> bool:
        """Offer the job again after a pause; False if it has had all its attempts and is dead."""

    async def dead(self, job: Claimed, error: str) -> None:
        """Give the job up: trying again would not help."""


class Job(Model):
    """A row of the queue.  A waiting job's `key` is unique; claimed and dead ones clear it."""

    id = fields.BigIntField(primary_key=True)
    kind = fields.CharField(max_length=50)
    payload: Any = fields.JSONField()
    key = fields.CharField(max_length=100, null=True, unique=True)
    priority = fields.IntField(default=0)
    state = fields.CharEnumField(JobState, max_length=10, default=JobState.READY)
    attempts = fields.IntField(default=0)
    due_at = fields.DatetimeField()
    error = fields.TextField(default="")
    changed_at = fields.DatetimeField()

    class Meta:
        table = "job"
        indexes = (Index(fields=("state", "due_at")),)


@dataclass(frozen=True, slots=True)
class TableQueue:
    """The queue as a table beside the others: for one machine.

    Only jobs of the kinds in *only* are claimed; empty: of any.
    """

    lease: timedelta = field(default=LEASE)
    only: frozenset[str] = frozenset()

    async def enqueue(self, payloads: Iterable[Payload], *, priority: int = 0) -> None:
        """See JobQueue."""
        if payloads := list(payloads):
            statement, values = self.enqueuing(payloads, priority=priority)
            await get_connection("default").execute_query_dict(statement, values)

    def enqueuing(self, payloads: Iterable[Payload], *, priority: int = 0) -> Statement:
        """See JobQueue."""
        now = stored(datetime.now(UTC))
        jobs = [
            (
                one.kind,
                json.dumps(asdict(one)),
                one.key,
                priority,
                JobState.READY.value,
                0,
                now,
                "",
                now,
            )
            for one in payloads
        ]
        return inserting("job", _COLUMNS, jobs)

    async def claim(self, most: int) -> Sequence[Claimed]:
        """See JobQueue.  A claimed job whose lease has ended is due again.

        Of those begun before, only a few at a time: if the service dies of one, the
        others have lost an attempt too.
        """
        now = datetime.now(UTC)
        async with transaction():
            due = Job.filter(state__in=(JobState.READY, JobState.CLAIMED), due_at__lte=now)
            if self.only:
                due = due.filter(kind__in=sorted(self.only))
            if dialect() == "postgres":
                due = due.select_for_update(skip_locked=True)
            found = await due.order_by("-priority", "due_at", "id").limit(most)
            too_many = [job.id for job in found if job.attempts][MOST_BEGUN_BEFORE:]
            jobs = [job for job in found if job.id not in too_many]
            await Job.filter(id__in=[job.id for job in jobs]).update(
                state=JobState.CLAIMED,
                key=None,
                attempts=F("attempts") + 1,
                due_at=now + self.lease,
                changed_at=now,
            )
        return [Claimed(job.id, _payload_of(job), job.attempts + 1) for job in jobs]

    def going_on(self, job: Claimed) -> Statement:
        """See JobQueue.  What failed on the way before it got on counts no more."""
        changes = f"due_at = {place(1)}, attempts = 1"
        until = stored(datetime.now(UTC) + self.lease)
        return f"UPDATE job SET {changes} WHERE id = {place(2)}", [until, job.id]  # noqa: S608 - ours

    async def done(self, jobs: Sequence[Claimed]) -> None:
        """See JobQueue."""
        await Job.filter(id__in=[job.id for job in jobs]).delete()

    async def later(self, job: Claimed, error: str) -> bool:
        """See JobQueue.  Pauses double, from FIRST_PAUSE to LONGEST_PAUSE."""
        if job.attempt >= MOST_ATTEMPTS:
            await self.dead(job, error)
            return False
        pause = min(FIRST_PAUSE * 2 ** (job.attempt - 1), LONGEST_PAUSE)
        await self._put(job, JobState.READY, error, due_at=datetime.now(UTC) + pause)
        return True

    async def dead(self, job: Claimed, error: str) -> None:
        """See JobQueue."""
        await self._put(job, JobState.DEAD, error, due_at=datetime.now(UTC))

    async def _put(self, job: Claimed, state: JobState, error: str, due_at: datetime) -> None:
        await Job.filter(id=job.id).update(
            state=state, error=error, due_at=due_at, changed_at=datetime.now(UTC)
        )


async def dead_jobs(*, after: int = 0, most: int = 100) -> list[DeadJob]:
    """Return jobs that were given up, oldest first, from the one after id *after* on."""
    jobs = await Job.filter(state=JobState.DEAD, id__gt=after).order_by("id").limit(most)
    return [DeadJob(job.id, _payload_of(job), job.attempts, job.error, job.changed_at) for job in jobs]


async def retry_dead(ids: Sequence[int] | None = None) -> int:
    """Queue dead jobs anew (all of them without *ids*) and return how many."""
    dead = Job.filter(state=JobState.DEAD)
    if ids is not None:
        dead = dead.filter(id__in=list(ids))
    now = datetime.now(UTC)
    return await dead.update(state=JobState.READY, attempts=0, due_at=now, changed_at=now)


async def release_claimed(kinds: Collection[str] = ()) -> int:
    """Make claimed jobs (of *kinds*, empty: of any) due at once and return how many.

    For the only worker there is for them, when it has none at hand: whoever claimed them
    died over them, or never learnt of it.
    """
    now = datetime.now(UTC)
    claimed = Job.filter(state=JobState.CLAIMED)
    if kinds:
        claimed = claimed.filter(kind__in=sorted(kinds))
    return await claimed.update(state=JobState.READY, due_at=now, changed_at=now)


async def oldest_due() -> datetime | None:
    """Return since when the job that waits longest is due; what reads files takes its time, and is none."""
    slow = (ReadAttachments.kind, ReadScan.kind)
    waiting_jobs = Job.filter(state=JobState.READY).exclude(kind__in=slow)
    job = await waiting_jobs.order_by("due_at").first()
    return job.due_at if job else None


async def waiting() -> dict[JobState, int]:
    """Return how many jobs there are in each state; of reading attachments only those given up (`files_waiting`)."""
    others = Job.exclude(kind=ReadAttachments.kind)
    numbers = {state: await others.filter(state=state).count() for state in JobState}
    return numbers | {JobState.DEAD: await Job.filter(state=JobState.DEAD).count()}


async def files_waiting() -> int:
    """Return of how many messages the attachments are still to be read, which nobody waits for."""
    undone = (JobState.READY, JobState.CLAIMED)
    return await Job.filter(kind=ReadAttachments.kind, state__in=undone).count()


async def left(*, priority: int) -> int:
    """Return how many jobs of this priority are still to be done."""
    return await Job.filter(priority=priority, state__in=(JobState.READY, JobState.CLAIMED)).count()


def _payload_of(job: Job) -> Payload:
    return PAYLOADS[job.kind](**job.payload)
