"""What Postbuch is for: the capture address in BCC, and the mail is in the history of whom it is with."""

from pathlib import Path

from playwright.async_api import Browser, Page, expect

from tests.end_to_end.senders import neomutt, swaks
from tests.end_to_end.visitor import ADDRESS, enter_organisation, enter_person, settle_in, visitor
from tests.running import running
from tests.servers import postfix

_ANNA = "anna@mueller.example"


async def test_a_mail_sent_with_swaks_is_seen_under_person_and_organisation(
    tmp_path: Path, browser: Browser
) -> None:
    async with running(tmp_path) as service, visitor(browser, service) as page:
        capture = await settle_in(page, service)
        firm, anna = await _enter_anna(page)
        await swaks(
            service.smtp_port,
            *("--body", "Guten Tag\n\nHier ist die Offerte."),
            recipient=capture,
            sender=ADDRESS,
            headers={"From": ADDRESS, "To": f"Anna Müller <{_ANNA}>", "Subject": "Offerte für Sie"},
        )
        await service.settled()
        await _require_seen(page, firm, anna, subject="Offerte für Sie", text="Hier ist die Offerte.")


async def test_a_mail_sent_with_neomutt_by_a_relay_is_seen_and_hides_its_bcc(
    tmp_path: Path, browser: Browser
) -> None:
    """The whole way: mail client, the firm's mail server, Postbuch, browser."""
    async with running(tmp_path) as service, visitor(browser, service) as page:
        capture = await settle_in(page, service)
        firm, anna = await _enter_anna(page)
        routes = {"postbuch.localhost": f"smtp:[127.0.0.1]:{service.smtp_port}"}
        with postfix.smtpd(**routes) as relay:
            await neomutt(
                tmp_path,
                relay,
                sender=ADDRESS,
                to=_ANNA,
                bcc=capture,
                subject="Können Sie am Dienstag?",
                text="Grüße aus Zürich\n",
            )
            await _until_there_is_an_entry(page, firm)
        await service.settled()
        await _require_seen(page, firm, anna, subject="Können Sie am Dienstag?", text="Grüße aus Zürich")
        # Whoever sees the entry must not learn where to put mail into the history in Eva's name.
        assert capture.split("@", maxsplit=1)[0] not in await page.content()


async def test_an_answer_that_was_redirected_stands_in_the_same_thread(
    tmp_path: Path, browser: Browser
) -> None:
    async with running(tmp_path) as service, visitor(browser, service) as page:
        capture = await settle_in(page, service)
        firm, _ = await _enter_anna(page)
        question = {"From": ADDRESS, "To": _ANNA, "Subject": "Offerte", "Message-Id": "<q@firm.example>"}
        answer = {"From": _ANNA, "To": ADDRESS, "Subject": "AW: Offerte", "In-Reply-To": "<q@firm.example>"}
        for headers in (question, answer):
            await swaks(service.smtp_port, recipient=capture, sender=ADDRESS, headers=headers)
            await service.settled()
        await page.goto(firm)
        await expect(page.locator("article.entry")).to_have_count(2)
        await page.click("article.entry >> text=AW: Offerte")
        await expect(page.locator("main")).to_contain_text(_ANNA)
        await page.click("main a[href^='/threads/']")
        await expect(page.locator("article.entry")).to_have_count(2)


async def _enter_anna(page: Page) -> tuple[str, str]:
    """Enter an organisation and a person, and return the paths of their pages."""
    firm = await enter_organisation(page, "Müller & Söhne", domain="mueller.example")
    anna = await enter_person(page, "Anna", "Müller", address=_ANNA, works_at="Müller & Söhne")
    return firm, anna


async def _until_there_is_an_entry(page: Page, path: str) -> None:
    for _ in range(120):
        await page.goto(path)
        if await page.locator("article.entry").count():
            return
        await page.wait_for_timeout(250)
    raise AssertionError("nothing came")


async def _require_seen(page: Page, firm: str, anna: str, *, subject: str, text: str) -> None:
    """The entry stands under both, says why, and shows the mail."""
    await page.goto(firm)
    await expect(page.locator("article.entry")).to_have_count(1)
    await page.goto(anna)
    await expect(page.locator("article.entry")).to_have_count(1)
    await page.click(f"article.entry >> text={subject}")
    assert await page.inner_text("h1") == subject
    main = page.locator("main")
    await expect(main).to_contain_text(text)
    await expect(main).to_contain_text("is entered as an address of Anna Müller")
    await expect(main.locator("a[href^='/persons/']").first).to_contain_text("Anna Müller")
    await expect(main.locator("a[href^='/organisations/']").first).to_contain_text("Müller & Söhne")
