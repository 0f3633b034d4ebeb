"""What waits, as a working place: decided by forms alone, several at once, undone; and what was learnt."""

import re

from history import held
from storage.correspondents import EmailAddress, Organisation, Person
from storage.entries import Entry, Participant
from storage.facts import Fact
from storage.staff import Staff
from tests.web.conftest import Browser
from tests.web.correspondence import entered, firm, mail, somebody


async def waiting(*subjects: str) -> list[Entry]:
    """Enter held mails of anna@mueller.example, by their subjects."""
    rita = await Staff.get(name="Rita Meier")
    return [await entered(mail(subject), staff=rita, held="unknown-address") for subject in subjects]


async def decide(browser: Browser, entry: Entry, choice: str, /, **fields: str) -> str:
    """Press a button of an entry's form, and return where that leads."""
    participant = await Participant.get(entry_id=entry.id)
    path = f"/held/{entry.id}/decide"
    response = await browser.post(path, participant=str(participant.id), choice=choice, **fields)
    assert response.status == 303, await response.text()
    return response.headers["Location"]


async def test_a_decision_leads_on_to_the_next_message(browser: Browser):
    first, second = await waiting("Eins", "Zwei")
    location = await decide(browser, second, "ignore", next=str(first.id))
    assert location.startswith(f"/held/{first.id}?done=")
    text = await browser.text(location)
    assert "Let go without an answer." in text
    assert "Zwei" not in text


async def test_candidates_stand_with_what_speaks_for_them(browser: Browser):
    person = await somebody(await firm(), address="other@mueller.example")
    (entry,) = await waiting("Wer")
    text = await browser.text(f"/held/{entry.id}")
    assert f'value="person:{person.id}"' in text
    assert "works where the address belongs to" in text
    assert "the domain of the address is theirs" in text


async def test_somebody_new_is_proposed_as_the_signature_has_it(browser: Browser):
    rita = await Staff.get(name="Rita Meier")
    text = "Guten Tag\n\nBitte rufen Sie an.\n\n-- \nAnna-Lena Frei\nLeiterin Einkauf\nMüller & Söhne AG\n"
    entry = await entered(mail("Neu", text=text), staff=rita, held="unknown-address")
    page = await browser.text(f"/held/{entry.id}")
    assert re.search(r'name="given_name"[^>]*value="Anna-Lena"', page)
    assert re.search(r'name="family_name"[^>]*value="Frei"', page)
    assert "Müller &amp; Söhne AG" in page


async def test_what_is_ticked_is_decided_together_and_undone_together(browser: Browser):
    person = await somebody(await firm(), address="other@mueller.example")
    first, second, third = await waiting("Eins", "Zwei", "Drei")
    await decide(browser, first, f"person:{person.id}", entry=str(second.id))
    assert [await held.waits(one.id) for one in (first, second, third)] == [False, False, True]
    assert len(await Fact.all()) == 2
    response = await browser.post("/held/undo")
    assert response.headers["Location"] == f"/held/{second.id}"
    assert [await held.waits(one.id) for one in (first, second, third)] == [True] * 3
    assert (await browser.post("/held/undo")).headers["Location"] == "/held?done=nothing"
    assert "You have decided nothing lately" in await browser.text("/held?done=nothing")


async def test_an_address_is_ignored_and_taken_back(browser: Browser):
    first, _ = await waiting("Eins", "Zwei")
    location = await decide(browser, first, "ignore-address")
    assert "anna@mueller.example is ignored from now on. One more was settled." in await browser.text(
        location
    )
    text = await browser.text("/learnt?q=anna@mue")
    assert "Address ignored" in text
    assert "Nothing learnt yet" in await browser.text("/learnt?kind=person")
    fact = await Fact.get()
    response = await browser.post(f"/learnt/{fact.id}/take-back")
    assert "2 messages wait again" in await browser.text(response.headers["Location"])
    assert (await browser.post(f"/learnt/{fact.id}/take-back")).status == 404
    assert await held.count() == 2


async def test_a_shared_address_of_a_new_organisation(browser: Browser):
    first, _ = await waiting("Eins", "Zwei")
    fields = {"organisation": "Müller AG", "new_organisation": "yes", "remember": "yes"}
    await decide(browser, first, "shared", **fields)
    organisation = await Organisation.get()
    assert (await EmailAddress.get()).organisation_id == organisation.id
    assert await Person.all().count() == 0
    assert await held.count() == 0


async def test_the_form_of_somebody_new_is_filled_from_the_message(browser: Browser):
    (entry,) = await waiting("Eins")
    await Participant.filter(entry_id=entry.id).update(name="Kunz, Berta")
    text = await browser.text(f"/held/{entry.id}")
    for value in ("Berta", "Kunz", "Mueller"):
        assert f'value="{value}"' in text
    assert 'name="new_organisation" value="yes" checked' in text


async def test_a_script_is_told_what_waits_no_more(browser: Browser):
    first, second = await waiting("Eins", "Zwei")
    participant = await Participant.get(entry_id=first.id)
    fields = {"form_token": browser.token, "participant": str(participant.id)}
    headers = browser.own_origin | {"Accept": "application/json"}
    path = f"/held/{first.id}/decide"
    wrong = await browser.client.post(path, data=fields | {"choice": "new"}, headers=headers)
    assert wrong.status == 422
    assert "Enter a given or a family name." in await wrong.text()
    for _ in range(2):
        ignoring = fields | {"choice": "ignore"}
        told = await (await browser.client.post(path, data=ignoring, headers=headers)).json()
        assert (told["gone"], told["waiting"]) == ([first.id], 1)
    undone = await (await browser.client.post("/held/undo", data=fields, headers=headers)).json()
    assert undone["entries"] == [first.id]
    pane = await browser.text(f"/held/{second.id}?pane=1")
    assert "<html" not in pane
    assert "Zwei" in pane
