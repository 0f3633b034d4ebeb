"""A notice of which no answer is known when the service is killed is uncertain, and not sent twice."""

import asyncio
from pathlib import Path

import pytest

from storage.connect import connected, transaction
from storage.jobs import TableQueue
from storage.notices import Notice, NoticeState, give_notice
from storage.schema import migrate
from tests.matcher.people import colleague
from tests.running import running
from tests.servers.sink import sink

_SETTLING_SECONDS = 20
_LONGER_THAN_A_TURN = 3


@pytest.mark.slow
async def test_a_service_killed_while_the_relay_thinks_does_not_send_again(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'postbuch.db'}"
    await migrate(url)
    async with connected(url):
        eva = await colleague()
        async with transaction():
            await give_notice(TableQueue(), eva.id, "command_done", {"done": [1], "before": [], "lines": []})
    async with sink() as relay:
        settings = {"relay_host": "127.0.0.1", "relay_port": relay.port, "relay_tls": "none"}
        relay.silent = True
        async with running(tmp_path, **settings) as service:
            await asyncio.wait_for(relay.offered.wait(), _SETTLING_SECONDS)
            assert await _states(url) == [NoticeState.HANDED_OVER]
            await service.kill()
        relay.silent = False
        async with running(tmp_path, **settings) as service:
            await service.settled(seconds=_SETTLING_SECONDS)
            await asyncio.sleep(_LONGER_THAN_A_TURN)
            assert await service.stop() == 0
        assert await _states(url) == [NoticeState.UNCERTAIN]
        assert len(relay.taken) == 1


async def _states(url: str) -> list[NoticeState]:
    async with connected(url):
        return [notice.state for notice in await Notice.all()]
