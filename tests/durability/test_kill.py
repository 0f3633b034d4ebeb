"""What was answered with 250 survives any end of the process, and is filed once."""

import asyncio
import os
import random
import secrets
from pathlib import Path

import pytest

from tests.durability.books import jobs_at_hand, opened, require_each_once
from tests.durability.load import Load
from tests.running import running

_SENDERS = 6
_SHORTEST, _LONGEST = 0.05, 1.5
_SETTLING_SECONDS = 90

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("heavy"), pytest.mark.timeout(900)]


@pytest.mark.parametrize(
    ("database_url", "kills"), [("sqlite", 20), ("postgres", 5)], indirect=["database_url"]
)
async def test_nothing_is_lost_and_nothing_filed_twice_when_it_is_killed(
    tmp_path: Path, database_url: str, kills: int
) -> None:
    seed = int(os.environ.get("KILL_SEED", secrets.randbits(32)))
    print(f"KILL_SEED={seed}")
    by, folder = random.Random(seed), tmp_path / "kept"
    load = Load(seed, await opened(database_url))
    receiving = filing = 0
    async with load.running(_SENDERS):
        for _ in range(kills):
            async with running(folder, database_url=database_url) as service:
                load.port = service.smtp_port
                await asyncio.sleep(by.uniform(_SHORTEST, _LONGEST))
                receiving += bool(load.under_way)
                await service.kill()
                load.port = None
            filing += await jobs_at_hand(database_url) > 0
        async with running(folder, database_url=database_url) as service:
            load.port = service.smtp_port
            await load.finish()
            await service.settled(seconds=_SETTLING_SECONDS)
            assert await service.stop() == 0
    print(f"{kills} kills, {receiving} while receiving, {filing} while filing; answers: {load.answers}")
    assert len(load.taken) > kills
    assert receiving
    assert filing
    await require_each_once(database_url, load.taken.values())
