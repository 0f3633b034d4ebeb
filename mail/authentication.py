"""Did the domain in From really send this?  SPF, DKIM and what our own server found about them."""

import re
from collections.abc import Callable, Collection, Sequence

import authres  # type: ignore[import-untyped]
import dkim

from mail.address import Address
from mail.domains import registrable

# A message carries one or two signatures; hundreds would only make us ask the network hundreds of times.
_MOST_SIGNATURES = 5
_DOMAINS_OF = {
    ("spf", "smtp", "mailfrom"),
    ("dkim", "header", "d"),
    ("dmarc", "header", "from"),
    ("auth", "smtp", "auth"),
}
_LIMITED_BODY = re.compile(rb"(?:^|;)\s*l\s*=")
# What dkimpy raises for signatures and keys that make no sense, besides its own exceptions.
_SENSELESS = (dkim.DKIMException, ValueError, LookupError, TypeError, AttributeError, ArithmeticError)

LookUpText = Callable[[str], bytes | None]


def aligned(author: Address, passed: Collection[str]) -> bool:
    """Whether one of the domains that *passed* vouches for the author's (RFC 7489, 3.1: relaxed).

    >>> aligned(Address("eva", "firm.example"), {"mail.firm.example"})
    True
    """
    return any(_one_owner(author.domain_key, domain) for domain in passed)


def _one_owner(domain: str, other: str) -> bool:
    other = other.lower().rstrip(".")
    return domain == other or (registrable(domain) is not None and registrable(domain) == registrable(other))


def reported(values: Sequence[str], trusted: Collection[str]) -> frozenset[str] | None:
    """Return the domains that our own server found to be authentic (RFC 8601).

    *values* are the Authentication-Results fields, topmost first; only the first that
    bears a name in *trusted* counts, for anybody can write one.  None if there is none.
    """
    names = {name.lower() for name in trusted}
    for value in values:
        try:
            found = authres.AuthenticationResultsHeader.parse(f"Authentication-Results: {value}")
        except authres.AuthResError:
            continue
        if str(found.authserv_id).lower() in names:
            return frozenset(_passed(found.results))
    return None


def _passed(results: Sequence[authres.AuthenticationResult]) -> list[str]:
    return [
        str(about.value).rpartition("@")[2].lower()
        for result in results
        if result.result == "pass"
        for about in result.properties
        if (result.method, about.type, about.name) in _DOMAINS_OF and about.value
    ]


def dkim_pass_domains(raw: bytes, look_up: LookUpText) -> frozenset[str]:
    """Return the domains whose signature of the message holds (RFC 6376); whatever the bytes are.

    *look_up* returns the text record of a name.  A signature of a part of the body only
    does not count: anything may have been added.
    """
    passed = set()
    try:
        message = dkim.DKIM(raw, minkey=1024)
        signatures = [value for name, value in message.headers if name.lower() == b"dkim-signature"]
    except _SENSELESS:
        return frozenset()
    for number, signature in enumerate(signatures[:_MOST_SIGNATURES]):
        if not _LIMITED_BODY.search(signature) and _holds(message, number, look_up):
            passed.add(message.domain.decode("ascii", "replace").lower())
    return frozenset(passed)


def _holds(message: dkim.DKIM, number: int, look_up: LookUpText) -> bool:
    def text_record(name: bytes, timeout: float = 0) -> bytes | None:
        return look_up(name.decode("ascii"))

    try:
        return bool(message.verify(number, dnsfunc=text_record))
    except _SENSELESS:
        return False
