import functools
from json import dumps, loads
from typing import Any

from storage.entries import Direction
from storage.scans import ScanSource, ScanState
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

_dumps = functools.partial(dumps, separators=(",", ":"))


def _id() -> tuple[str, Any]:
    return ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True))


def _json(**more: Any) -> Any:
    return fields.JSONField(encoder=_dumps, decoder=loads, **more)


def _of(model: str, column: str, related: str, **more: Any) -> Any:
    return fields.ForeignKeyField(
        f"storage.{model}",
        source_field=column,
        db_constraint=True,
        to_field="id",
        related_name=related,
        **more,
    )


class Migration(migrations.Migration):
    dependencies = [("storage", "0014_duplicates")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Scan",
            fields=[
                _id(),
                ("digest", fields.CharField(unique=True, max_length=64)),
                ("size", fields.BigIntField()),
                ("name", fields.CharField(default="", max_length=500)),
                ("place", fields.CharField(default="", max_length=1000)),
                ("source", fields.CharEnumField(enum_type=ScanSource, max_length=10)),
                ("sender", fields.CharField(default="", max_length=1000)),
                ("is_outgoing", fields.BooleanField(default=False)),
                ("staff", _of("Staff", "staff_id", "scans", null=True, on_delete=OnDelete.SET_NULL)),
                ("received_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "state",
                    fields.CharEnumField(enum_type=ScanState, max_length=10, default=ScanState.WAITING),
                ),
                ("pages", fields.IntField(default=0)),
                ("done", fields.IntField(default=0)),
                ("problem", fields.CharField(default="", max_length=50)),
                ("problem_parameters", _json(default=dict)),
                ("has_original", fields.BooleanField(default=True)),
                ("changed_at", fields.DatetimeField(auto_now=True, auto_now_add=False)),
            ],
            options={
                "table": "scan",
                "app": "storage",
                "indexes": [Index(fields=["state", "id"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Letter",
            fields=[
                _id(),
                ("scan", _of("Scan", "scan_id", "letters", on_delete=OnDelete.CASCADE)),
                ("first_page", fields.IntField()),
                (
                    "entry",
                    _of(
                        "Entry", "entry_id", "letters", null=True, db_index=True, on_delete=OnDelete.SET_NULL
                    ),
                ),
                ("direction", fields.CharEnumField(enum_type=Direction, max_length=10)),
                ("found", _json(default=dict)),
                ("evidence", _json(default=list)),
                ("problem", fields.CharField(default="", max_length=50)),
                ("made_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
            ],
            options={
                "table": "letter",
                "app": "storage",
                "unique_together": (("scan", "first_page"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ScanPage",
            fields=[
                _id(),
                ("scan", _of("Scan", "scan_id", "sides", on_delete=OnDelete.CASCADE)),
                ("number", fields.IntField()),
                (
                    "letter",
                    _of(
                        "Letter", "letter_id", "pages", null=True, db_index=True, on_delete=OnDelete.SET_NULL
                    ),
                ),
                ("width", fields.FloatField()),
                ("height", fields.FloatField()),
                ("text", fields.TextField(default="", unique=False)),
                ("words", fields.BinaryField()),
                ("codes", _json(default=list)),
                ("text_source", fields.CharField(default="none", max_length=10)),
                ("turned", fields.IntField(default=0)),
                ("skew", fields.FloatField(default=0.0)),
                ("is_blank", fields.BooleanField(default=False)),
                ("is_separator", fields.BooleanField(default=False)),
                ("dropped", fields.BooleanField(default=False)),
                ("turned_by_hand", fields.IntField(default=0)),
                ("problem", fields.CharField(default="", max_length=50)),
                ("image", fields.CharField(max_length=64)),
                ("image_type", fields.CharField(max_length=20)),
                ("image_size", fields.BigIntField()),
                ("searchable", fields.CharField(max_length=64)),
            ],
            options={
                "table": "scan_page",
                "app": "storage",
                "unique_together": (("scan", "number"),),
                "indexes": [Index(fields=["image"]), Index(fields=["searchable"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.AddField("PostalAddress", "undeliverable_on", fields.DateField(null=True)),
    ]
