"""What was made one, and every row that it moved: what it takes to make it two again."""

from typing import Any

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from storage.correspondents import Party
from storage.staff import Staff


class Merge(Model):
    """Of two entries one stays and one goes; what it was is kept, so that it can come back.

    *gone* is the row that went, whole; *before* and *after* are those values of the survivor
    that were changed.  *pair* is the pair that was decided so, if it was one that was found.
    When it cannot be undone any more it *is_emptied*: only who stands for whom stays.
    """

    id = fields.BigIntField(primary_key=True)
    party = fields.CharEnumField(Party, max_length=12)
    survivor_id = fields.BigIntField()
    gone_id = fields.BigIntField()
    external_key = fields.CharField(max_length=200, null=True, db_index=True)
    pair_id = fields.BigIntField(null=True)
    gone: Any = fields.JSONField(default=dict)
    before: Any = fields.JSONField(default=dict)
    after: Any = fields.JSONField(default=dict)
    at = fields.DatetimeField(auto_now_add=True)
    staff: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="merges", null=True, on_delete=fields.SET_NULL
    )
    undone_at = fields.DatetimeField(null=True)
    is_emptied = fields.BooleanField(default=False)

    staff_id: int | None

    class Meta:
        table = "merge"
        indexes = (Index(fields=("party", "gone_id")), Index(fields=("party", "survivor_id")))


class MergedRow(Model):
    """A row that a merge moved to the survivor, took away as said twice (*was*), or added (*added*)."""

    id = fields.BigIntField(primary_key=True)
    merge: fields.ForeignKeyRelation[Merge] = fields.ForeignKeyField("storage.Merge", related_name="rows")
    subject = fields.CharField(max_length=50)
    column = fields.CharField(max_length=50)
    row_id = fields.BigIntField()
    was: Any = fields.JSONField(null=True)
    added = fields.BooleanField(default=False)

    merge_id: int

    class Meta:
        table = "merged_row"
        indexes = (Index(fields=("merge_id", "subject", "column")),)
