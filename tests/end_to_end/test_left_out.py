"""Private mail, end to end: sent by SMTP, left out, and not to be found in any file afterwards."""

from pathlib import Path

from playwright.async_api import Browser, Page, expect

from tests.end_to_end.senders import swaks
from tests.end_to_end.visitor import ADDRESS, settle_in, visitor
from tests.running import Postbuch, running

_DATE = "Tue, 03 Mar 2026 12:00:00 +0100"
_ANNA = "anna@mueller.example"


async def _send(
    service: Postbuch, capture: str, subject: str, text: str, to: str = _ANNA, **fields: str
) -> None:
    headers = {"From": ADDRESS, "To": to, "Subject": subject, "Date": _DATE} | fields
    await swaks(service.smtp_port, "--body", text, recipient=capture, sender=ADDRESS, headers=headers)
    await service.settled()


def _stored(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file()).lower()


async def test_private_mail_is_counted_and_leaves_no_word_behind(tmp_path: Path, browser: Browser) -> None:
    async with running(tmp_path) as service, visitor(browser, service) as page:
        capture = await settle_in(page, service)
        await _send(service, capture, "Offerte", "Guten Tag", **{"Message-Id": "<o@firm.example>"})
        await _send(service, capture, "Essen #privat", "Beim Zauberberg")
        await _send(service, capture.replace("@", "+privat@"), "Segelboot", "Am Steg")
        await _send(service, capture, "Sommerfest", "Wer bringt Salat?", to="urs@firm.example")
        await page.goto("/")
        await expect(page.locator("article.entry")).to_have_count(1)
        await page.goto("/left-out/counts")
        await expect(page.locator("main")).to_contain_text("Marked as private: 2")
        await expect(page.locator("main")).to_contain_text("Only among colleagues: 1")
        # The private copy comes late: it takes the entry back.
        again = {"Message-Id": "<o@firm.example>", "Received": "by another.example"}
        await _send(service, capture.replace("@", "+privat@"), "Offerte", "Guten Tag", **again)
        assert await service.stop() == 0
        stored = _stored(tmp_path)
    for word in (b"zauberberg", b"segelboot", b"am steg", b"salat", b"sommerfest", b"o@firm.example"):
        assert word not in stored, word
    assert capture.encode() in stored
    assert not [line for line in service.log if "mueller.example" in line or "Essen" in line]


async def test_rules_are_looked_at_and_saved_and_a_mail_is_taken_back_in_the_pages(
    tmp_path: Path, browser: Browser
) -> None:
    async with running(tmp_path) as service, visitor(browser, service) as page:
        capture = await settle_in(page, service)
        await _send(service, capture, "Tennis", "Am Samstag?")
        await _set_rules(page)
        await _send(service, capture, "Sauna", "Am Sonntag?")
        await page.goto("/")
        await expect(page.locator("article.entry")).to_have_count(1)
        await page.click("text=One mail that you captured is not shown to the others yet.")
        await page.click("article.entry >> text=Sauna")
        await page.click("summary >> text=Do not keep this")
        await page.click("text=Delete it for good")
        await page.wait_for_url("**/")
        await page.goto("/quarantine")
        await expect(page.locator("main")).to_contain_text("Nothing is kept back")


async def _set_rules(page: Page) -> None:
    """Block a domain and set a quarantine, after a look at what that does."""
    await page.goto("/left-out")
    await page.fill("[name=blocked]", "mueller.example")
    await page.click("text=See what this would leave out")
    await expect(page.locator("article.entry")).to_contain_text("Tennis")
    await page.click("text=Change them")
    await page.fill("[name=blocked]", "")
    await page.fill("[name=quarantine_hours]", "24")
    await page.click("text=See what this would leave out")
    await expect(page.locator("article.entry")).to_have_count(0)
    await page.click("text=Save these rules")
    await page.wait_for_url("**/left-out")
