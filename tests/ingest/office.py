"""A Postbuch without a network: mails are accepted and filed as the service does it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from ingest.accept import accepting
from ingest.filing import file_messages
from ingest.source import Accept, CaptureNote, RawMessage
from storage import blobs, leaving_out
from storage.entries import Entry, Participant
from storage.jobs import Claimed, FileMessage, SweepUp, TableQueue
from storage.leaving_out import LeavingOut
from storage.messages import CaptureSource, Message
from storage.sweeping import sweep_up

CAME = datetime(2026, 6, 1, 8, 0, tzinfo=UTC)
MOST = 1000
SECRET = b"k" * 32


@dataclass(frozen=True, slots=True)
class Office:
    """Where mail is accepted, and filed when it is asked for."""

    accept: Accept
    queue: TableQueue
    country: str = "CH"

    async def take(
        self,
        raw: bytes,
        *,
        staff: int | None = None,
        held_because: str = "",
        came: datetime = CAME,
        envelope_sender: str = "x@relay.example",
    ) -> int:
        """Accept a mail that came to somebody's capture address, and return its message."""
        note = CaptureNote(
            CaptureSource.SMTP,
            staff,
            None,
            envelope_sender,
            ("x@postbuch.test",),
            "192.0.2.1",
            authenticated=not held_because,
            held_because=held_because,
        )
        return (await self.accept(RawMessage(raw, blobs.digest_of(raw), len(raw), (note,), came))).message_id

    async def claim(self) -> list[Claimed]:
        """Claim all jobs that wait."""
        return list(await self.queue.claim(MOST))

    async def work(self) -> None:
        """File all that waits, in one batch; then sweep up after what was left out."""
        jobs = await self.claim()
        filed = [job for job in jobs if isinstance(job.payload, FileMessage)]
        await file_messages(filed, queue=self.queue, secret=SECRET, country=self.country)
        swept = [job for job in [*jobs, *await self.claim()] if isinstance(job.payload, SweepUp)]
        await sweep_up(swept, queue=self.queue)

    async def enter(self, *mails: bytes, staff: int | None = None) -> list[Entry]:
        """Accept mails and file them in one batch; return the entry of each."""
        ids = [await self.take(raw, staff=staff) for raw in mails]
        await self.work()
        return [await entry_of(message_id) for message_id in ids]

    async def enter_in_turn(self, *mails: bytes, staff: int | None = None) -> list[Entry]:
        """Accept mails and file each before the next one comes; return the entry of each, as it is in the end."""
        for raw in mails:
            await self.enter(raw, staff=staff)
        found = [await Message.get(digest=blobs.digest_of(raw)) for raw in mails]
        return [await entry_of(message.id) for message in found]


async def entry_of(message_id: int) -> Entry:
    """Return the entry of a message, as it is now."""
    return await Entry.get(id=(await Message.get(id=message_id)).entry_id)


async def participants(entry: Entry) -> list[Participant]:
    """Return who took part, with person and organisation."""
    found = Participant.filter(entry_id=entry.id).select_related("person", "organisation")
    return await found.order_by("id")


async def with_whom(entry: Entry) -> dict[str, tuple[str | None, str | None]]:
    """Return the names of the person and the organisation that each address was taken for."""
    return {
        one.key: (
            one.person.name if one.person else None,
            one.organisation.name if one.organisation else None,
        )
        for one in await participants(entry)
    }


async def allow(**changes: Any) -> None:
    """Let other rules hold."""
    await leaving_out.set_rules(replace(LeavingOut(), **changes), by=None)


@asynccontextmanager
async def opened() -> AsyncIterator[Office]:
    """Open an office on the database of the test."""
    queue = TableQueue(only=frozenset({FileMessage.kind, SweepUp.kind}))
    async with accepting(queue, on_accepted=lambda: None) as accept:
        yield Office(accept, queue)
