"""A notice of which no answer is known when the service is killed is uncertain, and not sent twice."""

import asyncio
import smtplib
from pathlib import Path

import pytest

from storage import capturing
from storage.connect import connected, transaction
from storage.entries import Entry
from storage.jobs import TableQueue
from storage.notices import Notice, NoticeState, give_notice
from storage.schema import migrate
from tests.matcher.people import colleague, letter
from tests.running import running
from tests.servers.sink import sink

DOMAIN = "capture.firm.example"
_SETTLING_SECONDS = 20
_LONGER_THAN_A_TURN = 3


@pytest.mark.slow
async def test_a_service_killed_while_the_relay_thinks_does_not_send_again(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'postbuch.db'}"
    await migrate(url)
    async with connected(url):
        eva = await colleague()
        await capturing.everybodys(DOMAIN)
        async with transaction():
            await give_notice(TableQueue(), eva.id, "command_done", {"done": [1], "before": [], "lines": []})
    async with sink() as relay:
        settings = {
            "relay_host": "127.0.0.1",
            "relay_port": relay.port,
            "relay_tls": "none",
            "capture_domain": DOMAIN,
            "digest_enabled": "false",
        }
        relay.silent = True
        async with running(tmp_path, **settings) as service:
            await asyncio.wait_for(relay.offered.wait(), _SETTLING_SECONDS)
            assert await _states(url) == [NoticeState.HANDED_OVER]
            await _send(service.smtp_port)  # what comes in is filed all the same
            await _filed(url)
            await service.kill()
        relay.silent = False
        async with running(tmp_path, **settings) as service:
            await service.settled(seconds=_SETTLING_SECONDS)
            await asyncio.sleep(_LONGER_THAN_A_TURN)
            assert await service.stop() == 0
        assert await _states(url) == [NoticeState.UNCERTAIN]
        assert len(relay.taken) == 1


async def _send(port: int) -> None:
    def send() -> None:
        with smtplib.SMTP("127.0.0.1", port, timeout=_SETTLING_SECONDS) as server:
            server.sendmail(
                "eva@firm.example", [f"capture@{DOMAIN}"], letter("eva@firm.example", "a@b.example")
            )

    await asyncio.to_thread(send)


async def _filed(url: str) -> None:
    async with asyncio.timeout(_SETTLING_SECONDS), connected(url):
        while not await Entry.all().exists():
            await asyncio.sleep(0.1)


async def _states(url: str) -> list[NoticeState]:
    async with connected(url):
        return [notice.state for notice in await Notice.all()]
