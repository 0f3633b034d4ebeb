"""How does HTML become a PDF without anybody else waiting?  In a process of its own, within limits."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE
from weakref import WeakKeyDictionary

_PROGRAM = (sys.executable, "-P", "-B", "-m", "outbound.sheets.child")
# No secrets of the service; HOME and the caches are where the fonts of a user are known.
_INHERITED = (
    "PATH",
    "LD_LIBRARY_PATH",
    "LANG",
    "HOME",
    "XDG_CACHE_HOME",
    "FONTCONFIG_FILE",
    "FONTCONFIG_PATH",
)
_SECONDS = 90.0
_AT_A_TIME = 2
_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


class NotPrinted(Exception):
    """The PDF could not be made; the text says why, in the last words of the program that makes it."""


async def printed(html: str, *, copies: int = 1) -> bytes:
    """Return HTML as PDF, its last page so many times; NotPrinted if that takes too long or fails."""
    turn = _turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(_AT_A_TIME))
    async with turn:
        process = await asyncio.create_subprocess_exec(
            *_PROGRAM,
            str(copies),
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env={name: os.environ[name] for name in _INHERITED if name in os.environ},
        )
        try:
            octets, said = await asyncio.wait_for(process.communicate(html.encode()), _SECONDS)
        except TimeoutError:
            raise NotPrinted("it took too long") from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
    if process.returncode or not octets.startswith(b"%PDF-"):
        raise NotPrinted(said.decode(errors="replace").strip().rpartition("\n")[2][:200])
    return octets
