"""Who reads files?  A process of its own, killed when it takes too long, begun anew when it has died."""

import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass, field
from time import monotonic

from ingest.files.limits import OUT_OF_MEMORY, FileLimits
from ingest.files.told import FileDefect, Told, told_of, untold

_PROGRAM = (sys.executable, "-P", "-B", "-m", "ingest.files.child")
_INHERITED = ("PATH", "LD_LIBRARY_PATH", "LANG", "TZ")  # no secrets of the service
_GRACE_SECONDS = 5.0
_START_SECONDS = 20.0
_SLOW_FILES = 5  # after this many times the limit of one, no more of a message is read
_LONGEST_ANSWER = 64 * 1024 * 1024
_REST_SECONDS, _MOST_ANSWERS = 60.0, 1_000
_EXHAUSTING = {FileDefect.TOO_SLOW, FileDefect.TOO_LARGE}


@dataclass(frozen=True, slots=True)
class Wanted:
    """An attachment that is to be read: its number in the message, and what the message says of it."""

    number: int
    name: str
    type: str


@dataclass(slots=True)
class Reader:
    """Reads the attachments of messages, one after the other.

    Its process ends when there was nothing to read for a while, and after many files: what
    readers of formats leave behind in memory must not be counted against the next one.
    """

    limits: FileLimits
    _process: Process | None = field(default=None)
    _answers: int = 0
    _end_of_rest: asyncio.TimerHandle | None = None

    async def read(self, raw: bytes, files: Sequence[Wanted]) -> list[Told]:
        """Return what each of these attachments of a message says.

        A file that kills its reader has a defect, and those behind it are read by another.
        """
        if self._end_of_rest:
            self._end_of_rest.cancel()
        try:
            return await self._read_all(raw, files)
        finally:
            self._end_of_rest = asyncio.get_running_loop().call_later(_REST_SECONDS, self._kill)

    async def close(self) -> None:
        """End the process."""
        if self._end_of_rest:
            self._end_of_rest.cancel()
        if self._process is not None:
            process = self._process
            self._kill()
            # It is killed: that its end is told late, or not at all, must hold up nobody.
            with suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), _GRACE_SECONDS)

    def _kill(self) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
        self._process = None

    async def _read_all(self, raw: bytes, files: Sequence[Wanted]) -> list[Told]:
        told: list[Told] = []
        within = monotonic() + _SLOW_FILES * self.limits.seconds + _START_SECONDS
        while len(told) < len(files):
            if monotonic() > within or len(told) >= self.limits.files_of_message:
                defect = FileDefect.TOO_SLOW if monotonic() > within else FileDefect.TOO_MANY
                told += [untold(defect) for _ in files[len(told) :]]
                break
            told += await self._read(raw, files[len(told) : self.limits.files_of_message], within)
        return told

    async def _read(self, raw: bytes, files: Sequence[Wanted], within: float) -> list[Told]:
        """Return what files say up to the first that ends the process."""
        told: list[Told] = []
        process = await self._running()
        asking = asyncio.create_task(_ask(process, raw, files))
        try:
            for _ in files:
                answer = await self._answer(process)
                if isinstance(answer, FileDefect):
                    await self.close()
                    told.append(untold(answer))
                    break
                told.append(answer)
                if monotonic() > within or self._is_spent(answer):
                    await self.close()
                    break
        finally:
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
        return told

    def _is_spent(self, answer: Told) -> bool:
        return self._answers >= _MOST_ANSWERS or bool(answer.defects & _EXHAUSTING)

    async def _answer(self, process: Process) -> Told | FileDefect:
        """Return what the next file says, or why the process does not tell it."""
        assert process.stdout is not None
        # It ends a reading itself after its time; by the clock it may take longer, on a busy machine.
        seconds = 2 * self.limits.seconds + _GRACE_SECONDS + (0 if self._answers else _START_SECONDS)
        try:
            line = await asyncio.wait_for(process.stdout.readline(), seconds)
        except TimeoutError:
            return FileDefect.TOO_SLOW
        except ValueError:  # a line longer than any answer can be
            return FileDefect.TOO_LARGE
        self._answers += 1
        if line.endswith(b"\n"):
            return told_of(json.loads(line))
        return FileDefect.TOO_LARGE if await process.wait() == OUT_OF_MEMORY else FileDefect.BROKEN

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
                env={name: os.environ[name] for name in _INHERITED if name in os.environ},
            )
        return self._process


@asynccontextmanager
async def reading_apart(limits: FileLimits) -> AsyncIterator[Reader]:
    """Yield who reads files, in a process that begins with the first and ends with this."""
    reader = Reader(limits)
    try:
        yield reader
    finally:
        await reader.close()


async def _ask(process: Process, raw: bytes, files: Sequence[Wanted]) -> None:
    assert process.stdin is not None
    question = {"octets": len(raw), "files": [asdict(one) for one in files]}
    try:
        process.stdin.write(json.dumps(question).encode() + b"\n")
        process.stdin.write(raw)
        await process.stdin.drain()
    except (BrokenPipeError, ConnectionResetError):
        return  # it has died: no answer tells it
