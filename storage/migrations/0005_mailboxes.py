from tortoise import migrations
from tortoise.migrations import operations as ops
import functools
from json import dumps, loads
from storage.mailboxes import After, Encryption, MailboxState, SecretKind
from tortoise.fields.base import OnDelete
from tortoise import fields


class Migration(migrations.Migration):
    dependencies = [("storage", "0004_search")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Mailbox",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "staff",
                    fields.ForeignKeyField(
                        "storage.Staff",
                        source_field="staff_id",
                        null=True,
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="mailboxes",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                ("name", fields.CharField(max_length=200)),
                ("host", fields.CharField(max_length=255)),
                ("port", fields.IntField()),
                ("tls", fields.CharEnumField(default=Encryption.TLS, enum_type=Encryption, max_length=10)),
                ("login", fields.CharField(max_length=320)),
                ("secret", fields.TextField(unique=False)),
                (
                    "secret_kind",
                    fields.CharEnumField(default=SecretKind.PASSWORD, enum_type=SecretKind, max_length=10),
                ),
                (
                    "folders",
                    fields.JSONField(
                        default=list, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
                ("only_from", fields.DateField(null=True)),
                ("after", fields.CharEnumField(default=After.LEAVE, enum_type=After, max_length=10)),
                ("after_folder", fields.CharField(default="", max_length=500)),
                ("paused", fields.BooleanField(default=False)),
                ("revision", fields.IntField(default=0)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                (
                    "state",
                    fields.CharEnumField(default=MailboxState.NEW, enum_type=MailboxState, max_length=10),
                ),
                ("problem", fields.CharField(default="", max_length=50)),
                (
                    "problem_parameters",
                    fields.JSONField(
                        default=dict, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
                ("since", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("last_contact_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("last_mail_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("filled", fields.IntField(default=0)),
                ("to_fill", fields.IntField(default=0)),
                (
                    "left_out",
                    fields.JSONField(
                        default=dict, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
                (
                    "hours_with_mail",
                    fields.JSONField(
                        default=list, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
                ("alarmed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={"table": "mailbox", "app": "storage", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="MailboxFolder",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "mailbox",
                    fields.ForeignKeyField(
                        "storage.Mailbox",
                        source_field="mailbox_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="places",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("name", fields.CharField(max_length=500)),
                ("uid_validity", fields.BigIntField()),
                ("last_uid", fields.BigIntField()),
                ("filled_from_uid", fields.BigIntField()),
                ("filled", fields.BooleanField(default=False)),
                ("fetched", fields.IntField(default=0)),
            ],
            options={
                "table": "mailbox_folder",
                "app": "storage",
                "unique_together": (("mailbox", "name"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
    ]
