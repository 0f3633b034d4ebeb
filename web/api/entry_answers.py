"""How is an entry of the contact history answered: in short in lists, and in full?"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from history.timeline import EntryLine, ParticipantLine, Timeline, participant_line
from mail.file_marks import FileMark
from storage.entries import Direction, Entry, ParticipantRole, StaffPart, Strength
from storage.messages import Message, MessageState
from web import reasons
from web.api.fields import Answer, Named, Page
from web.api.operation import PREFIX
from web.files import ShownFile, files_of


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
    """An entry as lists show it.

    `excerpt` is how its text begins, `held` why it waits for a decision; `found_in` are files
    of it that hold all words that were looked for.  `due_on` is the day on which a task (`kind`
    todo) is to be done.  Until `visible_from` only those who captured it see it.
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
    visible_from: datetime | None
    participants: list[ParticipantOfEntry]
    staff: list[StaffOfEntry]
    attachments: int
    found_in: list[str]


class EntryPage(Page):
    """A page of entries, the newest first."""

    rows: list[EntrySummary]


class PackedFile(Answer):
    """A file in an archive; `size` is null where the archive does not say it."""

    name: str
    size: int | None


class AttachmentOfEntry(Answer):
    """A file; `content` is where it is.

    `read` tells whether somebody has looked into it yet; `kind` is what its content shows
    it to be, `packed` what an archive or mail holds.
    """

    number: int
    name: str
    type: str
    size: int
    inline: bool
    digest: str
    content: str
    read: bool
    kind: str
    marks: list[FileMark]
    dangerous: bool
    defects: list[str]
    packed: list[PackedFile]


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
    visible_from: datetime | None
    participants: list[ParticipantOfEntry]
    staff: list[StaffOfEntry]
    attachments: list[AttachmentOfEntry]
    messages: list[MessageOfEntry]


def page_of(timeline: Timeline) -> EntryPage:
    """Return a page of a timeline."""
    return EntryPage(rows=[_summary(line) for line in timeline.entries], after=timeline.after)


async def in_full(entry: Entry) -> EntryInFull:
    """Return an entry with all that belongs to it."""
    return EntryInFull(**await parts_of(entry))


async def parts_of(entry: Entry) -> dict[str, Any]:
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
        "visible_from": entry.visible_from,
        "participants": _participants(map(participant_line, entry.participants)),
        "staff": [
            StaffOfEntry(id=one.staff_id, name=one.staff.name, part=one.part) for one in entry.staff_parts
        ],
        "attachments": [_attachment(entry.id, one) for one in await files_of(entry)],
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
        visible_from=line.visible_from,
        participants=_participants(line.participants),
        staff=[StaffOfEntry(id=one.staff_id, name=one.name, part=one.part) for one in line.staff],
        attachments=line.attachments,
        found_in=list(line.found_in),
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


def _attachment(entry_id: int, one: ShownFile) -> AttachmentOfEntry:
    file = one.file
    return AttachmentOfEntry(
        number=file.number,
        name=file.name,
        type=file.type,
        size=file.size,
        inline=file.inline,
        digest=file.digest,
        content=f"{PREFIX}/entries/{entry_id}/attachments/{file.number}",
        read=one.is_read,
        kind=one.kind,
        marks=list(one.marks),
        dangerous=one.is_dangerous,
        defects=list(one.defects),
        packed=[PackedFile(name=name, size=size) for name, size in one.packed],
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
