"""Imports of files written by a test, on either database, and exports of what came of them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from ingest.correspondents.importing import Import, Rows, Trial, take_over
from ingest.correspondents.moves import Moves
from ingest.correspondents.opening import Opened, open_file
from ingest.correspondents.understanding import Reading
from ingest.correspondents.writing import ExportKind, written
from storage import imports, own_fields
from storage.imports import ImportRun, ImportState, WrongLine

OWN = "0a1b2c3d"


@dataclass(frozen=True, slots=True)
class Importing:
    """Imports what a test writes."""

    folder: Path
    own: str = OWN

    def file(self, content: str | bytes, name: str = "contacts.csv") -> Path:
        """Return a file with this content."""
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    async def run(
        self,
        content: str | bytes | Path,
        *,
        key: str = "",
        columns: Mapping[str, str] | None = None,
        dry_run: bool = False,
    ) -> ImportRun:
        """Import a file to its end, and return what came of it."""
        path = content if isinstance(content, Path) else self.file(content)
        opened = open_file(path).mapped(columns or {})
        return await self.opened(opened.with_key(key) if key else opened, dry_run=dry_run)

    async def opened(self, opened: Opened, *, dry_run: bool = False) -> ImportRun:
        """Import a file whose columns are known."""
        digest = hashlib.sha256(opened.file.path.read_bytes()).hexdigest()
        run = await imports.begin(ImportRun(digest=digest, state=ImportState.RUNNING))
        reading = Reading(opened.heading, "CH", await imports.logins(), await own_fields.by_name())
        one = Import(run.id, None, reading, self.own, Moves(opened.heading.key, run.id))
        rows, trial = Rows(opened, reading), Trial(one)
        while await (trial.next_step(rows) if dry_run else take_over(one, rows)):
            pass
        await rows.close()
        await imports.finish(run.id, ImportState.TRIED if dry_run else ImportState.DONE)
        return await ImportRun.get(id=run.id)

    async def export(self, kind: ExportKind = ExportKind.CSV) -> bytes:
        """Return a file with everything."""
        return b"".join([piece async for piece in written(kind, self.own)])

    async def wrong(self, run: ImportRun) -> list[tuple[int, str]]:
        """Return the lines that could not be taken, with the codes of the reasons."""
        return [(one.line, one.reason) for one in await WrongLine.filter(run_id=run.id).order_by("id")]


@pytest.fixture
def importing(database: str, tmp_path: Path) -> Importing:
    """Imports into a fresh database."""
    return Importing(tmp_path)


def counts(run: ImportRun) -> tuple[int, int, int, int]:
    """Return how many rows were new, changed, same and wrong."""
    return run.new, run.changed, run.same, run.wrong
