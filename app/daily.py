"""When is the daily digest given?  From a time of day on, on some days of the week."""

import asyncio
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import structlog

from app.settings import DigestSettings
from ingest.digest import give_digests
from storage.connect import StorageUnavailable, unavailable_means_later
from storage.jobs import JobQueue

_LATEST = timedelta(hours=4)  # a service that was down in the morning does not write in the evening
_LOOK_EVERY_SECONDS = 30.0
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_log = structlog.get_logger(__name__)


def day_of_digest(now: datetime, at: time, weekdays: Collection[str]) -> date | None:
    """Return the day whose digest is to be given at *now*, None if it is not the time for one."""
    begins = datetime.combine(now.date(), at, now.tzinfo)
    is_time = begins <= now < begins + _LATEST
    return now.date() if is_time and _DAYS[now.weekday()] in weekdays else None


async def daily(digest: DigestSettings, zone: ZoneInfo, queue: JobQueue) -> None:
    """Give the digest on its days until cancelled."""
    given: date | None = None
    while True:
        day = day_of_digest(datetime.now(zone), digest.at, digest.weekdays)
        if day is not None and day != given and await _give(day, queue):
            given = day
        await asyncio.sleep(_LOOK_EVERY_SECONDS)


async def _give(day: date, queue: JobQueue) -> bool:
    try:
        with unavailable_means_later():
            await give_digests(day, queue=queue)
    except StorageUnavailable as error:
        _log.warning("digests cannot be given", error=str(error))
        return False
    _log.info("digests given", day=day.isoformat())
    return True
