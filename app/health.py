"""Is the service well?  What /health tells those who watch it."""

from datetime import UTC, datetime

from app.worker import Worker
from storage import mailboxes
from storage.connect import StorageUnavailable, unavailable_means_later
from storage.jobs import JobState, oldest_due, waiting
from web.config import Health, HealthCheck

# A batch of the largest mails takes a while; a worker that is silent for longer hangs.
_LONGEST_SILENCE_SECONDS = 180.0


def health_of(worker: Worker) -> HealthCheck:
    """Return what looks after the database, the jobs that wait, and *worker*."""

    async def check() -> Health:
        silent = worker.silent_seconds
        try:
            with unavailable_means_later():
                numbers, oldest = await waiting(), await oldest_due()
                silent_mailboxes = len(await mailboxes.silent())
        except StorageUnavailable:
            return Health(
                ok=False, checks={"database": "unavailable", "worker_silent_seconds": round(silent)}
            )
        return Health(
            ok=silent < _LONGEST_SILENCE_SECONDS,
            checks={
                "database": "ok",
                "jobs_waiting": numbers[JobState.READY] + numbers[JobState.CLAIMED],
                "jobs_failed": numbers[JobState.DEAD],
                "oldest_job_seconds": _overdue(oldest),
                "worker_silent_seconds": round(silent),
                "mailboxes_silent": silent_mailboxes,
            },
        )

    return check


def _overdue(oldest: datetime | None) -> int:
    return max(0, round((datetime.now(UTC) - oldest).total_seconds())) if oldest else 0
