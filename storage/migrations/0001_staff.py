from tortoise import migrations
from tortoise.migrations import operations as ops
import functools
from json import dumps, loads
from storage.jobs import JobState
from storage.staff import AccessRole, StaffAddressKind
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name="BlobPart",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("digest", fields.CharField(max_length=64)),
                ("number", fields.IntField()),
                ("octets", fields.BinaryField()),
            ],
            options={
                "table": "blob_part",
                "app": "storage",
                "unique_together": (("digest", "number"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Job",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("kind", fields.CharField(max_length=50)),
                (
                    "payload",
                    fields.JSONField(encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads),
                ),
                ("key", fields.CharField(null=True, unique=True, max_length=100)),
                ("priority", fields.IntField(default=0)),
                ("state", fields.CharEnumField(default=JobState.READY, enum_type=JobState, max_length=10)),
                ("attempts", fields.IntField(default=0)),
                ("due_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("error", fields.TextField(default="", unique=False)),
                ("changed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "job",
                "app": "storage",
                "indexes": [Index(fields=["state", "due_at"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="LoginFailure",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("subject", fields.CharField(db_index=True, max_length=400)),
                ("failed_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
            ],
            options={"table": "login_failure", "app": "storage", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Team",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("name", fields.CharField(unique=True, max_length=200)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
            ],
            options={"table": "team", "app": "storage", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Staff",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("name", fields.CharField(max_length=200)),
                ("login", fields.CharField(unique=True, max_length=320)),
                ("password_hash", fields.CharField(null=True, max_length=200)),
                ("password_is_temporary", fields.BooleanField(default=False)),
                (
                    "access",
                    fields.CharEnumField(default=AccessRole.STAFF, enum_type=AccessRole, max_length=20),
                ),
                ("language", fields.CharField(default="de", max_length=8)),
                (
                    "team",
                    fields.ForeignKeyField(
                        "storage.Team",
                        source_field="team_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="staff",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ("left_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={"table": "staff", "app": "storage", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ApiToken",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("name", fields.CharField(max_length=200)),
                ("token_digest", fields.CharField(unique=True, max_length=64)),
                (
                    "staff",
                    fields.ForeignKeyField(
                        "storage.Staff",
                        source_field="staff_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="api_tokens",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ("seen_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("revoked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={"table": "api_token", "app": "storage", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Audit",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("at", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=True)),
                (
                    "staff",
                    fields.ForeignKeyField(
                        "storage.Staff",
                        source_field="staff_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="acts",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                ("act", fields.CharField(max_length=50)),
                ("subject", fields.CharField(default="", max_length=50)),
                ("subject_id", fields.BigIntField(null=True)),
                (
                    "details",
                    fields.JSONField(
                        default=dict, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
            ],
            options={"table": "audit", "app": "storage", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="CaptureAddress",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("key", fields.CharField(unique=True, max_length=320)),
                (
                    "staff",
                    fields.ForeignKeyField(
                        "storage.Staff",
                        source_field="staff_id",
                        null=True,
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="capture_addresses",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ("valid_until", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("revoked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={"table": "capture_address", "app": "storage", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Change",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                (
                    "staff",
                    fields.ForeignKeyField(
                        "storage.Staff",
                        source_field="staff_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="changes",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                ("subject", fields.CharField(max_length=50)),
                ("subject_id", fields.BigIntField()),
                (
                    "before",
                    fields.JSONField(
                        default=dict, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
                (
                    "after",
                    fields.JSONField(
                        default=dict, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
            ],
            options={
                "table": "change",
                "app": "storage",
                "indexes": [Index(fields=["subject", "subject_id"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Session",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("token_digest", fields.CharField(unique=True, max_length=64)),
                (
                    "staff",
                    fields.ForeignKeyField(
                        "storage.Staff",
                        source_field="staff_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="sessions",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ("seen_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={"table": "session", "app": "storage", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="StaffAddress",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("key", fields.CharField(unique=True, max_length=320)),
                ("written", fields.CharField(max_length=320)),
                (
                    "kind",
                    fields.CharEnumField(
                        default=StaffAddressKind.OWN, enum_type=StaffAddressKind, max_length=10
                    ),
                ),
                (
                    "staff",
                    fields.ForeignKeyField(
                        "storage.Staff",
                        source_field="staff_id",
                        null=True,
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="addresses",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "team",
                    fields.ForeignKeyField(
                        "storage.Team",
                        source_field="team_id",
                        null=True,
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="addresses",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
            ],
            options={"table": "staff_address", "app": "storage", "pk_attr": "id"},
            bases=["Model"],
        ),
    ]
