"""Whether the author's domain really sent a mail: what our server found, and signatures that hold."""

import base64
from functools import cache

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from mail.address import Address
from mail.authentication import LookUpText, aligned, dkim_pass_domains, reported
from mail.parse import parse
from tests.mail.letters import letter

AUTHOR = Address("eva", "firma.example")
PASSED = "mx.our.example; spf=pass smtp.mailfrom=eva@firma.example; dkim=pass header.d=Mail.Firma.Example; dmarc=fail"
FORGED = "mx.our.example; dkim=pass header.d=bank.example"


@cache
def key(bits: int = 2048) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def signed(raw: bytes, domain: bytes = b"firma.example", *, length: bool = False) -> bytes:
    pem = key().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    signature = dkim.sign(raw, b"s1", domain, pem, include_headers=[b"From", b"Date"], length=length)
    assert isinstance(signature, bytes)
    return signature + raw


def published(domain: str = "firma.example") -> LookUpText:
    public = key().public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )  # fmt: skip
    record = b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)
    return {f"s1._domainkey.{domain}.": record}.get


def test_what_our_own_server_found_counts() -> None:
    assert reported([PASSED], ["mx.our.example"]) == frozenset({"firma.example", "mail.firma.example"})


def test_what_another_server_claims_does_not_count() -> None:
    assert reported([PASSED], ["mx.other.example"]) is None
    assert reported([], ["mx.our.example"]) is None


def test_only_the_topmost_field_of_our_server_counts() -> None:
    assert reported([PASSED, FORGED], ["MX.our.example"]) == frozenset(
        {"firma.example", "mail.firma.example"}
    )


def test_a_field_that_cannot_be_read_is_passed_over() -> None:
    assert reported([";;=", "mx.our.example; none", FORGED], ["mx.our.example"]) == frozenset()


def test_the_fields_of_a_mail_come_topmost_first() -> None:
    raw = (
        b"Authentication-Results: "
        + PASSED.encode()
        + b"\r\n"
        + letter(b"", b"Authentication-Results: forged")
    )
    assert parse(raw).authentication_results == (PASSED, "forged")


@pytest.mark.parametrize(
    ("passed", "vouched"),
    [
        ({"firma.example"}, True),
        ({"mail.firma.example"}, True),
        ({"FIRMA.example."}, True),
        ({"andere.example"}, False),
        ({"example"}, False),
        (set(), False),
    ],
)
def test_a_domain_vouches_for_authors_of_the_same_owner(passed: set[str], vouched: bool) -> None:
    assert aligned(AUTHOR, passed) is vouched


def test_customers_of_one_hoster_do_not_vouch_for_each_other() -> None:
    assert not aligned(Address("a", "kunde.github.io"), {"other.github.io"})
    assert aligned(Address("a", "gmail.com"), {"gmail.com"})


def test_a_signature_that_holds_names_its_domain() -> None:
    assert dkim_pass_domains(signed(letter()), published()) == {"firma.example"}


def test_a_changed_mail_has_no_signature_that_holds() -> None:
    raw = signed(letter(b"Zahlen Sie 100.\r\n")).replace(b"100", b"900")
    assert dkim_pass_domains(raw, published()) == frozenset()


def test_a_key_that_is_not_published_vouches_for_nothing() -> None:
    assert dkim_pass_domains(signed(letter()), published("andere.example")) == frozenset()


def test_a_signature_of_a_part_of_the_body_vouches_for_nothing() -> None:
    assert dkim_pass_domains(signed(letter(), length=True), published()) == frozenset()


def test_one_broken_signature_does_not_spoil_another() -> None:
    raw = b"DKIM-Signature: v=1; a=rsa-sha256; d=x; nonsense\r\n" + signed(letter())
    assert dkim_pass_domains(raw, published()) == {"firma.example"}


def test_no_more_than_a_few_signatures_are_looked_up() -> None:
    asked: list[str] = []
    raw = letter()
    for number in range(12):
        raw = signed(raw, b"d%d.example" % number)

    def look_up(name: str) -> bytes | None:
        asked.append(name)
        return None

    dkim_pass_domains(raw, look_up)
    assert 0 < len(asked) <= 5


@pytest.mark.parametrize(
    "raw",
    [b"", b"\0", b"no header", b"DKIM-Signature: \r\n\r\n", b"DKIM-Signature: v=1; d=\xff; b=@; h=from\r\n\r\n",
     b"DKIM-Signature: v=1; a=rsa-sha256; c=x/y; d=a; s=b; h=from; bh=eA==; b=eA==\r\nFrom: a@b\r\n\r\n", b":\r\n\r\n"],
)  # fmt: skip
def test_signatures_without_sense_are_none(raw: bytes) -> None:
    assert dkim_pass_domains(raw, lambda _: b"v=DKIM1; p=AAAA") == frozenset()
