"""How does what was made one become two again, exactly?

Each row that was moved goes back, unless somebody has moved it elsewhere since; what came
after the merge stays with the survivor.
"""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any

from tortoise.connection import get_connection
from tortoise.expressions import Q

from storage import audit, duplicates
from storage.by_hand import place
from storage.connect import transaction
from storage.correspondents import Party
from storage.duplicates import MODELS, LookedAt, PairState
from storage.merges import Merge, MergedRow
from storage.merging import Reference, references
from storage.raw_rows import Raw, insert_raw, raw_row, update_raw

UNDONE_WITHIN = timedelta(days=90)
_MOST_STEPS = 50
_UNIQUE = {Party.PERSON: ("external_key",), Party.ORGANISATION: ("customer_number", "external_key")}


class CannotBeUndone(ValueError):
    """Why a merge stays; *code* is `done`, `late`, `gone`, `taken`, or `later` with the merge to undo first."""

    def __init__(self, code: str, later: int | None = None) -> None:
        super().__init__(code)
        self.code, self.later = code, later


async def survivor_of(party: Party, row_id: int) -> int | None:
    """Return who stands for an entry that was merged away; None if it was not."""
    found = None
    for _ in range(_MOST_STEPS):
        step = await Merge.filter(party=party, gone_id=row_id, undone_at=None).order_by("-id").first()
        if step is None:
            break
        found = row_id = step.survivor_id
    return found


async def survivors_by_name(
    party: Party, *, keys: Collection[str], ids: Collection[int]
) -> tuple[dict[str, int], dict[int, int]]:
    """Return who stands for entries that were merged away, by their external keys and by their ids."""
    gone = Merge.filter(
        Q(external_key__in=sorted(keys)) | Q(gone_id__in=sorted(ids)), party=party, undone_at=None
    )
    by_key: dict[str, int] = {}
    by_id: dict[int, int] = {}
    for step in await gone.order_by("id"):
        survivor = await survivor_of(party, step.survivor_id) or step.survivor_id
        by_id[step.gone_id] = survivor
        if step.external_key:
            by_key[step.external_key] = survivor
    return by_key, by_id


async def merges_of(party: Party, row_id: int) -> list[Merge]:
    """Return what was merged into an entry and not undone, the last first."""
    return (
        await Merge.filter(party=party, survivor_id=row_id, undone_at=None).order_by("-id").limit(_MOST_STEPS)
    )


def undo_until(done: Merge) -> datetime:
    """Return until when a merge can be undone."""
    return done.at + UNDONE_WITHIN


async def forget_what_went(*, most: int = 500) -> int:
    """Forget what merges took away that cannot be undone any more, and return of how many rows and merges."""
    before = datetime.now(UTC) - UNDONE_WITHIN
    async with transaction():
        old = await MergedRow.filter(merge__at__lt=before).limit(most).values_list("id", "merge_id")
        await MergedRow.filter(id__in=[row_id for row_id, _ in old]).delete()
        emptied = Merge.filter(at__lt=before, is_emptied=False)
        return len(old) + await emptied.update(gone={}, before={}, after={}, is_emptied=True)


async def undo(merge_id: int, *, by: int | None) -> Merge:
    """Make two of one again.  CannotBeUndone says why not."""
    async with transaction():
        # Written first: of two who undo at once, the second finds it done.
        changed = await Merge.filter(id=merge_id, undone_at=None).update(undone_at=datetime.now(UTC))
        done = await Merge.get_or_none(id=merge_id)
        if done is None or not changed:
            raise CannotBeUndone("done")
        await _require_possible(done)
        await _restore(done)
        await _note(done, by=by)
    return done


async def _require_possible(done: Merge) -> None:
    if datetime.now(UTC) > undo_until(done):
        raise CannotBeUndone("late")
    since = Q(survivor_id=done.survivor_id) | Q(gone_id=done.survivor_id)
    later = (
        await Merge.filter(since, party=done.party, undone_at=None, id__gt=done.id).order_by("-id").first()
    )
    if later:
        raise CannotBeUndone("later", later.id)
    if await raw_row(done.party.value, done.survivor_id) is None:
        raise CannotBeUndone("gone")


async def _restore(done: Merge) -> None:
    table = done.party.value
    now = await raw_row(table, done.survivor_id)
    assert now is not None
    unchanged = {name: was for name, was in done.before.items() if now[name] == done.after[name]}
    pointing = {f"{name}_id" for name in MODELS[done.party]._meta.fk_fields}
    own = {name: was for name, was in unchanged.items() if name not in pointing}
    await update_raw(table, done.survivor_id, own)  # first: what only one may have becomes free
    await _require_free(done)
    await insert_raw(table, await _still_pointing(done.party, done.gone))
    await update_raw(table, done.survivor_id, await _still_pointing(done.party, unchanged))
    for reference in references(done.party):
        await _move_back(done, reference)
    async for row in MergedRow.filter(merge_id=done.id, added=True):
        await _execute(f"DELETE FROM {row.subject} WHERE id = {place(1)}", row.row_id)  # noqa: S608 - ours


async def _require_free(done: Merge) -> None:
    """What only one may have, somebody else may have got meanwhile."""
    for name in _UNIQUE[done.party]:
        value = done.gone[name]
        if value is not None and await MODELS[done.party].filter(**{name: value}).exists():
            raise CannotBeUndone("taken")


async def _still_pointing(party: Party, row: Raw) -> Raw:
    """Return a row without references to what is not there any more."""
    kept = dict(row)
    meta = MODELS[party]._meta
    for name in meta.fk_fields:
        field: Any = meta.fields_map[name]
        column = f"{name}_id"
        if kept.get(column) is not None and not await field.related_model.exists(id=kept[column]):
            kept[column] = None
    return kept


async def _move_back(done: Merge, reference: Reference) -> None:
    moved = (
        f"SELECT row_id FROM merged_row WHERE merge_id = {done.id} AND subject = '{reference.table}'"  # noqa: S608 - ours
        f" AND \"column\" = '{reference.column}' AND was IS NULL AND NOT added"
    )
    await _execute(
        f"UPDATE {reference.table} SET {reference.column} = {place(1)}"  # noqa: S608 - ours
        f" WHERE {reference.column} = {place(2)} AND id IN ({moved})",
        done.gone_id,
        done.survivor_id,
    )
    twice = MergedRow.filter(merge_id=done.id, subject=reference.table, column=reference.column)
    async for row in twice.filter(was__isnull=False).order_by("id"):
        if await _points_somewhere(reference, row.was):
            await insert_raw(reference.table, row.was)


async def _points_somewhere(reference: Reference, row: Raw) -> bool:
    """Tell whether everything that a row points at is there: a role needs its organisation."""
    meta = reference.model._meta
    for name in meta.fk_fields:
        field: Any = meta.fields_map[name]
        wanted = row.get(f"{name}_id")
        if wanted is not None and not await field.related_model.exists(id=wanted):
            return False
    return True


async def _note(done: Merge, *, by: int | None) -> None:
    subject, ids = done.party.value, {"survivor": done.survivor_id, "gone": done.gone_id}
    await audit.record_change(subject, done.gone_id, staff_id=by, before={}, after=done.gone)
    await audit.record_change(subject, done.survivor_id, staff_id=by, before=done.after, after=done.before)
    await audit.record(
        "unmerge", staff_id=by, subject=subject, subject_id=done.survivor_id, merge=done.id, **ids
    )
    if done.pair_id is not None:
        await duplicates.decide(done.pair_id, PairState.OPEN, by=by)
    await LookedAt.filter(party=done.party, row_id__in=[done.survivor_id, done.gone_id]).delete()


async def _execute(statement: str, *values: Any) -> list[dict[str, Any]]:
    return list(await get_connection("default").execute_query_dict(statement, list(values)))
