"""Is a message signed or encrypted, and what does it say then?  S/MIME (RFC 8551), PGP (RFC 3156, RFC 9580).

What is only signed is read like any other mail, also where it is packed in its signature.
What is encrypted stays as it came: the keys are their owners'.
"""

import re
from dataclasses import dataclass

from mail.attachments import pieces_of
from mail.contents import name_of
from mail.defects import Defects
from mail.message import DefectCode, Security, SecurityStandard, Signature, SignatureVerdict
from mail.signed import read_sealed, signature_of
from mail.structure import Part

_SEALED_TYPES = frozenset(("application/pkcs7-mime", "application/x-pkcs7-mime"))
_SIGNATURES = {
    "application/pkcs7-signature": SecurityStandard.SMIME,
    "application/x-pkcs7-signature": SecurityStandard.SMIME,
    "application/pgp-signature": SecurityStandard.PGP,
}
_CONTENT_FIELDS = re.compile(rb"content-|mime-version", re.IGNORECASE)
_LINE_END = re.compile(rb"\r?\n")
_PGP = re.compile(r"\s*-----BEGIN PGP (SIGNED MESSAGE|MESSAGE)-----\r?\n")
_NOT_CHECKED = Signature(SignatureVerdict.NOT_CHECKED)


@dataclass(frozen=True, slots=True)
class Seal:
    """How a message is signed or encrypted, and the message as it is without, where it can be opened."""

    security: Security
    opened: bytes | None = None


def seal_of(raw: bytes, root: Part, defects: Defects) -> Seal | None:
    """Return how a message is signed or encrypted as a whole; None if it is not."""
    if root.type == "multipart/signed" and len(root.parts) >= 2:
        return Seal(_signed_apart(raw, root, defects))
    if root.type == "multipart/encrypted":
        return Seal(Security(SecurityStandard.PGP, encrypted=True))
    if root.type in _SEALED_TYPES or (
        root.type == "application/octet-stream" and name_of(root).lower() == "smime.p7m"
    ):
        return _sealed(raw, root, defects)
    return None


def seal_in_text(text: str) -> Security | None:
    """Return how a text is signed or encrypted that PGP wrote between its lines; None if it is not."""
    found = _PGP.match(text) if "-----BEGIN PGP" in text[:200] else None
    if found is None:
        return None
    encrypted = found[1] == "MESSAGE"
    return Security(SecurityStandard.PGP, encrypted, None if encrypted else _NOT_CHECKED)


def _signed_apart(raw: bytes, root: Part, defects: Defects) -> Security:
    """Return who signed the first part, as the second one says."""
    content, signature = root.parts[0], root.parts[1]
    standard = _SIGNATURES.get(signature.type) or _SIGNATURES.get(root.parameters.get("protocol", "").lower())
    verdict = _NOT_CHECKED
    if standard is SecurityStandard.SMIME:
        sealed = read_sealed(b"".join(pieces_of(raw, signature, defects)))
        if sealed and sealed.signed:
            # What is signed has line ends as on the wire, whatever they became on the way (RFC 8551, 3.1.1).
            verdict = signature_of(sealed.signed, _LINE_END.sub(b"\r\n", raw[content.start : content.end]))
    encrypted = content.type == "multipart/encrypted" or content.type in _SEALED_TYPES
    return Security(standard or SecurityStandard.SMIME, encrypted, verdict)


def _sealed(raw: bytes, root: Part, defects: Defects) -> Seal | None:
    """Return what a message of one CMS object is; signed, it is opened."""
    sealed = read_sealed(b"".join(pieces_of(raw, root, defects)))
    if sealed is None:
        defects.add(DefectCode.SMIME_UNREADABLE, "a signed or encrypted content cannot be read as one")
        return None
    if sealed.encrypted:
        return Seal(Security(SecurityStandard.SMIME, encrypted=True))
    if sealed.signed is None or sealed.content is None:  # certificates alone, say
        return None
    signature = signature_of(sealed.signed, sealed.content)
    security = Security(SecurityStandard.SMIME, encrypted=False, signature=signature)
    return Seal(security, _header_without_content(root) + sealed.content)


def _header_without_content(root: Part) -> bytes:
    """Return the header of a message but for what tells of its content, which what is inside tells itself."""
    return b"".join(
        name + b":" + value + b"\n"
        for name, values in root.fields.items()
        if not _CONTENT_FIELDS.match(name)
        for value in values
    )
