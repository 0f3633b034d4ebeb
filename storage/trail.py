"""Which rows does a decision change, and what were they before?

While a fact is followed, whoever writes says here which rows are about to change; what
came of them is compared at the end and kept as the fact's steps.  Where nobody follows,
nothing is noted.
"""

from collections.abc import AsyncIterator, Collection, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from tortoise.models import Model

from storage.correspondents import KEPT_BY_DATABASE
from storage.facts import FactStep

Row = dict[str, Any]
AT_ONCE = 500
# Of rows that only ever change in part, what is kept; of all others everything.
_KEPT = {"entry": ("thread_id", "held_reason", "held_parameters"), "message": ("state",)}
_SET_BY_ITSELF = {"id", "changed_at", "sort_key"} | KEPT_BY_DATABASE


@dataclass(slots=True)
class _Trail:
    before: dict[tuple[type[Model], int], Row | None] = field(default_factory=dict)


_followed: ContextVar[_Trail | None] = ContextVar("followed", default=None)


async def keep(model: type[Model], ids: Iterable[Any]) -> None:
    """Remember rows that are about to change or go."""
    if (trail := _followed.get()) is None:
        return
    new = [int(one) for one in ids if (model, one) not in trail.before]
    for row_id, row in (await read(model, new)).items():
        trail.before[model, row_id] = row


def is_followed() -> bool:
    """Tell whether somebody wants to know what changes."""
    return _followed.get() is not None


def made(row: Model) -> None:
    """Remember that a row was made."""
    if (trail := _followed.get()) is not None:
        trail.before[type(row), int(row.pk)] = None


@asynccontextmanager
async def following(fact_id: int) -> AsyncIterator[None]:
    """Keep what changes meanwhile as steps of a fact, in the caller's transaction."""
    trail = _Trail()
    token = _followed.set(trail)
    try:
        yield
    finally:
        _followed.reset(token)
    for model in dict.fromkeys(model for model, _ in trail.before):
        before = {row_id: row for (kind, row_id), row in trail.before.items() if kind is model}
        await _write(fact_id, model, before)


def subject_of(model: type[Model]) -> str:
    """Return by which name steps call the rows of a table."""
    return str(model._meta.db_table)


async def read(model: type[Model], ids: Sequence[int]) -> dict[int, Row]:
    """Return the kept columns of rows as JSON can hold them, by id."""
    columns = _KEPT.get(subject_of(model)) or tuple(model._meta.fields_db_projection)
    found: dict[int, Row] = {}
    for some in in_groups(ids):
        for row in await model.filter(pk__in=some).values("id", *(one for one in columns if one != "id")):
            found[row["id"]] = {
                name: plain(value) for name, value in row.items() if name not in _SET_BY_ITSELF
            }
    return found


def plain(value: Any) -> Any:
    """Return a column's value as JSON can hold it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def in_groups(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield ids in groups that one query takes."""
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]


async def _write(fact_id: int, model: type[Model], before: dict[int, Row | None]) -> None:
    after = await read(model, list(before))
    for some in in_groups(list(before)):
        known = {one.row_id: one for one in await _steps(fact_id, model, some)}
        steps = [_step(row_id, before[row_id], after.get(row_id), known.get(row_id)) for row_id in some]
        await FactStep.filter(id__in=[one.id for one in known.values()]).delete()
        for step in steps:
            step.fact_id, step.subject = fact_id, subject_of(model)
        await FactStep.bulk_create([one for one in steps if one.before != one.after])


async def _steps(fact_id: int, model: type[Model], ids: Collection[int]) -> list[FactStep]:
    return await FactStep.filter(fact_id=fact_id, subject=subject_of(model), row_id__in=list(ids))


def _step(row_id: int, before: Row | None, after: Row | None, known: FactStep | None) -> FactStep:
    """Return what became of a row, together with what the same fact did to it earlier."""
    if before is not None and after is not None:
        changed = [name for name in after if before.get(name) != after[name]]
        before, after = {name: before[name] for name in changed}, {name: after[name] for name in changed}
    if known is not None:
        before = None if known.before is None else {**(before or {}), **known.before}
        after = None if after is None else {**(known.after or {}), **after}
    return FactStep(row_id=row_id, before=before, after=after)
