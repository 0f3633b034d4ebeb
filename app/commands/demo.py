"""postbuch demo: a year of an invented firm's mail."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from app.commands.opening import NothingYet, Refused, opened, run
from app.demo.cast import firms
from app.demo.entering import enter, enter_staff
from app.demo.sending import NotTaken, send_all
from app.demo.year import Sent, Year
from app.presence import Presence, running
from app.settings import Settings, read_settings
from storage import directory, state
from storage.jobs import JobState, waiting

_START_SECONDS = 60
_STOP_SECONDS = 60
_STUCK_SECONDS = 120
_LOOK_EVERY_SECONDS = 0.2
_ANY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - not bound here


def demo(
    *, force: Annotated[bool, typer.Option("--force", help="Also where there is something already.")] = False
) -> None:
    """Fill Postbuch with 20 organisations, 60 persons and 300 mails of a year, to look around in.

    The mails go through the SMTP port of the running service; without one, it is
    started for the time.

    Example: postbuch demo
    """
    settings = read_settings()
    if not force:
        with suppress(NothingYet):
            run(_require_empty(settings))
    with _served(settings) as present:
        mails = run(_enter_all(settings))
        with _progress() as bars:
            _send_all(present, mails, bars)
            run(_until_filed(settings, bars, len(mails)))
        typer.echo(f"Done: see {present.web_url}/organisations, and what is held for a decision in /held.")


@contextmanager
def _served(settings: Settings) -> Iterator[Presence]:
    """Yield the running service, or one that is started for the time."""
    if present := running(settings.data_folder):
        yield present
        return
    process = subprocess.Popen([sys.executable, "-m", "app", "serve"])
    try:
        yield _until_running(settings, process)
    finally:
        process.terminate()
        process.wait(_STOP_SECONDS)
    typer.echo("The service that was started for this is stopped; `postbuch serve` starts it again.")


def _until_running(settings: Settings, process: subprocess.Popen[bytes]) -> Presence:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        if present := running(settings.data_folder):
            return present
        time.sleep(_LOOK_EVERY_SECONDS)
    raise Refused("The service does not start: see above, or `postbuch doctor`.")


async def _enter_all(settings: Settings) -> list[Sent]:
    """Enter staff, organisations and persons, and return the mails to send."""
    async with opened(settings):
        now = datetime.now(UTC)
        capture = await enter_staff(settings.capture.domain)
        cast = firms()
        for number, firm in enumerate(cast):
            await enter(firm, number=number, today=now.date())
        return Year.until(now, cast, capture)


async def _require_empty(settings: Settings) -> None:
    async with opened(settings):
        received, entered = await state.received(), await directory.counts()
    if any(entered) or any(received.by_state.values()):
        raise Refused(
            "There is something in this Postbuch already: set POSTBUCH_DATA to an empty folder, "
            "or add the demonstration to it with --force (it cannot be taken out again)."
        )


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description:<10}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    )


def _send_all(present: Presence, mails: list[Sent], bars: Progress) -> None:
    host = _ANY_ADDRESS.get(present.smtp_host, present.smtp_host)
    try:
        for _ in bars.track(send_all(host, present.smtp_port, mails), len(mails), description="Sending"):
            pass
    except NotTaken as error:
        raise Refused(f"The service does not take the mails: {error}") from None


async def _until_filed(settings: Settings, bars: Progress, number: int) -> None:
    """Wait until no mail waits; Refused if nothing moves any more."""
    bar, moved, left = bars.add_task("Filing", total=number), time.monotonic(), number
    async with opened(settings):
        while left and time.monotonic() - moved < _STUCK_SECONDS:
            before, left = left, await _jobs_left()
            moved = time.monotonic() if left < before else moved
            bars.update(bar, completed=max(0, number - left))
            await asyncio.sleep(_LOOK_EVERY_SECONDS if left else 0)
    if left:
        raise Refused(f"{left} mails are not filed: see `postbuch doctor` and `postbuch failed`.")


async def _jobs_left() -> int:
    numbers = await waiting()
    return numbers[JobState.READY] + numbers[JobState.CLAIMED]
