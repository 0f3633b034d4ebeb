"""What is looked through once a night, when nobody waits."""

import asyncio
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import structlog

from matcher.finding import enqueue_search
from storage.connect import StorageUnavailable, transaction
from storage.jobs import JobQueue
from storage.unmerging import forget_what_went

_AT = time(2, 0)
_LOOK_EVERY_SECONDS = 60.0
_log = structlog.get_logger(__name__)


async def nightly(zone: ZoneInfo, queue: JobQueue) -> None:
    """Look for those entered twice, and forget what old merges took away, once a night until cancelled.

    After a night switched off, in the morning.
    """
    done: date | None = None
    while True:
        await asyncio.sleep(_LOOK_EVERY_SECONDS)  # first: who has just started has better to do
        now = datetime.now(zone)
        if now.time() >= _AT and now.date() != done and await _begin(queue):
            done = now.date()


async def _begin(queue: JobQueue) -> bool:
    try:
        while await forget_what_went():
            pass
        async with transaction():
            await enqueue_search(queue)
    except StorageUnavailable as error:
        _log.warning("the nightly work cannot begin", error=str(error))
        return False
    return True
