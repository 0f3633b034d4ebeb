"""Who signed this, and does the signature fit?  The Cryptographic Message Syntax (RFC 5652, RFC 8551).

A signature that fits tells that the content is as the owner of the key signed it.  Whether
the certificate was issued by somebody whom one trusts is not checked here.
"""

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mail.address import Address
from mail.asn1 import INTEGER, OCTETS, OCTETS_IN_PIECES, OID, SEQUENCE, SET, BrokenAsn1, Node, node_at
from mail.message import Signature, SignatureVerdict

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.hashes import HashAlgorithm
    from cryptography.x509 import Certificate

_SIGNED = "1.2.840.113549.1.7.2"
_ENCRYPTED = frozenset(("1.2.840.113549.1.7.3", "1.2.840.113549.1.9.16.1.23"))
_MESSAGE_DIGEST, _PSS = "1.2.840.113549.1.9.4", "1.2.840.113549.1.1.10"
# MD5 and SHA-1 are none: others can make a second content that has the same.
_DIGESTS = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
_MOST_CERTIFICATES = 20
_FIRST, _SECOND = 0xA0, 0xA1
_KEY_ID = 0x80
_NOT_CHECKED = Signature(SignatureVerdict.NOT_CHECKED)


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a CMS object is: encrypted, or signed with *content* inside; without one it is signed apart."""

    encrypted: bool = False
    content: bytes | None = None
    signed: Node | None = None


def read_sealed(octets: bytes) -> Sealed | None:
    """Return what a CMS object is; None if it is neither signed nor encrypted, or broken."""
    try:
        outer = node_at(octets, 0, len(octets))
        kind = outer.first(OID).oid()
        if kind in _ENCRYPTED:
            return Sealed(encrypted=True)
        if kind != _SIGNED:
            return None
        signed = outer.first(_FIRST).first(SEQUENCE)
        return Sealed(content=_content(signed), signed=signed)
    except BrokenAsn1:
        return None


def signature_of(signed: Node, content: bytes) -> Signature:
    """Return who signed *content*, and whether that signature fits."""
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - only who gets such a mail pays for it

    try:
        signer = list(signed.children())[-1].first(SEQUENCE)
        certificate = _certificate(signed, signer)
        if certificate is None:
            return _NOT_CHECKED
        name, address = _owner(certificate)
        return Signature(_verdict(signer, certificate, content), name, address)
    except (BrokenAsn1, UnsupportedAlgorithm, ValueError, IndexError):
        return _NOT_CHECKED


def _content(signed: Node) -> bytes | None:
    inside = [child for child in signed.children() if child.tag == SEQUENCE][0:1]
    if not inside:
        raise BrokenAsn1("no content")
    for child in inside[0].children():
        if child.tag == _FIRST:
            string = next(child.children(), None)
            return string.string() if string and string.tag in {OCTETS, OCTETS_IN_PIECES} else None
    return None


def _certificate(signed: Node, signer: Node) -> "Certificate | None":
    """Return the certificate among those enclosed that the signer names."""
    from cryptography.x509 import load_der_x509_certificate  # noqa: PLC0415

    enclosed = next((child for child in signed.children() if child.tag == _FIRST), None)
    named = list(signer.children())[1]
    for number, node in enumerate(enclosed.children() if enclosed else ()):
        if node.tag == SEQUENCE and number < _MOST_CERTIFICATES:
            certificate = load_der_x509_certificate(node.whole)
            if _is_named(certificate, named):
                return certificate
    return None


def _is_named(certificate: "Certificate", named: Node) -> bool:
    from cryptography.x509 import ExtensionNotFound, SubjectKeyIdentifier  # noqa: PLC0415

    if named.tag == _KEY_ID:
        try:
            known = certificate.extensions.get_extension_for_class(SubjectKeyIdentifier).value.digest
        except ExtensionNotFound:
            return False
        return known == named.content
    return certificate.serial_number == int.from_bytes(named.first(INTEGER).content, signed=True)


def _owner(certificate: "Certificate") -> tuple[str, Address | None]:
    """Return name and mail address of a certificate's owner."""
    from cryptography.x509 import ExtensionNotFound, RFC822Name, SubjectAlternativeName  # noqa: PLC0415
    from cryptography.x509.oid import NameOID  # noqa: PLC0415

    subject = certificate.subject
    addresses = [str(one.value) for one in subject.get_attributes_for_oid(NameOID.EMAIL_ADDRESS)]
    try:
        others = certificate.extensions.get_extension_for_class(SubjectAlternativeName).value
        addresses = [*others.get_values_for_type(RFC822Name), *addresses]
    except ExtensionNotFound:
        pass
    names = [str(one.value) for one in subject.get_attributes_for_oid(NameOID.COMMON_NAME)]
    address = next(filter(None, map(Address.parse, addresses)), None)
    return " ".join((names[0] if names else "").split())[:200], address


def _verdict(signer: Node, certificate: "Certificate", content: bytes) -> SignatureVerdict:
    parts = list(signer.children())
    digest = _DIGESTS.get(parts[2].first(OID).oid())
    if digest is None:
        return SignatureVerdict.NOT_CHECKED
    attributes = parts[3] if parts[3].tag == _FIRST else None
    algorithm, value = (parts[4], parts[5]) if attributes else (parts[3], parts[4])
    over = content
    if attributes:
        if attributes.is_indefinite:
            return SignatureVerdict.NOT_CHECKED
        if _attribute(attributes, _MESSAGE_DIGEST) != hashlib.new(digest, content).digest():
            return SignatureVerdict.DOES_NOT_FIT
        over = bytes((SET,)) + attributes.whole[1:]  # signed is the set, whose tag is implicit here
    return _check(certificate, algorithm.first(OID).oid(), digest, value.string(), over)


def _attribute(attributes: Node, wanted: str) -> bytes | None:
    for attribute in attributes.children():
        if attribute.first(OID).oid() == wanted:
            return attribute.first(SET).first(OCTETS).content
    return None


def _check(
    certificate: "Certificate", algorithm: str, digest: str, value: bytes, over: bytes
) -> SignatureVerdict:
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa  # noqa: PLC0415

    key, hashed = certificate.public_key(), _hash(digest)
    try:
        if isinstance(key, rsa.RSAPublicKey):
            pss = padding.PSS(padding.MGF1(hashed), padding.PSS.AUTO)
            key.verify(value, over, pss if algorithm == _PSS else padding.PKCS1v15(), hashed)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(value, over, ec.ECDSA(hashed))
        elif isinstance(key, ed25519.Ed25519PublicKey):
            key.verify(value, over)
        else:
            return SignatureVerdict.NOT_CHECKED
    except InvalidSignature:
        return SignatureVerdict.DOES_NOT_FIT
    return SignatureVerdict.FITS


def _hash(digest: str) -> "HashAlgorithm":
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415

    known: dict[str, HashAlgorithm] = {
        "sha256": hashes.SHA256(),
        "sha384": hashes.SHA384(),
        "sha512": hashes.SHA512(),
    }
    return known[digest]
