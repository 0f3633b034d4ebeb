"""What was filled in on a web site, as a mail."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mail.address import Address
from mail.enquiry import Enquiry, composed_enquiry
from mail.parse import parse

_NOW = datetime(2026, 3, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    ["anna@b.ch", '"an na"@b.ch', "müller@bücher.ch", "a@[192.0.2.1]", "o'x+y@b.ch", "ü" * 30 + "@b.ch"],
)
def test_the_author_is_who_filled_it_in_whatever_their_address(written: str):
    address = Address.parse(written)
    assert address
    mail = parse(composed_enquiry(Enquiry(address, "Änne", "Offerte", "Text"), message_id="x@y", at=_NOW))
    (author,) = mail.from_
    assert author.address
    assert (author.address.key, author.name) == (address.key, "Änne")


@settings(deadline=None)
@given(text=st.text(min_size=1, max_size=60).filter(lambda text: text.isprintable() and text.strip()))
def test_nothing_that_is_filled_in_becomes_a_field_of_its_own(text: str):
    address = Address.parse("anna@b.ch")
    assert address
    evil = f"{text}\r\nBcc: somebody@else.example\r\n\r\n{text}"
    enquiry = Enquiry(address, evil, evil, evil, [(evil, evil)])
    mail = parse(composed_enquiry(enquiry, message_id="x@y", at=_NOW))
    assert not mail.bcc
    assert not mail.to
    assert len(mail.from_) == 1
