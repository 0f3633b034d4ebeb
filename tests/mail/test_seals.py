"""Signed mail is read and told of, encrypted mail is kept and told of."""

import time

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from mail.as_json import as_json
from mail.message import DefectCode, Security, SecurityStandard, SignatureVerdict
from mail.parse import attachment_content, parse
from tests.mail.sealed import (
    INNER,
    OUTER,
    Key,
    certificate,
    encrypted_object,
    in_pieces,
    rsa_key,
    sealed_mail,
    signed_apart,
    signed_object,
)

FITS, DOES_NOT_FIT, NOT_CHECKED = SignatureVerdict


def _verdict(raw: bytes) -> SignatureVerdict | None:
    security = parse(raw).security
    return security.signature.verdict if security and security.signature else None


def _signer(raw: bytes) -> tuple[str, str]:
    security = parse(raw).security
    assert security
    assert security.signature
    return security.signature.name, str(security.signature.address)


def keys() -> list[Key]:
    return [rsa_key(), ec.generate_private_key(ec.SECP256R1())]


@pytest.mark.parametrize("key", keys(), ids=["rsa", "ec"])
def test_what_is_packed_in_its_signature_is_read_as_any_mail(key: Key) -> None:
    raw = sealed_mail(signed_object(INNER, key, certificate(key)))
    message = parse(raw)
    assert (message.subject, message.text) == ("Offerte", "Die Offerte liegt bei.")
    assert message.attachments == ()
    assert message.message_id == "s1@muster.example"
    assert _verdict(raw) is FITS
    assert _signer(raw) == ("Anna Muster", "anna@muster.example")


def test_what_is_packed_in_pieces_is_read_too() -> None:
    cms = in_pieces(signed_object(INNER, rsa_key(), certificate(rsa_key())), INNER)
    raw = sealed_mail(cms)
    assert parse(raw).text == "Die Offerte liegt bei."
    assert _verdict(raw) is FITS


def test_attachments_in_a_signature_are_those_of_the_mail() -> None:
    inner = (
        b"Content-Type: multipart/mixed; boundary=i\r\n\r\n--i\r\n\r\nText\r\n--i\r\n"
        b"Content-Type: application/pdf; name=a.pdf\r\n\r\n%PDF-1.4\r\n--i--\r\n"
    )
    raw = sealed_mail(signed_object(inner, rsa_key(), certificate(rsa_key())))
    (file,) = parse(raw).attachments
    assert (file.name, file.type) == ("a.pdf", "application/pdf")
    assert attachment_content(raw, 1) == b"%PDF-1.4"


def test_a_signature_apart_fits_also_when_line_ends_were_changed_on_the_way() -> None:
    raw = signed_apart(INNER, signed_object(INNER, rsa_key(), certificate(rsa_key()), apart=True))
    assert _verdict(raw) is FITS
    assert _verdict(raw.replace(b"\r\n", b"\n")) is FITS
    assert parse(raw).text == "Die Offerte liegt bei."


def test_a_changed_content_does_not_fit_its_signature() -> None:
    raw = signed_apart(INNER, signed_object(INNER, rsa_key(), certificate(rsa_key()), apart=True))
    assert _verdict(raw.replace(b"liegt bei", b"liegt vor")) is DOES_NOT_FIT


def test_a_signature_of_another_key_does_not_fit() -> None:
    cms = signed_object(INNER, rsa_key(), certificate(rsa_key()))
    value = cms[-32:]
    assert _verdict(sealed_mail(cms[:-32] + bytes(32 * [value[0] ^ 1]))) is DOES_NOT_FIT


def test_signed_twice_is_opened_twice() -> None:
    inner = sealed_mail(signed_object(INNER, rsa_key(), certificate(rsa_key()))).removeprefix(OUTER)
    other = certificate(rsa_key(), name="Beat Holz", address="beat@holz.example")
    raw = sealed_mail(signed_object(inner, rsa_key(), other))
    assert parse(raw).text == "Die Offerte liegt bei."
    assert _signer(raw) == ("Beat Holz", "beat@holz.example")


def test_encrypted_mail_is_kept_and_told() -> None:
    raw = sealed_mail(encrypted_object(INNER), "enveloped-data")
    message = parse(raw)
    assert message.security == Security(SecurityStandard.SMIME, encrypted=True)
    assert [file.name for file in message.attachments] == ["smime.p7m"]
    assert message.subject == "Offerte"


def test_encrypted_within_a_signature_is_both() -> None:
    inner = sealed_mail(encrypted_object(INNER), "enveloped-data").removeprefix(OUTER)
    raw = sealed_mail(signed_object(inner, rsa_key(), certificate(rsa_key())))
    security = parse(raw).security
    assert security
    assert (security.encrypted, _verdict(raw)) == (True, FITS)


PGP_SIGNED = """--b\r\n\r\nText\r\n--b
Content-Type: application/pgp-signature\r\n\r\n-----BEGIN PGP SIGNATURE-----\r\n--b--"""
PGP_ENCRYPTED = """--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b
Content-Type: application/octet-stream\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n--b--"""


@pytest.mark.parametrize(
    ("type_", "body", "encrypted"),
    [
        ("multipart/signed; protocol=application/pgp-signature; boundary=b", PGP_SIGNED, False),
        ("multipart/encrypted; protocol=application/pgp-encrypted; boundary=b", PGP_ENCRYPTED, True),
        ("text/plain", "-----BEGIN PGP MESSAGE-----\r\n\r\nhQEM\r\n-----END PGP MESSAGE-----\r\n", True),
        ("text/plain", "-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA256\r\n\r\nText\r\n", False),
    ],
)
def test_pgp_is_told_and_not_checked(type_: str, body: str, encrypted: bool) -> None:
    raw = OUTER + f"Content-Type: {type_}\r\n\r\n{body}".encode()
    security = parse(raw).security
    assert security
    assert (security.standard, security.encrypted) == (SecurityStandard.PGP, encrypted)
    assert _verdict(raw) is (None if encrypted else NOT_CHECKED)


def test_a_mail_that_only_speaks_of_pgp_is_neither() -> None:
    raw = OUTER + b"\r\nWie ging das: -----BEGIN PGP MESSAGE----- ?\r\n"
    assert parse(raw).security is None


@pytest.mark.parametrize("cut", [0, 1, 5, 40, 300, 900])
def test_a_broken_object_is_an_attachment_and_a_defect(cut: int) -> None:
    raw = sealed_mail(signed_object(INNER, rsa_key(), certificate(rsa_key()))[:cut])
    message = parse(raw)
    assert DefectCode.SMIME_UNREADABLE in [defect.code for defect in message.defects]
    assert [file.name for file in message.attachments] == ["smime.p7m"]


@pytest.mark.parametrize(
    "bomb",
    [b"\x30\x80" * 1_000_000, b"\x30\x80" + b"\x05\x00" * 1_000_000, b"\x24\x82\xff\xff" * 100_000],
    ids=["deep", "wide", "strings"],
)
def test_objects_made_to_exhaust_are_broken(bomb: bytes) -> None:
    raw = sealed_mail(bomb)
    started = time.process_time()
    assert parse(raw).security is None
    assert time.process_time() - started < 2


def test_the_json_tells_who_signed() -> None:
    raw = sealed_mail(signed_object(INNER, rsa_key(), certificate(rsa_key())))
    assert as_json(parse(raw))["security"] == {
        "standard": "smime",
        "encrypted": False,
        "signature": "fits",
        "signer": {"name": "Anna Muster", "address": "anna@muster.example"},
    }
