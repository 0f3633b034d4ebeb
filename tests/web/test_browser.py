"""What a real browser does with the pages: hostile mail shown, phones, no script needed."""

from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser as Chromium
from playwright.async_api import BrowserContext, Page, expect

from storage.staff import Staff
from tests.web.conftest import PASSWORD
from tests.web.correspondence import HOSTILE, entered, firm, mail, somebody

PHONE, LAPTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
# What is seen does not depend on the database: one is enough.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def logged_in(chrome: Chromium, server: TestServer, **options: Any) -> Page:
    """Return a page behind the login."""
    context: BrowserContext = await chrome.new_context(base_url=str(server.make_url("/")), **options)
    page = await context.new_page()
    await page.goto("/login")
    await page.fill("[name=login]", "rita@muster.ch")
    await page.fill("[name=password]", PASSWORD)
    await page.click("main button")
    await page.wait_for_url("**/")
    return page


class Witness:
    """Notes what a page asks for, says and does."""

    def __init__(self, page: Page, server: TestServer) -> None:
        self.page, self.ours = page, str(server.make_url("/"))
        self.strangers: list[str] = []
        self.dialogs: list[str] = []
        self.opened: list[str] = []
        page.context.on("request", lambda request: self._note(request.url))
        page.on("dialog", lambda dialog: self.dialogs.append(dialog.message))
        page.context.on("page", lambda opened: self.opened.append(opened.url))

    def _note(self, url: str) -> None:
        if not url.startswith((self.ours, "data:image/")):
            self.strangers.append(url)

    async def saw_nothing(self) -> None:
        """Nothing left, nothing ran, nobody went away."""
        await self.page.wait_for_timeout(300)
        assert self.strangers == []
        assert self.dialogs == []
        assert self.opened == []
        for frame in self.page.frames:
            assert frame.url.startswith(self.ours), frame.url
            assert await _ran(frame) is False


async def _ran(frame: object) -> bool:
    # The frame of a mail runs no script, not even ours: then nothing ran in it either.
    try:
        return bool(await frame.evaluate("Boolean(window.__ran)"))  # type: ignore[attr-defined]
    except Exception as error:  # noqa: BLE001 - how the driver says that scripts are off
        assert "sandbox" in str(error) or "context" in str(error), error
        return False


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.stem)
async def test_a_hostile_mail_is_shown_harmlessly(
    chrome: Chromium, server: TestServer, staff: Staff, path: Path
):
    entry = await entered(path.read_bytes(), staff=staff, held="unknown-address")
    page = await logged_in(chrome, server)
    witness = Witness(page, server)
    for address in (
        f"/entries/{entry.id}",
        f"/entries/{entry.id}?view=html",
        f"/held/{entry.id}",
        "/held",
        "/staff/1",
    ):
        await page.goto(address)
        await witness.saw_nothing()
        title = await page.title()
        assert "Postbuch" in title or "·" in title


async def test_a_hostile_mail_opened_without_its_frame_is_harmless_too(
    chrome: Chromium, server: TestServer, staff: Staff
):
    page = await logged_in(chrome, server)
    witness = Witness(page, server)
    for path in HOSTILE:
        entry = await entered(path.read_bytes(), staff=staff)
        await page.goto(f"/entries/{entry.id}/html")
        await witness.saw_nothing()


async def test_the_frame_keeps_pictures_out_until_they_are_asked_for(
    chrome: Chromium, server: TestServer, staff: Staff
):
    entry = await entered(mail(html='<p>x</p><img src="https://tracker.example/p.gif">'), staff=staff)
    page = await logged_in(chrome, server)
    await page.context.route("https://tracker.example/**", lambda route: route.abort())
    witness = Witness(page, server)
    await page.goto(f"/entries/{entry.id}?view=html")
    await witness.saw_nothing()
    async with page.expect_request("https://tracker.example/**"):
        await page.click("text=Load them this time")
    assert witness.strangers == ["https://tracker.example/p.gif"]


async def test_a_link_in_a_mail_opens_elsewhere_and_cannot_reach_us(
    chrome: Chromium, server: TestServer, staff: Staff
):
    entry = await entered(mail(html='<a href="https://elsewhere.example/">go</a>'), staff=staff)
    page = await logged_in(chrome, server)
    await page.context.route(
        "https://elsewhere.example/**",
        lambda route: route.fulfill(body="<title>there</title>", content_type="text/html"),
    )
    await page.goto(f"/entries/{entry.id}?view=html")
    async with page.context.expect_page() as opened:
        await page.frame_locator("iframe").locator("a").click()
    there = await opened.value
    await there.wait_for_load_state()
    assert await there.evaluate("[window.opener, document.referrer]") == [None, ""]


async def test_from_the_login_to_an_organisation_to_an_entry(
    chrome: Chromium, server: TestServer, staff: Staff
):
    organisation = await firm()
    person = await somebody(organisation)
    await entered(mail("Terminvorschlag"), staff=staff, person=person, organisation=organisation)
    page = await logged_in(chrome, server, viewport=PHONE)
    await page.click("nav.side a[href='/organisations']")
    await page.click("main a:has-text('Müller & Söhne AG')")
    await page.click("text=Terminvorschlag")
    assert "Hier ist die Offerte." in await page.inner_text("main")
    assert "is entered as an address of Anna Müller" in await page.inner_text("main")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_no_page_is_wider_than_a_phone(chrome: Chromium, server: TestServer, staff: Staff, scheme: str):
    organisation = await firm("Donaudampfschifffahrtsgesellschaftskapitänswitwenverein " * 2)
    person = await somebody(organisation, "Wolfeschlegelsteinhausenbergerdorff", "x" * 120)
    entry = await entered(
        mail("y" * 300, html="<p>x</p>", attachment=b"z"),
        staff=staff,
        person=person,
        organisation=organisation,
    )
    held = await entered(mail("w" * 200), staff=staff, held="unknown-address")
    page = await logged_in(chrome, server, viewport=PHONE, color_scheme=scheme)
    organisations, persons = f"/organisations/{organisation.id}", f"/persons/{person.id}"
    addresses = f"""
        / /organisations {organisations} {organisations}/edit {organisations}/emails/new /organisations/new
        /persons {persons} {persons}/roles/new /persons/new /entries/{entry.id} /entries/{entry.id}?view=html
        /held /held/{held.id} /search?q=anna /staff /staff/{staff.id} /staff/new /account /account/capture
        /imports /system /no/such/page
    """
    for address in addresses.split():
        await page.goto(address)
        width = await page.evaluate("document.documentElement.scrollWidth")
        assert width <= PHONE["width"], address


async def test_everything_works_without_scripts(chrome: Chromium, server: TestServer, staff: Staff):
    page = await logged_in(chrome, server, java_script_enabled=False, viewport=LAPTOP)
    await page.goto("/organisations/new")
    await page.fill("[name=name]", "Glaswerk Süd")
    await page.fill("[name=domain]", "glaswerk.example")
    await page.click("main button.first")
    assert await page.inner_text("h1") == "Glaswerk Süd"
    await page.click("details.menu summary")
    await page.click("text=Log out")
    assert page.url.endswith("/login")


async def test_the_keyboard_reaches_search_and_skips_the_navigation(
    chrome: Chromium, server: TestServer, staff: Staff
):
    page = await logged_in(chrome, server, viewport=LAPTOP)
    await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement.className") == "skip"
    await page.keyboard.press("/")
    assert await page.evaluate("document.activeElement.name") == "q"


async def test_earlier_entries_come_into_the_page(chrome: Chromium, server: TestServer, staff: Staff):
    for number in range(45):
        await entered(mail(f"Nr. {number}"), staff=staff)
    page = await logged_in(chrome, server, viewport=LAPTOP)
    while await page.locator("a[data-more]").count():
        before = await page.locator("article.entry").count()
        await page.click("a[data-more]")
        await expect(page.locator("article.entry")).not_to_have_count(before)
    assert await page.locator("article.entry").count() == 45
