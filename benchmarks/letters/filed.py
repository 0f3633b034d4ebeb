"""What a running Postbuch makes of scans that are dropped into its folder: filed letters, while its pages answer."""

import asyncio
import contextlib
import os
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import aiohttp

from benchmarks.letters.batches import Batch
from storage.connect import connected
from storage.entries import Entry
from storage.scans import Letter, Scan, ScanPage, ScanState
from storage.schema import migrate
from storage.staff import AccessRole
from tests.running import Postbuch, running
from tests.web.conftest import PASSWORD, staff_member
from tests.web.correspondence import firm, somebody

PAGES: Final = ("/", "/persons", "/organisations", "/held", "/search?q=Offerte")
_VISIT_EVERY_SECONDS, _LOOK_EVERY_SECONDS, _LONGEST_SECONDS = 0.2, 0.5, 7200.0
_LOGIN: Final = "rita@muster.ch"


class NotRead(Exception):
    """A scan was not read; the text says why."""


@dataclass(slots=True)
class Office:
    """A running Postbuch, somebody at its pages, and how many seconds each page took."""

    url: str
    incoming: Path
    postbuch: Postbuch
    waits: list[float] = field(default_factory=list)

    async def filed(self, batch: Batch) -> list[str]:
        """Drop a batch into the folder, wait until its letters are filed, and return the text of its pages."""
        await asyncio.to_thread(os.replace, batch.scan, self.incoming / batch.scan.name)
        async with asyncio.timeout(_LONGEST_SECONDS), _visited(self):
            while True:
                async with connected(self.url):
                    if texts := await _filed(batch):
                        return texts
                await asyncio.sleep(_LOOK_EVERY_SECONDS)

    @property
    def slowest(self) -> float:
        """Return below how many milliseconds 95 of 100 pages were answered."""
        return 1000 * statistics.quantiles(self.waits, n=20)[-1]


async def _filed(batch: Batch) -> list[str]:
    """Return the texts of a batch's pages, of those that belong to letters; none before all letters are filed."""
    scan = await Scan.get_or_none(name=batch.scan.name)
    if scan is None or scan.state in {ScanState.WAITING, ScanState.READING}:
        return []
    if scan.state is not ScanState.READ:
        raise NotRead(f"{scan.state}: {scan.problem} {scan.problem_parameters}")
    letters = await Letter.filter(scan_id=scan.id)
    entered = await Entry.filter(id__in=[letter.entry_id for letter in letters]).count()
    if entered < len(letters):
        return []
    sides = await ScanPage.filter(scan_id=scan.id, is_separator=False).order_by("number")
    print(f"letters: {len(letters)} of {len(batch.letters)} letters filed", flush=True)
    return [side.text for side in sides]


@asynccontextmanager
async def office(folder: Path) -> AsyncIterator[Office]:
    """Run a Postbuch with a firm, a person and a staff member, and a folder that it watches."""
    url, incoming = f"sqlite:///{folder / 'postbuch.db'}", folder / "incoming"
    await asyncio.to_thread(incoming.mkdir)
    await migrate(url)
    async with connected(url):
        await somebody(await firm())
        await staff_member(access=AccessRole.ADMINISTRATOR)
    async with running(folder, database_url=url, scans_incoming=incoming, scans_rest_seconds=0) as postbuch:
        yield Office(url, incoming, postbuch)


@asynccontextmanager
async def _visited(at: Office) -> AsyncIterator[None]:
    """Look at pages one after the other while a block runs, and note how long each took."""
    async with aiohttp.ClientSession(
        at.postbuch.web_url, cookie_jar=aiohttp.CookieJar(unsafe=True)
    ) as visitor:
        headers = {"Origin": at.postbuch.web_url.rstrip("/"), "Sec-Fetch-Site": "same-origin"}
        form = {"login": _LOGIN, "password": PASSWORD}
        async with visitor.post("/login", data=form, headers=headers, allow_redirects=False) as response:
            assert response.status == 303, response.status
        visiting = asyncio.create_task(_visit(visitor, at.waits))
        try:
            yield
        finally:
            visiting.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await visiting


async def _visit(visitor: aiohttp.ClientSession, waits: list[float]) -> None:
    while True:
        for page in PAGES:
            begun = time.perf_counter()
            async with visitor.get(page, allow_redirects=False) as response:
                await response.read()
                assert response.status == 200, (page, response.status)
            waits.append(time.perf_counter() - begun)
            await asyncio.sleep(_VISIT_EVERY_SECONDS)
