"""Is the service well?  What /health tells those who watch it."""

from datetime import UTC, datetime

from app.worker import Worker
from storage.connect import StorageUnavailable, unavailable_means_later
from storage.jobs import JobState, files_waiting, oldest_due, waiting
from storage.mailboxes import silent
from web.config import Health, HealthCheck

# A batch of the largest mails takes a while; a worker that is silent for longer hangs.
_LONGEST_SILENCE_SECONDS = 180.0


def health_of(worker: Worker) -> HealthCheck:
    """Return what looks after the database, the jobs that wait, the mailboxes and *worker*."""

    async def check() -> Health:
        quiet = worker.silent_seconds
        try:
            with unavailable_means_later():
                numbers, oldest, files = await waiting(), await oldest_due(), await files_waiting()
                silenced = len(await silent())
        except StorageUnavailable:
            return Health(ok=False, checks={"database": "unavailable", "worker_silent_seconds": round(quiet)})
        return Health(
            ok=quiet < _LONGEST_SILENCE_SECONDS,
            checks={
                "database": "ok",
                "jobs_waiting": numbers[JobState.READY] + numbers[JobState.CLAIMED],
                "attachments_waiting": files,
                "jobs_failed": numbers[JobState.DEAD],
                "oldest_job_seconds": _overdue(oldest),
                "worker_silent_seconds": round(quiet),
                "mailboxes_silent": silenced,
            },
            degraded=silenced > 0,
        )

    return check


def _overdue(oldest: datetime | None) -> int:
    return max(0, round((datetime.now(UTC) - oldest).total_seconds())) if oldest else 0
