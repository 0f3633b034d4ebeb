"""The contact history: what happened, who took part, which thread it belongs to."""

from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from storage.correspondents import Organisation, Person
from storage.staff import Staff


class Direction(StrEnum):
    """Which way a message went, seen from the firm."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"
    INTERNAL = "internal"


class ParticipantRole(StrEnum):
    """In which header field an outside address stood."""

    FROM = "from"
    TO = "to"
    CC = "cc"
    BCC = "bcc"


class Strength(StrEnum):
    """How much a piece of evidence is worth."""

    CERTAIN = "certain"
    STRONG = "strong"
    WEAK = "weak"


class StaffPart(StrEnum):
    """What a staff member had to do with an entry."""

    AUTHOR = "author"
    RECIPIENT = "recipient"
    CAPTURED = "captured"


class Thread(Model):
    """A conversation with the same outside correspondents."""

    id = fields.BigIntField(primary_key=True)
    subject_key = fields.CharField(max_length=300, default="")
    created_at = fields.DatetimeField(auto_now_add=True)

    class Meta:
        table = "thread"


class ThreadReference(Model):
    """A Message-ID that was seen in a thread, as its own or as a reference."""

    id = fields.BigIntField(primary_key=True)
    reference = fields.CharField(max_length=1000, db_index=True)
    thread: fields.ForeignKeyRelation[Thread] = fields.ForeignKeyField(
        "storage.Thread", related_name="references", db_index=True
    )

    thread_id: int

    class Meta:
        table = "thread_reference"


class OpenAnswer(Model):
    """An answer that only its subject could join to what it answers, which has not come yet.

    `key` tells subject and correspondent (see `history.placing`); `at` is when it was written.
    """

    id = fields.BigIntField(primary_key=True)
    thread: fields.ForeignKeyRelation[Thread] = fields.ForeignKeyField(
        "storage.Thread", related_name="open_answers", db_index=True
    )
    key = fields.CharField(max_length=64, db_index=True)
    at = fields.DatetimeField()

    thread_id: int

    class Meta:
        table = "open_answer"


class Entry(Model):
    """One contact: of which kind, which way, when, about what.

    `kind_fields` holds what only its kind has; `due_on` is when something is to be done.
    A held entry waits for a person: `held_reason` is a code, `held_parameters` fill its
    sentence when shown.  Until `visible_from` only those who captured it see it (see
    `storage.quarantine`).
    """

    id = fields.BigIntField(primary_key=True)
    kind = fields.CharField(max_length=30, default="email")
    direction = fields.CharEnumField(Direction, max_length=10)
    at = fields.DatetimeField()
    subject = fields.TextField(default="")
    text = fields.TextField(default="")
    kind_fields: Any = fields.JSONField(default=dict)
    due_on = fields.DateField(null=True)
    thread: fields.ForeignKeyNullableRelation[Thread] = fields.ForeignKeyField(
        "storage.Thread", related_name="entries", db_index=True, null=True, on_delete=fields.SET_NULL
    )
    held_reason = fields.CharField(max_length=50, null=True)
    held_parameters: Any = fields.JSONField(default=dict)
    created_at = fields.DatetimeField(auto_now_add=True)
    visible_from = fields.DatetimeField(null=True)

    participants: fields.ReverseRelation["Participant"]
    staff_parts: fields.ReverseRelation["EntryStaff"]
    attachments: fields.ReverseRelation["Attachment"]
    messages: fields.ReverseRelation[Any]  # of storage.messages.Message
    thread_id: int | None

    class Meta:
        table = "entry"
        indexes = (
            Index(fields=("at", "id")),
            Index(fields=("held_reason", "at")),
            Index(fields=("visible_from",)),
        )


class Participant(Model):
    """Somebody outside who took part, as they were then.

    `reason` and `reason_parameters` say in a sentence why this person and
    organisation were chosen, or why none was.  `at` repeats the entry's time, so
    that a timeline is one walk along an index.
    """

    id = fields.BigIntField(primary_key=True)
    entry: fields.ForeignKeyRelation[Entry] = fields.ForeignKeyField(
        "storage.Entry", related_name="participants", db_index=True
    )
    at = fields.DatetimeField()
    role = fields.CharEnumField(ParticipantRole, max_length=10)
    key = fields.CharField(max_length=320, default="", db_index=True)
    written = fields.CharField(max_length=1000, default="")
    name = fields.CharField(max_length=500, default="")
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "storage.Person", related_name="participations", null=True, on_delete=fields.SET_NULL
    )
    organisation: fields.ForeignKeyNullableRelation[Organisation] = fields.ForeignKeyField(
        "storage.Organisation", related_name="participations", null=True, on_delete=fields.SET_NULL
    )
    function = fields.CharField(max_length=200, default="")
    strength = fields.CharEnumField(Strength, max_length=10, null=True)
    reason = fields.CharField(max_length=50)
    reason_parameters: Any = fields.JSONField(default=dict)
    decided_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="decisions", null=True, on_delete=fields.SET_NULL
    )

    entry_id: int
    person_id: int | None
    organisation_id: int | None
    decided_by_id: int | None

    class Meta:
        table = "participant"
        indexes = (
            Index(fields=("organisation_id", "at", "entry_id")),
            Index(fields=("person_id", "at", "entry_id")),
        )


class EntryStaff(Model):
    """A staff member's part in an entry."""

    id = fields.BigIntField(primary_key=True)
    entry: fields.ForeignKeyRelation[Entry] = fields.ForeignKeyField(
        "storage.Entry", related_name="staff_parts"
    )
    staff: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="entry_parts"
    )
    part = fields.CharEnumField(StaffPart, max_length=10)
    at = fields.DatetimeField()

    entry_id: int
    staff_id: int

    class Meta:
        table = "entry_staff"
        unique_together = (("entry", "staff", "part"),)
        indexes = (Index(fields=("staff_id", "at", "entry_id")),)


class Attachment(Model):
    """A file that came with an entry's message; its content stays in the message's bytes.

    `number` finds it there; equal files have equal `digest` (SHA-256).
    """

    id = fields.BigIntField(primary_key=True)
    entry: fields.ForeignKeyRelation[Entry] = fields.ForeignKeyField(
        "storage.Entry", related_name="attachments"
    )
    number = fields.IntField()
    name = fields.CharField(max_length=500, default="")
    type = fields.CharField(max_length=200, default="")
    size = fields.BigIntField()
    inline = fields.BooleanField(default=False)
    digest = fields.CharField(max_length=64, db_index=True)

    entry_id: int

    class Meta:
        table = "attachment"
        unique_together = (("entry", "number"),)
