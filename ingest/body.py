"""A mail on its way in: in memory while it is small, else in a file without a name."""

import asyncio
import hashlib
import tempfile
from pathlib import Path
from typing import BinaryIO

from ingest.budget import Share

IN_MEMORY = 1024 * 1024
FIRST_SHARE = 64 * 1024  # of a mail whose size is not told
_IN_THREAD = 64 * 1024  # octets above which hashing and writing would hold up the event loop


class TooLarge(Exception):
    """The mail is larger than we take."""


class SmallBody:
    """A mail that came whole, and is no larger than the first share."""

    def __init__(self, raw: bytes) -> None:
        self.size = len(raw)
        self.digest = hashlib.sha256(raw).hexdigest()
        self._raw = raw

    def content(self) -> bytes:
        """Return the whole mail."""
        return self._raw


class Body:
    """Collects a mail's octets within a share of the budget of memory.

    What goes wrong on the way is kept until the peer has sent all: only then it
    listens to an answer.
    """

    def __init__(self, share: Share, *, folder: Path | None, largest: int) -> None:
        self.size = 0
        self._share, self._folder, self._largest = share, folder, largest
        self._digest = hashlib.sha256()
        self._pieces: list[bytes] = []
        self._file: BinaryIO | None = None
        self._failure: Exception | None = None

    async def add(self, octets: bytes) -> None:
        """Take what came next."""
        self.size += len(octets)
        if self.size > self._largest and not isinstance(self._failure, TooLarge):
            self._give_up(TooLarge())
        if self._failure:
            return
        try:
            await self._keep(octets)
        except OSError as error:  # the disk is full, say
            self._give_up(error)

    def content(self) -> bytes | BinaryIO:
        """Return the whole mail.  TooLarge, or OSError if it could not be kept."""
        if self._failure:
            raise self._failure
        if self._file:
            self._file.seek(0)
            return self._file
        return b"".join(self._pieces)

    @property
    def digest(self) -> str:
        """The name of its blob."""
        return self._digest.hexdigest()

    def close(self) -> None:
        """Forget the octets."""
        self._pieces.clear()
        if self._file:
            self._file.close()

    async def _keep(self, octets: bytes) -> None:
        if len(octets) < _IN_THREAD:
            self._digest.update(octets)
        else:
            await asyncio.to_thread(self._digest.update, octets)
        if self._file:
            await asyncio.to_thread(self._file.write, octets)
            return
        self._pieces.append(octets)
        if self.size > IN_MEMORY or not self._share.grow_to(self.size):
            await asyncio.to_thread(self._spool)
            self._share.give_back(but=FIRST_SHARE)

    def _spool(self) -> None:
        """Go on in a file: it has no name, so nothing is left of it after a crash."""
        self._file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed by close()
        self._file.writelines(self._pieces)
        self._pieces.clear()

    def _give_up(self, failure: Exception) -> None:
        self._failure = failure
        self.close()
        self._share.give_back(but=FIRST_SHARE)
