"""The database: reachable, new enough, sound, and its queue not stuck."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

from app.checks.finding import Finding, Level
from app.commands.opening import shown_url
from app.settings import Settings
from storage import checkup
from storage.connect import (
    StorageUnavailable,
    WrongDatabaseURL,
    connected,
    is_sqlite,
    sqlite_path,
    unavailable_means_later,
)
from storage.jobs import JobState, oldest_due, waiting
from storage.roster import has_administrator
from storage.schema import NewerDatabase, UnusableDatabase, pending

_STUCK = timedelta(minutes=10)
_CLOCKS_APART_SECONDS = 5.0


async def database(settings: Settings) -> AsyncIterator[Finding]:
    """Yield what is found in the database; where it cannot be read, only why."""
    url = settings.database
    reached = await _reached(url)
    yield reached
    if reached.level is not Level.OK:
        return
    with unavailable_means_later():
        async with connected(url):
            for check in (_version, _soundness, _index, _syncing, _clock, _jobs, _administrator):
                yield await check()


async def _reached(url: str) -> Finding:
    about = "database"
    try:
        if is_sqlite(url) and not sqlite_path(url).exists():
            return Finding(about, Level.WARN, f"{sqlite_path(url)} is not there yet", "Run `postbuch serve`.")
        with unavailable_means_later():
            names = await pending(url)
    except StorageUnavailable as error:
        advice = "See that it runs and can be reached from here, and that database_url is right."
        return Finding(about, Level.FAIL, f"{shown_url(url)}: {error.__cause__ or error}", advice)
    except (UnusableDatabase, WrongDatabaseURL) as error:
        return Finding(about, Level.FAIL, str(error), "Correct database_url (POSTBUCH_DATABASE_URL).")
    except NewerDatabase as error:
        return Finding(about, Level.FAIL, str(error), "Start the newer program, or restore a copy.")
    if names:
        return Finding(about, Level.FAIL, f"lacks {', '.join(names)}", "Run `postbuch migrate`.")
    return Finding(about, Level.OK, f"{shown_url(url)} is up to date")


async def _version() -> Finding:
    name, new_enough = await checkup.version()
    if new_enough:
        return Finding("version", Level.OK, name)
    return Finding("version", Level.FAIL, f"{name} is too old", "SQLite 3.35 or PostgreSQL 15 is needed.")


async def _soundness() -> Finding:
    if problems := await checkup.damages():
        advice = "Stop the service, keep a copy of the file, and restore the last good copy."
        return Finding("soundness", Level.FAIL, "; ".join(problems), advice)
    return Finding("soundness", Level.OK, "no damage found")


async def _index() -> Finding:
    if await checkup.text_index_agrees():
        return Finding("text index", Level.OK, "agrees with the entries")
    advice = "Rebuild it: sqlite3 FILE \"INSERT INTO entry_search (entry_search) VALUES ('rebuild')\""
    return Finding("text index", Level.FAIL, "does not agree with the entries", advice)


async def _syncing() -> Finding:
    if await checkup.commits_are_synced():
        return Finding("commits", Level.OK, "are on the disk when a mail is acknowledged")
    advice = "Set fsync and synchronous_commit of PostgreSQL to on: else a power cut loses acknowledged mail."
    return Finding("commits", Level.FAIL, "are not waited for", advice)


async def _clock() -> Finding:
    apart = await checkup.clock_difference()
    text = f"{abs(apart):.0f} s apart"
    if abs(apart) < _CLOCKS_APART_SECONDS:
        return Finding("clocks", Level.OK, text)
    return Finding("clocks", Level.WARN, text, "Set the clocks of this machine and of the database's by NTP.")


async def _jobs() -> Finding:
    numbers, oldest = await waiting(), await oldest_due()
    text = f"{numbers[JobState.READY] + numbers[JobState.CLAIMED]} waiting, {numbers[JobState.DEAD]} failed"
    if numbers[JobState.DEAD]:
        return Finding("jobs", Level.WARN, text, "See `postbuch failed`, then `postbuch retry`.")
    if oldest and datetime.now(UTC) - oldest > _STUCK:
        return Finding(
            "jobs", Level.WARN, f"{text}, since {oldest:%Y-%m-%d %H:%M} UTC", "Is the service running?"
        )
    return Finding("jobs", Level.OK, text)


async def _administrator() -> Finding:
    if await has_administrator():
        return Finding("administrator", Level.OK, "there is one")
    return Finding("administrator", Level.WARN, "there is none", "`postbuch serve` makes one at its start.")
