"""Which mailboxes are being read?  All that the table holds, from moments after they are set there.

Each is read by itself; one that fails for good stops no other.
"""

import asyncio
import traceback
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic

import structlog

from ingest.imap import MailboxSource, Means
from ingest.imap_reading import Older
from ingest.source import Accept
from storage import mailbox_progress as progress
from storage.connect import StorageUnavailable
from storage.mailbox_progress import Reading, Superseded

_log = structlog.get_logger(__name__)
LOOK_SECONDS = 2.0
_AFTER_BUG_SECONDS = 60.0
# Of all who take older mails at once: what each holds of the budget must leave room for fresh ones.
_MOST_TAKING_OLDER = 4


@dataclass(slots=True, kw_only=True)
class MailboxesSource:
    """Reads all mailboxes; older mails go to *accept_older*, while that *has_room*."""

    means: Means
    accept_older: Accept
    has_room: Callable[[], Awaitable[bool]]
    look_seconds: float = LOOK_SECONDS
    _running: dict[Reading, asyncio.Task[None]] = field(default_factory=dict)
    _not_before: dict[int, float] = field(default_factory=dict)

    async def run(self, accept: Accept) -> None:
        """Read until cancelled; what was fetched then becomes durable still, if that is soon."""
        older = Older(
            accept=self.accept_older, turn=asyncio.Semaphore(_MOST_TAKING_OLDER), has_room=self.has_room
        )
        try:
            while True:
                with suppress(StorageUnavailable):
                    await self._look(accept, older)
                await asyncio.sleep(self.look_seconds)
        finally:
            await self._end(list(self._running))

    async def _look(self, accept: Accept, older: Older) -> None:
        """End the reading of what was changed or removed, and begin with what is new."""
        wanted = {Reading(*pair) for pair in (await progress.to_read()).items()}
        await self._end(
            [reading for reading, task in self._running.items() if reading not in wanted or task.done()]
        )
        for reading in wanted - self._running.keys():
            if self._not_before.get(reading.mailbox_id, 0.0) <= monotonic():
                source = MailboxSource(reading=reading, means=self.means, older=older)
                name = f"mailbox-{reading.mailbox_id}"
                self._running[reading] = asyncio.create_task(source.run(accept), name=name)

    async def _end(self, readings: list[Reading]) -> None:
        tasks = {reading: self._running.pop(reading) for reading in readings}
        for task in tasks.values():
            task.cancel()
        if tasks:
            await asyncio.wait(tasks.values())
        for reading, task in tasks.items():
            error = None if task.cancelled() else task.exception()
            if error and not isinstance(error, Superseded):
                self._not_before[reading.mailbox_id] = monotonic() + _AFTER_BUG_SECONDS
                where = "".join(traceback.format_tb(error.__traceback__))
                _log.error(
                    "mailbox failed", mailbox=reading.mailbox_id, error=type(error).__name__, where=where
                )
