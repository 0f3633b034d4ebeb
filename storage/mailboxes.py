"""Which mailboxes are read, how is each reached, and how does it get on?

What staff set is one half of a row, what the reading notes about it the other.  Only the
first half changes `revision`: the running service looks at it to learn that it must begin anew.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.expressions import F
from tortoise.models import Model

from storage import audit
from storage.connect import transaction
from storage.staff import Staff


class Encryption(StrEnum):
    """How the connection is kept from others: from its beginning, from STARTTLS on, or not at all."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


class SecretKind(StrEnum):
    """What logs in: a password, or a token of OAuth 2."""

    PASSWORD = "password"  # noqa: S105 - the name of a kind
    XOAUTH2 = "xoauth2"


class After(StrEnum):
    """What becomes of a mail in its mailbox once it is captured; only LEAVE changes nothing there."""

    LEAVE = "leave"
    MOVE = "move"
    FLAG = "flag"


class MailboxState(StrEnum):
    """How the reading of a mailbox gets on.

    NEW: never connected yet.  RUNNING: connected.  WAITING: the connection was lost, it is tried
    again by itself.  FAILED: somebody must do something (see `problem`).
    """

    NEW = "new"
    RUNNING = "running"
    WAITING = "waiting"
    FAILED = "failed"
    PAUSED = "paused"


class MailboxProblem(StrEnum):
    """Why nothing comes from a mailbox.

    Parameters: CERTIFICATE `reason`; NO_FOLDERS none; FOLDER_MISSING `folder`; the rest `said`,
    what the server said, where it said something.
    """

    LOGIN_REFUSED = "login_refused"
    TOKEN_REFUSED = "token_refused"  # noqa: S105 - the name of a problem
    UNREACHABLE = "unreachable"
    CERTIFICATE = "certificate"
    NO_FOLDERS = "no_folders"
    FOLDER_MISSING = "folder_missing"
    CLOSED_BY_SERVER = "closed_by_server"
    UNUSUALLY_QUIET = "unusually_quiet"


class Mailbox(Model):
    """A mailbox on an IMAP server; without `staff` it is a shared one.

    `secret` is sealed (see `storage.secrets`).  `folders` are names; where there are none, Inbox and
    Sent are found by their special use.  `only_from`: mail of that day and later; without it, all
    there is.  `filled` of `to_fill` older mails are taken.  `left_out` counts by reason what was not
    taken.  `hours_with_mail` are hours since 1970 of the last month in which mail came, from which its
    rhythm is known.  `alarmed_at` is set as long as it is silent, from when that was told.
    """

    id = fields.BigIntField(primary_key=True)
    staff: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="mailboxes", db_index=True, null=True, on_delete=fields.SET_NULL
    )
    name = fields.CharField(max_length=200)
    host = fields.CharField(max_length=255)
    port = fields.IntField()
    tls = fields.CharEnumField(Encryption, max_length=10, default=Encryption.TLS)
    login = fields.CharField(max_length=320)
    secret = fields.TextField()
    secret_kind = fields.CharEnumField(SecretKind, max_length=10, default=SecretKind.PASSWORD)
    folders: Any = fields.JSONField(default=list)
    only_from = fields.DateField(null=True)
    after = fields.CharEnumField(After, max_length=10, default=After.LEAVE)
    after_folder = fields.CharField(max_length=500, default="")
    paused = fields.BooleanField(default=False)
    revision = fields.IntField(default=0)
    created_at = fields.DatetimeField(auto_now_add=True)

    state = fields.CharEnumField(MailboxState, max_length=10, default=MailboxState.NEW)
    problem = fields.CharField(max_length=50, default="")
    problem_parameters: Any = fields.JSONField(default=dict)
    since = fields.DatetimeField()
    last_contact_at = fields.DatetimeField(null=True)
    last_mail_at = fields.DatetimeField(null=True)
    filled = fields.IntField(default=0)
    to_fill = fields.IntField(default=0)
    left_out: Any = fields.JSONField(default=dict)
    hours_with_mail: Any = fields.JSONField(default=list)
    alarmed_at = fields.DatetimeField(null=True)

    staff_id: int | None
    places: fields.ReverseRelation["MailboxFolder"]

    class Meta:
        table = "mailbox"


class MailboxFolder(Model):
    """How far a folder of a mailbox is read.

    UIDs count for one `uid_validity` (RFC 3501, 2.3.1.1).  All up to `last_uid` that came since the
    folder was first seen are taken, and of the older ones all from `filled_from_uid` on: those
    are taken from the newest backwards.  `filled` once there are no more.
    """

    id = fields.BigIntField(primary_key=True)
    mailbox: fields.ForeignKeyRelation[Mailbox] = fields.ForeignKeyField(
        "storage.Mailbox", related_name="places"
    )
    name = fields.CharField(max_length=500)
    uid_validity = fields.BigIntField()
    last_uid = fields.BigIntField()
    filled_from_uid = fields.BigIntField()
    filled = fields.BooleanField(default=False)
    fetched = fields.IntField(default=0)

    mailbox_id: int

    class Meta:
        table = "mailbox_folder"
        unique_together = (("mailbox", "name"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxSetting:
    """What somebody sets of a mailbox; *secret* is sealed."""

    name: str
    host: str
    login: str
    secret: str
    staff_id: int | None = None
    port: int = 993
    tls: Encryption = Encryption.TLS
    secret_kind: SecretKind = SecretKind.PASSWORD
    folders: Sequence[str] = field(default_factory=list)
    only_from: date | None = None
    after: After = After.LEAVE
    after_folder: str = ""


async def add(setting: MailboxSetting, *, by: int | None) -> Mailbox:
    """Add a mailbox; the running service begins to read it within seconds."""
    async with transaction():
        mailbox = await Mailbox.create(**_columns(setting), since=datetime.now(UTC))
        await audit.record("mailbox-added", staff_id=by, subject="mailbox", subject_id=mailbox.id)
        return mailbox


async def change(mailbox_id: int, setting: MailboxSetting, *, by: int | None) -> bool:
    """Set a mailbox anew; the running service begins anew with it.  False if there is none.

    Where another account is named, or an earlier day, what was read is forgotten: it is read again, and
    entered once all the same.
    """
    async with transaction():
        before = await Mailbox.get_or_none(id=mailbox_id)
        if before is None:
            return False
        state = MailboxState.PAUSED if before.paused else MailboxState.NEW
        await Mailbox.filter(id=mailbox_id).update(**_columns(setting), **_begin_anew(state))
        if _is_elsewhere(before, setting):
            await MailboxFolder.filter(mailbox_id=mailbox_id).delete()
            await Mailbox.filter(id=mailbox_id).update(filled=0, to_fill=0, left_out={}, hours_with_mail=[])
        await audit.record("mailbox-changed", staff_id=by, subject="mailbox", subject_id=mailbox_id)
        return True


async def remove(mailbox_id: int, *, by: int | None) -> bool:
    """Read a mailbox no more; what was captured stays.  False if there is none."""
    async with transaction():
        removed = await Mailbox.filter(id=mailbox_id).delete()
        if removed:
            await audit.record("mailbox-removed", staff_id=by, subject="mailbox", subject_id=mailbox_id)
        return bool(removed)


async def pause(mailbox_id: int, *, by: int | None) -> bool:
    """Read a mailbox no more until it is resumed.  False if it is paused, or there is none."""
    return await _set_paused(mailbox_id, MailboxState.PAUSED, "mailbox-paused", by)


async def resume(mailbox_id: int, *, by: int | None) -> bool:
    """Read a paused mailbox again, from where it was left.  False if it is not paused."""
    return await _set_paused(mailbox_id, MailboxState.NEW, "mailbox-resumed", by)


async def everyones() -> list[Mailbox]:
    """Return all mailboxes by name, each with its staff member and its folders."""
    found = Mailbox.all().order_by("name", "id").select_related("staff").prefetch_related("places")
    return await found


async def of_staff(staff_id: int) -> list[Mailbox]:
    """Return the mailboxes of one staff member by name."""
    found = Mailbox.filter(staff_id=staff_id).order_by("name", "id").select_related("staff")
    return await found.prefetch_related("places")


async def one(mailbox_id: int) -> Mailbox | None:
    """Return a mailbox with its staff member and its folders."""
    found = Mailbox.all().select_related("staff").prefetch_related("places")
    return await found.get_or_none(id=mailbox_id)


async def silent() -> list[Mailbox]:
    """Return the mailboxes that an alarm stands for, the longest silent first."""
    found = Mailbox.filter(alarmed_at__isnull=False, paused=False).order_by("alarmed_at", "id")
    return await found.select_related("staff")


async def pause_all_of(staff_id: int) -> None:
    """Pause the mailboxes of somebody who leaves, in the caller's transaction: whether they are read on, is decided."""
    await Mailbox.filter(staff_id=staff_id, paused=False).update(
        paused=True, **_begin_anew(MailboxState.PAUSED)
    )


async def _set_paused(mailbox_id: int, state: MailboxState, act: str, by: int | None) -> bool:
    paused = state is MailboxState.PAUSED
    async with transaction():
        its = Mailbox.filter(id=mailbox_id, paused=not paused)
        changed = await its.update(paused=paused, **_begin_anew(state))
        if changed:
            await audit.record(act, staff_id=by, subject="mailbox", subject_id=mailbox_id)
        return bool(changed)


def _begin_anew(state: MailboxState) -> dict[str, Any]:
    return {
        "revision": F("revision") + 1,
        "state": state,
        "problem": "",
        "problem_parameters": {},
        "since": datetime.now(UTC),
        "alarmed_at": None,
    }


def _columns(setting: MailboxSetting) -> dict[str, Any]:
    return asdict(setting) | {"folders": list(setting.folders)}


def _is_elsewhere(before: Mailbox, setting: MailboxSetting) -> bool:
    if (before.host, before.login) != (setting.host, setting.login):
        return True
    earliest = setting.only_from
    return before.only_from is not None and (earliest is None or earliest < before.only_from)
