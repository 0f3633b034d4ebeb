"""A full disk: who sends is asked to come again, and once there is room all goes on by itself."""

import asyncio
import random
import resource
import subprocess
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest

from tests.durability.books import opened, require_each_once
from tests.durability.load import Mail, mail
from tests.ingest.speaking import Peer, peer
from tests.running import Postbuch, running

_DISK = "48m"
_ROOM_LEFT = 300_000
_MOST_MAILS = 400
_SETTLING_SECONDS = 60


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of its own that is soon full."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounting = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={_DISK}", "tmpfs", folder], capture_output=True, check=False
    )
    if mounting.returncode != 0:
        pytest.skip(f"no disk can be mounted here: {mounting.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


async def test_mail_is_put_off_while_the_disk_is_full(small_disk: Path) -> None:
    url = f"sqlite:///{small_disk / 'postbuch.db'}"
    async with running(small_disk):
        pass  # makes the tables
    address = await opened(url)
    async with running(small_disk) as service:
        senders = _Senders(address)
        await senders.send_one(service, size=2_000)
        _fill(small_disk)
        await senders.send_until_put_off(service)
        async with peer(service.smtp_port) as speaking:
            # Larger than what is left: it does not even fit while it comes in.
            assert (await senders.offer(speaking, size=3_000_000)).startswith("451 4.3.0 ")
            assert (await speaking.say("NOOP")).startswith("250 ")
        assert await _pages_are_there(service)
        (small_disk / "filler").unlink()
        await senders.send_what_was_put_off(service)
        await service.settled(seconds=_SETTLING_SECONDS)
        assert await service.stop() == 0
    await require_each_once(url, senders.taken)


async def test_mail_is_put_off_while_files_cannot_grow(tmp_path: Path) -> None:
    """What a quota does; for this, nobody needs to be root."""
    url = f"sqlite:///{tmp_path / 'postbuch.db'}"
    async with running(tmp_path):
        pass
    address = await opened(url)
    async with running(tmp_path) as service:
        senders = _Senders(address)
        await senders.send_one(service, size=2_000)
        await service.settled()
        before = resource.prlimit(service.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(service.process.pid, resource.RLIMIT_FSIZE, (_ROOM_LEFT, before[1]))
        await senders.send_until_put_off(service)
        assert await _pages_are_there(service)
        resource.prlimit(service.process.pid, resource.RLIMIT_FSIZE, before)
        await senders.send_what_was_put_off(service)
        await service.settled(seconds=_SETTLING_SECONDS)
        assert await service.stop() == 0
    await require_each_once(url, senders.taken)


class _Senders:
    """Sends mails that nobody sent before; those *put_off* are still to be sent."""

    def __init__(self, address: str) -> None:
        self.taken: list[Mail] = []
        self.put_off: list[Mail] = []
        self._address, self._by, self._count = address, random.Random(1), 0

    async def offer(self, speaking: Peer, *, size: int) -> str:
        self._count += 1
        one = mail(f"number {self._count}", size=size, by=self._by)
        answer = await speaking.send(one.octets, self._address)
        (self.taken if answer.startswith("250") else self.put_off).append(one)
        return answer

    async def send_one(self, service: Postbuch, *, size: int) -> None:
        async with peer(service.smtp_port) as speaking:
            assert (await self.offer(speaking, size=size)).startswith("250")

    async def send_until_put_off(self, service: Postbuch) -> None:
        """Send until the service cannot take any more; some may still fit in between."""
        async with peer(service.smtp_port) as speaking:
            for _ in range(_MOST_MAILS):
                answer = await self.offer(speaking, size=20_000)
                assert answer.startswith(("250 ", "451 4.3.0 ")), answer
                if len(self.put_off) == 3:
                    return
                await asyncio.sleep(0.05 if self.put_off else 0)  # let it try to file
        raise AssertionError("the disk was never full")

    async def send_what_was_put_off(self, service: Postbuch) -> None:
        """Offer again, as a mail server does: the first is taken, and so are the others."""
        async with peer(service.smtp_port) as speaking:
            while self.put_off:
                one = self.put_off.pop(0)
                assert (await speaking.send(one.octets, self._address)).startswith("250")
                self.taken.append(one)


def _fill(folder: Path) -> None:
    """Leave hardly any room on the disk."""
    filler, block = folder / "filler", b"x" * 100_000
    with filler.open("wb") as file:
        try:
            while file.write(block):
                file.flush()
        except OSError:
            pass  # full
    with filler.open("r+b") as file:
        file.truncate(max(0, filler.stat().st_size - _ROOM_LEFT))


async def _pages_are_there(service: Postbuch) -> bool:
    async with aiohttp.ClientSession() as browser, browser.get(f"{service.web_url}/login") as response:
        return response.status == 200
