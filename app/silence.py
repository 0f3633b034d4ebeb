"""Who is told when a mailbox falls silent?

Its owner by mail, once for each silence; for a shared mailbox, or one whose owner has left, the
administrators.  Pages and health show it as long as it lasts.
"""

import asyncio
from collections.abc import Callable

import structlog

from ingest.watch import newly_silent
from storage import roster
from storage.connect import StorageUnavailable, transaction
from storage.jobs import JobQueue
from storage.mailboxes import Mailbox
from storage.notices import give_notice
from storage.staff import AccessRole

CODE = "silent_mailbox"
_log = structlog.get_logger(__name__)


async def tell_of_silence(
    queue: JobQueue, *, staff_url: str, every: float, on_told: Callable[[], None]
) -> None:
    """Look for mailboxes that have fallen silent every *every* seconds, until cancelled."""
    while True:
        try:
            if await look(queue, staff_url=staff_url):
                on_told()
        except StorageUnavailable:
            _log.warning("mailboxes not looked at: the database is away")
        await asyncio.sleep(every)


async def look(queue: JobQueue, *, staff_url: str) -> int:
    """Tell of each mailbox that has newly fallen silent, and return how many there are.

    In one transaction with the alarm itself: who is not told now is told at the next look.
    """
    async with transaction():
        silent = await newly_silent()
        for mailbox in silent:
            await _tell(queue, mailbox, staff_url)
    for mailbox in silent:
        _log.warning("mailbox silent", mailbox=mailbox.id, problem=mailbox.problem)
    return len(silent)


async def _tell(queue: JobQueue, mailbox: Mailbox, staff_url: str) -> None:
    alarm = mailbox.alarmed_at or mailbox.since
    parameters = {
        "name": mailbox.name,
        "since": mailbox.since.isoformat(),
        "reason": mailbox.problem,
        "url": f"{staff_url}/mailboxes/{mailbox.id}",
    }
    for staff_id in await _whom(mailbox):
        once = f"{CODE}:{mailbox.id}:{alarm.isoformat()}:{staff_id}"
        await give_notice(queue, staff_id, CODE, parameters, once=once)


async def _whom(mailbox: Mailbox) -> list[int]:
    present = await roster.present()
    owner = [staff.id for staff in present if staff.id == mailbox.staff_id]
    return owner or [staff.id for staff in present if staff.access is AccessRole.ADMINISTRATOR]
