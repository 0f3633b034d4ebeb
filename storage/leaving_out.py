"""What is not kept?  The rules as administrators set them, how often each held, and what is known of what was left out.

Of what was left out only keyed digests are kept: they tell that the same message comes
again, and nothing to anybody who does not have the message and the secret.
"""

import hashlib
import hmac
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.expressions import F
from tortoise.models import Model

from storage import audit
from storage.connect import dialect, rows, transaction
from storage.staff import Staff

PRIVATE_WORDS = ("privat", "private", "privé", "privato")
MOST_QUARANTINE_HOURS = 24 * 30
_ONLY = 1  # the row of the rules
_PURPOSE = b"left out"


class LeftOutReason(StrEnum):
    """By which rule something was left out."""

    AMONG_STAFF = "among-staff"
    MARKED_PRIVATE = "marked-private"
    SENSITIVE = "sensitive"
    BLOCKED = "blocked"
    TAKEN_BACK = "taken-back"

    @property
    def is_final(self) -> bool:
        """Whether a person said so, whatever the rules are when the message comes again."""
        return self in {LeftOutReason.MARKED_PRIVATE, LeftOutReason.TAKEN_BACK}


class SensitivityRule(StrEnum):
    """Which values of the header field Sensitivity (RFC 4021, 2.1.55) leave a message out."""

    NONE = "none"
    PRIVATE = "private"  # Private and Personal
    CONFIDENTIAL = "confidential"  # Company-Confidential too


@dataclass(frozen=True, slots=True)
class LeavingOut:
    """What is left out.  *blocked* are addresses in look-up form, and domains; 0 hours: no quarantine."""

    among_staff: bool = True
    private_words: tuple[str, ...] = PRIVATE_WORDS
    sensitivity: SensitivityRule = SensitivityRule.NONE
    blocked: tuple[str, ...] = ()
    quarantine_hours: int = 0


class LeftOutRules(Model):
    """The rules, in one row; without it the defaults hold."""

    id = fields.IntField(primary_key=True)
    among_staff = fields.BooleanField()
    private_words: Any = fields.JSONField()
    sensitivity = fields.CharEnumField(SensitivityRule, max_length=20)
    blocked: Any = fields.JSONField()
    quarantine_hours = fields.IntField()
    changed_at = fields.DatetimeField(auto_now=True)

    class Meta:
        table = "left_out_rules"


class LeftOutCount(Model):
    """How many messages that a staff member captured a rule left out on a day (UTC)."""

    id = fields.BigIntField(primary_key=True)
    day = fields.DateField()
    rule = fields.CharEnumField(LeftOutReason, max_length=20)
    staff: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="left_out", null=True, on_delete=fields.SET_NULL
    )
    number = fields.BigIntField()

    staff_id: int | None

    class Meta:
        table = "left_out_count"
        indexes = (("day", "rule"),)


class LeftOutSeal(Model):
    """The keyed digest of a message that was left out, and by which rule."""

    id = fields.BigIntField(primary_key=True)
    seal = fields.CharField(max_length=64, unique=True)
    rule = fields.CharEnumField(LeftOutReason, max_length=20)

    class Meta:
        table = "left_out_seal"


@dataclass(frozen=True, slots=True)
class Sealing:
    """By what a message is known again: its bytes, and what its copies agree in (Message-ID and fingerprint)."""

    digest: str
    message_id: str | None
    fingerprint: str | None

    def seals(self, secret: bytes, staff_id: int | None = None) -> list[str]:
        """Return its seals for copies that anybody captured, or for those of one staff member."""
        names: list[tuple[str, ...]] = [("message", self.digest)]
        if self.fingerprint is not None:
            names.append(("copy", self.message_id or "", self.fingerprint))
        whose = () if staff_id is None else (str(staff_id),)
        return [_seal(secret, *one, *whose) for one in names]


def _seal(secret: bytes, *names: str) -> str:
    key = hmac.digest(secret, _PURPOSE, hashlib.sha256)
    octets = b"\x00".join(name.encode("utf-8", "replace") for name in names)
    return hmac.digest(key, octets, hashlib.sha256).hex()


async def rules() -> LeavingOut:
    """Return the rules that hold now."""
    row = await LeftOutRules.get_or_none(id=_ONLY)
    if row is None:
        return LeavingOut()
    return LeavingOut(
        among_staff=row.among_staff,
        private_words=tuple(row.private_words),
        sensitivity=row.sensitivity,
        blocked=tuple(row.blocked),
        quarantine_hours=row.quarantine_hours,
    )


async def set_rules(new: LeavingOut, *, by: int | None) -> None:
    """Let *new* hold from now on; the change journal keeps what held before."""
    async with transaction():
        before = asdict(await rules())
        await LeftOutRules.update_or_create(id=_ONLY, defaults=asdict(new))
        await audit.record_change("left_out_rules", _ONLY, staff_id=by, before=before, after=asdict(new))


async def sealed(seals: Collection[str]) -> dict[str, LeftOutReason]:
    """Return by which rule those of *seals* that are known were left out."""
    return {row.seal: row.rule for row in await LeftOutSeal.filter(seal__in=list(seals))}


async def seal(reasons: Mapping[str, LeftOutReason]) -> None:
    """Remember what was left out, in the caller's transaction; a later reason takes the place of an earlier."""
    await unseal(reasons)
    await LeftOutSeal.bulk_create([LeftOutSeal(seal=one, rule=why) for one, why in reasons.items()])


async def unseal(seals: Iterable[str]) -> None:
    """Forget that something was left out: it is entered now.  In the caller's transaction."""
    if seals := list(seals):
        await LeftOutSeal.filter(seal__in=seals).delete()


async def count(rule: LeftOutReason, staff_id: int | None) -> None:
    """Count one more message, in the caller's transaction, where only one may count at a time."""
    today = datetime.now(UTC).date()
    of_today = LeftOutCount.filter(day=today, rule=rule, staff_id=staff_id)
    if not await of_today.update(number=F("number") + 1):
        await LeftOutCount.create(day=today, rule=rule, staff_id=staff_id, number=1)


@dataclass(frozen=True, slots=True)
class MonthOfRule:
    """How many messages a rule left out in a month, which its first day names."""

    month: date
    rule: LeftOutReason
    number: int


async def counts(*, most_months: int) -> list[MonthOfRule]:
    """Return how many were left out by month and rule, the newest month first."""
    month = "strftime('%Y-%m-01', day)" if dialect() == "sqlite" else "to_char(day, 'YYYY-MM-01')"
    found = await rows(
        f"SELECT {month} AS month, rule, CAST(SUM(number) AS bigint) AS number FROM left_out_count"  # noqa: S608 - ours
        " GROUP BY 1, 2 ORDER BY 1 DESC, 2"
    )
    lines = [
        MonthOfRule(date.fromisoformat(row["month"]), LeftOutReason(row["rule"]), row["number"])
        for row in found
    ]
    shown = sorted({line.month for line in lines}, reverse=True)[:most_months]
    return [line for line in lines if line.month in shown]
