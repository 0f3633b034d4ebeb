"""Whatever comes is kept as it came and filed or held, and holds up nothing that comes behind it."""

import asyncio
import hashlib
import os
import random
import secrets
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest

from storage import blobs
from storage.connect import connected
from storage.entries import Entry
from storage.jobs import FileMessage, Job, JobState
from storage.messages import Message, MessageState
from tests.durability.books import opened
from tests.durability.load import mail
from tests.durability.mutations import mutated, originals
from tests.ingest.speaking import peer
from tests.running import Postbuch, running

_BAD_ONES, _SENDERS = 10_000, 4
_MOST_WAITING = 10
_SETTLING_SECONDS = 90
_GOOD = "good "
_SECONDS_BEHIND = 1.0
_MOST_STALLED = 0.001  # of the good ones, and a machine with other work may

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("heavy"), pytest.mark.timeout(1800)]


async def test_ten_thousand_mutated_mails_are_kept_filed_and_hold_up_no_good_one(tmp_path: Path) -> None:
    seed = int(os.environ.get("MUTATION_SEED", secrets.randbits(32)))
    print(f"MUTATION_SEED={seed}")
    url = f"sqlite:///{tmp_path / 'postbuch.db'}"
    async with running(tmp_path):
        pass  # makes the tables
    load = _Load(await opened(url), originals(), seed)
    async with running(tmp_path) as service:
        pacing = asyncio.create_task(load.pace(service))
        await asyncio.gather(*(load.send(service.smtp_port, number) for number in range(_SENDERS)))
        pacing.cancel()
        with suppress(asyncio.CancelledError):
            await pacing
        async with asyncio.timeout(_SETTLING_SECONDS), aiohttp.ClientSession() as browser:
            while await _to_be_filed(browser, service):
                await asyncio.sleep(0.05)
        assert await service.stop() == 0
        assert not [line for line in service.log if "Traceback" in line]
    async with connected(url):
        await _require_kept_and_filed(load.taken)
        await _require_good_ones_at_once(len(load.taken))


@dataclass(slots=True)
class _Load:
    """Bad mails, a good one behind each; *taken* are the digests of those answered with 250."""

    address: str
    mails: list[bytes]
    seed: int
    taken: set[str] = field(default_factory=set)
    _may_send: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, port: int, number: int) -> None:
        by = random.Random(f"{self.seed}/{number}")
        async with peer(port) as speaking:
            for count in range(_BAD_ONES // _SENDERS):
                await self._may_send.wait()
                bad = f"X-Number: {number}-{count}\r\n".encode() + mutated(self.mails, by)
                good = mail(f"{_GOOD}{number}-{count}", size=by.randint(200, 2_000), by=by).octets
                for octets in (bad, good):
                    kept = octets if octets.endswith(b"\r\n") else octets + b"\r\n"
                    doubled = (b"\r\n" + kept).replace(b"\r\n.", b"\r\n..")[2:]
                    answer = await speaking.send(doubled, self.address)
                    assert answer.startswith("250 2."), (answer, kept)
                    self.taken.add(hashlib.sha256(kept).hexdigest())

    async def pace(self, service: Postbuch) -> None:
        """Let the senders send while few mails wait: how long one waits is not the load's to tell."""
        async with aiohttp.ClientSession() as browser:
            while True:
                if await _to_be_filed(browser, service) < _MOST_WAITING:
                    self._may_send.set()
                else:
                    self._may_send.clear()
                await asyncio.sleep(0.02)


async def _to_be_filed(browser: aiohttp.ClientSession, service: Postbuch) -> int:
    """Return how many mails wait; their attachments are read later, and hold up no mail."""
    async with browser.get(f"{service.web_url}/health") as response:
        return int((await response.json())["checks"]["jobs_waiting"])


async def _require_kept_and_filed(taken: set[str]) -> None:
    """Accepted are filed and held together, and the bytes are those that came."""
    assert len(taken) == 2 * _BAD_ONES
    messages = await Message.all().only("digest", "state", "entry_id")
    states = Counter(message.state for message in messages)
    print(f"{len(taken)} taken: {dict(states)}")
    assert {message.digest for message in messages} == taken
    assert len(messages) == len(taken) == states[MessageState.FILED] + states[MessageState.HELD]
    assert states[MessageState.HELD] > 100
    assert states[MessageState.FILED] > _BAD_ONES + 100
    assert all(message.entry_id for message in messages)
    assert await Job.filter(kind=FileMessage.kind).count() == 0
    assert await Job.filter(state=JobState.DEAD).count() == 0
    for message in messages:
        assert hashlib.sha256(await blobs.read(message.digest)).hexdigest() == message.digest


async def _require_good_ones_at_once(taken: int) -> None:
    """Each good mail was filed within a second, although there was a bad one before it."""
    good = await Entry.filter(subject__startswith=_GOOD, held_reason=None).values_list("id", "created_at")
    came = dict(await Message.filter(entry_id__not_isnull=True).values_list("entry_id", "accepted_at"))
    waited = sorted((created - came[entry_id]).total_seconds() for entry_id, created in good)
    print(f"good ones waited {waited[len(waited) // 2]:.3f} s, {waited[-1]:.3f} s at most")
    assert len(good) == taken // 2
    late = [seconds for seconds in waited if seconds > _SECONDS_BEHIND]
    assert len(late) <= _MOST_STALLED * len(waited), late
