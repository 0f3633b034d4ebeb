"""A source that listens, and a peer that says to it exactly what a test wants said."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from ingest.accept import accepting
from ingest.smtp import SmtpSource
from ingest.source import Accept
from mail.address import Address
from storage import blobs, capturing, roster
from storage.jobs import TableQueue
from storage.messages import Message

DOMAIN = "postbuch.test"
SENDER = "eva@firm.example"
_SECONDS = 120  # on a busy machine; peers wait for ten minutes (RFC 5321, 4.5.3.2.6)
MAIL = b"From: eva@firm.example\r\nTo: anna@muster.example\r\nSubject: x\r\n\r\nGood morning\r\n"


@asynccontextmanager
async def listening(accept: Accept | None = None, **settings: Any) -> AsyncIterator[SmtpSource]:
    """Run a source on a free port, with *settings* of `SmtpSource`."""
    chosen: dict[str, Any] = {"host": "127.0.0.1", "port": 0, "hostname": DOMAIN}
    source = SmtpSource(**(chosen | settings))
    async with accepting(TableQueue(), on_accepted=lambda: None) as own:
        task = asyncio.create_task(source.run(accept or own))
        await asyncio.wait_for(source.started.wait(), _SECONDS)
        try:
            yield source
        finally:
            await ended(task)


async def ended(task: asyncio.Task[None]) -> None:
    """Ask a source to end, and insist after a second."""
    task.cancel()
    await asyncio.wait({task}, timeout=1)
    task.cancel()
    await asyncio.wait({task})


async def capture_address(name: str = "Eva Muster", address: str = SENDER) -> str:
    """Add a member of staff, and return their capture address."""
    parsed = Address.parse(address)
    assert parsed is not None
    staff = await roster.add(roster.NewStaff(name, parsed), by=None)
    return (await capturing.make_for(staff.id, DOMAIN)).key


async def kept() -> list[bytes]:
    """Return all messages there are, in the order in which they came."""
    return [await blobs.read(message.digest) for message in await Message.all().order_by("id")]


@dataclass(slots=True)
class Peer:
    """A connection to a mail server."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def answer(self) -> str:
        """Return the next answer, all its lines; empty if the connection ended."""
        lines = []
        while line := await asyncio.wait_for(self.reader.readline(), _SECONDS):
            lines.append(line.decode().rstrip("\r\n"))
            if line[3:4] != b"-":
                break
        return "\n".join(lines)

    def write(self, octets: bytes) -> None:
        """Send exactly this."""
        self.writer.write(octets)

    async def say(self, command: str) -> str:
        """Send a command, and return the answer."""
        self.write(f"{command}\r\n".encode())
        return await self.answer()

    async def begin(self, *recipients: str, sender: str = SENDER, options: str = "") -> str:
        """Say all up to DATA, and return the answer to that."""
        await self.say(f"MAIL FROM:<{sender}>{options}")
        for recipient in recipients:
            await self.say(f"RCPT TO:<{recipient}>")
        return await self.say("DATA")

    async def send(self, mail: bytes, *recipients: str, sender: str = SENDER, options: str = "") -> str:
        """Send a mail that needs no dots doubled, and return the answer."""
        assert (await self.begin(*recipients, sender=sender, options=options)).startswith("354")
        self.write(mail + b".\r\n")
        return await self.answer()

    async def start_tls(self, context: ssl.SSLContext) -> None:
        """Go on encrypted."""
        await self.writer.start_tls(context, server_hostname=DOMAIN)


@asynccontextmanager
async def peer(
    port: int, *, greet: str = "EHLO peer.example", host: str = "127.0.0.1"
) -> AsyncIterator[Peer]:
    """Connect, and greet unless *greet* is empty."""
    connected = Peer(*await asyncio.open_connection(host, port))
    try:
        assert (await connected.answer()).startswith("220 ")
        if greet:
            assert (await connected.say(greet)).startswith("250")
        yield connected
    finally:
        connected.writer.close()
