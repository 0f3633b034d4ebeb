"""When is a message ours?  Once it is committed, together with all that came meanwhile.

A commit waits for the disk, and that takes as long for one message as for fifty.  So
all sessions that wait share one transaction, and those that come while it is on its
way share the next.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import structlog

from ingest.source import Accept, Accepted, CaptureNote, OnTheWay, RawMessage
from storage import blobs
from storage.arrivals import Arrival, ArrivedCapture, Kept, keeping
from storage.connect import StorageUnavailable
from storage.jobs import FileMessage, JobQueue
from storage.statements import Steps
from storage.steps import transacted

_log = structlog.get_logger(__name__)
MOST_AT_ONCE = 64
LONGEST_WAIT_SECONDS = 0.003
MOST_OCTETS_AT_ONCE = 4 * 1024 * 1024


@asynccontextmanager
async def accepting(
    queue: JobQueue,
    *,
    on_accepted: Callable[[], None],
    on_the_way: OnTheWay | None = None,
    priority: int = 0,
) -> AsyncIterator[Accept]:
    """Yield what takes messages over; all that were offered are settled when this ends.

    Every new message, and every known one that came by a new way, gets a job in the
    same transaction, with *priority*; *on_accepted* is called after each commit.
    """
    groups = _Groups(queue, on_accepted, on_the_way or OnTheWay(), priority)
    committing = asyncio.create_task(groups.commit_all(), name="accept")
    try:
        yield groups.accept
    finally:
        groups.close()
        await committing


@dataclass(frozen=True, slots=True, eq=False)
class _Offer:
    """A message, and the answer that its session waits for."""

    message: RawMessage
    arrival: Arrival
    answer: asyncio.Future[Accepted]


@dataclass(slots=True)
class _Groups:
    """The messages that wait for a commit, taken in groups."""

    queue: JobQueue
    on_accepted: Callable[[], None]
    on_the_way: OnTheWay
    priority: int
    _waiting: deque[_Offer] = field(default_factory=deque)
    _bell: asyncio.Event = field(default_factory=asyncio.Event)
    _closed: bool = False

    async def accept(self, message: RawMessage) -> Accepted:
        """See `ingest.source.Accept`."""
        if self._closed:
            raise StorageUnavailable("the service is stopping")
        offer = _Offer(message, _arrival(message), asyncio.get_running_loop().create_future())
        self._waiting.append(offer)
        self._bell.set()
        return await offer.answer

    def close(self) -> None:
        """Take nothing more; what waits is committed still."""
        self._closed = True
        self._bell.set()

    async def commit_all(self) -> None:
        """Commit group after group until closed."""
        while self._waiting or not self._closed:
            if not self._waiting:
                self._bell.clear()
                await self._bell.wait()
                continue
            await self._wait_a_moment()
            if group := self._next_group():
                await self._settle(group)

    async def _wait_a_moment(self) -> None:
        """Wait for messages that are on their way: one commit for all is done sooner than two.

        PostgreSQL's commit_delay and commit_siblings are the same.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + LONGEST_WAIT_SECONDS
        alarm = loop.call_at(until, self._bell.set)
        while self.on_the_way.number and len(self._waiting) < MOST_AT_ONCE and not self._closed:
            self._bell.clear()
            await self._bell.wait()
            if loop.time() >= until:
                break
        alarm.cancel()

    def _next_group(self) -> Sequence[_Offer]:
        """Take the messages that wait longest, as many as one transaction should hold."""
        group: list[_Offer] = []
        octets = 0
        while self._waiting and len(group) < MOST_AT_ONCE:
            octets += self._waiting[0].message.size
            if group and octets > MOST_OCTETS_AT_ONCE:
                break
            offer = self._waiting.popleft()
            if not offer.answer.done():  # else its session has gone
                group.append(offer)
        return group

    async def _settle(self, group: Sequence[_Offer]) -> None:
        """Commit a group, and answer each of it.  One that cannot be written must not keep the others out."""
        try:
            accepted = await self._commit(group)
        except StorageUnavailable as error:
            _fail(group, error)
        except Exception as error:  # noqa: BLE001 - each session answers its peer, and logs it
            if len(group) == 1:
                _fail(group, error)
                return
            for offer in group:
                await self._settle([offer])
        else:
            _log.info("mail accepted", messages=[answer.message_id for answer in accepted])
            for offer, answer in zip(group, accepted, strict=True):
                if not offer.answer.done():
                    offer.answer.set_result(answer)
            self.on_accepted()

    async def _commit(self, group: Sequence[_Offer]) -> list[Accepted]:
        kept = await transacted(self._keeping([offer.arrival for offer in group]))
        digests = (offer.message.digest for offer in group)
        return [Accepted(kept[digest].message_id, digest, not kept[digest].new) for digest in digests]

    def _keeping(self, arrivals: Sequence[Arrival]) -> Steps[dict[str, Kept]]:
        kept = yield from keeping(arrivals)
        due = [FileMessage(one.message_id) for one in kept.values() if one.new or one.captured]
        if due:
            yield self.queue.enqueuing(due, priority=self.priority)
        return kept


def _fail(group: Sequence[_Offer], error: Exception) -> None:
    for offer in group:
        with suppress(asyncio.InvalidStateError):  # its session has gone
            offer.answer.set_exception(error)


def _arrival(message: RawMessage) -> Arrival:
    captures = tuple(_capture(note) for note in message.notes)
    return Arrival(message.digest, message.size, message.raw, message.received_at, captures)


def _capture(note: CaptureNote) -> ArrivedCapture:
    return ArrivedCapture(
        key=_key(note),
        source=note.source,
        staff_id=note.staff_id,
        capture_address_id=note.capture_address_id,
        envelope_sender=note.envelope_sender,
        envelope_recipients=note.envelope_recipients,
        peer=note.peer,
        authenticated=note.authenticated,
        held_because=note.held_because,
        marks=note.marks,
    )


def _key(note: CaptureNote) -> str:
    """Return what tells a second way from the same copy offered again.

    Sender and peer are none of it: a relay offers again from any of its machines,
    and with another return path the next day (BATV, SRS).
    """
    marks = f":{blobs.digest_of(chr(0).join(note.marks).encode())[:16]}" if note.marks else ""
    return f"{note.source}:{note.staff_id or ''}:{note.capture_address_id or ''}{marks}"
