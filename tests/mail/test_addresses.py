"""Addresses, the keys they are looked up by, and whose their domains are."""

import pytest

from mail.address import Address, Mailbox
from mail.domains import is_shared, registrable


def address(text: str) -> Address:
    found = Address.parse(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "text",
    ["eva@firma.example", "Eva.Meier+x@Firma.Example", "o'brien@firma.example", '"eva meier"@firma.example',
     "zoë@bücher.example", "eva@[192.0.2.1]", "eva@[IPv6:2001:db8::1]", "a=b@firma.example", "eva@localhost"],
)  # fmt: skip
def test_an_address_is_kept_as_its_owner_writes_it(text: str) -> None:
    assert str(address(text)) == text


@pytest.mark.parametrize("text", [" eva@firma.example ", "<eva@firma.example>", "mailto:eva@firma.example"])
def test_brackets_and_mailto_are_forgiven(text: str) -> None:
    assert str(address(text)) == "eva@firma.example"


@pytest.mark.parametrize(
    "text",
    ["", "eva", "eva@", "@firma.example", "eva@.", "Eva <eva@firma.example>", "a@b@c.example", "a b@c.example",
     "eva@fir ma.example", "a\0@b.example", "a@b.example\n", "x" * 1_000 + "@firma.example"],
)  # fmt: skip
def test_what_is_no_address_is_none(text: str) -> None:
    found = Address.parse(text)
    assert found is None or str(found) == text.strip()  # a line end behind is forgiven like a blank


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Eva.Meier@Firma.Example", "eva.meier@firma.example"),
        ('"eva.meier"@firma.example', "eva.meier@firma.example"),
        (r'"eva\"x"@firma.example', 'eva"x@firma.example'),
        ("eva@bücher.example", "eva@xn--bcher-kva.example"),
        ("eva@XN--BCHER-KVA.example", "eva@xn--bcher-kva.example"),
        ("eva@bu\u0308cher.example", "eva@xn--bcher-kva.example"),
        ("ZOE\u0308@firma.example", "zoë@firma.example"),
        ("eva@firma.example.", "eva@firma.example"),
    ],
)
def test_spellings_of_one_address_have_one_key(text: str, key: str) -> None:
    assert address(text).key == key


def test_a_domain_that_the_dns_cannot_hold_still_has_a_key() -> None:
    assert address("eva@\u2f00\u0300--.example").key == address("EVA@\u2f00\u0300--.example").key


@pytest.mark.parametrize(
    ("domain", "owner"),
    [
        ("firma.ch", "firma.ch"),
        ("mail.verwaltung.firma.ch", "firma.ch"),
        ("firma.co.uk", "firma.co.uk"),
        ("post.firma.co.uk", "firma.co.uk"),
        ("xn--bcher-kva.ch", "xn--bcher-kva.ch"),
        ("gmail.com", None),
        ("gmx.ch", None),
        ("bluewin.ch", None),
        ("t-online.de", None),
        ("orange.fr", None),
        ("libero.it", None),
        ("kunde.onmicrosoft.com", None),
        ("mailinator.com", None),
        ("co.uk", None),
        ("ch", None),
        ("github.io", None),
        ("firma.github.io", "firma.github.io"),
        ("[192.0.2.1]", None),
        ("192.0.2.1", None),
        ("localhost", None),
        ("", None),
        ("x" * 300 + ".ch", None),
    ],
)
def test_a_domain_belongs_to_one_organisation_or_to_nobody(domain: str, owner: str | None) -> None:
    assert registrable(domain) == owner


def test_the_private_domain_of_an_address_is_its_organisations() -> None:
    assert address("Eva@Mail.Bücher.CH").private_domain == "xn--bcher-kva.ch"
    assert address("eva@gmx.ch").private_domain is None


def test_free_mail_is_shared_and_a_firm_is_not() -> None:
    assert is_shared("gmx.net")
    assert not is_shared("stadt-zuerich.ch")


@pytest.mark.parametrize(
    ("mailbox", "shown"),
    [
        (Mailbox("Eva", Address("eva", "firma.example"), ""), "Eva <eva@firma.example>"),
        (Mailbox("", Address("eva", "firma.example"), ""), "eva@firma.example"),
        (Mailbox("Lager", None, "Lager (unten)"), "Lager (unten)"),
    ],
)
def test_a_mailbox_shows_its_name_and_its_address(mailbox: Mailbox, shown: str) -> None:
    assert str(mailbox) == shown
