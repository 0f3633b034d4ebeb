"""Who is told today what is held for them?  Everybody who may decide and has something to: once a day."""

from datetime import date

from history.digest import CODE, digest_for, may_decide
from storage import roster
from storage.connect import transaction
from storage.jobs import JobQueue
from storage.notices import give_notice


async def give_digests(day: date, *, queue: JobQueue) -> None:
    """Have all staff told what is held for them; whoever has been told today is not told again."""
    for staff in await roster.present():
        parameters = await digest_for(staff, day.isoformat()) if may_decide(staff) else None
        if parameters is not None:
            async with transaction():
                await give_notice(queue, staff.id, CODE, parameters, once=f"digest:{staff.id}:{day}")
