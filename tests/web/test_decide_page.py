"""Deciding by the link of a digest: one entry, one person, one button, and no login."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import ViewportSize

from history.digest import LINK_LASTS, digest_for, link
from ingest.digest import give_digests
from storage.entries import Entry, Participant
from storage.jobs import TableQueue
from storage.notices import Notice
from storage.staff import AccessRole, Staff
from tests.servers.chromium import chromium
from tests.web.conftest import Browser, NewBrowser, staff_member
from tests.web.correspondence import entered, firm, mail, somebody
from web.config import CONFIG

PHONE = ViewportSize(width=390, height=844)
DAY = datetime(2026, 11, 25, tzinfo=UTC).date()


async def _asked(subject: str = "Offerte") -> tuple[Staff, Entry, Entry]:
    """Return Rita, and two entries of her digest that may be with Anna Müller."""
    rita = await staff_member()
    await somebody(await firm())
    first = await entered(mail(subject), staff=rita, held="unknown-address")
    second = await entered(mail("Anderes"), staff=rita, held="unknown-address")
    await give_digests(DAY, queue=TableQueue())
    assert await digest_for(rita, "2026-11-25")
    return rita, first, second


async def _path(server: TestServer, entry: Entry, *, since: datetime | None = None) -> str:
    notice = await Notice.get(code="digest")
    token = link(notice.id, entry.id, since=since or datetime.now(UTC), key=server.app[CONFIG].secret_key)
    return f"/decide/{token}"


async def _held(entry: Entry) -> bool:
    return (await Entry.get(id=entry.id)).held_reason is not None


async def test_a_stranger_with_the_link_sees_what_it_is_about_and_looking_changes_nothing(
    server: TestServer, new_browser: NewBrowser
) -> None:
    _, entry, _ = await _asked()
    browser, path = await new_browser(), await _path(server, entry)
    for _ in range(2):
        text = await browser.text(path)
        assert "Offerte" in text
        assert "Anna Müller" in text
        assert len(re.findall(r"<button", text)) == 1
        assert "Hier ist die Offerte." not in text
    assert await _held(entry)


async def test_the_button_decides_in_the_name_of_whom_was_asked(
    server: TestServer, new_browser: NewBrowser
) -> None:
    rita, entry, other = await _asked()
    browser, path = await new_browser(), await _path(server, entry)
    response = await browser.post(path, choice="a")
    assert "Decided" in await response.text()
    who = await Participant.get(entry_id=entry.id).select_related("person")
    assert who.person is not None
    assert (who.person.family_name, who.decided_by_id) == ("Müller", rita.id)
    assert "decided already" in await browser.text(path)
    assert "decided already" in await (await browser.post(path, choice="ignore")).text()
    assert other.id


async def test_it_may_be_let_go(server: TestServer, new_browser: NewBrowser) -> None:
    _, entry, _ = await _asked()
    browser = await new_browser()
    await browser.post(await _path(server, entry), choice="ignore")
    assert not await _held(entry)
    assert not (await Participant.filter(entry_id=entry.id, person_id__isnull=False))


@pytest.mark.parametrize("choice", ["", "z", "1"])
async def test_without_a_choice_nothing_is_decided(
    server: TestServer, new_browser: NewBrowser, choice: str
) -> None:
    _, entry, _ = await _asked()
    browser = await new_browser()
    response = await browser.post(await _path(server, entry), choice=choice)
    assert response.status == 422
    assert "Choose one" in await response.text()
    assert await _held(entry)


async def test_an_old_link_decides_nothing(server: TestServer, new_browser: NewBrowser) -> None:
    _, entry, _ = await _asked()
    path = await _path(server, entry, since=datetime.now(UTC) - LINK_LASTS - timedelta(seconds=1))
    browser = await new_browser()
    assert (await browser.get(path)).status == 410
    assert (await browser.post(path, choice="a")).status == 410
    assert await _held(entry)


async def test_a_link_is_worth_nothing_once_its_reader_may_not_decide(
    server: TestServer, new_browser: NewBrowser
) -> None:
    rita, entry, _ = await _asked()
    path, browser = await _path(server, entry), await new_browser()
    await Staff.filter(id=rita.id).update(access=AccessRole.READER)
    assert (await browser.post(path, choice="a")).status == 404
    await Staff.filter(id=rita.id).update(access=AccessRole.STAFF, left_at=datetime.now(UTC))
    assert (await browser.post(path, choice="a")).status == 404
    assert await _held(entry)


async def test_no_other_link_decides(server: TestServer, new_browser: NewBrowser) -> None:
    rita, entry, _ = await _asked()
    browser, path = await new_browser(), await _path(server, entry)
    unlisted = await entered(mail("Neu"), staff=rita, held="unknown-address")
    forged = path[:-4] + ("aaaa" if not path.endswith("aaaa") else "bbbb")
    for wrong in (forged, await _path(server, unlisted), "/decide/x"):
        assert (await browser.post(wrong, choice="a")).status == 404
    response = await browser.client.post(
        path, data={"choice": "a"}, headers={"Origin": "https://evil.example"}
    )
    assert response.status == 403
    assert await _held(entry)
    assert await _held(unlisted)


async def test_the_list_of_notices_tells_what_became_of_them(browser: Browser) -> None:
    rita = await Staff.get(login="rita@muster.ch")
    assert "Nothing yet" in await browser.text("/account/notices")
    await entered(mail("Offerte"), staff=rita, held="unknown-address")
    await give_digests(DAY, queue=TableQueue())
    await Notice.filter(id__gt=0).update(problem="no-relay")
    text = await browser.text("/account/notices")
    assert "What is held for you" in text
    assert "No mail server is set" in text


async def test_administrators_see_what_did_not_reach_others(administrators: Browser) -> None:
    rita = await staff_member()
    await entered(mail("Offerte"), staff=rita, held="unknown-address")
    await give_digests(DAY, queue=TableQueue())
    await Notice.filter(id__gt=0).update(state="refused", problem="550 no such user")
    assert "550 no such user" in await administrators.text("/account/notices")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_it_works_on_a_phone_without_scripts(server: TestServer) -> None:
    _, entry, _ = await _asked("Offerte " * 12 + "x" * 120)
    path = await _path(server, entry)
    async with chromium() as running:
        context = await running.new_context(
            base_url=str(server.make_url("/")), viewport=PHONE, java_script_enabled=False
        )
        page = await context.new_page()
        await page.goto(f"{path}?language=de")
        assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        await page.get_by_text("Anna Müller").click()
        await page.click("main button")
        assert await page.inner_text("h1") == "Entschieden"
    assert not await _held(entry)
