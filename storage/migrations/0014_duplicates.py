import functools
from json import dumps, loads
from typing import Any

from storage.correspondents import Party
from storage.duplicates import PairState
from storage.entries import Strength
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

_dumps = functools.partial(dumps, separators=(",", ":"))


def _id() -> tuple[str, Any]:
    return ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True))


def _party() -> tuple[str, Any]:
    return ("party", fields.CharEnumField(enum_type=Party, max_length=12))


def _json(**more: Any) -> Any:
    return fields.JSONField(encoder=_dumps, decoder=loads, **more)


def _staff(name: str) -> Any:
    return fields.ForeignKeyField(
        "storage.Staff",
        source_field=f"{name}_id",
        null=True,
        db_constraint=True,
        to_field="id",
        related_name="merges" if name == "staff" else "decided_pairs",
        on_delete=OnDelete.SET_NULL,
    )


class Migration(migrations.Migration):
    dependencies = [("storage", "0013_people")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Pair",
            fields=[
                _id(),
                _party(),
                ("first_id", fields.BigIntField()),
                ("second_id", fields.BigIntField()),
                ("strength", fields.CharEnumField(enum_type=Strength, max_length=10)),
                ("findings", _json(default=list)),
                ("state", fields.CharEnumField(enum_type=PairState, max_length=10, default=PairState.OPEN)),
                ("found_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ("decided_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("decided_by", _staff("decided_by")),
            ],
            options={
                "table": "duplicate_pair",
                "app": "storage",
                "unique_together": (("party", "first_id", "second_id"),),
                "indexes": [Index(fields=["party", "second_id"]), Index(fields=["state", "party", "id"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="LookedAt",
            fields=[
                _id(),
                _party(),
                ("row_id", fields.BigIntField()),
                ("digest", fields.CharField(max_length=32)),
            ],
            options={
                "table": "duplicate_looked_at",
                "app": "storage",
                "unique_together": (("party", "row_id"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="BlockKey",
            fields=[
                _id(),
                _party(),
                ("key", fields.CharField(max_length=60)),
                ("row_id", fields.BigIntField()),
            ],
            options={
                "table": "duplicate_key",
                "app": "storage",
                "indexes": [Index(fields=["party", "key", "row_id"]), Index(fields=["party", "row_id"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Merge",
            fields=[
                _id(),
                _party(),
                ("survivor_id", fields.BigIntField()),
                ("gone_id", fields.BigIntField()),
                ("external_key", fields.CharField(null=True, db_index=True, max_length=200)),
                ("pair_id", fields.BigIntField(null=True)),
                ("gone", _json(default=dict)),
                ("before", _json(default=dict)),
                ("after", _json(default=dict)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ("staff", _staff("staff")),
                ("undone_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("is_emptied", fields.BooleanField(default=False)),
            ],
            options={
                "table": "merge",
                "app": "storage",
                "indexes": [Index(fields=["party", "gone_id"]), Index(fields=["party", "survivor_id"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="MergedRow",
            fields=[
                _id(),
                (
                    "merge",
                    fields.ForeignKeyField(
                        "storage.Merge",
                        source_field="merge_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="rows",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("subject", fields.CharField(max_length=50)),
                ("column", fields.CharField(max_length=50)),
                ("row_id", fields.BigIntField()),
                ("was", _json(null=True)),
                ("added", fields.BooleanField(default=False)),
            ],
            options={
                "table": "merged_row",
                "app": "storage",
                "indexes": [Index(fields=["merge_id", "subject", "column"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
    ]
