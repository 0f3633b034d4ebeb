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
from storage.leaving_out import LeavingOut, set_rules
from storage.messages import Message, MessageState
from tests.durability.books import opened
from tests.durability.load import mail
from tests.durability.mutations import mutated, originals
from tests.ingest.speaking import Peer, peer
from tests.running import Postbuch, running

_BAD_ONES, _SENDERS = int(os.environ.get("MUTATIONS", "2000")), 4
_USUAL_ONES = 100  # good ones alone, before: how fast this machine is just now
_MOST_WAITING = 10
_SETTLING_SECONDS = 90
_GOOD = "good "
_USUAL = "usual "
_SECONDS_BEHIND = 1.0
_TIMES_THE_USUAL = 20  # where this machine is slower than that, or has other work
_MOST_STALLED = 0.001  # of the good ones, and a machine with other work may

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("heavy"), pytest.mark.timeout(1800)]


async def test_mutated_mails_are_kept_and_filed_and_hold_up_no_good_one(tmp_path: Path) -> None:
    seed = int(os.environ.get("MUTATION_SEED", secrets.randbits(32)))
    print(f"MUTATION_SEED={seed}")
    url = f"sqlite:///{tmp_path / 'postbuch.db'}"
    async with running(tmp_path):
        pass  # makes the tables
    load = _Load(await opened(url), originals(), seed)
    await _leave_nothing_out(url)
    async with running(tmp_path) as service:
        pacing = asyncio.create_task(load.pace(service))
        await load.send_usual(service.smtp_port)
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
        await _require_good_ones_at_once()


async def _leave_nothing_out(url: str) -> None:
    """Keep everything: a mutated mail may well be one among colleagues, or marked as private."""
    async with connected(url):
        await set_rules(LeavingOut(among_staff=False, private_words=()), by=None)


@dataclass(slots=True)
class _Load:
    """Bad mails, a good one behind each; *taken* are the digests of those answered with 250."""

    address: str
    mails: list[bytes]
    seed: int
    taken: set[str] = field(default_factory=set)
    _may_send: asyncio.Event = field(default_factory=asyncio.Event)

    async def send_usual(self, port: int) -> None:
        """Send good mails, with none between them."""
        by = random.Random(self.seed)
        async with peer(port) as speaking:
            for count in range(_USUAL_ONES):
                await self._may_send.wait()
                await self._send(
                    speaking, mail(f"{_USUAL}{count}", size=by.randint(200, 2_000), by=by).octets
                )

    async def send(self, port: int, number: int) -> None:
        """Send one of the senders' bad mails, and a good one behind each."""
        by = random.Random(f"{self.seed}/{number}")
        async with peer(port) as speaking:
            for count in range(_BAD_ONES // _SENDERS):
                await self._may_send.wait()
                bad = f"X-Number: {number}-{count}\r\n".encode() + mutated(self.mails, by)
                good = mail(f"{_GOOD}{number}-{count}", size=by.randint(200, 2_000), by=by).octets
                for octets in (bad, good):
                    await self._send(speaking, octets)

    async def _send(self, speaking: Peer, octets: bytes) -> None:
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
    assert len(taken) == 2 * _BAD_ONES + _USUAL_ONES
    messages = await Message.all().only("digest", "state", "entry_id")
    states = Counter(message.state for message in messages)
    print(f"{len(taken)} taken: {dict(states)}")
    assert {message.digest for message in messages} == taken
    assert len(messages) == len(taken) == states[MessageState.FILED] + states[MessageState.HELD]
    assert states[MessageState.HELD] > _BAD_ONES // 100
    assert states[MessageState.FILED] > _BAD_ONES * 1.01
    assert all(message.entry_id for message in messages)
    assert await Job.filter(kind=FileMessage.kind).count() == 0
    assert await Job.filter(state=JobState.DEAD).count() == 0
    for message in messages:
        assert hashlib.sha256(await blobs.read(message.digest)).hexdigest() == message.digest


async def _require_good_ones_at_once() -> None:
    """Each good mail was filed within a second, although there was a bad one before it."""
    usual, waited = await _waited(_USUAL), await _waited(_GOOD)
    print(
        f"good ones waited {waited[len(waited) // 2]:.3f} s, {waited[-1]:.3f} s at most; alone {usual[-1]:.3f} s"
    )
    assert (len(usual), len(waited)) == (_USUAL_ONES, _BAD_ONES)
    most = max(_SECONDS_BEHIND, _TIMES_THE_USUAL * usual[-1])
    late = [seconds for seconds in waited if seconds > most]
    assert len(late) <= _MOST_STALLED * len(waited), late


async def _waited(subject: str) -> list[float]:
    """Return how many seconds mails waited to be filed, the longest last."""
    entries = await Entry.filter(subject__startswith=subject, held_reason=None).values_list(
        "id", "created_at"
    )
    came = dict(await Message.filter(entry_id__not_isnull=True).values_list("entry_id", "accepted_at"))
    return sorted((created - came[entry_id]).total_seconds() for entry_id, created in entries)
