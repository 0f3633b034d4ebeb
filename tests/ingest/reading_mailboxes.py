"""Mailboxes on a real server, read as the service reads them."""

import asyncio
import dataclasses
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from ingest.accept import accepting
from ingest.budget import Budget
from ingest.credentials import Credentials, Password, as_text, kind_of
from ingest.imap import Means
from ingest.imap_taking import Limits
from ingest.mailboxes import MailboxesSource
from storage import mailboxes
from storage.jobs import TableQueue
from storage.mailboxes import Encryption, Mailbox, MailboxSetting
from storage.messages import Capture, Message
from storage.secrets import Seal
from tests.servers.dovecot import PASSWORD, Dovecot

SECONDS = 20.0
LARGEST = 50_000_000
HasRoom = Callable[[], Awaitable[bool]]


def mail(
    subject: str, *, sender: str = "anna@muster.example", to: str = "eva@firm.example", more: str = ""
) -> bytes:
    """Return a small mail like no other."""
    head = f"From: {sender}\r\nTo: {to}\r\nSubject: {subject}\r\nMessage-ID: <{subject}@muster.example>\r\n{more}"
    return f"{head}Date: Tue, 03 Mar 2026 13:00:00 +0100\r\n\r\nThis is {subject}.\r\n".encode()


def setting_of(
    server: Dovecot, seal: Seal, user: str = "eva", *, credentials: Credentials | None = None
) -> MailboxSetting:
    """Return how a mailbox of the server is read."""
    credentials = credentials or Password(PASSWORD)
    return MailboxSetting(
        name=user,
        host="127.0.0.1",
        port=server.port,
        tls=Encryption.NONE,
        login=user,
        secret=seal.sealed(as_text(credentials)),
        secret_kind=kind_of(credentials),
    )


async def added(
    server: Dovecot,
    seal: Seal,
    user: str = "eva",
    *,
    credentials: Credentials | None = None,
    **settings: Any,
) -> Mailbox:
    """Enter a mailbox of the server."""
    setting = setting_of(server, seal, user, credentials=credentials)
    return await mailboxes.add(dataclasses.replace(setting, **settings), by=None)


@asynccontextmanager
async def reading(
    seal: Seal, *, largest: int = LARGEST, has_room: HasRoom | None = None, **means: Any
) -> AsyncIterator[None]:
    """Read all mailboxes meanwhile."""
    limits = Limits(Budget(16 * 1024 * 1024), largest, Path(tempfile.gettempdir()))
    chosen: dict[str, Any] = {"poll_seconds": 1.0, "longest_pause": 0.5}
    queue = TableQueue()
    async with (
        accepting(queue, on_accepted=lambda: None) as accept,
        accepting(queue, on_accepted=lambda: None, priority=-1) as accept_older,
    ):
        source = MailboxesSource(
            means=Means(seal=seal, limits=limits, **(chosen | means)),
            accept_older=accept_older,
            has_room=has_room or always,
            look_seconds=0.1,
        )
        task = asyncio.create_task(source.run(accept))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait({task})


async def always() -> bool:
    """There is always room for more."""
    return True


async def until(true: Callable[[], Awaitable[bool]], *, seconds: float = SECONDS) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(seconds):
        while not await true():
            await asyncio.sleep(0.05)


async def until_there(number: int) -> None:
    """Wait until so many messages are there, and no more."""

    async def is_so() -> bool:
        return await Message.all().count() >= number

    await until(is_so)
    assert await Message.all().count() == number


async def until_filled(mailbox: Mailbox) -> Mailbox:
    """Wait until all older mails are taken."""

    async def is_so() -> bool:
        its = await mailboxes.one(mailbox.id)
        assert its is not None
        return bool(its.places) and all(place.filled for place in its.places)

    await until(is_so)
    return await now(mailbox)


async def now(mailbox: Mailbox) -> Mailbox:
    """Return a mailbox as it is now."""
    its = await mailboxes.one(mailbox.id)
    assert its is not None
    return its


async def captures() -> list[Capture]:
    """Return how each message came, the first one first."""
    return await Capture.all().order_by("id")
