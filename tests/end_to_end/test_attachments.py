"""A mail with a PDF comes by SMTP: what stands in the PDF is found in the pages and by the API."""

import os
import re
import smtplib
from pathlib import Path

import aiohttp
import pytest
from playwright.async_api import Page

from tests.end_to_end.visitor import settle_in, visitor
from tests.ingest.files.office_files import docx, pdf, zipped
from tests.ingest.test_attachments import letter
from tests.mail.sealed import INNER, certificate, rsa_key, sealed_mail, signed_object
from tests.mail.test_file_marks import PE
from tests.running import Postbuch, running
from tests.servers.chromium import chromium

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
FILES = {
    "Offerte Wärmepumpe 2026.pdf": pdf("Modell ZX81 mit Garantie"),
    "Rechnung.pdf.exe": PE,
    "Pläne Erdgeschoss und Obergeschoss.zip": zipped({"plan/eg.dwg": "x" * 2000, "plan/og.dwg": "y" * 999}),
    "Kaufvertrag.docm": docx("Kaufvertrag", more={"word/vbaProject.bin": b"x"}),
}


async def test_a_word_in_a_pdf_finds_the_mail_it_came_with(database_url: str, tmp_path: Path) -> None:
    async with running(tmp_path / "kept", database_url=database_url) as service, chromium() as browser:
        async with visitor(browser, service) as page:
            to = await settle_in(page, service)
            send(
                service,
                to,
                letter(FILES),
                sealed_mail(signed_object(INNER, rsa_key(), certificate(rsa_key()))),
            )
            await service.settled()
            await page.goto("/search?q=zx81+garantie")
            assert "In attachment Offerte Wärmepumpe 2026.pdf" in await page.inner_text("main")
            await look_at(page, "search-in-attachment")
            await page.click("article a.subject")
            text = await page.inner_text("main")
            assert "Misleading ending" in text
            assert "With macros" in text
            await page.click("details.packed summary")
            await look_at(page, "entry-with-files")
            await page.click("text=Rechnung.pdf.exe")
            await page.wait_for_url("**/warning")
            await look_at(page, "warning")
            async with page.expect_download() as coming:
                await page.click("button.danger")
            assert Path(await (await coming.value).path()).read_bytes() == PE
            await page.goto("/search?q=Offerte+liegt+bei")
            await page.click("article a.subject >> nth=-1")
            assert "the signature fits" in await page.inner_text("main")
            await look_at(page, "signed")
            token = await new_token(page)
        await check_by_program(service, token)


def send(service: Postbuch, to: str, *mails: bytes) -> None:
    """Send mails to a capture address."""
    with smtplib.SMTP("127.0.0.1", service.smtp_port, timeout=30) as smtp:
        for raw in mails:
            smtp.sendmail("anna@muster.example", [to], raw)


async def new_token(page: Page) -> str:
    """Make a token on the account page."""
    await page.goto("/account")
    await page.fill("[name=token_name]", "Test")
    await page.click("form[action^='/account/tokens/new'] button")
    found = re.search(r"pb_[\w-]+", await page.inner_text("main"))
    assert found
    return found[0]


async def check_by_program(service: Postbuch, token: str) -> None:
    """Find the same by the API."""
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {token}"}) as program:
        api = f"{service.web_url}/api/v1"
        async with program.get(f"{api}/entries", params={"q": "zx81"}) as response:
            (row,) = (await response.json())["rows"]
        assert row["found_in"] == ["Offerte Wärmepumpe 2026.pdf"]
        async with program.get(f"{api}/entries/{row['id']}") as response:
            files = (await response.json())["attachments"]
    assert [one["dangerous"] for one in files] == [False, True, False, True]
    assert files[1]["marks"] == ["program", "double-ending"]
    assert [one["name"] for one in files[2]["packed"]] == ["plan/eg.dwg", "plan/og.dwg"]


async def look_at(page: Page, name: str) -> None:
    """Require that the page fits laptop and phone, and leave a picture if that is wanted."""
    for width in (1280, 390):
        await page.set_viewport_size({"width": width, "height": 900})
        assert await page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
        if folder := os.environ.get("SCREENSHOTS"):
            await page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
    await page.set_viewport_size({"width": 1280, "height": 900})
