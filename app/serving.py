"""How does the service start, run and stop?

What is started last stops first: pages close, sources take no more mail, what was
accepted is committed, the worker finishes its batch.  A part that ends by itself
ends the service: better restarted by its supervisor than half alive.
"""

import asyncio
import gc
import os
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import structlog
from aiohttp import web

from app.daily import daily
from app.first_start import FirstAdministrator, everybodys_address, first_administrator
from app.health import health_of
from app.nightly import nightly
from app.parts import Parts
from app.presence import Presence, alone
from app.relaying import letterhead_of, relay_of, sending
from app.settings import Settings
from app.silence import telling
from app.wiring import (
    OLDER,
    CannotStart,
    Coming,
    intake,
    kinds,
    kinds_apart,
    kinds_of_scans,
    listening,
    mailboxes,
    scan_folders,
    scanners,
    sources,
    url_of,
    web_config,
)
from app.worker import APART_AT_ONCE, Worker, worker_of
from ingest import watch
from ingest.accept import accepting
from ingest.budget import Budget
from ingest.smtp import SmtpSource
from ingest.source import Accept, OnTheWay
from mail.domains import share_also
from storage.connect import connected, unavailable_means_later
from storage.jobs import ReadScan, TableQueue, release_claimed
from storage.schema import all_migrations, migrate, pending
from storage.secret_key import secret_key
from storage.sole import served_alone
from web.application import application

_log = structlog.get_logger(__name__)
_OWNER_ONLY = 0o077


class PartEnded(Exception):
    """A part of the service ended by itself; the text names it."""


@dataclass(frozen=True, slots=True)
class Started:
    """What is told once the service runs."""

    presence: Presence
    staff_url: str
    everybodys_address: str | None
    first: FirstAdministrator | None


Tell = Callable[[Started], None]


async def serve(settings: Settings, tell: Tell) -> None:
    """Serve until SIGTERM or SIGINT.

    CannotStart, AlreadyRunning, ServedElsewhere; PartEnded if a part of the service ended before that.
    """
    os.umask(_OWNER_ONLY)
    settings.data_folder.mkdir(parents=True, exist_ok=True)
    share_also(settings.matching.shared_domains)
    with alone(settings.data_folder) as announce:
        await _bring_up_to_date(settings)
        async with (
            connected(settings.database),
            served_alone(),
            _running(settings) as (started, ended),
        ):
            announce(started.presence)
            _leave_alone_what_stays()
            tell(started)
            _log.info("started", pid=started.presence.pid)
            part = await ended
            _log.info("stopping")
    if part:
        raise PartEnded(f"{part} ended by itself; the log tells why")
    _log.info("stopped")


async def serve_only_scans(settings: Settings, tell: Callable[[], None]) -> None:
    """Take and read scans, and nothing else, until SIGTERM or SIGINT; a whole service runs on another machine.

    CannotStart, AlreadyRunning, ServedElsewhere; PartEnded if a part ended before that.
    """
    os.umask(_OWNER_ONLY)
    settings.data_folder.mkdir(parents=True, exist_ok=True)
    share_also(settings.matching.shared_domains)
    with alone(settings.data_folder):
        if names := await pending(settings.database):
            raise CannotStart(
                f"the database is not of this program ({', '.join(names)}): run `postbuch migrate`"
            )
        async with connected(settings.database), served_alone(only_scans=True):
            stop, parts = _stop_at_signals(), Parts(settings.stop_seconds)
            with unavailable_means_later():
                await release_claimed([ReadScan.kind])
            async with _scans_read(settings, parts):
                tell()
                part = await parts.first_to_end(stop)
    if part:
        raise PartEnded(f"{part} ended by itself; the log tells why")


def _leave_alone_what_stays() -> None:
    """Take what start-up made out of the search for garbage, which would look through it again and again."""
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def _running(settings: Settings) -> AsyncIterator[tuple[Started, Awaitable[str | None]]]:
    """Run all parts, and yield what was started and what to wait for."""
    stop = _stop_at_signals()
    pages = listening(settings.web.host, settings.web.port, key="web.port")
    staff_url = settings.staff_url or url_of(pages)
    with unavailable_means_later():
        await release_claimed()
        first = await first_administrator(settings.capture)
        everybodys = await everybodys_address(settings.capture)
    parts, queue = Parts(settings.stop_seconds), TableQueue()
    worker = worker_of(kinds(secret_key(settings.data_folder), scanners=scanners(settings)))
    coming = Coming(Budget(settings.smtp.bytes_in_flight), OnTheWay())
    # Apart from the other: a relay that does not answer must not keep mail from being filed.
    sender = worker_of(sending(relay_of(settings), letterhead_of(settings, staff_url=staff_url)))
    async with AsyncExitStack() as stack:
        stack.callback(pages.close)
        # What it has at hand is begun anew at the next start: nobody waits for it.
        apart = worker_of(await stack.enter_async_context(kinds_apart(settings)), at_once=APART_AT_ONCE)
        await stack.enter_async_context(parts.running("worker apart", apart.run()))
        if settings.scans.here:
            await stack.enter_async_context(_scans_read(settings, parts))
        for name, one in (("worker", worker), ("sender", sender)):
            await stack.enter_async_context(parts.running(name, one.run(), stop=one.stop))
        if settings.digest.enabled and settings.relay.host:
            digests = daily(settings.digest, settings.zone, queue)
            await stack.enter_async_context(parts.running("digest", digests))
        await stack.enter_async_context(parts.running("nightly", nightly(settings.zone, queue)))
        accept = await stack.enter_async_context(
            accepting(queue, on_accepted=worker.ring, on_the_way=coming.on_the_way)
        )
        tell = telling(queue, staff_url=staff_url)
        await stack.enter_async_context(_mailboxes_read(settings, parts, accept, coming, worker, tell))
        ports = await stack.enter_async_context(_mail_coming_in(settings, parts, accept, coming))
        config = web_config(settings, staff_url=staff_url, smtp_port=ports[0])
        app = application(
            config, accept=accept, queue=queue, budget=coming.budget, check_health=health_of(worker)
        )
        await stack.enter_async_context(_served(app, pages, settings.stop_seconds))
        presence = Presence(os.getpid(), url_of(pages), settings.smtp.host, *ports)
        yield Started(presence, staff_url, everybodys, first), parts.first_to_end(stop)


@asynccontextmanager
async def _scans_read(settings: Settings, parts: Parts) -> AsyncIterator[None]:
    """Read scans, and take those out of the folders that are set."""
    async with AsyncExitStack() as stack:
        worker = worker_of(await stack.enter_async_context(kinds_of_scans(settings)), at_once=APART_AT_ONCE)
        await stack.enter_async_context(parts.running("worker of scans", worker.run()))
        if folders := scan_folders(settings):
            taking = folders.run(intake(settings, worker.ring))
            await stack.enter_async_context(parts.running("scans", taking))
        yield


@asynccontextmanager
async def _mail_coming_in(
    settings: Settings, parts: Parts, accept: Accept, coming: Coming
) -> AsyncIterator[list[int]]:
    """Run the sources, and yield the ports they listen on, SMTP first."""
    async with AsyncExitStack() as stack:
        ports = []
        for name, source in sources(settings, coming).items():
            task = await stack.enter_async_context(parts.running(name, source.run(accept)))
            try:
                ports.append(await _port_of(source, task))
            except OSError as error:
                raise CannotStart(f"{name}.port: {error.strerror}") from None
        yield ports


@asynccontextmanager
async def _mailboxes_read(
    settings: Settings, parts: Parts, accept: Accept, coming: Coming, worker: Worker, tell: watch.Tell
) -> AsyncIterator[None]:
    """Read the mailboxes, and *tell* when one of them has fallen silent."""
    watching = watch.watch(
        every_seconds=60, alarm_after=timedelta(minutes=settings.imap.alarm_minutes), tell=tell
    )
    async with (
        accepting(TableQueue(), on_accepted=worker.ring, priority=OLDER) as accept_older,
        parts.running("mailboxes", mailboxes(settings, coming, accept_older).run(accept)),
        parts.running("watch", watching),
    ):
        yield


@asynccontextmanager
async def _served(app: web.Application, pages: socket.socket, stop_seconds: float) -> AsyncIterator[None]:
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=stop_seconds)
    await runner.setup()
    try:
        await web.SockSite(runner, pages).start()
        yield
    finally:
        await runner.cleanup()


async def _port_of(source: SmtpSource, task: asyncio.Task[None]) -> int:
    """Return the port of a source once it listens; what kept it from listening is raised."""
    started = asyncio.create_task(source.started.wait())
    await asyncio.wait({started, task}, return_when=asyncio.FIRST_COMPLETED)
    started.cancel()
    if task.done():
        task.result()
    return source.port


def _stop_at_signals() -> asyncio.Event:
    """Return what is set by the first SIGTERM or SIGINT; the second ends the process at once."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()

    def on_signal() -> None:
        stop.set()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, on_signal)
    return stop


async def _bring_up_to_date(settings: Settings) -> None:
    with unavailable_means_later():
        names = await pending(settings.database)
        if names and not settings.auto_migrate and names != all_migrations():
            raise CannotStart(
                f"auto_migrate is off, and the database is older than this program ({', '.join(names)}): "
                "run `postbuch migrate`"
            )
        if names:
            await migrate(settings.database)
            _log.info("database migrated", migrations=names)
