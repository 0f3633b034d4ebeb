from tortoise import migrations
from tortoise.migrations import operations as ops
import functools
from json import dumps, loads
from storage.entries import Direction, ParticipantRole, StaffPart, Strength
from storage.messages import CaptureSource, MessageState
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("storage", "0002_correspondents")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Thread",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("subject_key", fields.CharField(default="", max_length=300)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
            ],
            options={"table": "thread", "app": "storage", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Entry",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("kind", fields.CharField(default="email", max_length=30)),
                ("direction", fields.CharEnumField(enum_type=Direction, max_length=10)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("subject", fields.TextField(default="", unique=False)),
                ("text", fields.TextField(default="", unique=False)),
                (
                    "kind_fields",
                    fields.JSONField(
                        default=dict, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
                (
                    "thread",
                    fields.ForeignKeyField(
                        "storage.Thread",
                        source_field="thread_id",
                        null=True,
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="entries",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                ("held_reason", fields.CharField(null=True, max_length=50)),
                (
                    "held_parameters",
                    fields.JSONField(
                        default=dict, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
            ],
            options={
                "table": "entry",
                "app": "storage",
                "indexes": [Index(fields=["at", "id"]), Index(fields=["held_reason", "at"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Attachment",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "entry",
                    fields.ForeignKeyField(
                        "storage.Entry",
                        source_field="entry_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="attachments",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("number", fields.IntField()),
                ("name", fields.CharField(default="", max_length=500)),
                ("type", fields.CharField(default="", max_length=200)),
                ("size", fields.BigIntField()),
                ("inline", fields.BooleanField(default=False)),
                ("digest", fields.CharField(db_index=True, max_length=64)),
            ],
            options={
                "table": "attachment",
                "app": "storage",
                "unique_together": (("entry", "number"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="EntryStaff",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "entry",
                    fields.ForeignKeyField(
                        "storage.Entry",
                        source_field="entry_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="staff_parts",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "staff",
                    fields.ForeignKeyField(
                        "storage.Staff",
                        source_field="staff_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="entry_parts",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("part", fields.CharEnumField(enum_type=StaffPart, max_length=10)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "entry_staff",
                "app": "storage",
                "unique_together": (("entry", "staff", "part"),),
                "indexes": [Index(fields=["staff_id", "at", "entry_id"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Message",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("digest", fields.CharField(unique=True, max_length=64)),
                ("size", fields.BigIntField()),
                ("accepted_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "state",
                    fields.CharEnumField(
                        default=MessageState.ACCEPTED, db_index=True, enum_type=MessageState, max_length=10
                    ),
                ),
                ("message_id", fields.CharField(null=True, db_index=True, max_length=1000)),
                ("fingerprint", fields.CharField(null=True, max_length=64)),
                (
                    "entry",
                    fields.ForeignKeyField(
                        "storage.Entry",
                        source_field="entry_id",
                        null=True,
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="messages",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                (
                    "defects",
                    fields.JSONField(
                        default=list, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
            ],
            options={"table": "message", "app": "storage", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Capture",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "message",
                    fields.ForeignKeyField(
                        "storage.Message",
                        source_field="message_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="captures",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("key", fields.CharField(max_length=64)),
                ("source", fields.CharEnumField(enum_type=CaptureSource, max_length=10)),
                (
                    "staff",
                    fields.ForeignKeyField(
                        "storage.Staff",
                        source_field="staff_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="captures",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                (
                    "capture_address",
                    fields.ForeignKeyField(
                        "storage.CaptureAddress",
                        source_field="capture_address_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="captures",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                ("envelope_sender", fields.CharField(default="", max_length=1000)),
                (
                    "envelope_recipients",
                    fields.JSONField(
                        default=list, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
                ("peer", fields.CharField(default="", max_length=100)),
                ("authenticated", fields.BooleanField(default=False)),
                ("held_because", fields.CharField(default="", max_length=50)),
                ("captured_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "capture",
                "app": "storage",
                "unique_together": (("message", "key"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Participant",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "entry",
                    fields.ForeignKeyField(
                        "storage.Entry",
                        source_field="entry_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="participants",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("role", fields.CharEnumField(enum_type=ParticipantRole, max_length=10)),
                ("key", fields.CharField(default="", db_index=True, max_length=320)),
                ("written", fields.CharField(default="", max_length=1000)),
                ("name", fields.CharField(default="", max_length=500)),
                (
                    "person",
                    fields.ForeignKeyField(
                        "storage.Person",
                        source_field="person_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="participations",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                (
                    "organisation",
                    fields.ForeignKeyField(
                        "storage.Organisation",
                        source_field="organisation_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="participations",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                ("function", fields.CharField(default="", max_length=200)),
                ("strength", fields.CharEnumField(null=True, enum_type=Strength, max_length=10)),
                ("reason", fields.CharField(max_length=50)),
                (
                    "reason_parameters",
                    fields.JSONField(
                        default=dict, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
                (
                    "decided_by",
                    fields.ForeignKeyField(
                        "storage.Staff",
                        source_field="decided_by_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="decisions",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
            ],
            options={
                "table": "participant",
                "app": "storage",
                "indexes": [
                    Index(fields=["organisation_id", "at", "entry_id"]),
                    Index(fields=["person_id", "at", "entry_id"]),
                ],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ThreadReference",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("reference", fields.CharField(db_index=True, max_length=1000)),
                (
                    "thread",
                    fields.ForeignKeyField(
                        "storage.Thread",
                        source_field="thread_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="references",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
            ],
            options={"table": "thread_reference", "app": "storage", "pk_attr": "id"},
            bases=["Model"],
        ),
    ]
