"""A real `postbuch serve`, in a process of its own, on free ports."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

PROGRAM = (sys.executable, "-m", "app")
_START_SECONDS, _STOP_SECONDS = 90, 60  # on a busy machine; what takes longer hangs
_LAST_LINE = "  Data "


class DidNotStart(Exception):
    """The service ended before it ran; the text is what it said."""


@dataclass(slots=True)
class Postbuch:
    """A running service, and what it printed when it started."""

    process: asyncio.subprocess.Process
    folder: Path
    printed: str
    log: list[str] = field(default_factory=list)

    @property
    def web_url(self) -> str:
        """Where the pages are."""
        return self._found(r"Pages +(\S+)")

    @property
    def smtp_port(self) -> int:
        """Where mail is taken."""
        return int(self._found(r"SMTP +\S+ port (\d+)"))

    @property
    def lmtp_port(self) -> int:
        """Where mail is taken by LMTP."""
        return int(self._found(r"LMTP +\S+ port (\d+)"))

    @property
    def everybodys_address(self) -> str:
        """The capture address for all staff."""
        return self._found(r"  Capture address +(\S+)")

    @property
    def capture_address(self) -> str:
        """The administrator's own capture address, told at the first start only."""
        return self._found(r"Your capture address +(\S+)")

    @property
    def admin_password(self) -> str:
        """The password of `admin`, told at the first start only."""
        return self._found(r"with password (\S+)")

    async def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        await self.process.wait()

    async def stop(self) -> int:
        """Ask it to stop, and return its exit code."""
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self.process.wait(), _STOP_SECONDS)

    async def settled(self, *, seconds: float = 90) -> None:
        """Wait until no job is waiting."""
        async with asyncio.timeout(seconds), aiohttp.ClientSession() as browser:
            while (await self._waiting(browser)) > 0:
                await asyncio.sleep(0.05)

    async def _waiting(self, browser: aiohttp.ClientSession) -> int:
        async with browser.get(f"{self.web_url}/health") as response:
            checks = (await response.json())["checks"]
            return int(checks["jobs_waiting"]) + int(checks["attachments_waiting"])

    def _found(self, pattern: str) -> str:
        found = re.search(pattern, self.printed)
        if found is None:
            raise LookupError(f"{pattern} in {self.printed!r}")
        return found[1]


def environment(folder: Path, **settings: object) -> dict[str, str]:
    """Return the environment of a command on *folder*; settings by their names in the environment."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("POSTBUCH_")}
    chosen = {"DATA": folder, "WEB_PORT": 0, "SMTP_PORT": 0, "CAPTURE_CHECK_DNS": "false"} | settings
    return inherited | {f"POSTBUCH_{name.upper()}": str(value) for name, value in chosen.items()}


async def command(
    folder: Path, *arguments: str, stdin: bytes = b"", **settings: object
) -> tuple[int, str, str]:
    """Run a `postbuch` command on *folder*; return its exit code, output and error output."""
    process = await asyncio.create_subprocess_exec(
        *PROGRAM,
        *arguments,
        env=environment(folder, **settings) | {"COLUMNS": "200"},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, errors = await process.communicate(stdin)
    return process.returncode or 0, output.decode(), errors.decode()


@asynccontextmanager
async def running(folder: Path, **settings: object) -> AsyncIterator[Postbuch]:
    """Run a service on *folder*; settings by their names in the environment: `smtp_idle_seconds=2`.

    DidNotStart if it ends instead.
    """
    process = await asyncio.create_subprocess_exec(
        *PROGRAM,
        "serve",
        env=environment(folder, **settings),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    service = Postbuch(process, folder, "")
    reading = asyncio.create_task(_read_log(process, service.log))
    try:
        service.printed = await asyncio.wait_for(_read_announcement(process), _START_SECONDS)
        if process.stdout is None or _LAST_LINE not in service.printed:
            await asyncio.gather(process.wait(), reading)
            raise DidNotStart("".join(service.log))
        yield service
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
        await reading


async def _read_announcement(process: asyncio.subprocess.Process) -> str:
    """Return what is printed when it starts; it prints nothing after that."""
    text = ""
    while process.stdout and _LAST_LINE not in text:
        line = await process.stdout.readline()
        if not line:
            break
        text += line.decode()
    return text


async def _read_log(process: asyncio.subprocess.Process, log: list[str]) -> None:
    while process.stderr and (line := await process.stderr.readline()):
        log.append(line.decode(errors="replace"))
