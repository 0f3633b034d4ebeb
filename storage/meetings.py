"""What was said of meetings by mail, and how do the entries of one meeting become one?  In the caller's transaction."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tortoise import fields
from tortoise.models import Model

from storage import conversations
from storage.by_hand import json_value, rows_among
from storage.entries import (
    Attachment,
    Direction,
    Entry,
    EntryStaff,
    Participant,
    ParticipantRole,
    ThreadReference,
)
from storage.messages import Message, MessageState

MOST_SAID = 3_000
_WHO = ("person_id", "organisation_id", "function", "strength", "reason", "reason_parameters")


class Scheduling(Model):
    """What a message says of a meeting: its UID, and notes as `history.notes` reads them."""

    id = fields.BigIntField(primary_key=True)
    message: fields.ForeignKeyRelation[Message] = fields.ForeignKeyField(
        "storage.Message", related_name="scheduling"
    )
    uid = fields.CharField(max_length=250, db_index=True)
    notes: Any = fields.JSONField(default=list)

    message_id: int

    class Meta:
        table = "scheduling"
        unique_together = (("message",),)


@dataclass(frozen=True, slots=True)
class Said:
    """What one message said of a meeting, and the entry where it stands."""

    message_id: int
    entry_id: int
    uid: str
    notes: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class MeetingEntry:
    """What a meeting's entry shows; *organiser* is an address in look-up form."""

    subject: str
    at: datetime
    organiser: str
    fields: Mapping[str, Any]


async def keep(said: Iterable[tuple[int, str, list[dict[str, Any]]]]) -> None:
    """Keep what messages say: number, UID, notes."""
    rows = [Scheduling(message_id=number, uid=uid, notes=notes) for number, uid, notes in said]
    await Scheduling.filter(message_id__in=[one.message_id for one in rows]).delete()
    await Scheduling.bulk_create(rows)


async def said_of(uid: str) -> list[Said]:
    """Return what was said last of the meetings of a UID, as much as a large meeting needs."""
    found = await rows_among(
        "SELECT s.message_id, m.entry_id, s.uid, s.notes FROM scheduling s JOIN message m ON m.id = s.message_id"  # noqa: S608
        f" WHERE {{among}} AND m.entry_id IS NOT NULL ORDER BY s.message_id DESC LIMIT {MOST_SAID}",
        "s.uid",
        [uid],
    )
    said = [Said(row["message_id"], row["entry_id"], row["uid"], json_value(row["notes"])) for row in found]
    return said[::-1]


async def meetings_among(entry_ids: Collection[int]) -> list[int]:
    """Return which entries are meetings already, the oldest first."""
    return [
        one.id for one in await Entry.filter(id__in=list(entry_ids), kind="meeting").order_by("id").only("id")
    ]


async def show_message_of(source: int, target: int) -> None:
    """Let an entry have text, files and direction of another."""
    shown = await Entry.get(id=source)
    await Entry.filter(id=target).update(
        text=shown.text, direction=shown.direction, kind_fields=shown.kind_fields
    )
    await Attachment.filter(entry_id=target).delete()
    await Attachment.filter(entry_id=source).update(entry_id=target)


async def absorb(source: int, target: int) -> None:
    """Make an entry part of another: messages, who took part, staff, and its place in the conversation."""
    await _absorb_participants(source, target)
    parts = await EntryStaff.filter(entry_id=source)
    await EntryStaff.bulk_create(
        [EntryStaff(entry_id=target, staff_id=one.staff_id, part=one.part, at=one.at) for one in parts],
        ignore_conflicts=True,
    )
    await _absorb_place(source, target)
    await Message.filter(entry_id=source).update(entry_id=target)
    await Entry.filter(id=source).delete()


async def _absorb_participants(source: int, target: int) -> None:
    """Move who took part; of one who is in both, whoever they were taken for counts."""
    known = {one.key: one for one in await Participant.filter(entry_id=target)}
    for one in await Participant.filter(entry_id=source).order_by("id"):
        there = known.get(one.key)
        if there is None:
            await Participant.filter(id=one.id).update(entry_id=target)
        elif (one.person_id or one.organisation_id) and not (there.person_id or there.organisation_id):
            await Participant.filter(id=there.id).update(**{name: getattr(one, name) for name in _WHO})


async def _absorb_place(source: int, target: int) -> None:
    thread_ids = {one.id: one.thread_id for one in await Entry.filter(id__in=[source, target])}
    left, thread_id = thread_ids[source], thread_ids[target]
    if left is None or thread_id is None or left == thread_id:
        return
    await Entry.filter(id=source).update(thread_id=thread_id)
    if not await Entry.exists(thread_id=left):
        await conversations.join(left, thread_id)
        return
    own = await Message.filter(entry_id=source, message_id__isnull=False).values_list("message_id", flat=True)
    new = {str(one) for one in own} - set(await conversations.references_of(thread_id))
    await ThreadReference.bulk_create([ThreadReference(reference=one, thread_id=thread_id) for one in new])


async def write(entry_id: int, meeting: MeetingEntry) -> int | None:
    """Write what a meeting's entry shows, and return its thread; its organiser is the author."""
    entry = await Entry.get(id=entry_id)
    await Entry.filter(id=entry_id).update(
        kind="meeting",
        subject=meeting.subject,
        at=meeting.at,
        kind_fields=entry.kind_fields | dict(meeting.fields),
    )
    visible = Participant.filter(entry_id=entry_id).exclude(role=ParticipantRole.BCC)
    await visible.filter(key=meeting.organiser).update(role=ParticipantRole.FROM)
    await visible.exclude(key=meeting.organiser).update(role=ParticipantRole.TO)
    await Participant.filter(entry_id=entry_id).update(at=meeting.at)
    await EntryStaff.filter(entry_id=entry_id).update(at=meeting.at)
    state = MessageState.HELD if entry.held_reason else MessageState.FILED
    await Message.filter(entry_id=entry_id).update(state=state)
    if entry.direction is Direction.INTERNAL:
        return entry.thread_id
    ours = not await Participant.exists(entry_id=entry_id, role=ParticipantRole.FROM)
    await Entry.filter(id=entry_id).update(direction=Direction.OUTGOING if ours else Direction.INCOMING)
    return entry.thread_id
