"""What most commands begin with: the settings, and a database that fits."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar
from urllib.parse import urlsplit

from app.settings import Settings
from mail.domains import share_also
from storage.connect import connected, is_sqlite, sqlite_path, unavailable_means_later
from storage.schema import pending

_Result = TypeVar("_Result")


class Refused(Exception):
    """A command that cannot be done as asked; the text says why, and what to do."""


def run(work: Coroutine[Any, Any, _Result]) -> _Result:
    """Run *work* to its end on an event loop of its own."""
    with asyncio.Runner(loop_factory=_new_event_loop) as runner:
        return runner.run(work)


class NothingYet(Refused):
    """There is no database yet."""


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[None]:
    """Open the database for a command, beside a service or without one.  Refused if it does not fit."""
    url = settings.database
    if is_sqlite(url) and not sqlite_path(url).exists():
        raise NothingYet(
            f"There is no Postbuch in {settings.data_folder} yet: `postbuch serve` or `postbuch migrate` makes "
            "one; POSTBUCH_DATA names another folder."
        )
    with unavailable_means_later():
        if names := await pending(url):
            raise Refused(
                f"The database is older than this program ({', '.join(names)}): run `postbuch migrate`."
            )
        share_also(settings.matching.shared_domains)
        async with connected(url):
            yield


def shown_url(url: str) -> str:
    """Return a database URL without its password."""
    parts = urlsplit(url)
    return url.replace(f":{parts.password}@", ":…@", 1) if parts.password else url


def _new_event_loop() -> asyncio.AbstractEventLoop:
    """Return a loop of uvloop, which receives mail about twice as fast, or where there is none Python's."""
    try:
        import uvloop  # noqa: PLC0415 - not there on every system
    except ImportError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()
