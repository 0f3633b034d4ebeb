"""A meeting on its page, in timelines, and for programs."""

import pytest
from aiohttp.test_utils import TestServer

from storage.entries import Entry
from tests.ingest.invitations import ANNA, BEAT, EVA, cancel, reply, request, scheduling
from tests.ingest.office import opened
from tests.matcher.people import colleague, firm, person
from tests.servers.chromium import chromium
from tests.web.conftest import Browser, staff_member
from tests.web.test_browser import PHONE, logged_in

PLACE = "Sitzungszimmer Nord, Bahnhofstrasse 12, 8001 Zürich"


async def entered_meeting() -> Entry:
    """Enter a meeting of which much was said."""
    await colleague(EVA)
    muster = await firm("Muster AG", "muster.example")
    for name, address in (("Anna Muster", ANNA), ("Beat Muster", BEAT)):
        await person(name, address, at=muster)
    async with opened() as office:
        await office.enter_in_turn(
            request(more="RRULE:FREQ=WEEKLY\r\n", location=PLACE),
            reply(EVA, "ACCEPTED"),
            reply(BEAT, "DECLINED", text="Ich bin <b>verreist</b>."),
            scheduling("COUNTER", BEAT, ANNA, invited=(BEAT,), start="20260312T090000Z", minutes=45),
            request(
                sequence=1, start="20260318T150000Z", more="RECURRENCE-ID:20260317T130000Z\r\n", minutes=9
            ),
        )
    return await Entry.get(kind="meeting")


async def test_a_meeting_tells_when_where_and_who_comes(browser: Browser):
    entry = await entered_meeting()
    text = await browser.text(f"/entries/{entry.id}")
    assert "10 Mar 2026, 14:00 – 15:00" in text
    assert PLACE in text
    assert 'Beat <span class="tag bad">declined</span>' in text
    assert 'Eva <span class="tag good">accepted</span>' in text
    assert "Changed on 17 Mar 2026, 14:00" in text
    assert "18 Mar 2026, 16:00 – 17:00" in text
    assert "Beat proposes another time: 12 Mar 2026, 10:00 – 11:00" in text
    assert "Ich bin &lt;b&gt;verreist&lt;/b&gt;." in text


async def test_a_timeline_tells_of_a_meeting_and_that_it_is_off(browser: Browser):
    await entered_meeting()
    text = await browser.text("/")
    assert "10 Mar 2026, 14:00 – 15:00" in text
    assert "Cancelled" not in text
    async with opened() as office:
        await office.enter(cancel())
    text = await browser.text("/")
    assert '<span class="was">10 Mar 2026, 14:00 – 15:00</span>' in text
    assert "Cancelled" in text


@pytest.mark.parametrize("language", ["de", "fr", "it"])
async def test_a_meeting_is_told_in_the_readers_language(browser: Browser, language: str):
    entry = await entered_meeting()
    await browser.post("/account", name="Rita Meier", language=language)
    text = await browser.text(f"/entries/{entry.id}")
    assert {"de": "Eingeladen hat", "fr": "Organisateur", "it": "Organizzatore"}[language] in text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_meeting_is_no_wider_than_a_phone(server: TestServer):
    entry = await entered_meeting()
    await staff_member()
    async with chromium() as running:
        page = await logged_in(running, server, viewport=PHONE)
        for address in (f"/entries/{entry.id}", "/organisations/1"):
            await page.goto(address)
            await page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], address
