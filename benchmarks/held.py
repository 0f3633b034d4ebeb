"""How fast does somebody settle what is held?  By the keyboard in a browser, beside the same by pages alone.

The reference presses the same button in a browser that runs no scripts: what it costs to
load each message when it is its turn.  Then everything is undone, and the database must be
as it was before.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page

from app.logs import set_up_logs
from benchmarks.report import print_figure
from history import held
from ingest.budget import Budget
from ingest.source import Accepted, RawMessage
from storage.connect import connected
from storage.jobs import TableQueue
from storage.schema import migrate
from storage.staff import AccessRole
from tests.history.contents import contents
from tests.servers.chromium import chromium
from tests.web.conftest import staff_member
from tests.web.settling import PATIENCE, queue_of, settle, undo_all
from tests.web.test_browser import LAPTOP, logged_in
from web.application import application
from web.config import Health, WebConfig

MESSAGES, BY_PAGES, GOAL = 500, 50, 1.0


def run() -> bool:
    """Measure, print what came out, and tell whether the goal holds."""
    set_up_logs("warning")
    with tempfile.TemporaryDirectory(prefix="postbuch-held-") as folder:
        return asyncio.run(_measure(Path(folder)))


async def _measure(folder: Path) -> bool:
    url = f"sqlite:///{folder / 'postbuch.db'}"
    await migrate(url)
    async with connected(url), _served(folder) as server, chromium() as browser:
        staff = await staff_member(access=AccessRole.ADMINISTRATOR)
        await queue_of(MESSAGES, staff)
        by_pages = await _by_pages(browser, server)
        page = await logged_in(browser, server, viewport=LAPTOP)
        before = await contents()
        seconds = (await settle(page, MESSAGES)).seconds
        print(
            f"held: {MESSAGES} messages, {len(seconds)} decisions, median {1000 * statistics.median(seconds):.0f} ms"
            f" a decision, 95 of 100 below {1000 * statistics.quantiles(seconds, n=20)[-1]:.0f} ms"
        )
        begun = time.perf_counter()
        await undo_all(page, len(seconds))
        print(f"held: undone in {1000 * (time.perf_counter() - begun) / len(seconds):.0f} ms a decision")
        same = await contents() == before and await held.count() == MESSAGES
        print(f"held: the database is {'as it was before' if same else 'NOT as it was before'}", flush=True)
    ours, theirs = 1 / statistics.median(seconds), 1 / statistics.median(by_pages)
    return print_figure("held", ours, theirs, "decisions/s", GOAL) and same


async def _by_pages(browser: Browser, server: TestServer) -> list[float]:
    """Return the seconds of some decisions by pages alone; they are undone."""
    page: Page = await logged_in(browser, server, viewport=LAPTOP, java_script_enabled=False)
    await page.goto("/held")
    seconds = []
    for _ in range(BY_PAGES):
        begun = time.perf_counter()
        async with page.expect_navigation(timeout=PATIENCE):
            await page.click("button[value=ignore]", timeout=PATIENCE)
        seconds.append(time.perf_counter() - begun)
    for _ in range(BY_PAGES):
        async with page.expect_navigation(timeout=PATIENCE):
            await page.click("[data-undo] button", timeout=PATIENCE)
    return seconds


@asynccontextmanager
async def _served(folder: Path) -> AsyncIterator[TestServer]:
    """Yield the application on a port of its own."""

    async def refuse(message: RawMessage) -> Accepted:
        raise AssertionError("no mail expected")

    async def well() -> Health:
        return Health(ok=True)

    config = WebConfig("http://postbuch.test", b"k" * 32, folder, "postbuch.test")
    app = application(
        config, accept=refuse, queue=TableQueue(), budget=Budget(8 * 1024 * 1024), check_health=well
    )
    server = TestServer(app)
    await server.start_server()
    try:
        yield server
    finally:
        await server.close()
