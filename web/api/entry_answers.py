"""How is an entry of the contact history answered: in short in lists, and in full?"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from history.timeline import EntryLine, ParticipantLine, Timeline, participant_line
from storage.entries import Attachment, Direction, Entry, ParticipantRole, StaffPart, Strength
from storage.messages import Message, MessageState
from web import reasons
from web.api.fields import Answer, Named, Page
from web.api.operation import PREFIX


class Why(Answer):
    """A reason: its code, the names in it, and its sentence in English."""

    code: str
    parameters: dict[str, Any]
    sentence: str


class ParticipantOfEntry(Answer):
    """Somebody outside who took part, as they were then, whom they were taken for, and why."""

    id: int
    role: ParticipantRole
    name: str
    address: str
    person: Named | None
    organisation: Named | None
    function: str
    strength: Strength | None
    reason: Why


class StaffOfEntry(Answer):
    """A colleague's part in an entry."""

    id: int
    name: str
    part: StaffPart


class EntrySummary(Answer):
    """An entry as lists show it; `excerpt` is how its text begins, `held` why it waits for a decision.

    `due_on` is the day on which a task (`kind` todo) is to be done.
    """

    id: int
    kind: str
    direction: Direction
    at: datetime
    subject: str
    excerpt: str
    due_on: date | None
    thread_id: int | None
    held: Why | None
    participants: list[ParticipantOfEntry]
    staff: list[StaffOfEntry]
    attachments: int


class EntryPage(Page):
    """A page of entries, the newest first."""

    rows: list[EntrySummary]


class AttachmentOfEntry(Answer):
    """A file; `content` is where it is."""

    number: int
    name: str
    type: str
    size: int
    inline: bool
    digest: str
    content: str


class MessageOfEntry(Answer):
    """A message of which the entry was made; `raw` is where its bytes are."""

    id: int
    digest: str
    size: int
    state: MessageState
    raw: str


class EntryInFull(Answer):
    """An entry with all that belongs to it."""

    id: int
    kind: str
    kind_fields: dict[str, Any]
    due_on: date | None
    direction: Direction
    at: datetime
    subject: str
    text: str
    thread_id: int | None
    held: Why | None
    participants: list[ParticipantOfEntry]
    staff: list[StaffOfEntry]
    attachments: list[AttachmentOfEntry]
    messages: list[MessageOfEntry]


def page_of(timeline: Timeline) -> EntryPage:
    """Return a page of a timeline."""
    return EntryPage(rows=[_summary(line) for line in timeline.entries], after=timeline.after)


def in_full(entry: Entry) -> EntryInFull:
    """Return an entry with all that belongs to it."""
    return EntryInFull(**parts_of(entry))


def parts_of(entry: Entry) -> dict[str, Any]:
    """Return the fields of an entry in full, for answers that add to them."""
    return {
        "id": entry.id,
        "kind": entry.kind,
        "kind_fields": entry.kind_fields,
        "due_on": entry.due_on,
        "direction": entry.direction,
        "at": entry.at,
        "subject": entry.subject,
        "text": entry.text,
        "thread_id": entry.thread_id,
        "held": _held(entry.held_reason, entry.held_parameters),
        "participants": _participants(map(participant_line, entry.participants)),
        "staff": [
            StaffOfEntry(id=one.staff_id, name=one.staff.name, part=one.part) for one in entry.staff_parts
        ],
        "attachments": [_attachment(entry.id, one) for one in entry.attachments],
        "messages": [_message(one) for one in entry.messages],
    }


def _summary(line: EntryLine) -> EntrySummary:
    return EntrySummary(
        id=line.id,
        kind=line.kind,
        direction=line.direction,
        at=line.at,
        subject=line.subject,
        excerpt=line.excerpt,
        due_on=line.due_on,
        thread_id=line.thread_id,
        held=_held(line.held_reason, line.held_parameters),
        participants=_participants(line.participants),
        staff=[StaffOfEntry(id=one.staff_id, name=one.name, part=one.part) for one in line.staff],
        attachments=line.attachments,
    )


def _participants(lines: Iterable[ParticipantLine]) -> list[ParticipantOfEntry]:
    return [
        ParticipantOfEntry(
            id=one.id,
            role=one.role,
            name=one.name,
            address=one.written,
            person=_named(one.person_id, one.person_name),
            organisation=_named(one.organisation_id, one.organisation_name),
            function=one.function,
            strength=one.strength,
            reason=_why(one.reason, one.reason_parameters),
        )
        for one in lines
    ]


def _attachment(entry_id: int, one: Attachment) -> AttachmentOfEntry:
    return AttachmentOfEntry(
        number=one.number,
        name=one.name,
        type=one.type,
        size=one.size,
        inline=one.inline,
        digest=one.digest,
        content=f"{PREFIX}/entries/{entry_id}/attachments/{one.number}",
    )


def _message(one: Message) -> MessageOfEntry:
    raw = f"{PREFIX}/messages/{one.id}/raw"
    return MessageOfEntry(id=one.id, digest=one.digest, size=one.size, state=one.state, raw=raw)


def _named(row_id: int | None, name: str) -> Named | None:
    return None if row_id is None else Named(id=row_id, name=name)


def _held(code: str | None, parameters: Mapping[str, Any]) -> Why | None:
    return _why(code, parameters) if code else None


def _why(code: str, parameters: Mapping[str, Any]) -> Why:
    return Why(code=code, parameters=dict(parameters), sentence=reasons.sentence(str, code, parameters))
