"""Who did what, and what was it before?  Rows are only ever added."""

from typing import Any

from tortoise import fields
from tortoise.models import Model

from storage.staff import Staff


class Audit(Model):
    """An act of a staff member or of the command line (`staff` None)."""

    id = fields.BigIntField(primary_key=True)
    at = fields.DatetimeField(auto_now_add=True, db_index=True)
    staff: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="acts", null=True, on_delete=fields.SET_NULL
    )
    act = fields.CharField(max_length=50)
    subject = fields.CharField(max_length=50, default="")
    subject_id = fields.BigIntField(null=True)
    details: Any = fields.JSONField(default=dict)

    staff_id: int | None

    class Meta:
        table = "audit"


class Change(Model):
    """A correction: which row, by whom, its values before and after; *bulk_id* tells of which edit of many."""

    id = fields.BigIntField(primary_key=True)
    at = fields.DatetimeField(auto_now_add=True)
    staff: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="changes", null=True, on_delete=fields.SET_NULL
    )
    subject = fields.CharField(max_length=50)
    subject_id = fields.BigIntField()
    before: Any = fields.JSONField(default=dict)
    after: Any = fields.JSONField(default=dict)
    bulk_id = fields.BigIntField(null=True)

    staff_id: int | None

    class Meta:
        table = "change"
        indexes = (("subject", "subject_id"), ("bulk_id", "id"))


async def record(
    act: str, *, staff_id: int | None, subject: str = "", subject_id: int | None = None, **details: Any
) -> None:
    """Add an act to the audit log, in the caller's transaction where there is one."""
    await Audit.create(act=act, staff_id=staff_id, subject=subject, subject_id=subject_id, details=details)


async def record_change(
    subject: str, subject_id: int, *, staff_id: int | None, before: dict[str, Any], after: dict[str, Any]
) -> None:
    """Add a correction to the change journal, in the caller's transaction."""
    await Change.create(subject=subject, subject_id=subject_id, staff_id=staff_id, before=before, after=after)
