"""Was it really one of us who wrote this?  Asked of mail to the common capture address.

A personal capture address is a secret: who knows it may use it.  The common one is not,
so its mail must come from staff, as shown by a server that we trust, or by SPF or
DKIM of the domain in From (RFC 7208, RFC 6376), aligned as for DMARC (RFC 7489).
"""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Any, BinaryIO

import spf

from ingest.addressees import Addressees
from ingest.names import Names
from mail.address import Address
from mail.authentication import aligned, dkim_pass_domains, reported
from mail.defects import Defects
from mail.fields import Header
from mail.limits import LIMITS
from mail.structure import Part, read_header

_MOST_VOID_LOOKUPS = 2  # RFC 7208, 4.6.4


class SenderUnclear(Exception):
    """Whether the sender is who they say cannot be told now: DNS does not answer.  Try later."""


@dataclass(frozen=True, slots=True)
class Handover:
    """Who brings a mail, and from whom it is said to be."""

    peer: str
    greeting: str
    sender: str


@dataclass(frozen=True, slots=True)
class Trust:
    """Whom we believe; see docs/settings.md."""

    networks: Sequence[IPv4Network | IPv6Network] = ()
    authserv_ids: Collection[str] = ()
    check_dns: bool = False
    hold_others: bool = False
    names: Names = field(default_factory=Names)
    scanners: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Senders:
    """Finds out which of the staff a mail is from."""

    trust: Trust
    addressees: Addressees

    def is_trusted(self, peer: str) -> bool:
        """Whether this is a mail server of ours, which lets nobody write in the name of others."""
        return _is_within(peer, tuple(self.trust.networks))

    def may_write(self, peer: str) -> bool:
        """Whether mail from there to the common address has any chance: the rest only its bytes show."""
        return self.is_trusted(peer) or self.trust.check_dns or self.trust.hold_others

    async def staff_who_sent(self, handover: Handover, raw: bytes | BinaryIO) -> int | None:
        """Return the member of staff who wrote this, None if nothing shows it.  SenderUnclear: ask again."""
        author, results = await asyncio.to_thread(_said_by, raw)
        trusted = self.is_trusted(handover.peer)
        vouched = reported(results, self.trust.authserv_ids) if trusted and author else None
        if trusted and vouched is None:
            return await self._staff_of(Address.parse(handover.sender), author)
        if author is None or (staff_id := await self._staff_of(author)) is None:
            return None
        if vouched is not None:
            return staff_id if aligned(author, vouched) else None
        if self.trust.check_dns and await asyncio.to_thread(self._is_authentic, handover, author, raw):
            return staff_id
        return None

    async def scanner_sent(self, handover: Handover, raw: bytes | BinaryIO) -> bool:
        """Whether this is from a scanner of ours.  SenderUnclear: ask again."""
        if not self.trust.scanners:
            return False
        author, results = await asyncio.to_thread(_said_by, raw)
        if author is None or author.key not in self.trust.scanners:
            return False
        trusted = self.is_trusted(handover.peer)
        vouched = reported(results, self.trust.authserv_ids) if trusted else None
        if trusted:
            return vouched is None or aligned(author, vouched)
        return self.trust.check_dns and await asyncio.to_thread(self._is_authentic, handover, author, raw)

    async def _staff_of(self, *addresses: Address | None) -> int | None:
        return await self.addressees.staff_of(*[address.key for address in addresses if address])

    def _is_authentic(self, handover: Handover, author: Address, raw: bytes | BinaryIO) -> bool:
        """Ask DNS, in a thread."""
        lookup = _LookUp(self.trust.names)
        if aligned(author, _spf_pass_domains(handover, lookup)):
            return True
        if aligned(author, dkim_pass_domains(_whole(raw), lookup.text)):
            return True
        if lookup.failed:
            raise SenderUnclear(SenderUnclear.__doc__)
        return False


@lru_cache(maxsize=1024)
def _is_within(peer: str, networks: tuple[IPv4Network | IPv6Network, ...]) -> bool:
    return bool(peer) and any(ip_address(peer) in network for network in networks)


@dataclass(slots=True)
class _LookUp:
    """Look-ups for one mail; *failed* if one got no answer."""

    names: Names
    failed: bool = False

    def records(self, name: str, kind: str) -> Sequence[Any]:
        try:
            return self.names.records(name, kind)
        except OSError:
            self.failed = True
            return ()

    def text(self, name: str) -> bytes | None:
        for record in self.records(name, "TXT"):
            return b"".join(record.strings)
        return None


class _SpfQuery(spf.query):  # type: ignore[misc]
    """A check of SPF that asks the name servers of our choice."""

    def __init__(self, handover: Handover, lookup: _LookUp) -> None:
        super().__init__(i=handover.peer, s=handover.sender, h=handover.greeting)
        self._lookup = lookup

    def dns(self, name: str, qtype: str, cnames: Any = None, ignore_void: bool = False) -> list[Any]:
        """Return records as pyspf wants them."""
        found = [_as_pyspf_wants(record, qtype) for record in self._lookup.records(str(name), qtype)]
        if not found and not ignore_void:
            self.void_lookups += 1
            if self.void_lookups > _MOST_VOID_LOOKUPS:
                raise spf.PermError(f"more than {_MOST_VOID_LOOKUPS} look-ups found nothing")
        return found


def _as_pyspf_wants(record: Any, kind: str) -> Any:
    if kind in {"A", "AAAA"}:
        return record.address
    if kind == "MX":
        return record.preference, record.exchange.to_text(omit_final_dot=True)
    return record.target.to_text(omit_final_dot=True) if kind == "PTR" else record.strings


def _spf_pass_domains(handover: Handover, lookup: _LookUp) -> frozenset[str]:
    """Return the return path's domain if the peer may send for it."""
    sender = Address.parse(handover.sender)
    if sender is None:
        return frozenset()
    result, _, _ = _SpfQuery(handover, lookup).check()
    return frozenset({sender.domain_key}) if result == "pass" else frozenset()


def _said_by(raw: bytes | BinaryIO) -> tuple[Address | None, Sequence[str]]:
    """Return the one author that the header names, and its Authentication-Results."""
    if not isinstance(raw, bytes):
        raw.seek(0)
        raw = raw.read(LIMITS.header_octets)
    defects = Defects()
    fields, body = read_header(raw, 0, LIMITS, defects)
    header = Header(Part(fields, body), LIMITS, defects)
    authors = header.mailboxes(b"from") if header.count(b"from") == 1 else ()
    author = authors[0].address if len(authors) == 1 else None
    return author, header.words(b"authentication-results")


def _whole(raw: bytes | BinaryIO) -> bytes:
    if isinstance(raw, bytes):
        return raw
    raw.seek(0)
    return raw.read()
