import functools
from json import dumps, loads
from typing import Any

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from storage.facts import FactKind

_dumps = functools.partial(dumps, separators=(",", ":"))


def _key(to: str, on_delete: OnDelete = OnDelete.CASCADE, **more: Any) -> Any:
    name = f"{to.rpartition('.')[2].lower()}_id"
    return fields.ForeignKeyField(
        to, source_field=name, db_constraint=True, to_field="id", on_delete=on_delete, **more
    )


class Migration(migrations.Migration):
    dependencies = [("storage", "0010_numbers")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Fact",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("kind", fields.CharEnumField(enum_type=FactKind, max_length=20)),
                ("about", fields.CharField(db_index=True, default="", max_length=320)),
                ("written", fields.CharField(default="", max_length=1000)),
                ("person", _key("storage.Person", null=True, db_index=True, related_name="facts")),
                (
                    "organisation",
                    _key("storage.Organisation", null=True, db_index=True, related_name="facts"),
                ),
                ("since", fields.DateField()),
                ("lasting", fields.BooleanField()),
                ("entry_id", fields.BigIntField(null=True)),
                ("together", fields.BigIntField(null=True, db_index=True)),
                ("settled", fields.IntField(default=0)),
                ("staff", _key("storage.Staff", OnDelete.SET_NULL, null=True, related_name="facts")),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
            ],
            options={
                "table": "fact",
                "app": "storage",
                "indexes": [Index(fields=["kind", "id"]), Index(fields=["staff_id", "id"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="FactStep",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("fact", _key("storage.Fact", related_name="steps")),
                ("subject", fields.CharField(max_length=50)),
                ("row_id", fields.BigIntField()),
                ("before", fields.JSONField(null=True, encoder=_dumps, decoder=loads)),
                ("after", fields.JSONField(null=True, encoder=_dumps, decoder=loads)),
            ],
            options={
                "table": "fact_step",
                "app": "storage",
                "unique_together": (("fact", "subject", "row_id"),),
                "indexes": [Index(fields=["subject", "row_id"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
    ]
