"""Which files with correspondents are being imported, how far is each, and which rows could not be taken?

Where an import stands is written in the transaction of each batch: whatever ends it, it
goes on behind the last row that is in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.expressions import F
from tortoise.models import Model

from storage import audit
from storage.connect import transaction
from storage.jobs import MatchAnew, RunImport, TableQueue
from storage.staff import Staff

MOST_WRONG_KEPT, MOST_LINES_SHOWN = 100_000, 200
KEPT_FOR = timedelta(days=30)


class ImportState(StrEnum):
    """How an import gets on."""

    NEW = "new"  # its columns may still be corrected
    TRYING = "trying"
    TRIED = "tried"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"

    @property
    def is_at_work(self) -> bool:
        """Whether something is being done."""
        return self in {ImportState.TRYING, ImportState.RUNNING}


class ColumnMapping(Model):
    """What the columns of files with these headings were taken for; `name` is what a person calls it."""

    id = fields.BigIntField(primary_key=True)
    key = fields.CharField(max_length=64, unique=True)
    name = fields.CharField(max_length=100, null=True, unique=True)
    meanings: Any = fields.JSONField(default=dict)
    changed_at = fields.DatetimeField(auto_now=True)

    class Meta:
        table = "column_mapping"


class ImportRun(Model):
    """The import of one file; `position` is the last row that was dealt with, `octets` how many of `size`.

    `lines` tells of the first rows what they come to: line, outcome, and whom the row is about;
    `moved` are persons who change employer, who are among the changed ones.
    """

    id = fields.BigIntField(primary_key=True)
    digest = fields.CharField(max_length=64, db_index=True)
    name = fields.CharField(max_length=200, default="")
    path = fields.TextField(default="")
    state = fields.CharEnumField(ImportState, max_length=10, default=ImportState.NEW)
    staff: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="imports", null=True, on_delete=fields.SET_NULL
    )
    titles: Any = fields.JSONField(default=list)
    meanings: Any = fields.JSONField(default=dict)
    options: Any = fields.JSONField(default=dict)
    size = fields.BigIntField(default=0)
    octets = fields.BigIntField(default=0)
    position = fields.BigIntField(default=0)
    new = fields.BigIntField(default=0)
    changed = fields.BigIntField(default=0)
    same = fields.BigIntField(default=0)
    wrong = fields.BigIntField(default=0)
    moved = fields.BigIntField(default=0, db_default=0)
    lines: Any = fields.JSONField(default=list)
    error = fields.TextField(default="")
    begun_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField(auto_now_add=True)
    changed_at = fields.DatetimeField(auto_now=True)

    staff_id: int | None

    class Meta:
        table = "import_run"


class WrongLine(Model):
    """A row that could not be taken over, and why."""

    id = fields.BigIntField(primary_key=True)
    run: fields.ForeignKeyRelation[ImportRun] = fields.ForeignKeyField(
        "storage.ImportRun", related_name="wrong_lines", db_index=True
    )
    line = fields.BigIntField()
    reason = fields.CharField(max_length=50)
    parameters: Any = fields.JSONField(default=dict)
    cells: Any = fields.JSONField(default=list)

    run_id: int

    class Meta:
        table = "wrong_line"


@dataclass(frozen=True, slots=True)
class Wrong:
    """A row that cannot be taken: where it stands, the code of the reason with its parameters, and its cells."""

    line: int
    reason: str
    parameters: Mapping[str, str]
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Step:
    """What a batch of rows came to."""

    position: int
    octets: int
    new: int = 0
    changed: int = 0
    same: int = 0
    moved: int = 0
    wrong: Sequence[Wrong] = ()
    lines: Sequence[tuple[int, str, str]] = ()

    @property
    def rows(self) -> int:
        """How many rows there were."""
        return self.new + self.changed + self.same + len(self.wrong)


async def run_of(run_id: int) -> ImportRun | None:
    """Return an import."""
    return await ImportRun.get_or_none(id=run_id)


async def latest(most: int) -> list[ImportRun]:
    """Return the last imports, the newest first."""
    return await ImportRun.all().order_by("-id").limit(most)


async def unfinished(
    digest: str, meanings: Mapping[str, str], options: Mapping[str, Any]
) -> ImportRun | None:
    """Return the import of the same file in the same way that was broken off."""
    for run in await ImportRun.filter(digest=digest, state=ImportState.RUNNING).order_by("-id"):
        if run.meanings == dict(meanings) and run.options == dict(options):
            return run
    return None


async def begin(run: ImportRun) -> ImportRun:
    """Enter an import; what is kept of those long done goes."""
    async with transaction():
        done = (ImportState.DONE, ImportState.FAILED)
        await ImportRun.filter(state__in=done, changed_at__lt=datetime.now(UTC) - KEPT_FOR).delete()
        await run.save(force_create=True)
    return run


async def set_up(run_id: int, meanings: Mapping[str, str], options: Mapping[str, Any]) -> None:
    """Note what the columns of an import are taken for."""
    await ImportRun.filter(id=run_id).update(meanings=dict(meanings), options=dict(options))


async def correct(run_id: int) -> None:
    """Let the columns of an import that was tried be corrected."""
    tried = ImportRun.filter(id=run_id, state__in=(ImportState.TRIED, ImportState.FAILED))
    await tried.update(state=ImportState.NEW)


async def remove(run_id: int) -> str:
    """Forget an import that no job is at work on, and return the name of its file; a command's has none here."""
    async with transaction():
        run = await ImportRun.get_or_none(id=run_id)
        if run is None or (run.state.is_at_work and run.path):
            return ""
        await run.delete()
    return run.path


async def start(run_id: int, state: ImportState) -> None:
    """Let an import be tried, or run, from the first row on: a job does it."""
    async with transaction():
        run = await ImportRun.get(id=run_id)
        if run.state.is_at_work:
            return
        await WrongLine.filter(run_id=run_id).delete()
        await _restart(run_id, state)
        await TableQueue().enqueue([RunImport(run_id)])


async def _restart(run_id: int, state: ImportState) -> None:
    await ImportRun.filter(id=run_id).update(
        state=state, position=0, octets=0, new=0, changed=0, same=0, wrong=0, moved=0, error="",
        lines=[],
        begun_at=datetime.now(UTC),
    )  # fmt: skip


async def note(run_id: int, step: Step) -> None:
    """Note what a batch came to, in the caller's transaction."""
    await ImportRun.filter(id=run_id).update(
        position=step.position,
        octets=F("octets") + step.octets,
        new=F("new") + step.new,
        changed=F("changed") + step.changed,
        same=F("same") + step.same,
        moved=F("moved") + step.moved,
        wrong=F("wrong") + len(step.wrong),
        changed_at=datetime.now(UTC),
    )
    run = await ImportRun.get(id=run_id).only("id", "wrong", "lines")
    if step.lines and len(run.lines) < MOST_LINES_SHOWN:
        await ImportRun.filter(id=run_id).update(lines=[*run.lines, *step.lines][:MOST_LINES_SHOWN])
    if run.wrong <= MOST_WRONG_KEPT:
        await WrongLine.bulk_create(
            WrongLine(
                run_id=run_id, line=one.line, reason=one.reason, parameters=dict(one.parameters),
                cells=list(one.cells),
            )
            for one in step.wrong
        )  # fmt: skip


async def stands_at(run_id: int, position: int) -> bool:
    """Tell whether an import is being run and stands where it is believed to, in the caller's transaction."""
    return await ImportRun.filter(id=run_id, position=position, state=ImportState.RUNNING).exists()


async def finish(run_id: int, state: ImportState, *, error: str = "") -> None:
    """Note that an import has ended; if it changed anything, messages are matched anew.  In one transaction."""
    async with transaction():
        run = await ImportRun.get(id=run_id)
        await ImportRun.filter(id=run_id).update(state=state, error=error, changed_at=datetime.now(UTC))
        if state is not ImportState.TRIED:
            await audit.record(
                "import-correspondents", staff_id=run.staff_id, subject="import_run", subject_id=run_id,
                name=run.name, new=run.new, changed=run.changed, same=run.same, wrong=run.wrong,
            )  # fmt: skip
        if state is not ImportState.TRIED and (run.new or run.changed):
            await TableQueue().enqueue([MatchAnew(0)])


async def wrong_lines(run_id: int, *, after: int = 0, most: int = 500) -> list[WrongLine]:
    """Return rows of an import that could not be taken, in the order of the file, behind the one with id *after*."""
    return await WrongLine.filter(run_id=run_id, id__gt=after).order_by("id").limit(most)


async def mapping(key: str) -> ColumnMapping | None:
    """Return what the columns of files with these headings were taken for."""
    return await ColumnMapping.get_or_none(key=key)


async def named_mapping(name: str) -> ColumnMapping | None:
    """Return the mapping of a name."""
    return await ColumnMapping.get_or_none(name=name)


async def remember_mapping(key: str, meanings: Mapping[str, str], *, name: str | None = None) -> None:
    """Remember what the columns of files with these headings are."""
    async with transaction():
        known = await ColumnMapping.get_or_none(key=key)
        if name:
            await ColumnMapping.filter(name=name).exclude(key=key).update(name=None)
        if known is None:
            await ColumnMapping.create(key=key, name=name, meanings=dict(meanings))
        else:
            known.meanings, known.name = dict(meanings), name or known.name
            await known.save()


async def logins() -> dict[str, int]:
    """Return the staff's ids by their logins: who looks after an organisation."""
    return {staff.login: staff.id for staff in await Staff.all().only("id", "login")}
