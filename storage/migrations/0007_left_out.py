from tortoise import migrations
from tortoise.migrations import operations as ops
import functools
from json import dumps, loads
from storage.leaving_out import LeftOutReason, SensitivityRule
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

_dumps = functools.partial(dumps, separators=(",", ":"))


class Migration(migrations.Migration):
    dependencies = [("storage", "0006_notices")]

    initial = False

    operations = [
        ops.CreateModel(
            name="LeftOutRules",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("among_staff", fields.BooleanField()),
                ("private_words", fields.JSONField(encoder=_dumps, decoder=loads)),
                ("sensitivity", fields.CharEnumField(enum_type=SensitivityRule, max_length=20)),
                ("blocked", fields.JSONField(encoder=_dumps, decoder=loads)),
                ("quarantine_hours", fields.IntField()),
                ("changed_at", fields.DatetimeField(auto_now=True, auto_now_add=False)),
            ],
            options={"table": "left_out_rules", "app": "storage", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="LeftOutCount",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("day", fields.DateField()),
                ("rule", fields.CharEnumField(enum_type=LeftOutReason, max_length=20)),
                (
                    "staff",
                    fields.ForeignKeyField(
                        "storage.Staff",
                        source_field="staff_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="left_out",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                ("number", fields.BigIntField()),
            ],
            options={
                "table": "left_out_count",
                "app": "storage",
                "indexes": [Index(fields=["day", "rule"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="LeftOutSeal",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("seal", fields.CharField(unique=True, max_length=64)),
                ("rule", fields.CharEnumField(enum_type=LeftOutReason, max_length=20)),
            ],
            options={"table": "left_out_seal", "app": "storage", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.AddField(
            model_name="Capture",
            name="marks",
            field=fields.JSONField(default=list, db_default="[]", encoder=_dumps, decoder=loads),
        ),
        ops.AddField(model_name="Entry", name="visible_from", field=fields.DatetimeField(null=True)),
        ops.AddIndex(model_name="Entry", index=Index(fields=["visible_from"])),
    ]
