"""What is looked through once a night, when nobody waits; and each minute, whose quarantine is over."""

import asyncio
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import structlog

from matcher.finding import enqueue_search
from storage import quarantine
from storage.connect import StorageUnavailable, transaction
from storage.jobs import JobQueue
from storage.unmerging import forget_what_went

_AT = time(2, 0)
_LOOK_EVERY_SECONDS = 60.0
_log = structlog.get_logger(__name__)


async def nightly(zone: ZoneInfo, queue: JobQueue) -> None:
    """Look for those entered twice, and forget what old merges took away, once a night until cancelled.

    After a night switched off, in the morning.  Entries out of quarantine count as contacts within a minute.
    """
    done: date | None = None
    while True:
        await asyncio.sleep(_LOOK_EVERY_SECONDS)  # first: who has just started has better to do
        await _let_go()
        now = datetime.now(zone)
        if now.time() >= _AT and now.date() != done and await _begin(queue):
            done = now.date()


async def _let_go() -> None:
    try:
        while await quarantine.let_go():
            pass
    except StorageUnavailable as error:
        _log.warning("quarantines that are over cannot be noted", error=str(error))


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
