"""From which web sites do enquiries come, and which requests were seen?"""

from tortoise import fields
from tortoise.models import Model

from storage.staff import Staff


class EnquiryIntegration(Model):
    """A web site that may send enquiries; *secret* is sealed (see `storage.secrets`)."""

    id = fields.BigIntField(primary_key=True)
    name = fields.CharField(max_length=100)
    token = fields.CharField(max_length=64, unique=True)
    secret = fields.TextField()
    return_to = fields.CharField(max_length=500, default="")
    language = fields.CharField(max_length=8, default="de")
    made_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="enquiry_integrations", null=True, on_delete=fields.SET_NULL
    )
    created_at = fields.DatetimeField(auto_now_add=True)
    revoked_at = fields.DatetimeField(null=True)
    last_at = fields.DatetimeField(null=True)
    received = fields.BigIntField(default=0)

    made_by_id: int | None

    class Meta:
        table = "enquiry_integration"


class EnquirySeen(Model):
    """A signed request, or a form, that was taken already: it is not taken again."""

    id = fields.BigIntField(primary_key=True)
    seal = fields.CharField(max_length=64, unique=True)
    at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "enquiry_seen"
