"""What a real browser does with the pages of mailboxes: on phones, without scripts, and while mail comes in."""

from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser as Chromium
from playwright.async_api import expect

from storage.mailboxes import After, Mailbox, MailboxFolder, MailboxState
from storage.staff import Staff
from tests.web.mailboxes import mailbox, silent
from tests.web.test_browser import LAPTOP, PHONE, logged_in
from web.providers import PROVIDERS

# What is seen does not depend on the database: one is enough.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
_LONG = "Donaudampfschifffahrtsgesellschaft@" + "unterabteilung." * 9 + "example"


@pytest.mark.parametrize("language", ["de", "fr"])  # the longest words
async def test_no_page_of_mailboxes_is_wider_than_a_phone(
    chrome: Chromium, server: TestServer, staff: Staff, tmp_path: Path, language: str
):
    await Staff.filter(id=staff.id).update(language=language)
    state = silent(said="x" * 200) | {"login": _LONG, "after": After.MOVE, "after_folder": "y" * 200}
    one = await mailbox(tmp_path, staff, _LONG, **state)
    await mailbox(tmp_path, None, filled=3412, to_fill=10000)
    await MailboxFolder.create(
        mailbox_id=one.id, name="z" * 200, uid_validity=1, last_uid=1, filled_from_uid=1
    )
    page = await logged_in(chrome, server, viewport=PHONE, color_scheme="dark")
    addresses = ["/", "/mailboxes", f"/mailboxes/{one.id}", f"/mailboxes/{one.id}/edit", "/mailboxes/new"]
    for address in addresses + [f"/mailboxes/new?provider={key}" for key in PROVIDERS]:
        await page.goto(address)
        width = await page.evaluate("document.documentElement.scrollWidth")
        assert width <= PHONE["width"], address


async def test_a_mailbox_is_set_up_and_removed_without_scripts(
    chrome: Chromium, server: TestServer, staff: Staff
):
    page = await logged_in(chrome, server, java_script_enabled=False, viewport=PHONE)
    await page.click("details.menu summary")
    await page.click("details.menu a[href='/mailboxes']")
    await page.click("main a.button.first")
    await page.click("text=Gmail, Google Workspace")
    await page.fill("[name=secret]", "abcd efgh ijkl mnop")
    await page.click("text=Save without a test")
    assert await page.inner_text("h1") == "rita@muster.ch"
    assert (await Mailbox.get()).host == "imap.gmail.com"
    await page.click("text=Pause")
    assert (await Mailbox.get()).paused
    await page.click("summary:has-text('Remove this mailbox?')")
    await page.click("button.danger")
    assert await page.inner_text("h1") == "Mailboxes"
    assert not await Mailbox.exists()


async def test_only_the_fields_of_what_logs_in_are_shown(chrome: Chromium, server: TestServer, staff: Staff):
    page = await logged_in(chrome, server, java_script_enabled=False, viewport=LAPTOP)
    await page.goto("/mailboxes/new?provider=own")
    await expect(page.locator("[name=secret]")).to_be_visible()
    await expect(page.locator("[name=refresh_token]")).to_be_hidden()
    await page.check("[name=secret_kind][value=xoauth2]")
    await expect(page.locator("[name=secret]")).to_be_hidden()
    await expect(page.locator("[name=refresh_token]")).to_be_visible()
    await expect(page.locator("[name=after_folder]")).to_be_hidden()
    await page.select_option("[name=after]", "move")
    await expect(page.locator("[name=after_folder]")).to_be_visible()


async def test_the_progress_of_older_mail_is_shown_anew_by_itself_until_it_is_done(
    chrome: Chromium, server: TestServer, staff: Staff, tmp_path: Path
):
    one = await mailbox(tmp_path, staff, state=MailboxState.RUNNING, filled=3412, to_fill=10000)
    page = await logged_in(chrome, server, viewport=LAPTOP)
    await page.goto(f"/mailboxes/{one.id}")
    await expect(page.locator("progress")).to_have_attribute("value", "3412")
    await Mailbox.filter(id=one.id).update(filled=7000)
    await expect(page.locator("progress")).to_have_attribute("value", "7000", timeout=15_000)
    await Mailbox.filter(id=one.id).update(filled=10000)
    await expect(page.locator("progress")).to_have_count(0, timeout=15_000)
    await expect(page.locator("#state")).not_to_have_attribute("data-live", "3")
