"""How is an archive imported?  Taken as other mail is, and filed by the running service, or here where there is none.

What is taken waits for its turn behind fresh mail, and never in great numbers: the queue
stays short, and what is shown is how far the import really is.
"""

import asyncio
import gc
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import monotonic

from app.presence import running
from app.settings import Settings
from app.wiring import kinds, scanners
from app.worker import worker_of
from ingest.accept import accepting
from ingest.archive import Archive, ArchiveSource, Step, next_group, owned_by, step_of
from ingest.found import FoundMail
from ingest.reading import reading_on_all_cores
from storage import blobs
from storage.jobs import TableQueue, left, release_claimed
from storage.secret_key import secret_key

PRIORITY = -1
MOST_WAITING = 1000
_STUCK_SECONDS = 120
_LOOK_EVERY_SECONDS = 0.1


class NotFiled(Exception):
    """Mails are taken, but filing them does not get on; the text says how many."""


@dataclass(frozen=True, slots=True)
class Told:
    """Whom an import tells how it gets on: of each group that was taken, and that only filing is left."""

    on_step: Callable[[Step], None]
    on_all_taken: Callable[[], None]


async def import_archive(settings: Settings, archive: Archive, staff_id: int, told: Told) -> None:
    """Take all mails of *archive* for a staff member, and return when they are filed.

    NotFiled, StorageUnavailable: what was taken stays, and the import can be begun again.
    """
    gc.freeze()  # what start-up made need not be searched for garbage again and again
    async with (
        _filed(settings) as ring,
        accepting(TableQueue(), on_accepted=ring, priority=PRIORITY) as accept,
    ):
        source = ArchiveSource(archive, owned_by(staff_id), told.on_step, room=_room)
        await source.run(accept)
        told.on_all_taken()
        await _until_left(0)


async def try_archive(archive: Archive, told: Told) -> None:
    """Read all mails of *archive* and tell what an import would do, without doing it."""
    seen_before: set[int] = set()  # short numbers: this is all that grows with the archive
    while group := await asyncio.to_thread(next_group, archive.found):
        digests = {blobs.digest_of(one.raw) for one in group if isinstance(one, FoundMail)}
        new = {int(digest[:15], 16) for digest in digests - await blobs.kept(digests)} - seen_before
        seen_before |= new
        told.on_step(step_of(group, len(new)))
    told.on_all_taken()


@asynccontextmanager
async def _filed(settings: Settings) -> AsyncIterator[Callable[[], None]]:
    """File mails meanwhile, unless a service does; yield what tells that there are some."""
    if running(settings.data_folder):
        yield lambda: None
        return
    await release_claimed()
    with reading_on_all_cores() as read_all:
        worker = worker_of(kinds(secret_key(settings.data_folder), read_all, scanners(settings)))
        task = asyncio.create_task(worker.run(), name="worker")
        try:
            yield worker.ring
        finally:
            worker.stop()
            await task


async def _room() -> None:
    await _until_left(MOST_WAITING)


async def _until_left(most: int) -> None:
    """Wait until no more than *most* mails wait to be filed.  NotFiled if nothing moves any more."""
    moved, least = monotonic(), await left(priority=PRIORITY)
    now = least
    while now > most:
        if monotonic() - moved > _STUCK_SECONDS:
            raise NotFiled(str(now))
        await asyncio.sleep(_LOOK_EVERY_SECONDS)
        now = await left(priority=PRIORITY)
        if now < least:
            moved, least = monotonic(), now
