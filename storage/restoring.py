"""How does what a decision changed become again what it was?

A row is only put back where it still is as the decision left it: what somebody changed
since stays.  All in the caller's transaction, in groups of a bounded number.
"""

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from tortoise.models import Model

from storage.audit import Change
from storage.correspondents import (
    EmailAddress,
    Organisation,
    OrganisationDomain,
    OrganisationNumber,
    Person,
    PhoneNumber,
    PostalAddress,
    Role,
)
from storage.entries import Entry, OpenAnswer, Participant, Thread, ThreadReference
from storage.facts import Fact, FactStep
from storage.messages import Message
from storage.trail import AT_ONCE, Row, read, subject_of

# What others refer to is there again first.
_IN_ORDER: tuple[type[Model], ...] = (
    Thread, ThreadReference, OpenAnswer, Participant, Entry, Message, EmailAddress,
)  # fmt: skip
# Who was entered with the decision goes last, unless somebody uses them since.
_ENTERED: tuple[type[Model], ...] = (Person, Organisation)
_BELONGINGS: tuple[type[Model], ...] = (
    Role, OrganisationDomain, OrganisationNumber, PhoneNumber, PostalAddress,
)  # fmt: skip
_ENTERED_WITH = frozenset(_BELONGINGS)
_JOURNALLED: tuple[type[Model], ...] = (Participant, EmailAddress, *_ENTERED, *_BELONGINGS)
_TOLD = {subject_of(model) for model in _JOURNALLED}
# What of a row stands for itself; of other rows all or nothing is put back.
_APART = {"entry"}


@dataclass(slots=True)
class Restored:
    """Entries that are as they were, and those in which somebody else has decided since."""

    entries: set[int] = field(default_factory=set)
    doubtful: set[int] = field(default_factory=set)


async def restore(fact: Fact, *, by: int | None) -> Restored:
    """Undo what a fact changed; the change journal tells it."""
    restored = Restored()
    for model in _IN_ORDER:
        async for steps in _steps(fact, model):
            await _put_back(model, steps, restored, by)
    # Or the fact, and what it changed, would go with whom it is about.
    await Fact.filter(id=fact.id).update(person_id=None, organisation_id=None)
    for model in (*_ENTERED, *_BELONGINGS):
        async for steps in _steps(fact, model):
            for step in steps:
                await _remove_entered(fact, model, step, by)
    return restored


async def _steps(fact: Fact, model: type[Model]) -> AsyncIterator[list[FactStep]]:
    last = 0
    of_model = FactStep.filter(fact_id=fact.id, subject=subject_of(model))
    while steps := await of_model.filter(id__gt=last).order_by("id").limit(AT_ONCE):
        yield steps
        last = steps[-1].id


async def _put_back(
    model: type[Model], steps: Sequence[FactStep], restored: Restored, by: int | None
) -> None:
    now = await read(model, [one.row_id for one in steps])
    gone = [one for one in steps if one.after is None and one.row_id not in now]
    await model.bulk_create([model(id=one.row_id, **one.before) for one in gone])
    there = [(one, back) for one in steps if (back := _changed_back(one, now.get(one.row_id))) is not None]
    await model.filter(pk__in=[one.row_id for one, _ in there if one.before is None]).delete()
    alike: dict[str, list[int]] = {}
    for one, back in there:
        if back:
            alike.setdefault(json.dumps(back, sort_keys=True), []).append(one.row_id)
    for values, ids in alike.items():
        await model.filter(pk__in=ids).update(**_as_columns(model, json.loads(values)))
    await _tell([one for one, _ in there], by)
    if model is Entry:
        restored.entries |= {one.row_id for one, back in there if "held_reason" in back}
    if model is Participant:
        left = {one.row_id for one in steps} - {one.row_id for one, _ in there}
        restored.doubtful |= set(
            await Participant.filter(id__in=list(left)).values_list("entry_id", flat=True)  # type: ignore[arg-type]
        )


def _changed_back(step: FactStep, now: Row | None) -> Row | None:
    """Return what is to be written to a row, nothing for one to be removed; None where it is to stay as it is."""
    if now is None or step.after is None:
        return None
    same = {name for name, value in step.after.items() if now.get(name) == value}
    if step.before is None:
        return {} if same == step.after.keys() else None
    if same != step.after.keys() and step.subject not in _APART:
        return None
    return {name: step.before[name] for name in same} or None


def _as_columns(model: type[Model], values: Row) -> dict[str, Any]:
    known = model._meta.fields_map
    return {name: known[name].to_python_value(value) for name, value in values.items()}


async def _tell(steps: Sequence[FactStep], by: int | None) -> None:
    await Change.bulk_create(
        [
            Change(
                staff_id=by,
                subject=one.subject,
                subject_id=one.row_id,
                before=one.after or {},
                after=one.before or {},
            )
            for one in steps
            if one.subject in _TOLD
        ]
    )


async def _remove_entered(fact: Fact, model: type[Model], step: FactStep, by: int | None) -> None:
    now = (await read(model, [step.row_id])).get(step.row_id)
    if now is None or step.before is not None or _changed_back(step, now) is None:
        return
    if model in _ENTERED and await _is_used(fact, model, step.row_id):
        return
    if model in _BELONGINGS and await _owner_stays(now):
        return
    await model.filter(pk=step.row_id).delete()
    await _tell([step], by)


async def _owner_stays(row: Row) -> bool:
    """Tell whether whom a role, number or address belongs to is still there: then so is this."""
    if person_id := row.get("person_id"):
        return await Person.exists(id=person_id)
    return await Organisation.exists(id=row["organisation_id"])


async def _is_used(fact: Fact, model: type[Model], row_id: int) -> bool:
    """Tell whether anything refers to a person or organisation but what was entered with them."""
    for name in model._meta.backward_fk_fields:
        relation: Any = model._meta.fields_map[name]
        referring = relation.related_model.filter(**{relation.relation_field: row_id})
        if relation.related_model in _ENTERED_WITH:
            own = FactStep.filter(fact_id=fact.id, subject=subject_of(relation.related_model))
            referring = referring.exclude(pk__in=[one.row_id for one in await own])
        if await referring.exists():
            return True
    return False
