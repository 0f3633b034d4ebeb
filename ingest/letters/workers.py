"""Who reads scans?  Processes of their own, as many at a time as is said, killed when a page takes too long."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ingest.letters.limits import FOLDER_PREFIX, ScanLimits

_PROGRAM = (sys.executable, "-P", "-B", "-m", "ingest.letters.child")
_INHERITED = ("PATH", "LD_LIBRARY_PATH", "LANG", "TZ", "TESSDATA_PREFIX")  # no secrets of the service
_ONE_THREAD = {
    "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2",
}  # fmt: skip
_PATIENCE = 5.0
_GRACE_SECONDS = 5.0
_START_SECONDS = 60.0
_MOST_ANSWERS = 200  # what readers of formats leave behind in memory must not be counted against later pages
_LONGEST_ANSWER = 32 * 1024 * 1024


class Died(Exception):
    """The process ended over a question."""


class Late(Exception):
    """The process did not answer in time, and was killed."""


@dataclass(slots=True)
class Worker:
    """One process that reads; begun with its first question, and anew after it died."""

    limits: ScanLimits
    folder: Path
    _process: Process | None = None
    _answers: int = 0

    async def ask(self, question: dict[str, Any], seconds: float) -> dict[str, Any]:
        """Return its answer; Died or Late where there is none."""
        process = await self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        # It ends a page itself after that time of the processor; by the clock it may take longer, on a busy machine.
        allowed = _PATIENCE * seconds + _GRACE_SECONDS + (0 if self._answers else _START_SECONDS)
        try:
            process.stdin.write(json.dumps(question).encode() + b"\n")
            line = await asyncio.wait_for(process.stdout.readline(), allowed)
        except TimeoutError as error:
            await self.close()
            raise Late from error
        except (
            ValueError,
            OSError,
        ) as error:  # an answer longer than any page's; it died before it was asked
            await self.close()
            raise Died from error
        except asyncio.CancelledError:
            await self.close()  # what it goes on with, nobody wants
            raise
        if not line.endswith(b"\n"):
            await self.close()
            raise Died
        self._answers += 1
        if self._answers >= _MOST_ANSWERS:
            await self.close()
        answer: dict[str, Any] = json.loads(line)
        return answer

    async def close(self) -> None:
        """End the process, and the tesseract that runs for it."""
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        # It is killed: that its end is told late, or not at all, must hold up nobody.
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), _GRACE_SECONDS)

    async def _running(self) -> Process:
        if self._process is None or self._process.returncode is not None:
            await self.close()
            self._answers = 0
            self._process = await asyncio.create_subprocess_exec(
                *_PROGRAM,
                json.dumps(asdict(self.limits)),
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,
                limit=_LONGEST_ANSWER,
                start_new_session=True,
                env={name: os.environ[name] for name in _INHERITED if name in os.environ}
                | _ONE_THREAD
                | {"TMPDIR": str(self.folder)},
            )
        return self._process


@dataclass(slots=True)
class Workers:
    """So many workers at most; who asks waits until one is free, each in turn."""

    limits: ScanLimits
    _folder: TemporaryDirectory[str] = field(default_factory=lambda: TemporaryDirectory(prefix=FOLDER_PREFIX))
    _all: list[Worker] = field(default_factory=list)
    _free: asyncio.Queue[Worker] = field(default_factory=asyncio.Queue)

    def __post_init__(self) -> None:
        for _ in range(self.limits.workers):
            worker = Worker(self.limits, Path(self._folder.name))
            self._all.append(worker)
            self._free.put_nowait(worker)

    @asynccontextmanager
    async def _one(self) -> AsyncIterator[Worker]:
        worker = await self._free.get()
        try:
            yield worker
        finally:
            self._free.put_nowait(worker)

    async def ask(self, question: dict[str, Any], seconds: float) -> dict[str, Any]:
        """Return what a free worker answers; Died or Late where it does not."""
        async with self._one() as worker:
            return await worker.ask(question, seconds)

    async def close(self) -> None:
        """End all processes."""
        await asyncio.gather(*(worker.close() for worker in self._all))
        self._folder.cleanup()
