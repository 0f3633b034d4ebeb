"""What did people decide about addresses, and what did each decision change?

A fact says what a decision says: this address is that person, from this day.  Its steps
are the rows that it changed, as they were before and after (`storage.trail`).
"""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.expressions import F, Q
from tortoise.indexes import Index
from tortoise.models import Model

from storage import audit
from storage.by_hand import rows_among
from storage.correspondents import Organisation, Person
from storage.staff import Staff

_IGNORING = ("address-ignored", "domain-ignored")
_LONGEST_KEY, _LONGEST_WRITTEN = 320, 1000
_MOST_TOLD = 5000


class FactKind(StrEnum):
    """What a decision says of an address."""

    PERSON = "person"
    ORGANISATION = "organisation"  # shared by those who work there
    IGNORED_ONCE = "ignored-once"  # of one entry only
    ADDRESS_IGNORED = "address-ignored"
    DOMAIN_IGNORED = "domain-ignored"


class Fact(Model):
    """A decision about the address `about` (look-up form; of `domain-ignored` a domain).

    One that is not `lasting` holds for its entry alone.  `since` is the day of the message it
    was decided on, `settled` how many other entries it decided.  Facts that were decided
    together have the same `together`.
    """

    id = fields.BigIntField(primary_key=True)
    kind = fields.CharEnumField(FactKind, max_length=20)
    about = fields.CharField(max_length=320, default="", db_index=True)
    written = fields.CharField(max_length=1000, default="")
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "storage.Person", related_name="facts", db_index=True, null=True
    )
    organisation: fields.ForeignKeyNullableRelation[Organisation] = fields.ForeignKeyField(
        "storage.Organisation", related_name="facts", db_index=True, null=True
    )
    since = fields.DateField()
    lasting = fields.BooleanField()
    entry_id = fields.BigIntField(null=True)
    together = fields.BigIntField(null=True, db_index=True)
    settled = fields.IntField(default=0)
    staff: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="facts", null=True, on_delete=fields.SET_NULL
    )
    at = fields.DatetimeField(auto_now_add=True)

    person_id: int | None
    organisation_id: int | None
    staff_id: int | None

    class Meta:
        table = "fact"
        indexes = (Index(fields=("kind", "id")), Index(fields=("staff_id", "id")))


class FactStep(Model):
    """A row that a decision changed: its columns `before` (None: it was made) and `after` (None: it went)."""

    id = fields.BigIntField(primary_key=True)
    fact: fields.ForeignKeyRelation[Fact] = fields.ForeignKeyField("storage.Fact", related_name="steps")
    subject = fields.CharField(max_length=50)
    row_id = fields.BigIntField()
    before: Any = fields.JSONField(null=True)
    after: Any = fields.JSONField(null=True)

    fact_id: int

    class Meta:
        table = "fact_step"
        unique_together = (("fact", "subject", "row_id"),)
        indexes = (Index(fields=("subject", "row_id")),)


async def note(kind: FactKind, **values: Any) -> Fact:
    """Write what was decided, in the caller's transaction."""
    about, written = values.pop("about", "")[:_LONGEST_KEY], values.pop("written", "")[:_LONGEST_WRITTEN]
    return await Fact.create(kind=kind, about=about, written=written, **values)


async def tell_whom(one: Fact, *, person_id: int | None = None, organisation_id: int | None = None) -> None:
    """Note whom a fact is about, in the caller's transaction."""
    one.person_id, one.organisation_id = person_id, organisation_id
    await one.save(update_fields=["person_id", "organisation_id"])


async def count_settled(fact_id: int, number: int) -> None:
    """Note how many more entries a fact decided."""
    if number:
        await Fact.filter(id=fact_id).update(settled=F("settled") + number)


async def put_together(fact_ids: Collection[int]) -> None:
    """Note that facts were decided in one go, to be undone in one."""
    if len(fact_ids) > 1:
        await Fact.filter(id__in=list(fact_ids)).update(together=min(fact_ids))


async def fact(fact_id: int) -> Fact | None:
    """Return a fact with its person, organisation and who decided it."""
    return await Fact.get_or_none(id=fact_id).select_related("person", "organisation", "staff")


async def listed(
    *, kind: FactKind | None = None, text: str = "", before: int | None = None, most: int
) -> list[Fact]:
    """Return facts, the latest first, from those below id *before* on; *text* begins the address or domain.

    A text without @ may also be the domain of addresses.
    """
    query = Fact.all() if kind is None else Fact.filter(kind=kind)
    if before is not None:
        query = query.filter(id__lt=before)
    if text:
        of_domain = Q() if "@" in text else Q(about__endswith=f"@{text}")
        query = query.filter(Q(Q(about__startswith=text), of_domain, join_type="OR"))
    return await query.select_related("person", "organisation", "staff").order_by("-id").limit(most)


async def let_go_by(fact_ids: Collection[int]) -> list[int]:
    """Return the entries that wait no more since some facts, a bounded number."""
    steps = FactStep.filter(fact_id__in=list(fact_ids), subject="entry").order_by("id").limit(_MOST_TOLD)
    return sorted({one.row_id for one in await steps if (one.after or {}).get("held_reason", "") is None})


async def settled_by(fact_ids: Collection[int]) -> int:
    """Return how many entries some facts decided besides those that they were decided on."""
    return sum([one.settled for one in await Fact.filter(id__in=list(fact_ids)).only("id", "settled")])


async def last_of(staff_id: int | None, *, within: timedelta) -> list[Fact]:
    """Return what somebody decided last, the latest first: one fact, or all that were decided together."""
    mine = Fact.filter(staff_id=staff_id, at__gte=datetime.now(UTC) - within)
    last = await mine.order_by("-id").first()
    if last is None:
        return []
    if last.together is None:
        return [last]
    return await Fact.filter(together=last.together).order_by("-id")


async def ignored(names: Collection[str]) -> set[str]:
    """Return those of some addresses and domains that are not to be asked about."""
    found = await rows_among(
        f"SELECT f.about FROM fact f WHERE {{among}} AND f.kind IN {_IGNORING}",  # noqa: S608 - ours
        "f.about",
        names,
    )
    return {row["about"] for row in found}


async def told(keys: Collection[str]) -> dict[str, Fact]:
    """Return what was decided last, for good, of those keys whose person or organisation somebody told."""
    found = Fact.filter(about__in=list(keys), lasting=True, kind__in=[FactKind.PERSON, FactKind.ORGANISATION])
    return {one.about: one for one in await found.order_by("id")} if keys else {}


async def forget_steps(subject: str, row_ids: Collection[int]) -> None:
    """Forget what rows were before they were decided on: they go for good."""
    await FactStep.filter(subject=subject, row_id__in=list(row_ids)).delete()


async def forget(one: Fact, *, by: int | None) -> None:
    """Forget a fact that was taken back, with its steps; the change journal keeps what it said."""
    named = ("about", "person_id", "organisation_id", "lasting", "entry_id", "staff_id")
    before = {"kind": one.kind.value, "since": one.since.isoformat()}
    before |= {name: getattr(one, name) for name in named}
    await one.delete()
    await audit.record_change("fact", one.id, staff_id=by, before=before, after={})
