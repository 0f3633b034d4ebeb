"""Asked to stop, the service takes what it has at hand to its end; a bug stops nothing but itself."""

import asyncio
import json
import random
import secrets
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.accept import accepting
from ingest.source import CaptureNote, RawMessage
from storage import blobs
from storage.connect import connected
from storage.jobs import TableQueue
from storage.messages import CaptureSource, Message, MessageState
from tests.durability.books import jobs_at_hand, opened, require_each_once
from tests.durability.load import SENDER, Load, Mail, mail
from tests.running import command, running

_STOP_SECONDS = 20
_BROKEN = 3


@pytest.mark.xdist_group("heavy")
async def test_stopped_under_load_it_finishes_what_it_has_at_hand(tmp_path: Path, database_url: str) -> None:
    seed, folder = secrets.randbits(32), tmp_path / "kept"
    print(f"seed {seed}")
    load = Load(seed, await opened(database_url))
    settings = {"database_url": database_url, "stop_seconds": _STOP_SECONDS}
    async with load.running(6):
        for _ in range(2):
            async with running(folder, **settings) as service:
                load.port = service.smtp_port
                await asyncio.sleep(1)
                assert await service.stop() == 0  # waits for longer than stop_seconds
                load.port = None
                assert not any('"level": "error"' in line for line in service.log)
                assert not any("did not stop in time" in line for line in service.log)
            assert await jobs_at_hand(database_url) == 0
        async with running(folder, **settings) as service:
            load.port = service.smtp_port
            await load.finish()
            await service.settled(seconds=60)
            assert await service.stop() == 0
    await require_each_once(database_url, load.taken.values())


async def test_a_bug_in_filing_one_message_stops_no_other(tmp_path: Path) -> None:
    async with running(tmp_path):
        pass  # makes the tables
    url, by = f"sqlite:///{tmp_path / 'postbuch.db'}", random.Random(1)
    await opened(url)
    mails = [mail(f"number {number}", size=1_000, by=by) for number in range(10)]
    await _accept(url, mails)
    broken = mails[_BROKEN]
    async with connected(url):
        await blobs.BlobPart.filter(digest=broken.digest).delete()
    async with running(tmp_path) as service:
        await service.settled()
        _, printed, _ = await command(tmp_path, "failed", "--json")
        (failed,) = json.loads(printed)
        assert "BlobMissing" in failed["error"]
        async with connected(url):
            states = {message.digest: message.state for message in await Message.all()}
        wanted = {one.digest: MessageState.FILED for one in mails} | {broken.digest: MessageState.FAILED}
        assert states == wanted
        assert sum("job given up" in line for line in service.log) == 1

        async with connected(url):
            await blobs.keep([(broken.digest, broken.octets)])
        code, _, _ = await command(tmp_path, "retry", "--all")
        assert code == 0
        await service.settled()
        assert await service.stop() == 0
    await require_each_once(url, mails)


async def _accept(url: str, mails: list[Mail]) -> None:
    """Accept mails while nobody files them."""
    note = CaptureNote(CaptureSource.SMTP, None, None, SENDER, (), "127.0.0.1", authenticated=True)
    async with connected(url), accepting(TableQueue(), on_accepted=lambda: None) as accept:
        for one in mails:
            await accept(RawMessage(one.octets, one.digest, len(one.octets), (note,), datetime.now(UTC)))
