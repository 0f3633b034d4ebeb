"""Who is told when a mailbox falls silent?

Its owner by mail, once for each silence; of a shared mailbox, or one whose owner has left, the
administrators.  Pages and health show it as long as it lasts.
"""

from ingest.watch import Tell
from storage import roster
from storage.jobs import JobQueue
from storage.mailboxes import Mailbox
from storage.notices import give_notice
from storage.staff import AccessRole
from web.mailbox_words import silent_since

_CODE = "silent_mailbox"


def telling(queue: JobQueue, *, staff_url: str) -> Tell:
    """Return what tells of a silent mailbox, in the transaction in which its alarm is raised."""

    async def tell(mailbox: Mailbox) -> None:
        parameters = {
            "name": mailbox.name,
            "since": silent_since(mailbox).isoformat(),
            "reason": mailbox.problem,
            "url": f"{staff_url}/mailboxes/{mailbox.id}",
        }
        for staff_id in await _whom(mailbox):
            await give_notice(queue, staff_id, _CODE, parameters)

    return tell


async def _whom(mailbox: Mailbox) -> list[int]:
    present = await roster.present()
    owner = [staff.id for staff in present if staff.id == mailbox.staff_id]
    return owner or [staff.id for staff in present if staff.access is AccessRole.ADMINISTRATOR]
