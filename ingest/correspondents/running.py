"""How does the service import a file that was handed in?  A job for some seconds, that leaves the rest to the next."""

from collections.abc import Sequence
from pathlib import Path
from time import monotonic

from ingest.correspondents.importing import GoesOnElsewhere, Import, Rows, Trial, take_over
from ingest.correspondents.moves import Moves
from ingest.correspondents.opening import Opened, UnreadableFile, open_file
from ingest.correspondents.own_files import path_of
from ingest.correspondents.understanding import Reading
from ingest.correspondents.workbook_rows import UnreadableWorkbook
from storage import imports, own_fields
from storage.connect import transaction
from storage.imports import ImportRun, ImportState
from storage.jobs import Claimed, JobQueue, RunImport, payload_of

SECONDS_OF_JOB = 20.0


class RunImports:
    """Tries and runs imports; *own* tells our installation in files of ours."""

    def __init__(self, data_folder: Path, own: str, *, seconds: float = SECONDS_OF_JOB) -> None:
        self._folder, self._own, self._seconds = data_folder, own, seconds
        self._trials: dict[int, Trial] = {}  # what a trial has seen so far
        self._moves: dict[int, Moves] = {}

    async def __call__(self, jobs: Sequence[Claimed], *, queue: JobQueue) -> None:
        """Do some seconds of each import, and enqueue what is left of it."""
        for job in jobs:
            run_id = payload_of(job, RunImport).run_id
            is_left = await self._go_on(run_id)
            async with transaction():
                await queue.done([job])
                if is_left:
                    await queue.enqueue([RunImport(run_id)])

    async def _go_on(self, run_id: int) -> bool:
        """Do the next rows of an import, and tell whether there are more."""
        run = await imports.run_of(run_id)
        if run is None or not run.state.is_at_work:
            return False
        try:
            opened = opened_for(run, self._folder)
            if await self._rows_done(run, opened):
                return True
        except (UnreadableFile, UnreadableWorkbook, GoesOnElsewhere) as error:
            await imports.finish(run_id, ImportState.FAILED, error=str(error))
            return False
        except FileNotFoundError:
            await imports.finish(run_id, ImportState.FAILED, error="the file is not there any more")
            return False
        self._trials.pop(run_id, None)
        self._moves.pop(run_id, None)
        await imports.finish(run_id, _ENDS_AS[run.state])
        if run.state is ImportState.RUNNING:
            path_of(self._folder, run.path).unlink(missing_ok=True)
        return False

    async def _rows_done(self, run: ImportRun, opened: Opened) -> bool:
        """Deal with rows until the time is over, and tell whether it was."""
        reading = Reading(
            opened.heading, run.options.get("country", ""), await imports.logins(), await own_fields.by_name()
        )
        moves = self._moves.setdefault(run.id, Moves(opened.heading.key, run.id))
        one = Import(run.id, run.staff_id, reading, self._own, moves)
        rows, until = Rows(opened, reading, after=run.position), monotonic() + self._seconds
        trial = self._trials.setdefault(run.id, Trial(one)) if run.state is ImportState.TRYING else None
        try:
            while await (trial.next_step(rows) if trial else take_over(one, rows)):
                if monotonic() > until:
                    return True
            return False
        finally:
            await rows.close()


_ENDS_AS = {ImportState.TRYING: ImportState.TRIED, ImportState.RUNNING: ImportState.DONE}


def opened_for(run: ImportRun, data_folder: Path) -> Opened:
    """Return the file of an import with the columns chosen for it.  UnreadableFile, FileNotFoundError …"""
    opened = open_file(path_of(data_folder, run.path), encoding=run.options.get("encoding") or None)
    return opened.mapped(run.meanings)
