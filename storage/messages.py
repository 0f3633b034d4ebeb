"""Which messages were accepted, how each came here, and what became of it."""

from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from storage.staff import CaptureAddress, Staff


class MessageState(StrEnum):
    """How far a message has come."""

    ACCEPTED = "accepted"
    FILED = "filed"
    HELD = "held"
    FAILED = "failed"


class CaptureSource(StrEnum):
    """The way by which a copy came here."""

    SMTP = "smtp"
    LMTP = "lmtp"
    UPLOAD = "upload"
    ARCHIVE = "archive"
    IMAP = "imap"
    ENQUIRY = "enquiry"  # filled in on a web site of ours


class Message(Model):
    """A message as it came, byte for byte; `digest` names its blob.

    `message_id` and `fingerprint` (see `mail.fingerprint`) are known once it is
    filed: two messages that agree in both are copies of one and share their entry.
    `own_mail`: somebody decided that a forward is entered as the forwarder's own mail.
    """

    id = fields.BigIntField(primary_key=True)
    digest = fields.CharField(max_length=64, unique=True)
    size = fields.BigIntField()
    accepted_at = fields.DatetimeField()
    state = fields.CharEnumField(MessageState, max_length=10, default=MessageState.ACCEPTED, db_index=True)
    message_id = fields.CharField(max_length=1000, null=True, db_index=True)
    fingerprint = fields.CharField(max_length=64, null=True)
    entry: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "storage.Entry", related_name="messages", db_index=True, null=True, on_delete=fields.SET_NULL
    )
    defects: Any = fields.JSONField(default=list)
    own_mail = fields.BooleanField(default=False, db_default=False)

    entry_id: int | None
    captures: fields.ReverseRelation["Capture"]

    class Meta:
        table = "message"
        indexes = (Index(fields=("fingerprint",)),)


class Capture(Model):
    """One way by which a message came: the envelope, and who captured it.

    `key` is the same for a copy that is offered again, so that a lost answer and
    the second try leave one row.  `authenticated` tells whether the sender was
    shown to be who they say (trusted relay, aligned SPF or DKIM).  `marks` are what
    the way itself says of the message: the tag of a capture address (NAME+TAG@domain),
    a label of a mailbox.
    """

    id = fields.BigIntField(primary_key=True)
    message: fields.ForeignKeyRelation[Message] = fields.ForeignKeyField(
        "storage.Message", related_name="captures"
    )
    key = fields.CharField(max_length=64)
    source = fields.CharEnumField(CaptureSource, max_length=10)
    staff: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="captures", null=True, on_delete=fields.SET_NULL
    )
    capture_address: fields.ForeignKeyNullableRelation[CaptureAddress] = fields.ForeignKeyField(
        "storage.CaptureAddress", related_name="captures", null=True, on_delete=fields.SET_NULL
    )
    envelope_sender = fields.CharField(max_length=1000, default="")
    envelope_recipients: Any = fields.JSONField(default=list)
    peer = fields.CharField(max_length=100, default="")
    authenticated = fields.BooleanField(default=False)
    held_because = fields.CharField(max_length=50, default="")
    captured_at = fields.DatetimeField()
    marks: Any = fields.JSONField(default=list, db_default="[]")

    message_id: int
    staff_id: int | None
    capture_address_id: int | None

    class Meta:
        table = "capture"
        unique_together = (("message", "key"),)
