"""Whom does an address name?  Addresses as written, and the forms they are looked up by.

An address is kept as its owner writes it, for that is what people recognise.
Tables compare `Address.key`, never the text: case, Unicode forms and the two
spellings of an international domain are one address.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

import idna

from mail.domains import registrable

# RFC 5321, 4.5.3.1 allows 64 + 1 + 255 octets; real systems send longer local parts.
_LONGEST = 998
_ADDR_SPEC = re.compile(
    r"""
    (?P<local> "(?:[^"\\\x00-\x1f\x7f]|\\[^\x00-\x1f\x7f])*" | [^\s"<>(),:;@\[\]\\\x00-\x1f\x7f]+ )
    \s* @ \s*
    (?P<domain> \[[0-9A-Za-z:.]+\] | [^\s"<>(),:;@\[\]\\\x00-\x1f\x7f]+ )
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Address:
    """An addr-spec (RFC 5322, 3.4.1) with the extensions of RFC 6531."""

    local_part: str
    domain: str

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Return the address that *text* is, or None if it is none.

        Angle brackets and a leading `mailto:` are forgiven, a display name is not:
        `mail.mailboxes` reads those.
        """
        text = text.strip()
        if len(text) > _LONGEST:
            return None
        text = text.removeprefix("mailto:").removeprefix("<").removesuffix(">").strip()
        found = _ADDR_SPEC.fullmatch(text)
        if found is None or not found["domain"].strip("."):
            return None
        return cls(found["local"], found["domain"])

    def __str__(self) -> str:
        return f"{self.local_part}@{self.domain}"

    @property
    def key(self) -> str:
        """The form for look-ups: lower case, NFC, unquoted, the domain as A-label."""
        local_part = self.local_part
        if local_part.startswith('"'):
            local_part = re.sub(r"\\(.)", r"\1", local_part[1:-1])
        if not local_part.isascii():
            local_part = unicodedata.normalize("NFC", local_part)
        return f"{local_part.lower()}@{self.domain_key}"

    @property
    def domain_key(self) -> str:
        """The domain in lower case as A-label: `bücher.ch` is `xn--bcher-kva.ch`."""
        return _a_label(self.domain)

    @property
    def private_domain(self) -> str | None:
        """The registrable domain, which belongs to one organisation.

        None where strangers share a domain: free mail, access providers, throw-away
        addresses, and the bare domains of hosters.
        """
        return registrable(self.domain_key)


def untagged(key: str) -> tuple[str, str]:
    """Return an address in look-up form without its tag, and the tag (RFC 5233); empty without one.

    >>> untagged("eva+privat@firm.example")
    ('eva@firm.example', 'privat')
    """
    local_part, at, domain = key.rpartition("@")
    name, _, tag = local_part.partition("+")
    return f"{name}{at}{domain}", tag


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A display name and an address, as a header field holds them.

    *address* is None where the field names somebody without a readable address;
    *written* is that text, decoded, for people to judge.
    """

    name: str
    address: Address | None
    written: str

    def __str__(self) -> str:
        if self.address is None:
            return self.written
        return f"{self.name} <{self.address}>" if self.name else str(self.address)


@lru_cache(maxsize=4096)
def _a_label(domain: str) -> str:
    domain = domain.rstrip(".")
    if domain.isascii():
        return domain.lower()
    domain = unicodedata.normalize("NFC", domain)
    try:
        return idna.encode(domain, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        # Not a name that DNS could hold; still one and the same text each time.
        return domain.lower()
