"""Memory stays within its bounds, however many send large mails at once; nobody is refused for it."""

import asyncio
import base64
import hashlib
import random
import re
from pathlib import Path

import pytest

from tests.durability.books import opened, require_each_once
from tests.durability.load import RECIPIENT, SENDER, Mail, mail
from tests.ingest.speaking import peer
from tests.running import running

_MOST_MEGABYTES = 300
_LARGE_ONES, _LARGE_OCTETS = 20, 25_000_000
_SMALL_ONES, _SENDERS_OF_SMALL = 5_000, 4
_FILING_SECONDS = 300

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("heavy"), pytest.mark.timeout(600)]


async def test_memory_stays_below_its_bound_under_large_mails(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'postbuch.db'}"
    async with running(tmp_path):
        pass  # makes the tables
    address, load = await opened(url), _Load()
    async with running(tmp_path) as service:
        idle = _most_resident(service.process.pid)
        await asyncio.gather(
            *(load.send_large(service.smtp_port, address, number) for number in range(_LARGE_ONES)),
            *(load.send_small(service.smtp_port, address, number) for number in range(_SENDERS_OF_SMALL)),
        )
        received = _most_resident(service.process.pid)
        await service.settled(seconds=_FILING_SECONDS)
        most = _most_resident(service.process.pid)
        assert await service.stop() == 0
    print(f"at most {most} MB resident ({idle} MB idle, {received} MB when all was received)")
    assert most < _MOST_MEGABYTES
    await require_each_once(url, load.taken)


class _Load:
    """Large mails that share their attachment, and small ones."""

    def __init__(self) -> None:
        self.taken: list[Mail] = []
        noise = random.Random(1).randbytes(_LARGE_OCTETS * 55 // 78)
        self._attachment = base64.encodebytes(noise).replace(b"\n", b"\r\n")

    async def send_large(self, port: int, address: str, number: int) -> None:
        head, tail = _around(number)
        parts = (head, self._attachment, tail)
        digest = hashlib.sha256()
        async with peer(port) as speaking:
            assert (await speaking.begin(address)).startswith("354")
            for part in parts:
                digest.update(part)
                for start in range(0, len(part), 1 << 16):
                    speaking.write(part[start : start + (1 << 16)])
                    await speaking.writer.drain()
            speaking.write(b".\r\n")
            answer = (await asyncio.wait_for(speaking.reader.readline(), _FILING_SECONDS)).decode()
        assert answer.startswith("250 2.6.0 "), answer
        self.taken.append(Mail(f"large {number}", b"", digest.hexdigest()))

    async def send_small(self, port: int, address: str, number: int) -> None:
        by = random.Random(number)
        async with peer(port) as speaking:
            for count in range(_SMALL_ONES // _SENDERS_OF_SMALL):
                one = mail(f"small {number}-{count}", size=by.randint(200, 6_000), by=by)
                assert (await speaking.send(one.octets, address)).startswith("250 ")
                self.taken.append(Mail(one.subject, b"", one.digest))


def _around(number: int) -> tuple[bytes, bytes]:
    """Return what stands before and after the attachment of a large mail."""
    head = f"""From: {SENDER}
To: {RECIPIENT}
Subject: large {number}
Message-ID: <large-{number}@firm.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain; charset=utf-8

The plans are attached.
--b
Content-Type: application/pdf; name=plans.pdf
Content-Disposition: attachment; filename=plans.pdf
Content-Transfer-Encoding: base64

"""
    return head.replace("\n", "\r\n").encode(), b"--b--\r\n"


def _most_resident(pid: int) -> int:
    """Return how many megabytes a process had in memory at most."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found
    return int(found[1]) * 1024 // 1_000_000
