"""What is a staff member told by mail, and has it gone out?

A row holds what is said, as a code with parameters; the words are found when it is
sent.  `give_notice` is all that others need.
"""

import json
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.connection import get_connection
from tortoise.indexes import Index
from tortoise.models import Model

from storage.by_hand import inserting, stored
from storage.connect import transaction
from storage.jobs import JobQueue, SendNotice
from storage.staff import Staff
from storage.storable import storable

_LONGEST_KEY, _LONGEST_REFERENCE = 200, 1000
_COLUMNS = ("staff_id", "code", "parameters", "in_reply_to", "once", "created_at", "state", "problem")


class NoticeState(StrEnum):
    """How far a notice has come.

    One that was handed over and of which no answer is known is *uncertain*: it is
    never sent again by itself.
    """

    WAITING = "waiting"
    HANDED_OVER = "handed-over"
    SENT = "sent"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"


class Notice(Model):
    """A mail that Postbuch writes to a staff member by itself.

    `code` names its template, `parameters` fill it.  `once` is taken by one notice
    only.  `problem` is what the relay said, or what else hinders it.
    """

    id = fields.BigIntField(primary_key=True)
    staff: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField("storage.Staff", related_name="notices")
    code = fields.CharField(max_length=50)
    parameters: Any = fields.JSONField(default=dict)
    in_reply_to = fields.CharField(max_length=_LONGEST_REFERENCE, default="")
    once = fields.CharField(max_length=_LONGEST_KEY, null=True, unique=True)
    created_at = fields.DatetimeField()
    state = fields.CharEnumField(NoticeState, max_length=15, default=NoticeState.WAITING, db_index=True)
    sent_at = fields.DatetimeField(null=True)
    problem = fields.TextField(default="")

    staff_id: int

    class Meta:
        table = "notice"
        indexes = (Index(fields=("staff_id", "created_at")),)


async def give_notice(
    queue: JobQueue,
    staff_id: int,
    code: str,
    parameters: dict[str, Any],
    *,
    in_reply_to: str = "",
    once: str | None = None,
) -> None:
    """Have a staff member told something by mail, in the caller's transaction.

    Nothing is done where a notice with the same *once* stands already, whatever became of it.
    """
    now = datetime.now(UTC)
    values = (
        staff_id,
        code,
        json.dumps(_storable(parameters)),
        storable(in_reply_to, most=_LONGEST_REFERENCE),
        once,
        stored(now),
        NoticeState.WAITING.value,
        "",
    )
    statement, given = inserting("notice", _COLUMNS, [values])
    for row in await get_connection("default").execute_query_dict(f"{statement} RETURNING id", given):
        await queue.enqueue([SendNotice(row["id"])])


def _storable(value: Any) -> Any:
    """Return a parameter, or several, without what a database refuses."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(name): _storable(one) for name, one in value.items()}
    return [_storable(one) for one in value] if isinstance(value, list | tuple) else value


async def notice(notice_id: int) -> Notice | None:
    """Return a notice with whom it is for and their addresses."""
    found = Notice.filter(id=notice_id).prefetch_related("staff__addresses")
    return await found.first()


async def hand_over(notice_id: int) -> None:
    """Note that a notice is about to be given to the relay."""
    async with transaction():
        await Notice.filter(id=notice_id).update(state=NoticeState.HANDED_OVER)


async def settle(notice_id: int, state: NoticeState, problem: str = "") -> None:
    """Note what became of a notice, in the caller's transaction."""
    sent_at = datetime.now(UTC) if state is NoticeState.SENT else None
    await Notice.filter(id=notice_id).update(state=state, sent_at=sent_at, problem=storable(problem))


async def given_since(staff_id: int, since: datetime) -> int:
    """Return how many answers to their mails a staff member has been given since then."""
    return await Notice.filter(staff_id=staff_id, created_at__gte=since).exclude(in_reply_to="").count()


async def of_staff(staff_id: int, *, most: int) -> list[Notice]:
    """Return what a staff member was told, the newest first."""
    return await Notice.filter(staff_id=staff_id).order_by("-id").limit(most)


async def not_sent(*, most: int) -> list[Notice]:
    """Return the notices that were refused or of which nobody knows, the newest first, with whom they are for."""
    lost = Notice.filter(state__in=(NoticeState.REFUSED, NoticeState.UNCERTAIN))
    return await lost.order_by("-id").limit(most).select_related("staff")
