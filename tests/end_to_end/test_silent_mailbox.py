"""From the pages to the alarm: a mailbox is set up, read, refused, told of, and put right; with the real service."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from playwright.async_api import Browser, Page, expect

from storage.connect import connected
from storage.mailboxes import Mailbox, MailboxState
from tests.end_to_end.visitor import ADDRESS, settle_in, visitor
from tests.ingest.reading_mailboxes import mail
from tests.running import Postbuch, command, running
from tests.servers.dovecot import PASSWORD, Dovecot, dovecot
from tests.servers.sink import Sink, sink

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
_PATIENCE_SECONDS = 100.0  # the service looks at its mailboxes once a minute
_PHONE = {"width": 390, "height": 844}


@pytest.fixture
def imap() -> Iterator[Dovecot]:
    """A server with a mailbox that holds some mail."""
    with dovecot() as server:
        server.add_user("eva")
        server.put("eva", [mail(f"number {number}") for number in range(30)])
        yield server


@pytest.fixture
async def relay() -> AsyncIterator[Sink]:
    """Where notices go."""
    async with sink() as kept:
        yield kept


async def _set_up(page: Page, imap: Dovecot) -> None:
    await page.goto("/mailboxes/new?provider=own")
    await page.fill("[name=login]", "eva")
    await page.fill("[name=secret]", "a wrong one")
    await page.fill("[name=host]", "127.0.0.1")
    await page.fill("[name=port]", str(imap.port))
    await page.select_option("[name=tls]", "none")
    await page.fill("[name=only_from]", "2026-01-01")
    await page.click("text=Test and save")
    await expect(page.locator(".step.bad")).to_contain_text("Log in")
    await page.fill("[name=secret]", PASSWORD)
    await page.click("text=Test and save")
    await expect(page.locator("main")).to_contain_text("All steps work.")


async def _enter_password(page: Page, password: str) -> None:
    await page.click("text=Put it right")
    await page.click("text=Change the set-up")
    await page.fill("[name=secret]", password)
    await page.click("text=Test and save")
    await expect(page.locator("main")).to_contain_text("All steps work.")


async def _health(service: Postbuch) -> str:
    async with aiohttp.ClientSession() as asking, asking.get(f"{service.web_url}/health") as response:
        assert response.status == 200
        told: dict[str, Any] = await response.json()
        return str(told["status"])


async def _until_health(service: Postbuch, status: str) -> None:
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while await _health(service) != status:
            await asyncio.sleep(0.5)


async def _some_minutes_later(folder: Path) -> None:
    """Let a refusal be known for a while already."""
    async with connected(f"sqlite:///{folder / 'postbuch.db'}"), asyncio.timeout(_PATIENCE_SECONDS):
        earlier = datetime.now(UTC) - timedelta(minutes=3)
        while not await Mailbox.filter(state=MailboxState.FAILED).update(since=earlier):
            await asyncio.sleep(0.2)


async def test_a_password_changed_on_the_server_is_told_everywhere_and_put_right_in_the_pages(
    browser: Browser, imap: Dovecot, relay: Sink, tmp_path: Path
):
    settings: dict[str, Any] = {"relay_host": "127.0.0.1", "relay_port": relay.port, "relay_tls": "none"}
    async with running(tmp_path, **settings) as service, visitor(browser, service, viewport=_PHONE) as page:
        await settle_in(page, service)
        await _set_up(page, imap)
        await expect(page.locator("#state")).to_contain_text("INBOX (30)", timeout=60_000)
        assert await _health(service) == "ok"

        imap.add_user("eva", "another")
        imap.doveadm("reload")
        imap.doveadm("kick", "eva")
        await _some_minutes_later(tmp_path)
        await _until_health(service, "degraded")
        await page.goto("/")
        await expect(page.locator(".note.bad")).to_contain_text("The mailbox eva has been silent since")
        async with asyncio.timeout(_PATIENCE_SECONDS):
            await relay.offered.wait()
        assert [one.recipients for one in relay.taken] == [[ADDRESS]]
        assert f"{service.web_url}/mailboxes/1" in relay.taken[0].text
        _, printed, _ = await command(tmp_path, "doctor", **settings)
        assert "mailbox 1 (eva): silent since" in printed

        await _enter_password(page, "another")
        await _until_health(service, "ok")
        await page.goto("/")
        await expect(page.locator(".note.bad")).to_have_count(0)
        assert len(relay.taken) == 1
