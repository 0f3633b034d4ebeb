"""Signed and encrypted mails, made with keys of a moment."""

import base64
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
INNER = b'Content-Type: text/plain; charset="utf-8"\r\n\r\nDie Offerte liegt bei.\r\n'
OUTER = (
    b"From: Anna Muster <anna@muster.example>\r\nTo: eva@firm.example\r\nSubject: Offerte\r\n"
    b"Message-ID: <s1@muster.example>\r\nMIME-Version: 1.0\r\n"
)


@cache
def rsa_key() -> rsa.RSAPrivateKey:
    """Return a key; making one takes a while."""
    return rsa.generate_private_key(65537, 2048)


def certificate(
    key: Key, *, name: str = "Anna Muster", address: str = "anna@muster.example"
) -> x509.Certificate:
    """Return a certificate that its owner has issued to themselves."""
    owner = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(owner, owner, key.public_key(), 4711, now, now + timedelta(days=1))
    addresses = x509.SubjectAlternativeName([x509.RFC822Name(address)])
    return builder.add_extension(addresses, critical=False).sign(key, hashes.SHA256())


def signed_object(content: bytes, key: Key, owner: x509.Certificate, *, apart: bool = False) -> bytes:
    """Return the CMS object that signs *content*, which is inside if not *apart*."""
    options = [pkcs7.PKCS7Options.Binary] + ([pkcs7.PKCS7Options.DetachedSignature] if apart else [])
    builder = pkcs7.PKCS7SignatureBuilder().set_data(content).add_signer(owner, key, hashes.SHA256())
    return builder.sign(serialization.Encoding.DER, options)


def encrypted_object(content: bytes) -> bytes:
    """Return the CMS object that encrypts *content*."""
    builder = pkcs7.PKCS7EnvelopeBuilder().set_data(content).add_recipient(certificate(rsa_key()))
    return builder.encrypt(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])


def sealed_mail(cms: bytes, kind: str = "signed-data") -> bytes:
    """Return a mail that is one CMS object."""
    fields = (
        f'Content-Type: application/pkcs7-mime; smime-type={kind}; name="smime.p7m"\r\n'
        "Content-Transfer-Encoding: base64\r\n\r\n"
    )
    return OUTER + fields.encode() + base64_lines(cms)


def signed_apart(content: bytes, signature: bytes, type_: str = "application/pkcs7-signature") -> bytes:
    """Return a mail with its signature beside it."""
    return (
        OUTER
        + f'Content-Type: multipart/signed; protocol="{type_}"; micalg=sha-256; boundary=b\r\n\r\n--b\r\n'.encode()
        + content
        + f"\r\n--b\r\nContent-Type: {type_}\r\nContent-Transfer-Encoding: base64\r\n\r\n".encode()
        + base64_lines(signature)
        + b"\r\n--b--\r\n"
    )


def base64_lines(octets: bytes) -> bytes:
    """Return octets in base64, in lines."""
    return base64.encodebytes(octets).replace(b"\n", b"\r\n")


def in_pieces(cms: bytes, content: bytes) -> bytes:
    """Return a signed object as programs write it that sign while they write: lengths not said, content in pieces."""

    def rewritten(node: bytes) -> bytes:
        tag, inside = node[0], _inside(node)
        if node == _der(0x04, content):
            pieces = [inside[start : start + 10] for start in range(0, len(inside), 10)]
            return b"\x24\x80" + b"".join(_der(0x04, piece) for piece in pieces) + b"\x00\x00"
        if content not in inside:
            return node
        return bytes((tag, 0x80)) + b"".join(map(rewritten, _children(inside))) + b"\x00\x00"

    return rewritten(cms)


def _der(tag: int, content: bytes) -> bytes:
    if len(content) < 128:
        return bytes((tag, len(content))) + content
    size = (len(content).bit_length() + 7) // 8
    return bytes((tag, 0x80 | size)) + len(content).to_bytes(size) + content


def _header(node: bytes) -> tuple[int, int]:
    """Return where the content of a value begins, and its length."""
    if node[1] < 128:
        return 2, node[1]
    size = node[1] & 0x7F
    return 2 + size, int.from_bytes(node[2 : 2 + size])


def _inside(node: bytes) -> bytes:
    begin, length = _header(node)
    return node[begin : begin + length]


def _children(octets: bytes) -> list[bytes]:
    found = []
    while octets:
        begin, length = _header(octets)
        found.append(octets[: begin + length])
        octets = octets[begin + length :]
    return found
