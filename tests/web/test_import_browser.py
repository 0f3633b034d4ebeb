"""What a real browser does with the pages of imports: on a phone, without scripts, from the file to the register."""

from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser as Chromium
from playwright.async_api import Page

from ingest.correspondents.running import RunImports
from storage.correspondents import Person
from storage.jobs import TableQueue
from storage.staff import Staff
from tests.web.test_browser import PHONE, logged_in
from web.config import WebConfig

# What is seen does not depend on the database: one is enough.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
_LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenverein" * 3


async def _fits(page: Page) -> None:
    assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], page.url


async def _jobs_done(config: WebConfig) -> None:
    queue, imports = TableQueue(only=frozenset({"run-import"})), RunImports(config.data_folder, "own")
    while jobs := await queue.claim(10):
        await imports(jobs, queue=queue)


@pytest.mark.parametrize("scripts", [True, False])
async def test_a_file_is_imported_on_a_phone(
    chrome: Chromium, server: TestServer, staff: Staff, web_config: WebConfig, tmp_path: Path, scripts: bool
):
    await Staff.filter(id=staff.id).update(language="de")
    path = tmp_path / f"{_LONG}.csv"
    rows = [f"Vorname;Nachname;{_LONG};E-Mail", f"Anna;Muster;{_LONG};anna@muster.example", f";;;{_LONG}"]
    path.write_text("\n".join(rows))
    page = await logged_in(chrome, server, viewport=PHONE, java_script_enabled=scripts)
    await page.goto("/imports")
    await _fits(page)
    await page.set_input_files("#file", path)
    await page.click("text=Datei ansehen")
    await _fits(page)
    await page.select_option("[name=column2]", label="Notiz")
    await page.click("text=Ansehen, was ein Import täte")
    await _fits(page)
    await _jobs_done(web_config)
    if not scripts:
        await page.reload()
    await page.click("text=Jetzt importieren")
    await _jobs_done(web_config)
    if not scripts:
        await page.reload()
    await page.wait_for_selector("text=Die Datei ist importiert.")
    await _fits(page)
    assert [one.note for one in await Person.all()] == [_LONG]
