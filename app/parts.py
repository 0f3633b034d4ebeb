"""The parts of a running service: started together, watched, stopped in order."""

import asyncio
import traceback
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import structlog

_log = structlog.get_logger(__name__)
_CANCELLED_SECONDS = 2.0


@dataclass(slots=True)
class Parts:
    """The tasks that make up a service.  Each gets *stop_seconds* to finish what it has at hand."""

    stop_seconds: float
    _tasks: dict[asyncio.Task[None], str] = field(default_factory=dict)

    @asynccontextmanager
    async def running(
        self, name: str, work: Coroutine[Any, Any, None], *, stop: Callable[[], None] | None = None
    ) -> AsyncIterator[asyncio.Task[None]]:
        """Run *work* meanwhile.  It is asked to end by *stop*, or else cancelled."""
        task = asyncio.create_task(work, name=name)
        self._tasks[task] = name
        try:
            yield task
        finally:
            (stop or task.cancel)()
            await self._end(task)

    async def first_to_end(self, stop: asyncio.Event) -> str | None:
        """Wait for *stop*, or for a part to end by itself: that one's name is returned, and logged."""
        stopped = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({stopped, *self._tasks}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopped.cancel()
        ended = [(task, name) for task, name in self._tasks.items() if task.done()]
        if stop.is_set() or not ended:
            return None
        task, name = ended[0]
        _log_end(task, name)
        return name

    async def _end(self, task: asyncio.Task[None]) -> None:
        name = self._tasks[task]
        await asyncio.wait({task}, timeout=self.stop_seconds)
        if not task.done():
            _log.warning("part did not stop in time", part=name, seconds=self.stop_seconds)
            task.cancel()
            await asyncio.wait({task}, timeout=_CANCELLED_SECONDS)
        if task.done() and not task.cancelled() and task.exception():
            _log_end(task, name)


def _log_end(task: asyncio.Task[None], name: str) -> None:
    error = None if task.cancelled() else task.exception()
    where = "".join(traceback.format_tb(error.__traceback__)) if error else ""
    _log.error("part ended", part=name, error=type(error).__name__, where=where)
