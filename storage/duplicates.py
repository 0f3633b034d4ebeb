"""Which entries were found to be one and the same, and what became of it?

For each person and organisation that was looked at, a digest of what was compared and
the keys under which it is found again: only what has changed since is looked at anew.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.expressions import Q
from tortoise.indexes import Index
from tortoise.models import Model

from storage.by_hand import rows_among
from storage.correspondents import Organisation, Party, Person
from storage.entries import Strength
from storage.staff import Staff

MODELS: Mapping[Party, type[Person] | type[Organisation]] = {
    Party.PERSON: Person,
    Party.ORGANISATION: Organisation,
}


class PairState(StrEnum):
    """What was decided of a pair."""

    OPEN = "open"
    TWO = "two"
    MERGED = "merged"


class Pair(Model):
    """Two entries that may be one, the older first; *findings* are likenesses with their points.

    The ids are no references: a pair outlives a merge, so that it can be undone.
    """

    id = fields.BigIntField(primary_key=True)
    party = fields.CharEnumField(Party, max_length=12)
    first_id = fields.BigIntField()
    second_id = fields.BigIntField()
    strength = fields.CharEnumField(Strength, max_length=10)
    findings: Any = fields.JSONField(default=list)
    state = fields.CharEnumField(PairState, max_length=10, default=PairState.OPEN)
    found_at = fields.DatetimeField(auto_now_add=True)
    decided_at = fields.DatetimeField(null=True)
    decided_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="decided_pairs", null=True, on_delete=fields.SET_NULL
    )

    decided_by_id: int | None

    class Meta:
        table = "duplicate_pair"
        unique_together = (("party", "first_id", "second_id"),)
        indexes = (Index(fields=("party", "second_id")), Index(fields=("state", "party", "id")))


class LookedAt(Model):
    """A person or organisation as it was when it was last compared: a digest of its card."""

    id = fields.BigIntField(primary_key=True)
    party = fields.CharEnumField(Party, max_length=12)
    row_id = fields.BigIntField()
    digest = fields.CharField(max_length=32)

    class Meta:
        table = "duplicate_looked_at"
        unique_together = (("party", "row_id"),)


class BlockKey(Model):
    """A key that a person or organisation shares with those whom it is compared with."""

    id = fields.BigIntField(primary_key=True)
    party = fields.CharEnumField(Party, max_length=12)
    key = fields.CharField(max_length=60)
    row_id = fields.BigIntField()

    class Meta:
        table = "duplicate_key"
        indexes = (Index(fields=("party", "key", "row_id")), Index(fields=("party", "row_id")))


@dataclass(frozen=True, slots=True)
class FoundPair:
    """A pair as it was found: ids, strength and findings."""

    first_id: int
    second_id: int
    strength: Strength
    findings: tuple[tuple[str, int], ...]


async def digests(party: Party, ids: Collection[int]) -> dict[int, str]:
    """Return the digests of those that were looked at before, by id."""
    found = await LookedAt.filter(party=party, row_id__in=list(ids)).values_list("row_id", "digest")
    return dict(found)


async def note_keys(party: Party, keys: Mapping[int, Collection[str]]) -> None:
    """Keep the block keys of those that are looked at now, in the caller's transaction.

    Until `note_looked_at` they count as not looked at: what is broken off is begun anew.
    """
    ids = list(keys)
    await BlockKey.filter(party=party, row_id__in=ids).delete()
    await LookedAt.filter(party=party, row_id__in=ids).delete()
    rows_of = [BlockKey(party=party, key=key, row_id=one) for one in ids for key in sorted(keys[one])]
    await BlockKey.bulk_create(rows_of, batch_size=500)


async def note_looked_at(party: Party, known: Mapping[int, str]) -> None:
    """Keep the digests of those that were looked at, in the caller's transaction."""
    await LookedAt.filter(party=party, row_id__in=list(known)).delete()
    await LookedAt.bulk_create([LookedAt(party=party, row_id=one, digest=two) for one, two in known.items()])


async def sharing(party: Party, keys: Collection[str], *, most: int) -> dict[str, list[int]]:
    """Return who has each of *keys*, but of those that more than *most* have."""
    held: dict[str, list[int]] = {}
    for row in await rows_among(
        f"SELECT k.key, k.row_id FROM duplicate_key k WHERE k.party = '{party.value}' AND {{among}}"  # noqa: S608 - ours
        f" AND (SELECT count(*) FROM (SELECT 1 FROM duplicate_key o WHERE o.party = '{party.value}'"
        f" AND o.key = k.key LIMIT {most + 1}) few) <= {most}",
        "k.key",
        keys,
    ):
        held.setdefault(row["key"], []).append(row["row_id"])
    return held


async def keep_pairs(party: Party, looked_at: Collection[int], found: Sequence[FoundPair]) -> None:
    """Let the open pairs of those that were looked at be those that were *found*; decided ones stay as they are."""
    ids = list(looked_at)
    kept = {(one.first_id, one.second_id) for one in found}
    for pair in await Pair.filter(
        Q(first_id__in=ids) | Q(second_id__in=ids), party=party, state=PairState.OPEN
    ):
        if (pair.first_id, pair.second_id) not in kept:
            await pair.delete()
    for one in found:
        known = await Pair.get_or_none(party=party, first_id=one.first_id, second_id=one.second_id)
        pair = known or Pair(party=party, first_id=one.first_id, second_id=one.second_id)
        if pair.state is PairState.OPEN:
            pair.strength, pair.findings = one.strength, [list(finding) for finding in one.findings]
            await pair.save()


async def forget_gone(party: Party, first: int, last: int, there: Collection[int]) -> None:
    """Forget what was noted of rows between two ids that are there no more; *there* are those that are."""
    seen = await LookedAt.filter(party=party, row_id__gt=first, row_id__lte=last).values_list(
        "row_id", flat=True
    )
    gone = sorted({int(str(one)) for one in seen} - set(there))
    await forget(party, gone)


async def forget(party: Party, ids: Collection[int]) -> None:
    """Forget that rows were looked at, and with whom they were compared: they will be looked at anew."""
    await BlockKey.filter(party=party, row_id__in=list(ids)).delete()
    await LookedAt.filter(party=party, row_id__in=list(ids)).delete()
    gone = Q(first_id__in=list(ids)) | Q(second_id__in=list(ids))
    await Pair.filter(gone, party=party, state=PairState.OPEN).delete()


async def open_pairs(party: Party, *, after: int = 0, most: int = 50) -> list[Pair]:
    """Return pairs that nobody has decided of and of which both are there, by id; the surest are CERTAIN."""
    return await Pair.filter(party=party, state=PairState.OPEN, id__gt=after).order_by("id").limit(most)


async def count_open() -> dict[Party, int]:
    """Return how many pairs wait for a decision."""
    return {party: await Pair.filter(party=party, state=PairState.OPEN).count() for party in Party}


async def decide(pair_id: int, state: PairState, *, by: int | None) -> None:
    """Note what became of a pair, in the caller's transaction."""
    await Pair.filter(id=pair_id).update(state=state, decided_by_id=by, decided_at=datetime.now(UTC))
