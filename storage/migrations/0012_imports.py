import functools
from json import dumps, loads
from typing import Any

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from storage.imports import ImportState

_dumps = functools.partial(dumps, separators=(",", ":"))


def _id() -> Any:
    return fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)


def _json(default: Any) -> Any:
    return fields.JSONField(default=default, encoder=_dumps, decoder=loads)


class Migration(migrations.Migration):
    dependencies = [("storage", "0011_facts")]

    initial = False

    operations = [
        ops.CreateModel(
            name="ColumnMapping",
            fields=[
                ("id", _id()),
                ("key", fields.CharField(unique=True, max_length=64)),
                ("name", fields.CharField(null=True, unique=True, max_length=100)),
                ("meanings", _json(dict)),
                ("changed_at", fields.DatetimeField(auto_now=True, auto_now_add=False)),
            ],
            options={"table": "column_mapping", "app": "storage", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ImportRun",
            fields=[
                ("id", _id()),
                ("digest", fields.CharField(db_index=True, max_length=64)),
                ("name", fields.CharField(default="", max_length=200)),
                ("path", fields.TextField(default="")),
                (
                    "state",
                    fields.CharEnumField(default=ImportState.NEW, enum_type=ImportState, max_length=10),
                ),
                (
                    "staff",
                    fields.ForeignKeyField(
                        "storage.Staff",
                        source_field="staff_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="imports",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                ("titles", _json(list)),
                ("meanings", _json(dict)),
                ("options", _json(dict)),
                ("size", fields.BigIntField(default=0)),
                ("octets", fields.BigIntField(default=0)),
                ("position", fields.BigIntField(default=0)),
                ("new", fields.BigIntField(default=0)),
                ("changed", fields.BigIntField(default=0)),
                ("same", fields.BigIntField(default=0)),
                ("wrong", fields.BigIntField(default=0)),
                ("lines", _json(list)),
                ("error", fields.TextField(default="")),
                ("begun_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ("changed_at", fields.DatetimeField(auto_now=True, auto_now_add=False)),
            ],
            options={"table": "import_run", "app": "storage", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="WrongLine",
            fields=[
                ("id", _id()),
                (
                    "run",
                    fields.ForeignKeyField(
                        "storage.ImportRun",
                        source_field="run_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="wrong_lines",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("line", fields.BigIntField()),
                ("reason", fields.CharField(max_length=50)),
                ("parameters", _json(dict)),
                ("cells", _json(list)),
            ],
            options={"table": "wrong_line", "app": "storage", "pk_attr": "id"},
            bases=["Model"],
        ),
    ]
