"""Load as mail servers make it: each offers its mail again until it is taken."""

import asyncio
import base64
import hashlib
import itertools
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from tests.ingest.speaking import Peer, peer

SENDER, RECIPIENT = "eva@firm.example", "anna@mueller.example"
_SMALL, _MIDDLE, _LARGE = (200, 4_000), (60_000, 200_000), (1_100_000, 2_500_000)
_OFTEN = (90, 8, 2)
_AGAIN_SECONDS = 0.02
_GONE = (OSError, EOFError, TimeoutError, AssertionError)  # the last: no greeting any more


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail like no other, and the name of its blob."""

    subject: str
    octets: bytes
    digest: str


def mail(subject: str, *, size: int, by: random.Random) -> Mail:
    """Return a mail of about *size* octets, half of which nobody can foretell."""
    lines = [f"From: Eva <{SENDER}>", f"To: Anna <{RECIPIENT}>", f"Subject: {subject}"]
    if by.random() < 0.9:
        lines.append(f"Message-ID: <{by.getrandbits(64):x}@firm.example>")
    if by.random() < 0.8:
        lines.append("Date: Tue, 03 Mar 2026 13:00:00 +0100")
    lines += ["", f"Good morning, this is {subject}.", ""]
    noise = base64.encodebytes(by.randbytes(size * 3 // 8)).replace(b"\n", b"\r\n")
    octets = "\r\n".join(lines).encode() + noise + b"and so on\r\n" * (size // 22)
    return Mail(subject, octets, hashlib.sha256(octets).hexdigest())


@dataclass(slots=True)
class Load:
    """Several senders to one address; *taken* are the mails that were answered with 250."""

    seed: int
    address: str
    port: int | None = None  # None while there is nobody to send to
    taken: dict[str, Mail] = field(default_factory=dict)
    answers: Counter[str] = field(default_factory=Counter)
    under_way: set[str] = field(default_factory=set)
    _stopping: bool = False
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    @asynccontextmanager
    async def running(self, senders: int) -> AsyncIterator[None]:
        """Send meanwhile, from so many connections."""
        self._tasks = [asyncio.create_task(self._send(number)) for number in range(senders)]
        try:
            yield
        finally:
            for task in self._tasks:
                task.cancel()

    async def finish(self) -> None:
        """Let each sender get rid of the mail at hand, and no more."""
        self._stopping = True
        await asyncio.gather(*self._tasks)

    async def _send(self, number: int) -> None:
        """Send one mail after the other, each until it is taken."""
        by = random.Random(f"{self.seed}/{number}")
        mails = (self._next(f"{number}-{count}", by) for count in itertools.count())
        waiting = next(mails)
        while not (self._stopping and waiting.digest in self.taken):
            if self.port is None:
                await asyncio.sleep(_AGAIN_SECONDS)
                continue
            try:
                async with peer(self.port) as speaking:
                    while await self._offer(speaking, waiting) and not self._stopping:
                        await asyncio.sleep(by.uniform(0, 2 * _AGAIN_SECONDS))
                        waiting = next(mails) if waiting.digest in self.taken else waiting
            except _GONE:
                self.answers["gone"] += 1
                await asyncio.sleep(_AGAIN_SECONDS)

    async def _offer(self, speaking: Peer, one: Mail) -> bool:
        """Offer a mail; False if the connection ended before there was an answer."""
        self.under_way.add(one.digest)
        try:
            answer = await speaking.send(one.octets, self.address)
        finally:
            self.under_way.discard(one.digest)
        self.answers[answer[:3] or "none"] += 1
        if answer.startswith("250"):
            self.taken[one.digest] = one
        return bool(answer)

    def _next(self, subject: str, by: random.Random) -> Mail:
        least, most = by.choices((_SMALL, _MIDDLE, _LARGE), weights=_OFTEN)[0]
        return mail(subject, size=by.randint(least, most), by=by)
