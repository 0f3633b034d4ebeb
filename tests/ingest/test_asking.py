"""To ask something of us, knowing a secret address is not enough: it must be shown who wrote."""

import io
from ipaddress import ip_network

import pytest

from history.own_mail import own_message_id
from ingest.asking import may_ask
from ingest.sender import Trust
from storage.messages import Capture
from tests.ingest.speaking import SENDER, capture_address, listening, peer

OURS = own_message_id(7, domain="postbuch.test", key=b"k").encode()
TRUSTED = Trust(networks=[ip_network("127.0.0.0/8")], authserv_ids=["mx.firm.example"])
FAILED = b"Authentication-Results: mx.firm.example; spf=fail; dkim=none\r\n"
PASSED = b"Authentication-Results: mx.firm.example; spf=pass smtp.mailfrom=firm.example\r\n"


@pytest.mark.parametrize(
    ("header", "asks"),
    [
        (b"Subject: #call Anna\r\n", True),
        (b"SUBJECT:\r\n  #call Anna\r\n", True),
        (b"Subject: =?utf-8?q?=23anruf_M=C3=BCller?=\r\n", True),
        (b"In-Reply-To: <" + OURS + b">\r\n", True),
        (b"References: <a@b.example>\r\n <" + OURS + b">\r\n", True),
        (b"Subject: Offer #call\r\nReferences: <a@b.example>\r\n", False),
        (b"X-Subject: #call\r\n", False),
    ],
)
def test_what_looks_as_if_it_asked(header: bytes, asks: bool) -> None:
    raw = b"From: eva@firm.example\r\n" + header + b"To: x@y.example\r\n\r\nSubject: #call\r\n"
    assert may_ask(raw) is asks
    assert may_ask(io.BytesIO(raw)) is asks


@pytest.mark.parametrize(
    ("trust", "header", "authentic"),
    [
        (TRUSTED, b"Subject: #call\r\n" + PASSED, True),
        (TRUSTED, b"Subject: #call\r\n" + FAILED, False),
        (TRUSTED, b"Subject: Offer\r\n" + FAILED, True),
        (Trust(networks=[ip_network("127.0.0.0/8")]), b"Subject: #call\r\n", True),
        (Trust(), b"Subject: #call\r\n", False),
    ],
)
async def test_a_mail_that_asks_must_be_shown_to_be_from_its_author(
    database: str, trust: Trust, header: bytes, authentic: bool
) -> None:
    address = await capture_address()
    mail = b"From: " + SENDER.encode() + b"\r\n" + header + b"\r\nText\r\n"
    async with listening(trust=trust) as source, peer(source.port) as speaking:
        assert (await speaking.send(mail, address)).startswith("250 ")
    assert (await Capture.get()).authenticated is authentic
