"""Somebody at the pages with a real browser, from the first login on."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Browser, ConsoleMessage, Page

from tests.running import Postbuch

PASSWORD = "four words are long enough"
NAME, ADDRESS = "Eva Muster", "eva@firm.example"


@asynccontextmanager
async def visitor(browser: Browser, service: Postbuch, **options: Any) -> AsyncIterator[Page]:
    """Yield a page of a browser that was never here before; what goes wrong in its scripts is raised."""
    context = await browser.new_context(base_url=service.web_url, **options)
    context.set_default_timeout(30_000)
    page = await context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if _tells_a_fault(said, page) else None)
    try:
        yield page
        assert wrong == [], wrong
    finally:
        await context.close()


def _tells_a_fault(said: ConsoleMessage, page: Page) -> bool:
    """Tell what is wrong with a page from that there is none at its address."""
    return said.type == "error" and said.location["url"] != page.url


async def settle_in(page: Page, service: Postbuch) -> str:
    """Log in for the first time with what was printed, say who one is, and return the capture address."""
    await page.goto("/")
    await page.fill("[name=login]", "admin")
    await page.fill("[name=password]", service.admin_password)
    await page.click("main button.first")
    await page.wait_for_url("**/welcome")
    await page.fill("[name=name]", NAME)
    await page.fill("[name=address]", ADDRESS)
    await page.fill("[name=password]", PASSWORD)
    await page.fill("[name=again]", PASSWORD)
    await page.click("main button.first")
    await page.wait_for_url("**/account/capture")
    return (await page.inner_text(".secret code")).strip()


async def enter_organisation(page: Page, name: str, *, domain: str) -> str:
    """Enter an organisation by the form, and return the path of its page."""
    await page.goto("/organisations/new")
    await page.fill("[name=name]", name)
    await page.fill("[name=domain]", domain)
    await page.click("main button.first")
    return await _shown(page, "organisations")


async def enter_person(page: Page, given: str, family: str, *, address: str, works_at: str) -> str:
    """Enter a person by the form, and return the path of their page."""
    await page.goto("/persons/new")
    await page.fill("[name=given_name]", given)
    await page.fill("[name=family_name]", family)
    await page.fill("[name=email]", address)
    await page.fill("[name=organisation]", works_at)
    await page.fill("[name=function]", "Einkauf")
    await page.click("main button.first")
    return await _shown(page, "persons")


async def _shown(page: Page, kind: str) -> str:
    await page.wait_for_url(re.compile(rf"/{kind}/\d+$"))
    return urlsplit(page.url).path
