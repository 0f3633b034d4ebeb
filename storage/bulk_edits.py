"""Which edits of many rows were asked for, how far are they, and how are they undone?"""

from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.models import Model

from storage.correspondents import Party
from storage.staff import Staff


class BulkState(StrEnum):
    """Whether an edit of many rows is being done, done, being undone, or undone."""

    DOING = "doing"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"


class BulkEdit(Model):
    """One change of many organisations or persons: *wanted* tells which, *change* what.

    *reached* is the last row, or while it is undone the last journalled change, that was looked at:
    so it goes on after a break.
    """

    id = fields.BigIntField(primary_key=True)
    party = fields.CharEnumField(Party, max_length=12)
    staff: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="bulk_edits", null=True, on_delete=fields.SET_NULL
    )
    wanted: Any = fields.JSONField(default=dict)
    change: Any = fields.JSONField(default=dict)
    state = fields.CharEnumField(BulkState, max_length=10, default=BulkState.DOING)
    expected = fields.BigIntField(default=0)
    changed = fields.BigIntField(default=0)
    skipped = fields.BigIntField(default=0)
    reached = fields.BigIntField(default=0)
    created_at = fields.DatetimeField(auto_now_add=True)

    staff_id: int | None

    class Meta:
        table = "bulk_edit"
