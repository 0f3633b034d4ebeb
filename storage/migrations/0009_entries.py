import functools
from json import dumps, loads

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("storage", "0008_attachments")]

    initial = False

    operations = [
        ops.AddField("Message", "own_mail", fields.BooleanField(default=False, db_default=False)),
        ops.AddIndex("Message", Index(fields=["fingerprint"])),
        ops.CreateModel(
            name="Scheduling",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "message",
                    fields.ForeignKeyField(
                        "storage.Message",
                        source_field="message_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="scheduling",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("uid", fields.CharField(db_index=True, max_length=250)),
                (
                    "notes",
                    fields.JSONField(
                        default=list, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
            ],
            options={
                "table": "scheduling",
                "app": "storage",
                "unique_together": (("message",),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="OpenAnswer",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "thread",
                    fields.ForeignKeyField(
                        "storage.Thread",
                        source_field="thread_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="open_answers",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("key", fields.CharField(db_index=True, max_length=64)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={"table": "open_answer", "app": "storage", "pk_attr": "id"},
            bases=["Model"],
        ),
    ]
