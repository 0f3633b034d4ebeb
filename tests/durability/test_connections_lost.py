"""PostgreSQL restarts, say: the service loses its connections, and goes on with new ones."""

import asyncio
import secrets
from pathlib import Path

import asyncpg
import pytest

from tests.durability.books import opened, require_each_once
from tests.durability.load import Load
from tests.running import running

_TIMES = 3
_ENDED = (
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.mark.xdist_group("heavy")
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_lost_connections_to_the_database_cost_no_mail(tmp_path: Path, database_url: str) -> None:
    seed = secrets.randbits(32)
    print(f"seed {seed}")
    load = Load(seed, await opened(database_url))
    async with running(tmp_path, database_url=database_url) as service, load.running(4):
        load.port = service.smtp_port
        for _ in range(_TIMES):
            await asyncio.sleep(0.7)
            administrator = await asyncpg.connect(database_url)
            assert await administrator.fetchval(_ENDED) > 0
            await administrator.close()
        await load.finish()
        await service.settled(seconds=90)
        assert await service.stop() == 0
        print(load.answers)
        assert load.answers.keys() <= {"250", "451", "gone"}
    await require_each_once(database_url, load.taken.values())
