"""A scan file becomes upright pages with words, pictures and PDFs that can be searched, in the order of its pages."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ingest.letters.limits import SCAN_LIMITS, ScanLimits
from ingest.letters.plain import page_of
from ingest.letters.refusal import Refusal, ScanRefused
from ingest.letters.searchable import joined
from ingest.letters.unread import leave_white
from ingest.letters.workers import Died, Late, Workers
from mail.letter import Page

__all__ = ["ReadPage", "ScanReader", "ScanRefused", "joined"]

_OPEN_SECONDS = 60.0
TOO_LONG, FAILED = "too-long", "failed"


def _nobody(done: int, pages: int) -> None:
    """Hear how many pages are done, and say nothing."""


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page as it was read: *image* is its upright picture (JPEG), *searchable* its PDF of one page.

    *problem* is "" or why its words are not known: "too-long" or "failed".  Where not even its picture
    could be made, both files show a white page.
    """

    page: Page
    image: Path
    searchable: Path
    problem: str = ""


@dataclass(slots=True)
class ScanReader:
    """Reads scans in processes of its own; several scans at a time share them."""

    limits: ScanLimits = SCAN_LIMITS
    _workers: Workers | None = field(default=None, repr=False)

    async def __aenter__(self) -> Self:
        self._workers = Workers(self.limits)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._workers is not None
        await self._workers.close()

    async def read(
        self, scan: Path, folder: Path, *, told: Callable[[int, int], None] = _nobody, first: int = 1
    ) -> AsyncIterator[ReadPage]:
        """Yield the pages of a scan in order, from number *first* on; *told* hears how many of how many are done.

        ScanRefused before the first page where the scan is not read at all.  No more pages are read ahead than
        there are workers, so that what waits to be taken is bounded.
        """
        scanned = await self._opened(scan)
        places, running = list(enumerate(scanned["places"], 1))[first - 1 :], deque[asyncio.Task[ReadPage]]()
        told(first - 1, first - 1 + len(places))
        try:
            for done in range(first - 1, first - 1 + len(places)):
                while places and len(running) <= self.limits.workers:
                    number, place = places.pop(0)
                    question = {"page": number, "place": place, "kind": scanned["kind"], "scan": str(scan)}
                    running.append(asyncio.create_task(self._page(question, folder)))
                page = await running.popleft()
                told(done + 1, done + 1 + len(running) + len(places))
                yield page
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    async def _opened(self, scan: Path) -> dict[str, Any]:
        try:
            answer = await self._asked({"open": True, "scan": str(scan)}, _OPEN_SECONDS)
        except Late as error:
            raise ScanRefused(Refusal.TOO_LONG) from error
        except Died as error:
            raise ScanRefused(Refusal.DAMAGED, {"how": "reader died"}) from error
        if "refused" in answer:
            raise ScanRefused(answer["refused"], answer["parameters"])
        return answer

    async def _asked(self, question: dict[str, Any], seconds: float) -> dict[str, Any]:
        assert self._workers is not None, "a ScanReader is entered before it reads"
        return await self._workers.ask(question, seconds)

    async def _page(self, question: dict[str, Any], folder: Path) -> ReadPage:
        number = question["page"]
        image, searchable = folder / f"page-{number:05}.jpg", folder / f"page-{number:05}.pdf"
        try:
            answer = await self._asked(question | {"folder": str(folder)}, self.limits.seconds)
            page, problem = page_of(answer)
        except (Late, Died) as error:
            problem = TOO_LONG if isinstance(error, Late) else FAILED
            page = await asyncio.to_thread(leave_white, number, image, searchable)
        return ReadPage(page, image, searchable, problem)
