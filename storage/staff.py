"""Who works here: staff, teams, their addresses, capture addresses, logins."""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model


class AccessRole(StrEnum):
    """What a staff member may do; each may also do what those before it may."""

    READER = "reader"
    STAFF = "staff"
    MARKETER = "marketer"
    ADMINISTRATOR = "administrator"


class StaffAddressKind(StrEnum):
    """How a staff member or team comes by an address."""

    OWN = "own"
    ALIAS = "alias"
    SEND_AS = "send-as"
    SHARED = "shared"


class Team(Model):
    """A group of staff with shared mailboxes."""

    id = fields.BigIntField(primary_key=True)
    name = fields.CharField(max_length=200, unique=True)
    created_at = fields.DatetimeField(auto_now_add=True)

    staff: fields.ReverseRelation["Staff"]
    addresses: fields.ReverseRelation["StaffAddress"]

    class Meta:
        table = "team"


class Staff(Model):
    """Somebody who works, or worked, for the firm.

    Former staff stay: their mail remains the firm's.  `login` is their e-mail
    address in look-up form; without `password_hash` they cannot log in,
    and a temporary password must be changed at the first login.
    """

    id = fields.BigIntField(primary_key=True)
    name = fields.CharField(max_length=200)
    login = fields.CharField(max_length=320, unique=True)
    password_hash = fields.CharField(max_length=200, null=True)
    password_is_temporary = fields.BooleanField(default=False)
    access = fields.CharEnumField(AccessRole, max_length=20, default=AccessRole.STAFF)
    language = fields.CharField(max_length=8, default="de")
    team: fields.ForeignKeyNullableRelation[Team] = fields.ForeignKeyField(
        "storage.Team", related_name="staff", null=True, on_delete=fields.SET_NULL
    )
    created_at = fields.DatetimeField(auto_now_add=True)
    left_at = fields.DatetimeField(null=True)

    team_id: int | None
    addresses: fields.ReverseRelation["StaffAddress"]
    capture_addresses: fields.ReverseRelation["CaptureAddress"]

    class Meta:
        table = "staff"


class StaffAddress(Model):
    """An address that a staff member writes from, or a team's shared mailbox.

    `key` is the look-up form of `written` (see `mail.address.Address.key`).
    """

    id = fields.BigIntField(primary_key=True)
    key = fields.CharField(max_length=320, unique=True)
    written = fields.CharField(max_length=320)
    kind = fields.CharEnumField(StaffAddressKind, max_length=10, default=StaffAddressKind.OWN)
    staff: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="addresses", db_index=True, null=True
    )
    team: fields.ForeignKeyNullableRelation[Team] = fields.ForeignKeyField(
        "storage.Team", related_name="addresses", db_index=True, null=True
    )

    staff_id: int | None
    team_id: int | None

    class Meta:
        table = "staff_address"


class CaptureAddress(Model):
    """Where mail is sent to be captured: one staff member's secret, or the common one.

    Without `staff` it is the common address.  A rotated address is accepted until
    `valid_until`; a revoked one no longer, but is still known as ours.
    """

    id = fields.BigIntField(primary_key=True)
    key = fields.CharField(max_length=320, unique=True)
    staff: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="capture_addresses", db_index=True, null=True
    )
    created_at = fields.DatetimeField(auto_now_add=True)
    valid_until = fields.DatetimeField(null=True)
    revoked_at = fields.DatetimeField(null=True)

    staff_id: int | None

    class Meta:
        table = "capture_address"


class Session(Model):
    """A browser that is logged in; its cookie holds the token, the row its digest only."""

    id = fields.BigIntField(primary_key=True)
    token_digest = fields.CharField(max_length=64, unique=True)
    staff: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField("storage.Staff", related_name="sessions")
    created_at = fields.DatetimeField(auto_now_add=True)
    seen_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()

    staff_id: int

    class Meta:
        table = "session"


class ApiToken(Model):
    """A program's right to act as a staff member; the row keeps the token's digest only."""

    id = fields.BigIntField(primary_key=True)
    name = fields.CharField(max_length=200)
    token_digest = fields.CharField(max_length=64, unique=True)
    staff: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="api_tokens"
    )
    created_at = fields.DatetimeField(auto_now_add=True)
    seen_at = fields.DatetimeField(null=True)
    revoked_at = fields.DatetimeField(null=True)

    staff_id: int

    class Meta:
        table = "api_token"


class LoginFailure(Model):
    """A wrong password, counted by account and by network address to slow down guessing."""

    id = fields.BigIntField(primary_key=True)
    subject = fields.CharField(max_length=400, db_index=True)
    failed_at = fields.DatetimeField(auto_now_add=True)

    class Meta:
        table = "login_failure"
