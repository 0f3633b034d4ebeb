"""How are the attachments read that are there already?  By the running service, or here where there is none."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from app.presence import running
from app.settings import Settings
from app.wiring import kinds_apart
from app.worker import APART_AT_ONCE, worker_of
from storage import attachment_texts
from storage.connect import transaction
from storage.jobs import ReadAttachments, TableQueue, left, release_claimed

_FORGET_AT_ONCE = 500
_CANCEL_AGAIN_SECONDS = 1.0
_LOOK_EVERY_SECONDS = 0.2
# What is done, and of how many mails.
Told = Callable[[int, int], None]


async def read_what_is_there(settings: Settings, told: Told, *, again: bool) -> int:
    """Read the attachments of which nothing is known (*again*: all), and return of how many mails.

    May be ended at any time: what was read stays, and the rest waits for the service.
    """
    if again:
        await _forget()
    total = await _enqueue()
    async with _read_meanwhile(settings):
        while waiting := await left(priority=ReadAttachments.priority):
            total = max(total, waiting)
            told(total - waiting, total)
            await asyncio.sleep(_LOOK_EVERY_SECONDS)
    told(total, total)
    return total


async def _enqueue() -> int:
    """Have all mails read that have something to read, and return how many; what waits already waits once."""
    last = 0
    while jobs := await attachment_texts.unread_messages(after=last):
        async with transaction():
            await TableQueue().enqueue(jobs, priority=ReadAttachments.priority)
        last = jobs[-1].message_id
    return await left(priority=ReadAttachments.priority)


async def _forget() -> None:
    forgotten = 1
    while forgotten:
        async with transaction():
            forgotten = await attachment_texts.forget_all(most=_FORGET_AT_ONCE)


@asynccontextmanager
async def _read_meanwhile(settings: Settings) -> AsyncIterator[None]:
    """Read meanwhile, unless a service does."""
    if running(settings.data_folder):
        yield
        return
    async with kinds_apart(settings) as kinds:
        await release_claimed(kinds)
        worker = worker_of(kinds, at_once=APART_AT_ONCE)
        task = asyncio.create_task(worker.run(), name="worker apart")
        try:
            yield
        finally:
            worker.stop()
            while not task.done():
                task.cancel()  # once is not enough where what it waits for is done at the same moment
                await asyncio.wait({task}, timeout=_CANCEL_AGAIN_SECONDS)
