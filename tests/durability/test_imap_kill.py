"""What a mailbox holds is entered once each, however often the service is killed and the mail server restarted."""

import asyncio
import os
import random
import secrets
from pathlib import Path

import pytest

from storage import mailboxes, roster
from storage.connect import connected
from storage.secrets import Seal
from tests.durability.books import opened, require_each_once
from tests.durability.load import SENDER, Mail, mail
from tests.ingest.reading_mailboxes import added
from tests.running import Postbuch, running
from tests.servers.dovecot import Dovecot, dovecot

_MAILS, _FRESH = 1500, 5
_SMALL, _MIDDLE, _LARGE = (200, 4_000), (60_000, 200_000), (1_100_000, 2_500_000)
_OFTEN = (950, 45, 5)
_SHORTEST, _LONGEST = 0.02, 0.8
_BEGINNING_SECONDS = 60
_SETTLING_SECONDS = 300

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("heavy"), pytest.mark.timeout(1200)]


@pytest.mark.parametrize(
    ("database_url", "kills"), [("sqlite", 20), ("postgres", 5)], indirect=["database_url"]
)
async def test_nothing_is_missing_and_nothing_there_twice_when_it_is_killed_while_reading(
    tmp_path: Path, database_url: str, kills: int
) -> None:
    seed = int(os.environ.get("KILL_SEED", secrets.randbits(32)))
    print(f"KILL_SEED={seed}")
    by, folder = random.Random(seed), tmp_path / "kept"
    folder.mkdir()
    await opened(database_url)
    with dovecot() as server:
        server.add_user("eva")
        there = [_mail(f"old-{number}", by) for number in range(_MAILS)]
        server.put("eva", (one.octets for one in there))
        await _set_up(database_url, server, folder)
        reading = 0
        for kill in range(kills):
            if kill % 4 == 3:
                server.stop()
            async with running(folder, database_url=database_url, imap_poll_seconds=1) as service:
                if kill % 4 == 3:
                    server.start()
                fresh = [_mail(f"fresh-{kill}-{number}", by) for number in range(_FRESH)]
                server.put("eva", (one.octets for one in fresh), start=10_000 + kill * _FRESH)
                there += fresh
                if kill % 2:  # else at any moment, also before it has logged in
                    await _until_begun(service)
                await asyncio.sleep(by.uniform(_SHORTEST, _LONGEST))
                await service.kill()
            reading += _is_begun(service)
        async with running(folder, database_url=database_url, imap_poll_seconds=1) as service:
            await _until_read(server, database_url)
            await service.settled(seconds=_SETTLING_SECONDS)
            assert await service.stop() == 0
    print(f"{kills} kills, {reading} while reading; {len(there)} mails")
    assert reading >= kills // 3
    await require_each_once(database_url, there)


def _is_begun(service: Postbuch) -> bool:
    return any("mail accepted" in line for line in service.log)


async def _until_begun(service: Postbuch) -> None:
    """Wait until it takes mails."""
    async with asyncio.timeout(_BEGINNING_SECONDS):
        while not _is_begun(service):
            await asyncio.sleep(0.01)


def _mail(subject: str, by: random.Random) -> Mail:
    least, most = by.choices((_SMALL, _MIDDLE, _LARGE), weights=_OFTEN)[0]
    return mail(subject, size=by.randint(least, most), by=by)


async def _set_up(url: str, server: Dovecot, folder: Path) -> None:
    async with connected(url):
        staff = await roster.find(SENDER)
        assert staff is not None
        await added(server, Seal(folder), staff_id=staff.id)


async def _until_read(server: Dovecot, url: str) -> None:
    """Wait until all folders are read to their ends."""
    last = int(server.doveadm("mailbox", "status", "-u", "eva", "uidnext", "INBOX").rpartition("=")[2]) - 1
    async with asyncio.timeout(_SETTLING_SECONDS), connected(url):
        while True:
            (its,) = await mailboxes.everyones()
            places = {place.name: place for place in its.places}
            if places and all(place.filled for place in places.values()) and places["INBOX"].last_uid >= last:
                return
            await asyncio.sleep(0.2)
