"""What is in the database after all: each mail once, or what is wrong with that."""

import hashlib
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from storage import blobs
from storage.connect import connected, is_sqlite, sqlite_path
from storage.entries import Entry, Participant
from storage.jobs import Job, JobState
from storage.messages import Capture, Message, MessageState
from tests.durability.load import SENDER, Mail
from tests.ingest.speaking import capture_address
from tests.web.correspondence import firm, somebody


async def opened(url: str) -> str:
    """Enter whom the mails are from and with, and return Eva's capture address."""
    async with connected(url):
        await somebody(await firm())
        return await capture_address("Eva Muster", SENDER)


async def require_each_once(url: str, taken: Iterable[Mail]) -> None:
    """Every mail that was answered with 250 is stored once and filed once, and no other thing is left."""
    wanted = {one.digest: one.subject for one in taken}
    async with connected(url):
        messages = {message.digest: message for message in await Message.all()}
        lost = wanted.keys() - messages.keys()
        assert not lost, f"{len(lost)} lost, such as {sorted(wanted[digest] for digest in lost)[:5]}"
        states = Counter([message.state for message in messages.values()])
        assert set(states) == {MessageState.FILED}, states
        assert await Job.all().count() == 0
        entries = {entry.id: entry.subject for entry in await Entry.all().only("id", "subject")}
        for digest, subject in wanted.items():
            assert entries[messages[digest].entry_id or 0] == subject
        twice = [subject for subject, times in Counter(entries.values()).items() if times > 1]
        assert not twice, f"filed twice: {twice[:5]}"
        assert len(entries) == len(messages) == await Participant.all().count() == await Capture.all().count()
        for digest in messages:
            assert hashlib.sha256(await blobs.read(digest)).hexdigest() == digest


async def jobs_at_hand(url: str) -> int:
    """Return how many jobs were being done.

    Of a SQLite file, a copy is asked: to open it would do what the next start has to do.
    """
    with tempfile.TemporaryDirectory() as folder:
        async with connected(_copied(url, Path(folder)) if is_sqlite(url) else url):
            return await Job.filter(state=JobState.CLAIMED).count()


def _copied(url: str, folder: Path) -> str:
    path = sqlite_path(url)
    for part in path.parent.glob(f"{path.name}*"):
        if not part.name.endswith("-shm"):  # what it holds is computed anew
            shutil.copy(part, folder)
    return f"sqlite:///{folder / path.name}"
