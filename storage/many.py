"""How are many organisations or persons changed at once?  In batches, each row with its own line in the journal.

What is wanted is looked up anew for each batch, in the order of ids, and how far it came is
written in the batch's own transaction: a break costs nothing and does nothing twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from storage import listing
from storage.audit import Change
from storage.bulk_edits import BulkEdit, BulkState
from storage.connect import transaction
from storage.correspondents import Organisation, Party, Person
from storage.jobs import BulkWork, Claimed, JobQueue, payload_of
from storage.looking_for import Wanted, as_json, from_json
from storage.own_fields import changed

BATCH = 500
BATCHES_OF_JOB = 20
MODELS: Mapping[Party, type[Organisation] | type[Person]] = {
    Party.ORGANISATION: Organisation,
    Party.PERSON: Person,
}


class Act(StrEnum):
    """What is done to each row."""

    LANGUAGE = "language"
    OWNER = "owner"
    INDUSTRY = "industry"
    ADD_INTEREST = "add-interest"
    REMOVE_INTEREST = "remove-interest"
    OWN_FIELD = "own-field"


ACTS = {
    Party.ORGANISATION: tuple(Act),
    Party.PERSON: (Act.LANGUAGE, Act.ADD_INTEREST, Act.REMOVE_INTEREST, Act.OWN_FIELD),
}


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of many rows: *value* as the column keeps it, *field_id* where it is an own field."""

    act: Act
    value: Any
    field_id: int | None = None


async def begin(
    party: Party, wanted: Wanted, edit: Edit, *, expected: int, staff_id: int, queue: JobQueue
) -> BulkEdit:
    """Change what fits: at once where it is one batch, else by a job."""
    async with transaction():
        told = {"act": edit.act.value, "value": edit.value, "field_id": edit.field_id}
        row = await BulkEdit.create(
            party=party, wanted=as_json(wanted), change=told, expected=expected, staff_id=staff_id
        )
        if expected > BATCH:
            await queue.enqueue([BulkWork(row.id)])
    return await _at_once(row)


async def undo(row: BulkEdit, *, queue: JobQueue) -> BulkEdit:
    """Take an edit back, but where a row was changed again since."""
    async with transaction():
        ended = BulkEdit.filter(id=row.id, state=BulkState.DONE)
        if not await ended.update(state=BulkState.UNDOING, reached=0, skipped=0):
            return row
        if row.changed > BATCH:
            await queue.enqueue([BulkWork(row.id)])
    return await _at_once(row) if row.changed <= BATCH else await BulkEdit.get(id=row.id)


async def _at_once(row: BulkEdit) -> BulkEdit:
    if row.expected <= BATCH:
        while await step(row.id):
            pass
    return await BulkEdit.get(id=row.id)


async def bulk_edit(bulk_id: int) -> BulkEdit | None:
    """Return an edit of many with who asked for it, or None."""
    return await BulkEdit.get_or_none(id=bulk_id).select_related("staff")


async def work_on(jobs: Sequence[Claimed], *, queue: JobQueue) -> None:
    """Do some batches of each edit; what is left is a job again."""
    for job in jobs:
        bulk_id = payload_of(job, BulkWork).bulk_id
        more = True
        for _ in range(BATCHES_OF_JOB):
            more = more and await step(bulk_id)
        async with transaction():
            await queue.done([job])
            if more:
                await queue.enqueue([BulkWork(bulk_id)])


async def step(bulk_id: int) -> bool:
    """Do or undo one batch; False when nothing is left."""
    row = await BulkEdit.get_or_none(id=bulk_id)
    if row is None or row.state not in {BulkState.DOING, BulkState.UNDOING}:
        return False
    return await (_do(row) if row.state is BulkState.DOING else _undo(row))


async def _do(row: BulkEdit) -> bool:
    ids = await listing.ids_from(row.party, from_json(row.wanted), row.reached, BATCH)
    edit = Edit(Act(row.change["act"]), row.change["value"], row.change["field_id"])
    async with transaction():
        if not await _takes(row, reached=ids[-1] if ids else row.reached, ended=not ids and BulkState.DONE):
            return True
        number = 0
        for one in await MODELS[row.party].filter(id__in=ids).select_for_update().order_by("id"):
            number += await _changed(row, one, _after(edit, one))
        await BulkEdit.filter(id=row.id).update(changed=row.changed + number)
    return bool(ids)


async def _undo(row: BulkEdit) -> bool:
    changes = await Change.filter(bulk_id=row.id, id__gt=row.reached).order_by("id").limit(BATCH)
    async with transaction():
        reached = changes[-1].id if changes else row.reached
        if not await _takes(row, reached=reached, ended=not changes and BulkState.UNDONE):
            return True
        skipped = 0
        for change in changes:
            one = await MODELS[row.party].filter(id=change.subject_id).select_for_update().first()
            if one is None or any(getattr(one, name) != value for name, value in change.after.items()):
                skipped += 1
            else:
                await _changed(row, one, change.before, undoes=True)
        await BulkEdit.filter(id=row.id).update(skipped=row.skipped + skipped)
    return bool(changes)


async def _takes(row: BulkEdit, *, reached: int, ended: BulkState | bool) -> bool:
    """Write first how far this batch goes: False if somebody else did it already."""
    state = ended if isinstance(ended, BulkState) else row.state
    mine = BulkEdit.filter(id=row.id, state=row.state, reached=row.reached)
    return bool(await mine.update(reached=reached, state=state))


def _after(edit: Edit, one: Organisation | Person) -> dict[str, Any]:
    """Return what becomes of a row, by column."""
    if edit.act is Act.OWN_FIELD:
        return {"own_fields": changed(one.own_fields, {edit.field_id or 0: edit.value})}
    if edit.act is Act.ADD_INTEREST:
        return {"interests": list(dict.fromkeys([*one.interests, edit.value]))}
    if edit.act is Act.REMOVE_INTEREST:
        return {"interests": [interest for interest in one.interests if interest != edit.value]}
    return {"owner_id" if edit.act is Act.OWNER else edit.act.value: edit.value}


async def _changed(
    row: BulkEdit, one: Organisation | Person, after: dict[str, Any], *, undoes: bool = False
) -> bool:
    """Write a row's new values and its line in the journal; False where nothing is new."""
    before = {name: getattr(one, name) for name in after}
    if before == after:
        return False
    await type(one).filter(id=one.id).update(**after, changed_at=datetime.now(UTC))
    await Change.create(
        subject=row.party.value,
        subject_id=one.id,
        staff_id=row.staff_id,
        before=before,
        after=after,
        bulk_id=None if undoes else row.id,
    )
    return True
