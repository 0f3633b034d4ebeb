"""How fast is a mailbox read?  Ours against a bare loop that only fetches the same mailbox, and keeps nothing.

Both speak to one Dovecot on loopback, over a connection of their own.  Ours is timed until all is
accepted, which is durable: committed and synced; it is not filed meanwhile (see `filing` for that).
The two take turns, and the median of the rounds counts.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from imapclient import IMAPClient

from app.commands.opening import run as run_on_loop
from app.logs import set_up_logs
from benchmarks import maildir
from benchmarks.report import print_figure
from ingest.accept import accepting
from ingest.budget import Budget
from ingest.credentials import Password, as_text
from ingest.imap import Means
from ingest.imap_taking import Limits
from ingest.mailboxes import MailboxesSource
from storage import mailboxes
from storage.connect import connected
from storage.jobs import TableQueue
from storage.mailbox_progress import folders_of
from storage.mailboxes import Encryption, MailboxSetting
from storage.messages import Message
from storage.schema import migrate
from storage.secrets import Seal
from tests.servers.dovecot import PASSWORD, Dovecot, dovecot

ROUNDS, MAILS, AT_ONCE, GOAL = 5, 4000, 100, 0.7
_USER = "eva"
_LARGEST, _IN_FLIGHT = 50_000_000, 64 * 1024 * 1024
_LONGEST_SECONDS = 300


def run() -> bool:
    """Measure, print what came out, and tell whether the goal holds."""
    set_up_logs("warning")
    with dovecot() as server:
        server.add_user(_USER)
        server.put(_USER, maildir.mails(MAILS))
        octets = bare(server)[1]  # the server has read its files once, for both
        print(f"imap: {MAILS} mails, {octets / MAILS / 1000:.0f} kB on average; ours until all are accepted")
        rounds = [(run_on_loop(ours(server)), bare(server)[0]) for _ in range(ROUNDS)]
    seconds, theirs = (statistics.median(each) for each in zip(*rounds, strict=True))
    return print_figure("imap", MAILS / seconds, MAILS / theirs, "mails/s", GOAL)


def bare(server: Dovecot) -> tuple[float, int]:
    """Return in how many seconds the library alone has fetched all mails, and their octets."""
    begun, octets = time.perf_counter(), 0
    with IMAPClient("127.0.0.1", server.port, ssl=False) as client:
        client.login(_USER, PASSWORD)
        client.select_folder("INBOX", readonly=True)
        uids = client.search("ALL")
        assert len(uids) == MAILS
        for start in range(0, len(uids), AT_ONCE):
            found = client.fetch(uids[start : start + AT_ONCE], ["BODY.PEEK[]"])
            octets += sum(len(each[b"BODY[]"]) for each in found.values())
    return time.perf_counter() - begun, octets


async def ours(server: Dovecot) -> float:
    """Return in how many seconds all mails of the mailbox are durable, from the moment it is set up."""
    with tempfile.TemporaryDirectory(prefix="postbuch-imap-") as folder:
        url = f"sqlite:///{folder}/postbuch.db"
        await migrate(url)
        async with connected(url):
            seal = Seal(Path(folder))
            mailbox = await mailboxes.add(
                MailboxSetting(
                    name=_USER,
                    host="127.0.0.1",
                    port=server.port,
                    tls=Encryption.NONE,
                    login=_USER,
                    secret=seal.sealed(as_text(Password(PASSWORD))),
                ),
                by=None,
            )
            begun = time.perf_counter()
            async with _reading(seal, Path(folder)), asyncio.timeout(_LONGEST_SECONDS):
                while not await _is_filled(mailbox.id):  # noqa: ASYNC110 - nobody tells when the last is taken
                    await asyncio.sleep(0.05)
                seconds = time.perf_counter() - begun
            assert await Message.all().count() == MAILS
    return seconds


async def _is_filled(mailbox_id: int) -> bool:
    folders = await folders_of(mailbox_id)
    return bool(folders) and all(folder.filled for folder in folders.values())


@asynccontextmanager
async def _reading(seal: Seal, folder: Path) -> AsyncIterator[None]:
    queue, limits = TableQueue(), Limits(Budget(_IN_FLIGHT), _LARGEST, folder)
    async with (
        accepting(queue, on_accepted=lambda: None) as accept,
        accepting(queue, on_accepted=lambda: None, priority=-1) as accept_older,
    ):
        source = MailboxesSource(
            means=Means(seal=seal, limits=limits), accept_older=accept_older, has_room=_has_room
        )
        task = asyncio.create_task(source.run(accept))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait({task})


async def _has_room() -> bool:
    """Nothing is filed meanwhile, and nothing waited for."""
    return True
