"""Scanned letters in a real browser: dropped into the folder, seen, settled by keyboard; on a phone; without a script.

With SCREENSHOTS naming a folder, a picture of each page is left there.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser as Chromium
from playwright.async_api import Page, expect

from history import held
from ingest.letters.folder import FolderSource, WatchedFolder
from ingest.letters.intake import Intake
from mail.letter import Line
from storage.correspondents import Organisation, PostalAddress
from storage.jobs import TableQueue
from storage.page_words import unpacked_lines
from storage.scans import Letter, Scan, ScanPage, ScanState
from storage.staff import Staff
from tests.ingest.letters.standing_in import SHEET, Side, letter, scan_of
from tests.matcher.people import firm
from tests.web.scanned import DrawingDesk, entries_of, invoice
from tests.web.test_browser import LAPTOP, PHONE, logged_in

# What is seen does not depend on the database: one is enough.
pytestmark = [pytest.mark.parametrize("database_url", ["sqlite"], indirect=True), pytest.mark.timeout(600)]
PATIENCE = 60_000  # milliseconds


@pytest.fixture
def desk(database: str, tmp_path: Path) -> DrawingDesk:
    """Where scans are taken and filed."""
    folder = tmp_path / "desk"
    folder.mkdir()
    return DrawingDesk(folder)


def three_letters() -> list[Side]:
    """Return a batch of three letters, of which one is of a firm that nobody knows."""
    offer: Side = (
        [(20, 30, "Beilage zur Offerte: Ziegel, Latten, Rinnen"), (20, 60, "Dach und Fassade")],
        [],
    )
    private = letter(
        ("Muster Treuhand AG", "Bahnhofstrasse 1", "8001 Zürich"),
        subject="Jahresabschluss",
        closing="Urs Meier",
    )
    return [letter(), offer, SHEET, invoice(), ([], []), SHEET, private]


@asynccontextmanager
async def watched(folder: Path, desk: DrawingDesk) -> AsyncIterator[None]:
    """Take scans out of a folder, and read and file them, meanwhile."""
    source = FolderSource([WatchedFolder(folder)], poll_seconds=0.2, rest_seconds=0.2)

    async def read() -> None:
        while True:
            await desk.work()
            await asyncio.sleep(0.1)

    tasks = [
        asyncio.create_task(source.run(Intake(TableQueue(), 10_000_000))),
        asyncio.create_task(read()),
    ]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def test_a_scan_is_dropped_into_the_folder_its_letters_appear_and_a_held_one_is_settled_by_keyboard(
    chrome: Chromium, server: TestServer, staff: Staff, desk: DrawingDesk, tmp_path: Path
):
    await firm("Muster Treuhand AG", "muster.example")
    known = await firm("Keller & Söhne GmbH", "keller-soehne.example")
    await firm("Keller & Söhne GmbH", "andere.example")
    page = await logged_in(chrome, server, viewport=LAPTOP)
    folder = tmp_path / "post"
    async with watched(folder, desk):
        await asyncio.sleep(0.5)
        (folder / "Post vom Morgen.pdf").write_bytes(scan_of(*three_letters()))
        await page.goto("/scans")
        async with asyncio.timeout(60):
            while not await Scan.filter(state=ScanState.READ).exists():
                await asyncio.sleep(0.2)
        await page.goto("/scans")
        await page.click("text=Post vom Morgen.pdf")
        await expect(page.locator(".of-letter")).to_have_count(3)
    await page.goto("/held")
    await expect(page.locator(".beside .paper img")).to_be_visible()
    await expect(page.locator(".marks .speaks text").first).to_be_visible()
    await expect(page.locator("[data-candidate]").first).to_contain_text("Keller & Söhne GmbH")
    await page.keyboard.press("1")
    await expect(page.locator("text=Nothing waits")).to_be_visible(timeout=PATIENCE)
    assert await held.count() == 0
    [one] = await Organisation.filter(domains__domain="keller-soehne.example")
    assert one.id == known.id


async def test_somebody_new_is_entered_from_the_letter_by_keyboard(
    chrome: Chromium, server: TestServer, staff: Staff, desk: DrawingDesk
):
    await desk.file(invoice(sender=("Petra Keller", "Seeweg 7", "6003 Luzern")))
    page = await logged_in(chrome, server, viewport=LAPTOP)
    await page.goto("/held")
    await page.keyboard.press("n")
    await page.keyboard.press("Enter")
    await expect(page.locator("text=Nothing waits")).to_be_visible(timeout=PATIENCE)
    assert (await PostalAddress.get()).street == "Seeweg 7"


async def test_what_was_read_shows_where_it_stands(
    chrome: Chromium, server: TestServer, staff: Staff, desk: DrawingDesk
):
    await firm("Muster Treuhand AG", "muster.example")
    [entry] = await entries_of(await desk.file(letter()))
    page = await logged_in(chrome, server, viewport=LAPTOP)
    await page.goto(f"/entries/{entry.id}")
    label = page.locator("#field-1 text")
    await expect(label).to_be_hidden()
    await page.hover("[data-shows=field-1]")
    await expect(label).to_be_visible()
    still = await logged_in(chrome, server, viewport=LAPTOP, java_script_enabled=False)
    await still.goto(f"/entries/{entry.id}")
    await still.click("[data-shows=field-1]")
    await expect(still.locator("#field-1 text")).to_be_visible()


async def test_marks_lie_on_the_words_that_they_mark(
    chrome: Chromium, server: TestServer, staff: Staff, desk: DrawingDesk
):
    [entry] = await entries_of(await desk.file(letter()))
    page = await logged_in(chrome, server, viewport=PHONE)
    await page.goto(f"/entries/{entry.id}?hits=Angebot")
    picture = await page.locator(".paper img").bounding_box()
    hit = await page.locator(".hit").bounding_box()
    word = next(
        word for line in (await _lines(entry.id)) for word in line.words if word.text.startswith("Angebot")
    )
    assert picture
    assert hit
    scale = picture["width"] / 210
    assert abs(hit["x"] - picture["x"] - (word.box.left - 0.6) * scale) < 2
    assert abs(hit["y"] - picture["y"] - (word.box.top - 0.6) * scale) < 2


async def _lines(entry_id: int) -> tuple[Line, ...]:

    made = await Letter.get(entry_id=entry_id)
    return unpacked_lines((await ScanPage.get(letter_id=made.id)).words)


async def test_a_batch_is_put_right_without_a_script(
    chrome: Chromium, server: TestServer, staff: Staff, desk: DrawingDesk
):
    scan_id = await desk.file(letter(), letter(subject="Zweiter Brief"))
    page = await logged_in(chrome, server, viewport=PHONE, java_script_enabled=False)
    await page.goto(f"/scans/{scan_id}")
    await page.click("text=A new letter begins here")
    await expect(page.locator(".of-letter")).to_have_count(2)
    await page.click("text=Join with the letter before")
    await expect(page.locator(".of-letter")).to_have_count(1)
    await page.locator("text=Drop").nth(1).click()
    await expect(page.locator(".loose")).to_contain_text("This page was dropped.")


async def test_the_pages_of_scans_fit_laptop_and_phone(
    chrome: Chromium, server: TestServer, staff: Staff, desk: DrawingDesk
):
    await firm("Muster Treuhand AG", "muster.example")
    for _ in range(2):
        await firm("Keller & Söhne GmbH")
    scan_id = await desk.file(*three_letters(), name="Post vom Morgen.pdf")
    waiting = await desk.take(letter(subject="Noch einer"), name="Nachmittag.tif")
    await Scan.filter(id=waiting.scan_id).update(state=ScanState.READING, pages=50, done=11)
    refused = await desk.take(letter(subject="x"), refused="encrypted", name="Lohnausweis geschützt.pdf")
    await Scan.filter(id=refused.scan_id).update(state=ScanState.REJECTED, problem="encrypted")
    entry = (await entries_of(scan_id))[0]
    for name, size in {"1280": LAPTOP, "390": PHONE}.items():
        page = await logged_in(chrome, server, viewport=size)
        paths = {
            "scans": "/scans",
            "scan": f"/scans/{scan_id}",
            "entry": f"/entries/{entry.id}?hits=Offerte",
            "held": f"/held/{(await entries_of(scan_id))[1].id}",
        }
        for title, path in paths.items():
            await page.goto(path)
            await _look_at(page, f"{title}-{name}", size["width"])
        await page.goto(f"{paths['entry']}#field-1")
        await _look_at(page, f"entry-field-{name}", size["width"])


async def _look_at(page: Page, name: str, width: int) -> None:
    await page.wait_for_load_state("networkidle")
    assert await page.evaluate("document.documentElement.scrollWidth") <= width, name
    small = await page.evaluate(
        "[...document.querySelectorAll('main button, main a.button')]"
        ".filter((one) => !one.matches('.out-of-sight') && one.offsetHeight && one.offsetHeight < 24)"
        ".map((one) => one.textContent)"
    )
    assert small == [], (name, small)
    if folder := os.environ.get("SCREENSHOTS"):
        await page.screenshot(path=Path(folder) / f"{name}.png", full_page="held" not in name)
