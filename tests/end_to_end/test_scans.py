"""The day's post: a scan is dropped into the folder, its letters appear, a held one is settled by keyboard."""

import asyncio
import html
from collections.abc import Sequence
from pathlib import Path

import pytest
import segno
import weasyprint
from playwright.async_api import Page, expect

from mail.separator import separator_text
from storage.secret_key import secret_key
from tests.end_to_end.visitor import enter_organisation, settle_in, visitor
from tests.running import running
from tests.servers.chromium import chromium

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
_PATIENCE = 240_000  # milliseconds: on a busy machine
_STYLE = """<style>@page { size: A4; margin: 0 } body { margin: 0; font: 11pt/1.35 "DejaVu Sans", sans-serif }
section { position: relative; height: 297mm; break-after: page }
section > * { position: absolute; white-space: pre-line }
.head { left: 22mm; top: 14mm } .to { left: 118mm; top: 52mm } .text { left: 22mm; top: 95mm; width: 165mm }
.foot { left: 22mm; top: 280mm; font-size: 8pt } .code { left: 60mm; top: 90mm }</style>"""


def _letter(sender: str, day: str, subject: str, text: str, closing: str, foot: str = "") -> str:
    to = "Firm AG\nMarktgasse 4\n3011 Bern"
    parts = (day, f"<b>{subject}</b>", "Sehr geehrte Damen und Herren", text, "Freundliche Grüsse", closing)
    body = "\n\n".join(parts)
    return (
        f'<section><div class="head">{html.escape(sender)}</div><div class="to">{to}</div>'
        f'<div class="text">{body}</div><div class="foot">{html.escape(foot)}</div></section>'
    )


def _post(letters: Sequence[str], key: bytes) -> bytes:
    """Return a PDF of letters with a separator sheet between them."""
    code = segno.make(separator_text(key=key), micro=False).svg_data_uri(scale=8)
    sheet = f'<section><img class="code" src="{code}" width="300"></section>'
    written: bytes = weasyprint.HTML(string=_STYLE + sheet.join(letters)).write_pdf()
    return written


async def test_the_post_of_a_day_is_under_its_customers_once_it_lay_in_the_folder(tmp_path: Path) -> None:
    settings = {"scans_incoming": "post", "scans_rest_seconds": 0.5}
    async with (
        running(tmp_path, **settings) as service,
        chromium() as browser,
        visitor(browser, service, locale="en-GB") as page,
    ):
        await settle_in(page, service)
        muster = await enter_organisation(page, "Muster Treuhand AG", domain="muster.example")
        await enter_organisation(page, "Dachbau Meier GmbH", domain="dachbau.example")
        await _drop(tmp_path)
        await _read(page)
        await page.click("text=Post.pdf")
        await expect(page.locator(".of-letter")).to_have_count(3)
        await page.goto(muster)
        await expect(page.locator(".entry").first).to_contain_text("Jahresabschluss 2025")
        await page.goto("/search?q=Rinnen")
        await page.click(".entry .subject")
        await expect(page.locator(".hit").first).to_be_attached()
        await _settle_by_keyboard(page)


async def _drop(folder: Path) -> None:
    letters = [
        _letter(
            "Muster Treuhand AG\nBahnhofstrasse 1\n8001 Zürich",
            "Zürich, 2. März 2026",
            "Jahresabschluss 2025",
            "In der Beilage finden Sie den Abschluss des vergangenen Jahres zur Unterschrift.",
            "Urs Weber",
        ),
        _letter(
            "Dachbau Meier GmbH\nSeeweg 7\n6003 Luzern",
            "Luzern, 27. Februar 2026",
            "Offerte für das neue Dach",
            "Gerne offerieren wir Ihnen Ziegel, Latten und Rinnen für das Dach Ihrer Liegenschaft.",
            "Petra Frei",
        ),
        _letter(
            "Pumpen Keller AG\nIndustriestrasse 3\n9000 St. Gallen",
            "St. Gallen, 1. März 2026",
            "Rechnung 4711",
            "Für die Reparatur der Pumpe in Ihrem Keller stellen wir Ihnen den Betrag von CHF 480.00 in Rechnung.",
            "Anna Keller",
            "Tel. 071 210 33 44 · IBAN CH93 0076 2011 6238 5295 7 · CHE-116.281.710 MWST",
        ),
    ]
    octets = await asyncio.to_thread(_post, letters, secret_key(folder))
    await asyncio.to_thread((folder / "post" / "Post.pdf").write_bytes, octets)


async def _read(page: Page) -> None:
    """Wait until the scan is read; the page shows that by itself."""
    await page.goto("/scans")
    async with asyncio.timeout(_PATIENCE / 1000):
        while not await page.locator("text=Post.pdf").count():
            await asyncio.sleep(1)
            await page.goto("/scans")
    await expect(page.locator(".row.scan .tag.good")).to_be_visible(timeout=_PATIENCE)


async def _settle_by_keyboard(page: Page) -> None:
    await page.goto("/held")
    await expect(page.locator("[data-shown] h1")).to_have_text("Rechnung 4711")
    await expect(page.locator(".beside .paper img").first).to_be_visible()
    await page.keyboard.press("n")
    await page.keyboard.press("Enter")
    await expect(page.locator("text=Nothing waits")).to_be_visible(timeout=_PATIENCE)
    await page.goto("/organisations?q=Pumpen")
    await page.click("a.row:has-text('Pumpen Keller AG')")
    await expect(page.locator("main")).to_contain_text("Industriestrasse 3")
    await expect(page.locator(".entry").first).to_contain_text("Rechnung 4711")
