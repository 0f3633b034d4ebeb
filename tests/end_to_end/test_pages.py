"""The main pages of an office that is in use, as they look on a laptop and on a phone.

With SCREENSHOTS naming a folder, a picture of each page is left there.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Page

from tests.end_to_end.visitor import settle_in, visitor
from tests.running import command, running
from tests.servers.chromium import chromium

_WIDTHS = {1280: 900, 390: 844}

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


async def test_every_page_of_an_office_in_use_fits_laptop_and_phone(tmp_path: Path) -> None:
    async with running(tmp_path) as service, chromium() as browser:
        code, _, errors = await command(tmp_path, "demo")
        assert (code, errors) == (0, "")
        async with visitor(browser, service) as page:
            await page.goto("/login")
            await _look_at(page, "login")
            await settle_in(page, service)
            for name, path in (await _paths(page)).items():
                await page.goto(path)
                await _look_at(page, name)


async def _paths(page: Page) -> dict[str, str]:
    """Return the pages to look at, some of them found by what is in them."""
    organisation = await _first_on(page, "/search?q=Offerte", "organisations")
    entry = await _first_on(page, f"{organisation}", "entries")
    return {
        "capture": "/account/capture",
        "start": "/",
        "organisations": "/organisations",
        "organisation": organisation,
        "organisation-edit": f"{organisation}/edit",
        "persons": "/persons",
        "person": await _first_on(page, "/persons", "persons"),
        "person-new": "/persons/new",
        "entry": entry,
        "thread": await _first_on(page, entry, "threads"),
        "held": "/held",
        "held-decision": await _first_on(page, "/held", "held"),
        "search": "/search?q=Offerte",
        "learnt": "/learnt",
        "duplicates": "/duplicates",
        "own-fields": "/own-fields",
        "enquiries": "/enquiries",
        "mailboxes": "/mailboxes",
        "mailbox-new": "/mailboxes/new",
        "left-out": "/left-out",
        "quarantine": "/quarantine",
        "staff": "/staff",
        "staff-member": "/staff/2",
        "account": "/account",
        "imports": "/imports",
        "scans": "/scans",
        "system": "/system",
        "not-found": "/no/such/page",
    }


async def _first_on(page: Page, path: str, kind: str) -> str:
    """Return the first link on a page that leads to one of a kind."""
    await page.goto(path)
    links = await page.locator(f"main a[href^='/{kind}/']").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    found = (urlsplit(str(link)).path for link in links)
    return next(target for target in found if target.rpartition("/")[2].isdigit())


async def _look_at(page: Page, name: str) -> None:
    """Require that a page is nowhere wider than the screen, and leave a picture if that is wanted."""
    for width, height in _WIDTHS.items():
        await page.set_viewport_size({"width": width, "height": height})
        assert await page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
        if folder := os.environ.get("SCREENSHOTS"):
            await page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
