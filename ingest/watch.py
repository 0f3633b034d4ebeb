"""Which mailboxes have fallen silent, so that nobody would notice what is missing?

Looked at once a minute; what is found is told once, and stands until it is well again.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import structlog

from storage import mailbox_watch
from storage.connect import StorageUnavailable, transaction
from storage.mailboxes import Mailbox, MailboxProblem, MailboxState

_log = structlog.get_logger(__name__)
ALARM_AFTER = timedelta(minutes=10)
_REFUSED_AFTER = timedelta(minutes=2)  # a server that has just started may refuse anybody
_SHORTEST_QUIET = timedelta(hours=24)  # of working days
_TIMES_USUAL = 5
_USUAL_OF_HUNDRED = 95
_FEWEST_GAPS = 5
_SATURDAY = 5

Tell = Callable[[Mailbox], Awaitable[None]]


async def watch(
    *, every_seconds: float, alarm_after: timedelta = ALARM_AFTER, tell: Tell | None = None
) -> None:
    """Look at all mailboxes again and again, until cancelled; *tell* is called in the transaction of each alarm."""
    awake_since = datetime.now(UTC)
    while True:
        try:
            await newly_silent(awake_since, alarm_after=alarm_after, tell=tell)
        except StorageUnavailable as error:
            _log.warning("mailboxes cannot be looked at", error=str(error))
        await asyncio.sleep(every_seconds)


async def newly_silent(
    awake_since: datetime | None = None, *, alarm_after: timedelta = ALARM_AFTER, tell: Tell | None = None
) -> list[Mailbox]:
    """Raise and end alarms as it is now, and return the mailboxes for which one was raised just now.

    *awake_since*: from when on mailboxes are read; before that nothing could be heard of them.
    """
    now, raised = datetime.now(UTC), []
    for mailbox in await mailbox_watch.watched():
        alarm = alarm_of(mailbox, now, awake_since=awake_since, alarm_after=alarm_after)
        noted = mailbox.problem if mailbox.alarmed_at else None
        if alarm == noted:
            continue
        async with transaction():
            if alarm is None:
                await mailbox_watch.end_alarm(mailbox)
            elif await mailbox_watch.raise_alarm(mailbox, alarm, now):
                raised.append(mailbox)
                if tell:
                    await tell(mailbox)
    for mailbox in raised:
        _log.warning("mailbox is silent", mailbox=mailbox.id, problem=mailbox.problem)
    return raised


def alarm_of(
    mailbox: Mailbox,
    now: datetime,
    *,
    awake_since: datetime | None = None,
    alarm_after: timedelta = ALARM_AFTER,
) -> MailboxProblem | None:
    """Return why a mailbox counts as silent; None if it does not."""
    if mailbox.paused:
        return None
    if mailbox.state is MailboxState.FAILED:
        return MailboxProblem(mailbox.problem) if now - mailbox.since >= _REFUSED_AFTER else None
    begun = mailbox.since if mailbox.state is MailboxState.NEW else mailbox.created_at
    heard_of = max(one for one in (begun, mailbox.last_contact_at, awake_since) if one)
    if now - heard_of >= alarm_after:
        is_known = mailbox.state is MailboxState.WAITING and mailbox.problem
        return MailboxProblem(mailbox.problem) if is_known else MailboxProblem.UNREACHABLE
    is_read = mailbox.state is MailboxState.RUNNING and (mailbox.last_contact_at or now) == heard_of
    return MailboxProblem.UNUSUALLY_QUIET if is_read and is_unusually_quiet(mailbox, now) else None


def is_unusually_quiet(mailbox: Mailbox, now: datetime) -> bool:
    """Tell whether no mail has come for far longer than in the last month, on working days at least a day."""
    last = mailbox.last_mail_at
    usual = usual_gap(mailbox.hours_with_mail)
    if last is None or usual is None:
        return False
    return working_time(last, now) > max(_SHORTEST_QUIET, _TIMES_USUAL * usual)


def usual_gap(hours_with_mail: Sequence[int]) -> timedelta | None:
    """Return the time between mails that few are longer than, weekends not counted; None if too few are known.

    >>> usual_gap([0, 1, 2, 3, 5, 6, 7])
    datetime.timedelta(seconds=7200)
    """
    moments = [datetime.fromtimestamp(hour * 3600, UTC) for hour in hours_with_mail]
    gaps = sorted(working_time(one, other) for one, other in pairwise(moments))
    if len(gaps) < _FEWEST_GAPS:
        return None
    return gaps[min(len(gaps) * _USUAL_OF_HUNDRED // 100, len(gaps) - 1)]


def working_time(start: datetime, end: datetime) -> timedelta:
    """Return how long it was from *start* to *end* without Saturdays and Sundays."""
    worked, at = timedelta(), start
    while at < end:
        midnight = at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        until = min(midnight, end)
        if at.weekday() < _SATURDAY:
            worked += until - at
        at = until
    return worked
