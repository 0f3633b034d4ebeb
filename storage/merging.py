"""How do two entries become one, so that nothing is lost and it can be undone?

Whatever points at the one that goes is moved to the one that stays: the mapper knows what
does, so a table that is added later is moved too.  Each moved row is noted, and so is each
that was there twice and went.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tortoise.connection import get_connection
from tortoise.models import Model

from storage import audit, duplicates
from storage.by_hand import place
from storage.connect import dialect, transaction
from storage.correspondents import (
    EmailAddress,
    FormerName,
    Organisation,
    Party,
    PhoneNumber,
    PostalAddress,
    Role,
)
from storage.duplicates import MODELS, LookedAt, PairState
from storage.merges import Merge, MergedRow
from storage.raw_rows import Raw, raw_row

_SAID_TWICE = (EmailAddress, PhoneNumber, PostalAddress, Role, FormerName)


class NotThere(LookupError):
    """One of the two is not entered any more, or both are the same."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A column of a table that points at a person or organisation."""

    model: type[Model]
    column: str

    @property
    def table(self) -> str:
        """The name of the table."""
        return self.model._meta.db_table


def references(party: Party) -> Iterator[Reference]:
    """Yield every column that points at such rows."""
    meta = MODELS[party]._meta
    for name in sorted(meta.backward_fk_fields | meta.backward_o2o_fields):
        field: Any = meta.fields_map[name]
        yield Reference(field.related_model, field.relation_field)


async def merge(
    party: Party,
    survivor_id: int,
    gone_id: int,
    values: Mapping[str, Any],
    *,
    by: int | None,
    pair_id: int | None = None,
) -> Merge:
    """Let two entries be one: *values* are what the survivor has from now on.  NotThere if one is gone."""
    table = party.value
    async with transaction():
        await _lock(table, survivor_id, gone_id)
        before, gone = await raw_row(table, survivor_id), await raw_row(table, gone_id)
        if before is None or gone is None or survivor_id == gone_id:
            raise NotThere(f"{table} {survivor_id}, {gone_id}")
        done = await Merge.create(
            party=party,
            survivor_id=survivor_id,
            gone_id=gone_id,
            external_key=gone["external_key"],
            pair_id=pair_id,
            staff_id=by,
        )
        for reference in references(party):
            await _take_away_twice(done, reference)
            await _move(done, reference)
        await _execute(f"DELETE FROM {table} WHERE id = {place(1)}", gone_id)  # noqa: S608 - ours
        await _change_survivor(done, values, gone)
        after = await raw_row(table, survivor_id)
        assert after is not None
        changed = [name for name in after if after[name] != before[name]]
        done.gone = gone
        done.before = {name: before[name] for name in changed}
        done.after = {name: after[name] for name in changed}
        await done.save()
        await _note(done, by=by)
    return done


async def _lock(table: str, *ids: int) -> None:
    """Let nobody change the two meanwhile; a transaction of SQLite has the database for itself."""
    if dialect() == "postgres":
        await _execute(f"SELECT id FROM {table} WHERE id IN ($1, $2) ORDER BY id FOR UPDATE", *ids)  # noqa: S608 - ours


async def _take_away_twice(done: Merge, reference: Reference) -> None:
    """Take away rows of the one that goes which say what the survivor has already, and keep what they were."""
    columns = _said_by(reference)
    if columns is None:
        return
    same = "IS" if dialect() == "sqlite" else "IS NOT DISTINCT FROM"
    equal = "".join(f' AND s."{name}" {same} g."{name}"' for name in columns)
    found = await _execute(
        f"SELECT DISTINCT g.id FROM {reference.table} g JOIN {reference.table} s"  # noqa: S608 - ours
        f" ON s.{reference.column} = {place(1)}{equal}"
        f" WHERE g.{reference.column} = {place(2)} ORDER BY g.id",
        done.survivor_id,
        done.gone_id,
    )
    for row in found:
        was = await raw_row(reference.table, row["id"])
        await MergedRow.create(
            merge_id=done.id, subject=reference.table, column=reference.column, row_id=row["id"], was=was
        )
        await _execute(f"DELETE FROM {reference.table} WHERE id = {place(1)}", row["id"])  # noqa: S608 - ours


def _said_by(reference: Reference) -> list[str] | None:
    """Return the columns by which two rows say the same; None where each row stands for itself."""
    meta = reference.model._meta
    if reference.model in _SAID_TWICE:
        return [
            name
            for name in meta.fields_db_projection_reverse
            if name not in {"id", "source", reference.column}
        ]
    for unique in meta.unique_together:
        columns = [meta.fields_map[name].source_field or name for name in unique]
        columns = [f"{name}_id" if name in meta.fk_fields else name for name in columns]
        if reference.column in columns:
            return [name for name in columns if name != reference.column]
    return [] if meta.fields_map[reference.column].unique else None


async def _move(done: Merge, reference: Reference) -> None:
    await _execute(
        'INSERT INTO merged_row (merge_id, subject, "column", row_id, added)'  # noqa: S608 - ours
        f" SELECT {done.id}, '{reference.table}', '{reference.column}', id, false FROM {reference.table}"
        f" WHERE {reference.column} = {place(1)}",
        done.gone_id,
    )
    change = (
        f"UPDATE {reference.table} SET {reference.column} = {place(1)} WHERE {reference.column} = {place(2)}"  # noqa: S608
    )
    await _execute(change, done.survivor_id, done.gone_id)


async def _change_survivor(done: Merge, values: Mapping[str, Any], gone: Raw) -> None:
    row = await MODELS[done.party].get(id=done.survivor_id)
    old_name = row.name
    row.update_from_dict(dict(values))
    if isinstance(row, Organisation):
        if row.parent_id == row.id:  # it was the daughter of what it is one with now
            row.parent_id = None
        await row.save()
        for name in dict.fromkeys((old_name, gone["name"])):
            if name != row.name:
                await _keep_name(done, name)
        return
    await row.save()


async def _keep_name(done: Merge, name: str) -> None:
    """Keep the name of the one that goes, so that it is still found by it."""
    if await FormerName.filter(organisation_id=done.survivor_id, name=name).exists():
        return
    kept = await FormerName.create(organisation_id=done.survivor_id, name=name)
    await MergedRow.create(
        merge_id=done.id, subject="former_name", column="organisation_id", row_id=kept.id, added=True
    )


async def _note(done: Merge, *, by: int | None) -> None:
    """Journal the merge, and look at the survivor anew."""
    subject, ids = done.party.value, {"survivor": done.survivor_id, "gone": done.gone_id}
    await audit.record_change(subject, done.gone_id, staff_id=by, before=done.gone, after={})
    await audit.record_change(subject, done.survivor_id, staff_id=by, before=done.before, after=done.after)
    await audit.record(
        "merge", staff_id=by, subject=subject, subject_id=done.survivor_id, merge=done.id, **ids
    )
    if done.pair_id is not None:
        await duplicates.decide(done.pair_id, PairState.MERGED, by=by)
    await duplicates.forget(done.party, [done.gone_id])
    await LookedAt.filter(party=done.party, row_id=done.survivor_id).delete()


async def _execute(statement: str, *values: Any) -> list[dict[str, Any]]:
    return list(await get_connection("default").execute_query_dict(statement, list(values)))
