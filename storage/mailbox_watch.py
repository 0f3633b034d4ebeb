"""What is noted about mailboxes that have fallen silent?"""

from datetime import datetime

from storage.connect import unavailable_means_later
from storage.mailboxes import Mailbox, MailboxProblem, MailboxState


async def watched() -> list[Mailbox]:
    """Return the mailboxes that are to be read, with whose they are."""
    with unavailable_means_later():
        return await Mailbox.filter(paused=False).order_by("id").select_related("staff")


async def raise_alarm(mailbox: Mailbox, problem: MailboxProblem, now: datetime) -> bool:
    """Note that a mailbox is silent, in the caller's transaction; False if that is known already."""
    its = Mailbox.filter(id=mailbox.id, revision=mailbox.revision, paused=False)
    await its.exclude(problem=problem).update(problem=problem, problem_parameters={})
    mailbox.problem = problem
    return bool(await its.filter(alarmed_at__isnull=True).update(alarmed_at=now))


async def end_alarm(mailbox: Mailbox) -> None:
    """Note that a mailbox is well again, in the caller's transaction."""
    its = Mailbox.filter(id=mailbox.id)
    await its.update(alarmed_at=None)
    await its.filter(state=MailboxState.RUNNING).update(problem="", problem_parameters={})
