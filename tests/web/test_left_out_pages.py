"""What is left out, in the pages: rules looked at before they are saved, counts, quarantine, taking back."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from storage import leaving_out
from storage.audit import Change
from storage.blobs import BlobPart
from storage.entries import Entry, EntryStaff, StaffPart, Thread
from storage.leaving_out import LeavingOut, LeftOutCount, LeftOutReason, SensitivityRule
from storage.messages import Message
from storage.staff import AccessRole, Staff
from tests.web.conftest import Browser, NewBrowser, staff_member
from tests.web.correspondence import entered, mail

AS_IT_IS = {"among_staff": "yes", "private_words": "privat", "sensitivity": "none", "quarantine_hours": "0"}
_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


async def captured(login: str = "rita@muster.ch", subject: str = "Offerte") -> Entry:
    """Enter a mail of anna@mueller.example that somebody captured."""
    return await entered(mail(subject), staff=await Staff.get(login=login))


async def hidden_for_a_day(entry: Entry) -> None:
    """Put an entry in quarantine."""
    await Entry.filter(id=entry.id).update(visible_from=datetime.now(UTC) + timedelta(hours=24))


async def test_the_rules_are_shown_as_they_hold(administrators: Browser):
    text = await administrators.text("/left-out")
    assert 'name="among_staff" value="yes" checked' in text
    assert re.search(
        r"<textarea[^>]*>\s*privat\nprivate\npriv\N{LATIN SMALL LETTER E WITH ACUTE}\nprivato</textarea>",
        text,
    )


async def test_a_preview_names_what_would_not_be_there_and_changes_nothing(administrators: Browser):
    kept = await captured("urs@muster.ch", "Offerte")
    private = await captured("urs@muster.ch", "Essen #geheim & mehr")
    response = await administrators.post("/left-out/preview", **AS_IT_IS | {"private_words": "#Geheim"})
    text = await response.text()
    assert response.status == 200
    assert "Of the last 2 messages that are kept, these rules would have left out 1." in text
    assert f'href="/entries/{private.id}">Essen #geheim &amp; mehr</a>' in text
    assert f'href="/entries/{kept.id}"' not in text
    assert "anna@mueller.example" in text
    assert "Marked as private" in text
    assert await leaving_out.rules() == LeavingOut()
    assert (await Entry.all().count(), await LeftOutCount.all().count()) == (2, 0)


async def test_what_was_looked_at_is_saved(administrators: Browser):
    filled_in = AS_IT_IS | {
        "private_words": "geheim\r\n#Très privé, geheim",
        "sensitivity": "confidential",
        "blocked": "Anna@MÜLLER.example\r\n\r\n*.holz.example, @Börse.example",
        "quarantine_hours": "24",
    }
    shown = await (await administrators.post("/left-out/preview", **filled_in)).text()
    fields = {name: value for name, value in _HIDDEN.findall(shown) if name != "form_token"}
    response = await administrators.post("/left-out", **fields)
    assert response.headers["Location"] == "/left-out"
    assert await leaving_out.rules() == LeavingOut(
        among_staff=True,
        private_words=("geheim", "Très privé"),
        sensitivity=SensitivityRule.CONFIDENTIAL,
        blocked=("anna@xn--mller-kva.example", "holz.example", "xn--brse-5qa.example"),
        quarantine_hours=24,
    )
    change = await Change.get(subject="left_out_rules")
    assert (change.staff_id, change.after["quarantine_hours"]) == ((await Staff.get()).id, 24)
    assert 'value="24"' in await administrators.text("/left-out")


async def test_after_a_preview_the_rules_can_be_changed_further(administrators: Browser):
    response = await administrators.post("/left-out/change", **AS_IT_IS | {"private_words": "geheim\nheikel"})
    assert "geheim\nheikel</textarea>" in await response.text()
    assert await leaving_out.rules() == LeavingOut()


async def test_wrong_rules_are_told_beside_their_fields(administrators: Browser):
    wrong = [
        ("blocked", "muster.ch\nnobody", "nobody is neither an e-mail address nor a domain."),
        ("blocked", "a@b@c.ch", "a@b@c.ch is neither an e-mail address nor a domain."),
        ("blocked", "\n".join(f"a{n}.ch" for n in range(1001)), "These may be 1000 at most."),
        ("private_words", "x" * 51, "A word may have 50 characters at most."),
        ("private_words", "\n".join(f"w{n}" for n in range(51)), "These may be 50 at most."),
        ("quarantine_hours", "-1", "Write a number of hours from 0 to 720."),
        ("quarantine_hours", "721", "Write a number of hours from 0 to 720."),
    ]
    for path in ("/left-out/preview", "/left-out"):
        for name, value, told in wrong:
            response = await administrators.post(path, **AS_IT_IS | {name: value})
            assert response.status == 422, value
            assert told in await response.text(), value
    assert await leaving_out.rules() == LeavingOut()


async def test_counts_are_shown_by_month_and_rule(administrators: Browser):
    assert "Nothing was left out" in await administrators.text("/left-out/counts")
    for day, number in (("2026-03-03", 2), ("2026-03-04", 1200), ("2026-02-01", 1)):
        await LeftOutCount.create(day=day, rule=LeftOutReason.MARKED_PRIVATE, number=number)
    text = await administrators.text("/left-out/counts")
    assert text.index("March 2026") < text.index("Marked as private: 1,202") < text.index("February 2026")


async def test_who_captured_a_mail_takes_it_back(browser: Browser):
    entry = await captured()
    assert f'action="/entries/{entry.id}/take-back"' in await browser.text(f"/entries/{entry.id}")
    response = await browser.post(f"/entries/{entry.id}/take-back")
    assert (response.status, response.headers["Location"]) == (303, "/")
    for table in (Entry, Message, BlobPart, EntryStaff):
        assert await table.all().count() == 0
    assert (await browser.get(f"/entries/{entry.id}")).status == 404
    assert (await browser.post(f"/entries/{entry.id}/take-back")).status == 404


async def test_a_look_takes_nothing_back(browser: Browser):
    entry = await captured()
    assert (await browser.get(f"/entries/{entry.id}/take-back")).status in {404, 405}
    assert await Entry.exists(id=entry.id)


async def test_what_others_captured_too_only_the_author_or_an_administrator_takes_back(
    browser: Browser, administrators: Browser, new_browser: NewBrowser
):
    entry = await captured()
    leo = await staff_member("Leo Leser", "leo@muster.ch", AccessRole.READER)
    await EntryStaff.create(entry=entry, staff=leo, part=StaffPart.CAPTURED, at=entry.at)
    page = f"/entries/{entry.id}"
    assert "take-back" not in await browser.text(page)
    assert (await browser.post(f"{page}/take-back")).status == 403
    assert await Entry.exists(id=entry.id)
    assert "take-back" in await administrators.text(page)
    await EntryStaff.create(entry=entry, staff=leo, part=StaffPart.AUTHOR, at=entry.at)
    readers = await new_browser()
    await readers.log_in("leo@muster.ch")
    assert (await readers.post(f"{page}/take-back")).status == 303
    assert not await Entry.exists(id=entry.id)


async def test_who_did_not_capture_it_cannot_take_it_back(browser: Browser):
    await staff_member("Urs Frei", "frei@muster.ch")
    entry = await captured("frei@muster.ch")
    assert (await browser.post(f"/entries/{entry.id}/take-back")).status == 403


async def test_in_quarantine_a_mail_is_nowhere_but_with_who_captured_it(
    browser: Browser, administrators: Browser, new_browser: NewBrowser
):
    entry = await captured(subject="Sehr geheim")
    message = await Message.get()
    await hidden_for_a_day(entry)
    rita = await Staff.get(login="rita@muster.ch")
    for path in ("/", "/search?q=geheim", f"/staff/{rita.id}", "/held", "/quarantine"):
        assert "Sehr geheim" not in await administrators.text(path), path
    entry_pages = [f"/entries/{entry.id}{end}" for end in ("", "/raw", "/html", "/attachments/1")]
    for path in (*entry_pages, f"/held/{entry.id}"):
        assert (await administrators.get(path)).status == 404, path
    for path in (f"/entries/{entry.id}/take-back", f"/held/{entry.id}/decide"):
        assert (await administrators.post(path)).status == 404, path
    split: dict[str, Any] = {"entry": str(entry.id)}
    assert (await administrators.post("/threads/1/split", **split)).status == 404
    assert "One mail that you captured is not shown to the others yet." in await browser.text("/")
    assert "Sehr geheim" in await browser.text("/quarantine")
    own = await browser.text(f"/entries/{entry.id}")
    assert "only those who captured this mail see it" in own
    assert f'action="/entries/{entry.id}/take-back"' in own
    assert (await browser.get(f"/entries/{entry.id}/raw")).status == 200
    assert await Message.exists(id=message.id)


async def test_a_preview_shows_nothing_that_is_in_quarantine(administrators: Browser, browser: Browser):
    await hidden_for_a_day(await captured(subject="Essen #privat"))
    text = await (await administrators.post("/left-out/preview", **AS_IT_IS)).text()
    assert "No message has come yet." in text
    assert "Essen" not in text


async def test_a_conversation_that_nobody_sees_yet_has_no_link(browser: Browser):
    thread = await Thread.create()
    entry = await entered(mail(), staff=await Staff.get(), thread=thread)
    page = f"/entries/{entry.id}"
    assert f'href="/threads/{thread.id}"' in await browser.text(page)
    await hidden_for_a_day(entry)
    assert f'href="/threads/{thread.id}"' not in await browser.text(page)
