"""What web sites send in: signed or filled in, once each, entered and matched like mail."""

import json
import re
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest

from ingest.accept import accepting
from ingest.filing import file_messages
from ingest.source import Accept
from storage.correspondents import EmailAddress
from storage.enquiries import EnquiryIntegration
from storage.entries import Direction, Entry, Participant
from storage.jobs import TableQueue
from storage.messages import Message
from tests.web.conftest import Browser, NewBrowser
from tests.web.correspondence import firm, somebody
from web import enquiry_proofs
from web.enquiry_fields import HONEYPOT, PASS
from web.enquiry_proofs import signature_of

GIVEN = {
    "name": "Anna Muster",
    "email": "anna@mueller.example",
    "message": "Bitte um eine Offerte.",
    "phone": "044 1",
}


@pytest.fixture
async def accept(database: str) -> AsyncIterator[Accept]:
    """Takes mail as the service does."""
    async with accepting(TableQueue(), on_accepted=lambda: None) as accept:
        yield accept


async def _site(administrators: Browser, **more: str) -> tuple[EnquiryIntegration, str]:
    """Return an integration that was made in the pages, and its secret."""
    response = await administrators.post("/enquiries/new", name="www.muster.ch", language="de", **more)
    text = await response.text()
    secret = re.search(r"pbs_[\w-]+", text)
    assert secret
    assert "&lt;form method" in text  # to be pasted elsewhere, no form of this page
    return await EnquiryIntegration.all().order_by("-id").first(), secret[0]  # type: ignore[return-value]


async def _signed(
    visitor: Browser, site: EnquiryIntegration, secret: str, body: bytes, at: int, **more: str
) -> Any:
    headers = {
        "X-Postbuch-Integration": site.token,
        "X-Postbuch-Timestamp": str(at),
        "X-Postbuch-Signature": signature_of(secret, str(at), body),
        "Content-Type": "application/json",
        "Origin": "https://www.muster.ch",
    }
    return await visitor.client.post("/p/enquiry", data=body, headers={**headers, **more})


async def _file() -> None:
    queue = TableQueue()
    while jobs := await queue.claim(10):
        filing = [job for job in jobs if job.payload.kind == "file-message"]
        await file_messages(filing, queue=queue, secret=b"k" * 32)
        await queue.done([job for job in jobs if job not in filing])


async def test_a_signed_enquiry_is_entered_with_whom_it_is_from_once(
    administrators: Browser, new_browser: NewBrowser
):
    person = await somebody(await firm(domain="mueller.example"), "Anna", "Muster")
    await EmailAddress.create(person=person, key="anna@mueller.example", written="anna@mueller.example")
    site, secret = await _site(administrators)
    visitor, now, body = await new_browser(), int(time.time()), json.dumps(GIVEN).encode()
    assert (await _signed(visitor, site, secret, body, now)).status == 202
    again = await _signed(visitor, site, secret, body, now)
    assert again.status == 409
    await _file()
    entry = await Entry.get()
    assert (entry.kind, entry.direction, entry.held_reason) == ("web_enquiry", Direction.INCOMING, None)
    assert "Bitte um eine Offerte." in entry.text
    assert "Telefon: 044 1" in entry.text
    assert (await Participant.get()).person_id == person.id
    assert "Web enquiry" in await administrators.text(f"/entries/{entry.id}")
    assert (await EnquiryIntegration.get()).received == 1


async def test_what_is_not_signed_just_now_by_a_site_of_ours_is_refused(
    administrators: Browser, new_browser: NewBrowser
):
    site, secret = await _site(administrators)
    visitor, now, body = await new_browser(), int(time.time()), json.dumps(GIVEN).encode()
    assert (await _signed(visitor, site, "pbs_wrong", body, now)).status == 401
    assert (await _signed(visitor, site, secret, body, now - 301)).status == 401
    assert (await _signed(visitor, site, secret, body, now + 900)).status == 401  # however slow this is
    forged = {"X-Postbuch-Timestamp": str(now - 1)}
    assert (await _signed(visitor, site, secret, body, now, **forged)).status == 401
    wrong = await _signed(visitor, site, secret, b'{"email": "no address", "message": ""}', now)
    assert wrong.status == 422
    assert {one["pointer"] for one in (await wrong.json())["errors"]} == {"/email", "/message"}
    assert (await _signed(visitor, site, secret, b"[1]", now)).status == 400
    await administrators.post(f"/enquiries/{site.id}/revoke")
    assert (await _signed(visitor, site, secret, body, now)).status == 401
    assert not await Message.all().exists()


async def test_a_pasted_form_is_sent_off_by_hand_and_taken_once(
    administrators: Browser, new_browser: NewBrowser, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(enquiry_proofs, "SHORTEST_SECONDS", 600)
    site, _ = await _site(administrators, return_to="https://www.muster.ch/danke")
    visitor, path, elsewhere = (
        await new_browser(),
        f"/p/enquiry/{site.token}",
        {"Origin": "https://www.muster.ch"},
    )
    first = await visitor.client.post(path, data=GIVEN, headers=elsewhere, allow_redirects=False)
    text = await first.text()
    assert "Bitte um eine Offerte." in text
    assert "form-action 'self' https://www.muster.ch" in first.headers["Content-Security-Policy"]
    assert not first.cookies
    given = {**GIVEN, PASS: re.search(rf'name="{PASS}" value="([^"]+)"', text)[1]}  # type: ignore[index]
    at_once = await visitor.client.post(path, data=given, allow_redirects=False)
    assert at_once.status == 200  # nobody types so fast: asked again
    monkeypatch.setattr(enquiry_proofs, "SHORTEST_SECONDS", 0)
    for _ in range(2):
        sent = await visitor.client.post(path, data=given, allow_redirects=False)
        assert (sent.status, sent.headers["Location"]) == (303, "https://www.muster.ch/danke")
    assert await Message.all().count() == 1


async def test_a_robot_is_thanked_and_nothing_is_kept(administrators: Browser, new_browser: NewBrowser):
    site, _ = await _site(administrators)
    visitor = await new_browser()
    response = await visitor.client.post(
        f"/p/enquiry/{site.token}", data={**GIVEN, HONEYPOT: "http://spam.example"}
    )
    assert "Danke" in await response.text() or "Dank" in await response.text()
    assert not await Message.all().exists()


async def test_an_enquiry_in_a_colleagues_name_commands_nothing(
    administrators: Browser, new_browser: NewBrowser
):
    site, secret = await _site(administrators)
    visitor = await new_browser()
    body = json.dumps(
        {"email": "urs@muster.ch", "message": "#anruf heute", "subject": "#anruf Muster"}
    ).encode()
    assert (await _signed(visitor, site, secret, body, int(time.time()))).status == 202
    await _file()
    entry = await Entry.get_or_none()
    assert entry is None or entry.held_reason == "no-outside-participant"


async def test_making_integrations_is_the_administrators_alone(browser: Browser):
    assert (await browser.get("/enquiries")).status == 403
    assert (await browser.post("/enquiries/new", name="x")).status == 403
