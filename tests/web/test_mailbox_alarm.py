"""A mailbox falls silent on a real server: the alarm is raised everywhere, ends, and is raised anew."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestServer

from app.health import health_of
from app.silence import telling
from app.worker import Worker
from ingest import watch
from ingest.budget import Budget
from ingest.source import Accept
from outbound.notice import send_notices
from outbound.relay import Relay, Tls
from storage import mailboxes
from storage.jobs import TableQueue
from storage.mailboxes import Mailbox, MailboxState
from storage.notices import Notice
from storage.secrets import Seal
from storage.staff import AccessRole, Staff
from tests.ingest.reading_mailboxes import added, reading, until
from tests.outbound.test_notice import HEAD
from tests.servers.dovecot import PASSWORD, Dovecot, dovecot
from tests.servers.sink import Sink, sink
from tests.web.conftest import Browser, NewBrowser, staff_member
from web.application import application
from web.config import WebConfig

URL = "https://post.test"


@pytest.fixture
def imap() -> Iterator[Dovecot]:
    """A server with a mailbox."""
    with dovecot() as running:
        running.add_user("eva")
        yield running


@pytest.fixture
async def relay() -> AsyncIterator[Sink]:
    """Where notices go."""
    async with sink() as kept:
        yield kept


@pytest.fixture
async def server(
    database: str, web_config: WebConfig, accept: Accept, budget: Budget
) -> AsyncIterator[TestServer]:
    """The pages with the health of a service."""
    health = health_of(Worker(TableQueue(), {}))
    app = application(web_config, accept=accept, queue=TableQueue(), budget=budget, check_health=health)
    running = TestServer(app)
    await running.start_server()
    yield running
    await running.close()


@asynccontextmanager
async def watched(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """Watch all mailboxes meanwhile, with less patience than the service has."""
    monkeypatch.setattr(watch, "_REFUSED_AFTER", timedelta(0))
    task = asyncio.create_task(watch.watch(every_seconds=0.1, tell=telling(TableQueue(), staff_url=URL)))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait({task})


async def health(browser: Browser) -> tuple[int, str, int]:
    """Return what who watches the service is told."""
    response = await browser.get("/health")
    told: dict[str, Any] = await response.json()
    return response.status, told["status"], told["checks"]["mailboxes_silent"]


async def until_silent(number: int) -> None:
    """Wait until so many mailboxes are silent."""

    async def is_so() -> bool:
        return len(await mailboxes.silent()) == number

    await until(is_so)


async def told(relay: Sink) -> list[list[str]]:
    """Send what waits, and return to whom mails have gone so far."""
    queue = TableQueue()
    through = Relay("127.0.0.1", relay.port, Tls.NONE)
    await send_notices(await queue.claim(100), queue=queue, relay=through, head=HEAD)
    return [one.recipients for one in relay.taken]


def change_password(imap: Dovecot, password: str) -> None:
    """Give the mailbox another password, and end the sessions under the old one."""
    imap.add_user("eva", password)
    imap.doveadm("reload")
    imap.doveadm("kick", "eva")


async def test_a_password_changed_on_the_server_raises_the_alarm_everywhere(
    administrators: Browser, imap: Dovecot, relay: Sink, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    browser, seal = administrators, Seal(tmp_path)  # the port is one that only they may set
    urs = await Staff.get(login="urs@muster.ch")
    one = await added(imap, seal, staff_id=urs.id, name="Urs' post")

    async def runs() -> bool:
        return (await Mailbox.get(id=one.id)).state is MailboxState.RUNNING

    async with reading(seal), watched(monkeypatch):
        await until(runs)
        assert await health(browser) == (200, "ok", 0)
        assert "silent" not in await browser.text("/")

        change_password(imap, "another")
        await until_silent(1)
        assert await health(browser) == (200, "degraded", 1)
        text = await browser.text("/")
        assert "The mailbox Urs&#39; post has been silent since" in text
        assert "The server refuses the password." in text
        assert await told(relay) == [["urs@muster.ch"]]
        assert f"{URL}/mailboxes/{one.id}" in relay.taken[0].text
        assert "Urs' post" in relay.taken[0].text
        await asyncio.sleep(0.5)
        assert await told(relay) == [["urs@muster.ch"]]

        await set_password(browser, one, "another")
        await until(runs)
        await until_silent(0)
        assert await health(browser) == (200, "ok", 0)
        assert "silent" not in await browser.text("/")

        change_password(imap, PASSWORD)
        await until_silent(1)
        assert await told(relay) == [["urs@muster.ch"]] * 2
        assert await Notice.all().count() == 2


async def set_password(browser: Browser, one: Mailbox, password: str) -> None:
    """Enter the new password in the pages, as the alarm says."""
    fields = {
        "name": one.name,
        "login": one.login,
        "secret_kind": "password",
        "secret": password,
        "host": one.host,
        "port": str(one.port),
        "tls": one.tls.value,
        "owner": str(one.staff_id),
        "after": "leave",
        "act": "save",
    }
    assert (await browser.post(f"/mailboxes/{one.id}/edit", **fields)).status == 303


async def test_of_a_shared_mailbox_the_administrators_are_told(
    new_browser: NewBrowser, server: TestServer, imap: Dovecot, relay: Sink, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):  # fmt: skip
    await staff_member()
    await staff_member("Urs Chef", "urs@muster.ch", AccessRole.ADMINISTRATOR)
    await staff_member("Ida Chef", "ida@muster.ch", AccessRole.ADMINISTRATOR)
    seal = Seal(tmp_path)
    imap.add_user("eva", "another")
    await added(imap, seal, name="Office")
    async with reading(seal), watched(monkeypatch):
        await until_silent(1)
    assert sorted(await told(relay)) == [["ida@muster.ch"], ["urs@muster.ch"]]
    strangers = await (await (await new_browser()).get("/health")).text()
    assert "Office" not in strangers
    assert "eva" not in strangers
