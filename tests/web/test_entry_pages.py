"""An entry with its reasons, what came with it, and deciding held mail."""

from datetime import timedelta

import pytest

from storage.correspondents import Organisation, OrganisationDomain, Person, Role
from storage.entries import Entry, Participant, Thread
from storage.staff import Staff
from tests.web.conftest import Browser
from tests.web.correspondence import HOSTILE, NOON, entered, firm, mail, somebody
from web.originals import safe_file_name


async def _rita() -> Staff:
    return await Staff.get(login="rita@muster.ch")


async def test_an_entry_tells_whom_it_is_with_and_why(browser: Browser):
    organisation = await firm()
    person = await somebody(organisation)
    entry = await entered(mail(), staff=await _rita(), person=person, organisation=organisation)
    text = (await browser.text(f"/entries/{entry.id}")).replace("<wbr>", "")
    assert "Hier ist die Offerte." in text
    assert f'href="/persons/{person.id}"' in text
    assert "anna@mueller.example is entered as an address of Anna Müller." in text
    assert "captured it" in text


async def test_an_entry_is_seen_with_its_organisation_and_its_person(browser: Browser):
    organisation = await firm()
    person = await somebody(organisation)
    entry = await entered(
        mail("Terminvorschlag"), staff=await _rita(), person=person, organisation=organisation
    )
    for path in (
        f"/organisations/{organisation.id}",
        f"/persons/{person.id}",
        "/",
        f"/staff/{(await _rita()).id}",
    ):
        text = await browser.text(path)
        assert "Terminvorschlag" in text
        assert f'href="/entries/{entry.id}"' in text


async def test_filters_leave_out_what_does_not_fit(browser: Browser):
    organisation = await firm()
    await entered(mail("Terminvorschlag"), staff=await _rita(), organisation=organisation)
    path = f"/organisations/{organisation.id}"
    assert "Terminvorschlag" in await browser.text(
        f"{path}?direction=incoming&since=2026-03-03&until=2026-03-03"
    )
    assert "Nothing fits these filters" in await browser.text(f"{path}?direction=outgoing")
    assert "Nothing fits these filters" in await browser.text(f"{path}?until=2026-03-02")
    assert "Terminvorschlag" in await browser.text(f"{path}?text=terminvor")
    assert "This is no date" in await browser.text(f"{path}?since=soon")


async def test_an_attachment_is_kept_and_never_shown_as_a_page(browser: Browser):
    entry = await entered(mail(attachment=b"%PDF-1.4 ..."), staff=await _rita())
    response = await browser.get(f"/entries/{entry.id}/attachments/1")
    assert await response.read() == b"%PDF-1.4 ..."
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == (
        "attachment; filename=\"Offerte fur Sie.pdf\"; filename*=UTF-8''Offerte%20f%C3%BCr%20Sie.pdf"
    )
    assert response.headers["Content-Security-Policy"].startswith("sandbox;")
    assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_dangerous_attachments_are_only_octets(browser: Browser):
    raw = next(path for path in HOSTILE if path.stem == "headers").read_bytes()
    entry = await entered(raw, staff=await _rita())
    types, names = set(), []
    for number in (1, 2, 3):
        path = f"/entries/{entry.id}/attachments/{number}"
        response = await browser.get(path)
        if response.status == 303:
            response = await browser.post(path)
        types.add(response.headers["Content-Type"])
        names.append(response.content_disposition.filename if response.content_disposition else "")
        assert "X-Evil" not in response.headers
        assert "Set-Cookie" not in response.headers
    assert types == {"application/octet-stream"}
    assert not any(set(name or "") & set('/\\<>"\r\n\u202e') for name in names)


async def test_the_original_is_the_very_same_octets(browser: Browser):
    raw = mail(attachment=bytes(range(256)) * 9000)
    entry = await entered(raw, staff=await _rita())
    response = await browser.get(f"/entries/{entry.id}/raw")
    assert await response.read() == raw
    assert response.headers["Content-Disposition"].startswith("attachment;")


async def test_html_is_shown_in_a_frame_without_rights(browser: Browser):
    html = '<p>Guten Tag</p><script>1</script><img src="https://tracker.example/p.gif">'
    entry = await entered(mail(html=html), staff=await _rita())
    text = await browser.text(f"/entries/{entry.id}?view=html")
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in text
    response = await browser.get(f"/entries/{entry.id}/html")
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'")
    assert "tracker.example" not in await response.text()
    asked = await browser.get(f"/entries/{entry.id}/html?images=1")
    assert "tracker.example" in await asked.text()
    assert "img-src data: http: https:" in asked.headers["Content-Security-Policy"]


async def test_html_that_nests_without_end_is_shown_as_text(browser: Browser):
    entry = await entered(mail(html="<div>" * 50_000 + "deep"), staff=await _rita())
    text = await (await browser.get(f"/entries/{entry.id}/html")).text()
    assert "Hier ist die Offerte." in text
    assert "<pre>" in text


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\evil.exe", "evil.exe"),
        ('a"\r\nX-Evil: 1.pdf', "a_X-Evil_ 1.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("", "attachment"),
        ("...", "attachment"),
        ("x" * 400 + ".pdf", "x" * 130 + ".pdf"),
    ],
)
def test_names_of_files_are_made_safe(name: str, safe: str):
    assert safe_file_name(name) == safe


async def test_neighbours_in_a_conversation_lead_to_each_other(browser: Browser):
    thread, staff = await Thread.create(), await _rita()
    one, two, three = [
        await entered(mail(f"Nr. {n}"), staff=staff, thread=thread, at=NOON + timedelta(days=n))
        for n in (1, 2, 3)
    ]
    text = await browser.text(f"/entries/{two.id}")
    assert f'href="/entries/{one.id}"' in text
    assert f'href="/entries/{three.id}"' in text
    assert "(3 entries)" in text
    assert "Nr. 1" in await browser.text(f"/threads/{thread.id}")


async def test_a_conversation_is_split_and_put_together_again(browser: Browser):
    thread, staff, organisation = await Thread.create(), await _rita(), await firm()
    one, two, three = [
        await entered(
            mail(f"Nr. {n}"),
            staff=staff,
            organisation=organisation,
            thread=thread,
            at=NOON + timedelta(days=n),
        )
        for n in (1, 2, 3)
    ]
    response = await browser.post(f"/threads/{thread.id}/split", entry=str(two.id))
    made = int(response.headers["Location"].rpartition("/")[2])
    assert made != thread.id
    assert [(await Entry.get(id=entry.id)).thread_id for entry in (one, two, three)] == [
        thread.id,
        made,
        made,
    ]
    assert f'name="other" value="{made}"' in await browser.text(f"/threads/{thread.id}")
    await browser.post(f"/threads/{thread.id}/merge", other=str(made))
    assert await Entry.filter(thread_id=thread.id).count() == 3


async def test_what_is_no_conversation_is_neither_split_nor_joined(browser: Browser):
    entry = await entered(mail(), staff=await _rita())
    assert (await browser.post("/threads/1/split", entry=str(entry.id))).status == 404
    assert (await browser.post("/threads/1/merge", other="2")).status == 404
    assert (await browser.post("/threads/1/merge", other="x")).status == 404


async def test_held_mail_is_listed_with_its_reason(browser: Browser):
    await entered(mail("Wer bin ich"), staff=await _rita(), held="unknown-address")
    text = await browser.text("/held")
    assert "Wer bin ich" in text
    assert "anna@mueller.example is not entered anywhere yet." in text
    assert "One message waits for your decision." in await browser.text("/")


async def test_held_mail_is_assigned_to_somebody_who_is_entered(browser: Browser):
    person = await somebody(await firm(), address="other@mueller.example")
    entry = await entered(mail(), staff=await _rita(), held="unknown-address")
    participant = await Participant.get(entry_id=entry.id)
    assert "Anna Müller" in await browser.text(f"/held/{entry.id}?q=mueller")
    response = await browser.post(
        f"/held/{entry.id}/decide",
        participant=str(participant.id),
        choice=f"person:{person.id}",
    )
    assert response.headers["Location"].startswith("/held?done=")
    assert "anna@mueller.example is Anna Müller." in await browser.text(response.headers["Location"])
    assert (await Participant.get(id=participant.id)).person_id == person.id
    assert (await Entry.get(id=entry.id)).held_reason is None


async def test_held_mail_is_assigned_to_a_new_person_of_a_new_organisation(browser: Browser):
    entry = await entered(mail(), staff=await _rita(), held="unknown-address")
    participant = await Participant.get(entry_id=entry.id)
    await browser.post(
        f"/held/{entry.id}/decide",
        participant=str(participant.id),
        choice="new",
        given_name="Anna",
        family_name="Müller",
        organisation="Müller & Söhne AG",
        new_organisation="yes",
        remember="yes",
    )
    person = await Person.get()
    organisation = await Organisation.get()
    assert (await Role.get()).organisation_id == organisation.id
    assert (await OrganisationDomain.get()).domain == "mueller.example"
    assert (await Participant.get(id=participant.id)).person_id == person.id


async def test_a_decision_on_nobody_is_asked_back(browser: Browser):
    entry = await entered(mail(), staff=await _rita(), held="unknown-address")
    participant = await Participant.get(entry_id=entry.id)
    path = f"/held/{entry.id}/decide"
    assert (await browser.post(path, participant=str(participant.id), choice="person:")).status == 422
    assert (await browser.post(path, participant=str(participant.id), choice="new")).status == 422
    assert (await browser.post(path, participant="9999", choice="new")).status == 404
    assert (await Entry.get(id=entry.id)).held_reason == "unknown-address"


async def test_search_finds_organisations_persons_and_entries(browser: Browser):
    organisation = await firm()
    person = await somebody(organisation)
    await entered(mail("Müller bestellt"), staff=await _rita(), person=person, organisation=organisation)
    text = await browser.text("/search?q=müller")
    assert f'href="/organisations/{organisation.id}"' in text
    assert f'href="/persons/{person.id}"' in text
    assert "Müller bestellt" in text
    assert "Nothing found" in await browser.text("/search?q=xyzzy")


async def test_held_mail_that_names_nobody_is_assigned_too(browser: Browser):
    person = await somebody(await firm())
    entry = await entered(mail("Ohne Absender"), staff=await _rita(), held="unreadable")
    await Participant.filter(entry_id=entry.id).delete()
    assert "With whom is it?" in await browser.text(f"/held/{entry.id}?q=mueller")
    path = f"/held/{entry.id}/decide"
    response = await browser.post(path, participant="", choice=f"person:{person.id}")
    assert response.headers["Location"].startswith("/held?done=")
    assert (await Participant.get(entry_id=entry.id)).person_id == person.id
    again = await browser.post(path, participant="", choice=f"person:{person.id}")
    assert again.headers["Location"] == f"/entries/{entry.id}"
