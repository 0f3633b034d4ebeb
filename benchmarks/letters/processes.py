"""How much memory and work do the processes take that read letters?"""

import asyncio
import contextlib
import os
import re
import resource
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_LOOK_EVERY_SECONDS: Final = 0.2
_CALLED: Final = (("ingest.letters.child", "worker"), ("tesseract", "tesseract"), ("-m\0app", "service"))


@dataclass(slots=True)
class Memory:
    """How many megabytes a process had at most, by what it is."""

    most: dict[str, float]

    @property
    def of_worker(self) -> float:
        """Return what a worker and the tesseract beside it had together at most."""
        return self.most.get("worker", 0.0) + self.most.get("tesseract", 0.0)

    def __str__(self) -> str:
        """Return a line of it."""
        return ", ".join(f"{name} {megabytes:.0f} MB" for name, megabytes in sorted(self.most.items()))


@contextlib.asynccontextmanager
async def memory_of_processes(memory: Memory) -> AsyncIterator[None]:
    """Note what the processes below this one have at most while a block runs."""
    looking = asyncio.create_task(_look(memory))
    try:
        yield
    finally:
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)


async def _look(memory: Memory) -> None:
    while True:
        for process in _below(os.getpid()):
            with contextlib.suppress(OSError):
                command = (process / "cmdline").read_text(encoding="utf-8", errors="replace")
                name = next((called for part, called in _CALLED if part in command), "")
                most = re.search(r"VmHWM:\s+(\d+) kB", (process / "status").read_text(encoding="utf-8"))
                if name and most:
                    memory.most[name] = max(memory.most.get(name, 0.0), int(most[1]) * 1024 / 1_000_000)
        await asyncio.sleep(_LOOK_EVERY_SECONDS)


def _below(pid: int) -> Iterator[Path]:
    """Yield the folders of all processes below another."""
    for children in Path(f"/proc/{pid}").glob("task/*/children"):
        with contextlib.suppress(OSError):
            for child in children.read_text(encoding="ascii").split():
                yield Path("/proc") / child
                yield from _below(int(child))


def work_below(pid: int) -> float:
    """Return the seconds of the processor that a process and all below it took, ended ones that were waited for too."""
    return sum(_work(process) for process in (Path(f"/proc/{pid}"), *_below(pid)))


def _work(process: Path) -> float:
    try:
        fields = (process / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")  # its own, and of its children that ended


def work_done() -> float:
    """Return the seconds of the processor that children of this process took, those that ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
