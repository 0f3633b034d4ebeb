"""How does a command import a file with correspondents?  From where the same command stopped, to its end."""

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.settings import Settings
from ingest.correspondents.importing import Import, Rows, Trial, take_over
from ingest.correspondents.moves import Moves
from ingest.correspondents.opening import Opened
from ingest.correspondents.own_files import own_tag
from ingest.correspondents.understanding import Reading
from storage import imports, own_fields
from storage.imports import ImportRun, ImportState, Step
from storage.secret_key import secret_key

_PIECE = 1024 * 1024
OnStep = Callable[[Step], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a command asks for: which file, read how."""

    opened: Opened
    path: Path
    meanings: Mapping[str, str]
    options: Mapping[str, Any]


async def import_file(settings: Settings, asked: Asked, on_step: OnStep, *, dry_run: bool) -> ImportRun:
    """Import a file, or tell what that would come to, and return the import as it ended."""
    digest = await asyncio.to_thread(_digest, asked.path)
    run = None if dry_run else await imports.unfinished(digest, asked.meanings, asked.options)
    if run is None:
        run = await imports.begin(_run(asked, digest, ImportState.TRYING if dry_run else ImportState.RUNNING))
    else:
        on_step(Step(run.position, run.octets, run.new, run.changed, run.same))
    reading = Reading(
        asked.opened.heading, asked.options["country"], await imports.logins(), await own_fields.by_name()
    )
    moves = Moves(asked.opened.heading.key, run.id)
    one = Import(run.id, None, reading, own_tag(secret_key(settings.data_folder)), moves)
    rows = Rows(asked.opened, reading, after=run.position)
    trial = Trial(one)
    try:
        while step := await (trial.next_step(rows) if dry_run else take_over(one, rows)):
            on_step(step)
    finally:
        await rows.close()
    await imports.finish(run.id, ImportState.TRIED if dry_run else ImportState.DONE)
    done = await imports.run_of(run.id)
    assert done is not None
    return done


def _run(asked: Asked, digest: str, state: ImportState) -> ImportRun:
    return ImportRun(
        digest=digest,
        name=asked.path.name[:200],
        state=state,
        titles=list(asked.opened.heading.titles),
        meanings=dict(asked.meanings),
        options=dict(asked.options),
        size=asked.opened.octets,
        begun_at=datetime.now(UTC),
    )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
