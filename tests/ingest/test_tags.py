"""A capture address with a tag, NAME+TAG@domain: mail comes to the same place, and the tag is noted."""

from ipaddress import ip_network

import pytest

import ingest.smtp
from ingest.sender import Trust
from ingest.smtp_session import SmtpSession
from storage import capturing
from storage.messages import Capture, Message
from tests.ingest.speaking import DOMAIN, MAIL, SENDER, capture_address, listening, peer


def tagged(address: str, tag: str) -> str:
    """Return an address with a tag in it."""
    return address.replace("@", f"+{tag}@")


@pytest.mark.parametrize("quick", [True, False])
async def test_the_tag_is_noted_as_a_mark(
    database: str, monkeypatch: pytest.MonkeyPatch, quick: bool
) -> None:
    if not quick:
        monkeypatch.setattr(ingest.smtp, "QuickSession", SmtpSession)
    address = await capture_address()
    async with listening() as source, peer(source.port) as speaking:
        for recipient in (address, tagged(address, "Privat"), tagged(address, "privat")):
            assert (await speaking.send(MAIL, recipient)).startswith("250 2.6.0"), recipient
    assert await Message.all().count() == 1
    captures = await Capture.all().order_by("id").select_related("capture_address")
    assert [capture.marks for capture in captures] == [[], ["privat"]]
    assert {capture.capture_address.key for capture in captures if capture.capture_address} == {address}


async def test_no_tag_opens_an_address_that_is_closed_or_none(database: str) -> None:
    address = await capture_address()
    everybodys = await capturing.everybodys(DOMAIN)
    (found,) = [one for one in (await capturing.open_addresses()).values() if one.staff_id]
    await capturing.revoke(found.id)
    refused = [tagged(address, "privat"), f"nobody+privat@{DOMAIN}", f"+privat@{DOMAIN}", tagged(address, "")]
    async with listening() as source, peer(source.port) as speaking:
        await speaking.say(f"MAIL FROM:<{SENDER}>")
        for recipient in (*refused, tagged(everybodys.key, "privat")):  # nothing shows that it is staff's
            assert (await speaking.say(f"RCPT TO:<{recipient}>")).startswith("550"), recipient
    assert await Message.all().count() == 0


async def test_the_common_address_takes_tags_too(database: str) -> None:
    await capture_address()
    everybodys = await capturing.everybodys(DOMAIN)
    trust = Trust(networks=[ip_network("127.0.0.0/8")])
    async with listening(trust=trust) as source, peer(source.port) as speaking:
        assert (await speaking.send(MAIL, tagged(everybodys.key, "privat"))).startswith("250 2.6.0")
    assert (await Capture.get()).marks == ["privat"]
