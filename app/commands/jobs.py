"""postbuch failed and postbuch retry: what was given up, and another try."""

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from app.commands.opening import Refused, opened, run
from app.settings import Settings, read_settings
from storage.connect import transaction
from storage.jobs import DeadJob, dead_jobs, retry_dead

_MOST = 1000


def failed(*, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """List the jobs that were given up, with the reason; `postbuch retry` queues them anew.

    Example: postbuch failed --json
    """
    jobs = run(_dead(read_settings()))
    if as_json:
        typer.echo(json.dumps([_as_json(job) for job in jobs], indent=2))
    elif not jobs:
        typer.echo("No job has failed.")
    else:
        Console().print(_table(jobs))


def retry(
    jobs: Annotated[
        list[int] | None, typer.Argument(help="Numbers of jobs, as `postbuch failed` shows them.")
    ] = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="Try all that failed.")] = False,
) -> None:
    """Queue failed jobs anew; a running service takes them up within a second.

    Example: postbuch retry 17 18
    """
    if bool(jobs) == everything:
        raise Refused(
            "Say which jobs (`postbuch retry 17 18`, see `postbuch failed`), or `postbuch retry --all`."
        )
    number = run(_retry(read_settings(), jobs))
    if jobs and number < len(set(jobs)):
        raise Refused(f"{number} queued anew; the others are no failed jobs (see `postbuch failed`).")
    typer.echo(f"{number} queued anew.")


async def _dead(settings: Settings) -> list[DeadJob]:
    async with opened(settings):
        return await dead_jobs(most=_MOST)


async def _retry(settings: Settings, jobs: list[int] | None) -> int:
    async with opened(settings), transaction():
        return await retry_dead(jobs)


def _as_json(job: DeadJob) -> dict[str, object]:
    about = asdict(job.payload)
    return {
        "id": job.id,
        "kind": job.payload.kind,
        "about": about,
        "attempts": job.attempts,
        "error": job.error,
        "since": job.since.isoformat(),
    }


def _table(jobs: list[DeadJob]) -> Table:
    table = Table("Job", "Kind", "About", "Attempts", "Since", "Error", title="Failed jobs")
    for job in jobs:
        about = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in asdict(job.payload).items())
        since = f"{job.since:%Y-%m-%d %H:%M}"
        table.add_row(str(job.id), job.payload.kind, about, str(job.attempts), since, job.error)
    return table
