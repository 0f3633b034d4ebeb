"""Mailboxes in the pages: who sees which, how each gets on, the alarm on the start page."""

import re
from pathlib import Path

import pytest

from storage.mailboxes import Mailbox, MailboxProblem, MailboxState
from storage.staff import AccessRole, Staff
from tests.web.conftest import Browser, NewBrowser, staff_member
from tests.web.mailboxes import SECRET, mailbox, silent


@pytest.fixture
async def rita(browser: Browser) -> Staff:
    """Whose browser it is."""
    return await Staff.get(login="rita@muster.ch")


async def test_everybody_sees_their_own_mailboxes_only(browser: Browser, rita: Staff, tmp_path: Path):
    other = await staff_member("Leo Frei", "leo@muster.ch")
    own = await mailbox(tmp_path, rita, "Mine")
    strange = [await mailbox(tmp_path, other, "Leo's"), await mailbox(tmp_path, None, "Shared one")]
    text = await browser.text("/mailboxes")
    assert "Mine" in text
    assert (await browser.get(f"/mailboxes/{own.id}")).status == 200
    for one in strange:
        assert one.name not in text
        assert (await browser.get(f"/mailboxes/{one.id}")).status == 404
        for act in ("pause", "resume", "remove"):
            assert (await browser.post(f"/mailboxes/{one.id}/{act}")).status == 404
    assert await Mailbox.filter(paused=False).count() == 3


async def test_administrators_see_all_mailboxes(administrators: Browser, tmp_path: Path):
    leo = await staff_member("Leo Frei", "leo@muster.ch")
    await mailbox(tmp_path, leo, "Leo's")
    await mailbox(tmp_path, None, "Shared one")
    text = await administrators.text("/mailboxes")
    assert "Leo Frei" in text
    assert "Shared one" in text


async def test_older_mail_being_taken_is_shown_with_its_progress(
    browser: Browser, rita: Staff, tmp_path: Path
):
    one = await mailbox(tmp_path, rita, state=MailboxState.RUNNING, filled=3412, to_fill=10000)
    for path in ("/mailboxes", f"/mailboxes/{one.id}"):
        text = await browser.text(path)
        assert "3,412 of 10,000 older mails are taken" in text
        assert '<progress value="3412" max="10000"' in text
        assert "filling" in text


async def test_what_is_wrong_is_told_with_what_to_do(browser: Browser, rita: Staff, tmp_path: Path):
    for problem in MailboxProblem:
        state = silent(problem, reason="it is <old>", folder="Offers & more", said="NO <b>[AUTH]</b>")
        one = await mailbox(tmp_path, rita, **state)
        text = await browser.text(f"/mailboxes/{one.id}")
        assert "Silent since 3 Nov 2026, 10:30." in text
        assert "<b>[AUTH]" not in text
        assert "NO &lt;b&gt;[AUTH]&lt;/b&gt;" in text
        assert ("it is &lt;old&gt;" in text) is (problem is MailboxProblem.CERTIFICATE)
        assert ("Offers &amp; more" in text) is (problem is MailboxProblem.FOLDER_MISSING)


async def test_a_problem_without_its_parameters_is_told_all_the_same(
    browser: Browser, rita: Staff, tmp_path: Path
):
    for problem in (MailboxProblem.CERTIFICATE, "of a later version"):
        one = await mailbox(tmp_path, rita, **silent(problem))
        assert "Silent since" in await browser.text(f"/mailboxes/{one.id}")


async def test_the_alarm_stands_on_the_start_page_of_owner_and_administrators(
    browser: Browser, rita: Staff, new_browser: NewBrowser, tmp_path: Path
):
    one = await mailbox(tmp_path, rita, "Rita's <mailbox>", **silent())
    await staff_member("Leo Frei", "leo@muster.ch")
    await staff_member("Urs Chef", "urs@muster.ch", AccessRole.ADMINISTRATOR)
    seen = {"rita@muster.ch": browser}
    for login in ("leo@muster.ch", "urs@muster.ch"):
        seen[login] = await new_browser()
        await seen[login].log_in(login)
    alarm = "The mailbox Rita&#39;s &lt;mailbox&gt; has been silent since 3 Nov 2026, 10:30."
    for login, page in seen.items():
        text = await page.text("/")
        assert (alarm in text) is (login != "leo@muster.ch"), login
        assert (f'href="/mailboxes/{one.id}"' in text) is (login != "leo@muster.ch"), login
    await Mailbox.filter(id=one.id).update(alarmed_at=None, problem="", state=MailboxState.RUNNING)
    assert alarm not in await browser.text("/")


async def test_of_many_silent_mailboxes_the_first_are_told_and_the_rest_counted(
    browser: Browser, rita: Staff, tmp_path: Path
):
    for number in range(5):
        await mailbox(tmp_path, rita, f"No. {number}", **silent())
    text = await browser.text("/")
    assert text.count("has been silent since") == 3
    assert "2 more mailboxes are silent." in text


async def test_a_mailbox_is_paused_resumed_and_removed(browser: Browser, rita: Staff, tmp_path: Path):
    one = await mailbox(tmp_path, rita, **silent())
    assert (await browser.post(f"/mailboxes/{one.id}/pause")).status == 303
    assert "has been silent" not in await browser.text("/")
    assert "paused" in await browser.text(f"/mailboxes/{one.id}")
    assert (await browser.post(f"/mailboxes/{one.id}/resume")).status == 303
    assert not (await Mailbox.get()).paused
    assert (await browser.post(f"/mailboxes/{one.id}/remove")).headers["Location"] == "/mailboxes"
    assert not await Mailbox.exists()


async def test_what_was_not_taken_is_counted(browser: Browser, rita: Staff, tmp_path: Path):
    left_out = {"too_large": 12, "not_given": 0, "of a later version": 1}
    one = await mailbox(tmp_path, rita, left_out=left_out)
    text = " ".join((await browser.text(f"/mailboxes/{one.id}")).split())
    assert "12 larger than what is taken, 1 of a later version</dd>" in text


async def test_pages_of_mailboxes_hold_no_script_and_no_style_of_their_own(
    browser: Browser, rita: Staff, tmp_path: Path
):
    one = await mailbox(tmp_path, rita, filled=1, to_fill=2)
    for path in ("", "/new", "/new?provider=gmail", f"/{one.id}", f"/{one.id}/edit"):
        text = await browser.text(f"/mailboxes{path}")
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?! src=)", text), path


async def test_no_page_shows_a_secret(administrators: Browser, tmp_path: Path):
    one = await mailbox(tmp_path, None)
    for path in ("/mailboxes", f"/mailboxes/{one.id}", f"/mailboxes/{one.id}/edit"):
        text = await administrators.text(path)
        assert SECRET not in text
        assert one.secret not in text
