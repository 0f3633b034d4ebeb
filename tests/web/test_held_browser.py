"""Settling what waits in a real browser: by the keyboard, on a phone, and without a script."""

import statistics

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser as Chromium
from playwright.async_api import expect

from history import held
from storage.facts import Fact
from storage.staff import Staff
from tests.history.contents import contents
from tests.web.settling import queue_of, settle, undo_all
from tests.web.test_browser import LAPTOP, PHONE, logged_in

MESSAGES = 40
# What is seen does not depend on the database: one is enough.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.mark.timeout(900)  # how long it takes where others work too
async def test_a_queue_is_settled_by_keyboard_and_undoing_all_leaves_everything_as_it_was(
    chrome: Chromium, server: TestServer, staff: Staff
):
    await queue_of(MESSAGES, staff)
    page = await logged_in(chrome, server, viewport=LAPTOP)
    before = await contents()
    settled = await settle(page, MESSAGES)
    print(f"{1000 * statistics.median(settled.seconds):.0f} ms a decision")
    assert await held.count() == 0
    assert {fact.kind for fact in await Fact.all()} == {
        "person",
        "ignored-once",
        "address-ignored",
        "domain-ignored",
    }
    await undo_all(page, len(settled.seconds))
    assert await held.count() == MESSAGES
    assert await contents() == before


async def test_no_key_is_told_where_there_is_but_a_finger(chrome: Chromium, server: TestServer, staff: Staff):
    await queue_of(2, staff)
    touched = await logged_in(chrome, server, viewport=PHONE, has_touch=True, is_mobile=True)
    page = await logged_in(chrome, server, viewport=LAPTOP)
    for one in (touched, page):
        await one.goto("/held")
        await one.locator(".queue li > a").first.click()
        await expect(one.locator("[data-candidate], [data-new]").first).to_be_visible()
    await expect(touched.locator("kbd:visible")).to_have_count(0)
    await expect(touched.locator("[data-keys]")).to_be_hidden()
    await expect(page.locator("kbd:visible").first).to_be_visible()


async def test_keys_are_told_where_somebody_asks(chrome: Chromium, server: TestServer, staff: Staff):
    await queue_of(2, staff)
    page = await logged_in(chrome, server, viewport=LAPTOP)
    await page.goto("/held")
    await expect(page.locator(".keys dl")).to_be_hidden()
    await page.keyboard.press("?")
    await expect(page.locator(".keys dl")).to_be_visible()
    await page.keyboard.press("n")
    await page.keyboard.type("jkiu19")
    assert await page.input_value("[name=given_name]") == "jkiu19"
    assert await held.count() == 2


async def test_a_wrong_form_comes_back_with_what_is_wrong(chrome: Chromium, server: TestServer, staff: Staff):
    await queue_of(2, staff)
    page = await logged_in(chrome, server, viewport=LAPTOP)
    await page.goto("/held")
    await page.keyboard.press("n")
    await page.fill("[name=given_name]", "")
    await page.fill("[name=family_name]", "")
    await page.keyboard.press("Enter")
    await expect(page.locator("[data-pane]")).to_contain_text("Enter a given or a family name.")
    await expect(page.locator("[data-shown] h1")).to_have_text("Nummer 0")
    assert await held.count() == 2


async def test_on_a_phone_the_list_leads_to_the_message_and_on_to_the_next(
    chrome: Chromium, server: TestServer, staff: Staff
):
    await queue_of(3, staff)
    page = await logged_in(chrome, server, viewport=PHONE)
    await page.goto("/held")
    await expect(page.locator("[data-pane]")).to_be_hidden()
    await page.click("text=Nummer 0")
    await expect(page.locator("[data-pane] h1")).to_have_text("Nummer 0")
    await expect(page.locator(".queue")).to_be_hidden()
    await page.click("[data-candidate]")
    await expect(page.locator("[data-pane] h1")).to_have_text("Nummer 1")
    assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


async def test_without_a_script_forms_do_the_same(chrome: Chromium, server: TestServer, staff: Staff):
    await queue_of(4, staff)
    page = await logged_in(chrome, server, viewport=LAPTOP, java_script_enabled=False)
    await page.goto("/held")
    async with page.expect_navigation():
        await page.click("[data-candidate]")
    assert await page.inner_text("[data-pane] h1") == "Nummer 1"
    await page.check(".queue li:nth-child(3) input")
    async with page.expect_navigation():
        await page.click("button[value=ignore]")
    assert await held.count() == 1
    async with page.expect_navigation():
        await page.click("[data-undo] button")
    assert await held.count() == 3
