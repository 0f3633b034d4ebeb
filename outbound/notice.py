"""How does a notice reach a staff member?  By a mail of ours, at most once.

That it is given to the relay is committed before the first octet of it goes, and that
it was taken after the relay has said so.  What a crash leaves between the two is
uncertain: nobody sends it again by itself.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

import structlog

from history.own_mail import own_message_id
from mail.address import Address
from mail.compose import Letter, composed
from outbound.digest import digest_values
from outbound.relay import Fate, Outcome, Relay, hand_over
from outbound.wording import worded
from storage import capturing, notices
from storage.connect import transaction
from storage.jobs import Claimed, JobQueue, SendNotice, payload_of
from storage.notices import Notice, NoticeState
from storage.staff import Staff, StaffAddressKind

MARK = "X-Postbuch-Notice"
NO_RELAY, NO_ADDRESS, HAS_LEFT, BROKEN_OFF = "no-relay", "no-address", "has-left", "broken-off"
_STATES = {
    Fate.SENT: NoticeState.SENT,
    Fate.REFUSED: NoticeState.REFUSED,
    Fate.UNCLEAR: NoticeState.UNCERTAIN,
}
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What all notices have in common: who writes, and under which addresses we are found.

    *for_everybody* is the common capture address, where there is one.
    """

    firm: str
    sender: Address
    for_everybody: Address | None
    staff_url: str
    domain: str
    zone: ZoneInfo
    key: bytes = field(repr=False)


Values = Callable[[Notice, Letterhead], Awaitable[Mapping[str, Any]]]
# What a template needs that its parameters do not hold.
_VALUES: Mapping[str, Values] = {
    "digest": lambda notice, head: digest_values(notice, staff_url=head.staff_url, key=head.key)
}


async def send_notices(
    jobs: Sequence[Claimed], *, queue: JobQueue, relay: Relay | None, head: Letterhead
) -> None:
    """Send notices, each in a conversation of its own; when the relay is away, the others wait too."""
    outcome = Outcome(Fate.SENT)
    for job in jobs:
        notice = await notices.notice(payload_of(job, SendNotice).notice_id)
        if notice is None:
            await queue.done([job])
        elif hindrance := _hindrance(notice, relay):
            await _settle(job, queue, notice, *hindrance)
        elif relay:
            if not outcome.away:
                outcome = await _send(notice, relay, head)
            await _note(job, queue, notice, outcome)


async def mark_refused(notice_id: int, problem: str) -> None:
    """Note that a notice could not be sent, in the caller's transaction."""
    await notices.settle(notice_id, NoticeState.REFUSED, problem)


def address_of(staff: Staff) -> Address | None:
    """Return where a staff member reads mail: the address that they log in with, else the first of their own."""
    own = [one.written for one in staff.addresses if one.kind is StaffAddressKind.OWN]
    found = (Address.parse(text) for text in (staff.login, *own))
    return next((address for address in found if address), None)


def _hindrance(notice: Notice, relay: Relay | None) -> tuple[NoticeState, str] | None:
    """Return what becomes of a notice that cannot be sent, and why."""
    if notice.state is NoticeState.HANDED_OVER:
        return NoticeState.UNCERTAIN, BROKEN_OFF
    if notice.state is not NoticeState.WAITING:
        return notice.state, notice.problem
    if notice.staff.left_at is not None:
        return NoticeState.REFUSED, HAS_LEFT
    if address_of(notice.staff) is None:
        return NoticeState.REFUSED, NO_ADDRESS
    return None if relay else (NoticeState.WAITING, NO_RELAY)


async def _send(notice: Notice, relay: Relay, head: Letterhead) -> Outcome:
    recipient = address_of(notice.staff)
    assert recipient is not None  # else it is hindered
    octets = composed(await _letter(notice, recipient, head))

    async def before() -> None:
        await notices.hand_over(notice.id)

    return await hand_over(relay, f"{recipient.local_part}@{recipient.domain_key}", octets, before=before)


async def _letter(notice: Notice, recipient: Address, head: Letterhead) -> Letter:
    values = {"firm": head.firm, "staff": notice.staff.name, "staff_url": head.staff_url, **notice.parameters}
    if further := _VALUES.get(notice.code):
        values |= await further(notice, head)
    subject, text = worded(notice.code, notice.staff.language, head.zone, values)
    return Letter(
        sender=head.sender,
        sender_name=head.firm if head.firm == "Postbuch" else f"Postbuch {head.firm}",
        recipient=recipient,
        recipient_name=notice.staff.name,
        subject=subject,
        text=text,
        message_id=own_message_id(notice.id, domain=head.domain, key=head.key),
        at=notice.created_at,
        in_reply_to=notice.in_reply_to,
        reply_to=await _reply_to(notice, head),
        marks={
            "Auto-Submitted": "auto-replied" if notice.in_reply_to else "auto-generated",
            "X-Auto-Response-Suppress": "All",
            MARK: notice.code,
        },
    )


async def _reply_to(notice: Notice, head: Letterhead) -> Address | None:
    """Return where an answer is read: at the common address, else at one of the staff member's own."""
    if head.for_everybody:
        return None if head.for_everybody.key == head.sender.key else head.for_everybody
    own = await capturing.list_for(notice.staff_id)
    return Address.parse(own[0].key) if own else None


async def _note(job: Claimed, queue: JobQueue, notice: Notice, outcome: Outcome) -> None:
    """Write what became of a notice; what may go another time is put off."""
    if outcome.fate is not Fate.LATER:
        await _settle(job, queue, notice, _STATES[outcome.fate], outcome.problem)
        return
    async with transaction():
        goes_on = await queue.later(job, outcome.problem)
        state = NoticeState.WAITING if goes_on else NoticeState.REFUSED
        await notices.settle(notice.id, state, outcome.problem)
    _log.info("notice put off", notice=notice.id, attempt=job.attempt)


async def _settle(job: Claimed, queue: JobQueue, notice: Notice, state: NoticeState, problem: str) -> None:
    if state is not notice.state or problem != notice.problem:
        async with transaction():
            await notices.settle(notice.id, state, problem)
            await queue.done([job])
        _log.info("notice settled", notice=notice.id, state=state.value)
        return
    await queue.done([job])
