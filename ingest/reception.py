"""What all conversations of a source share, and for whom their mails are."""

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from pathlib import Path
from ssl import SSLContext
from typing import BinaryIO

from ingest.addressees import Addressees
from ingest.asking import may_ask
from ingest.budget import Budget
from ingest.sender import Handover, Senders
from ingest.source import Accept, CaptureNote, OnTheWay
from storage.capturing import OpenAddress
from storage.messages import CaptureSource

NOT_AUTHENTICATED = "not-authenticated"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a peer may ask for; see docs/settings.md."""

    largest_message: int = 50_000_000
    most_recipients: int = 100
    most_connections: int = 200
    most_connections_per_peer: int = 50
    most_commands: int = 1000
    idle_seconds: float = 300


@dataclass(frozen=True, slots=True)
class Reception:
    """Where conversations take what they need; *spool_folder* holds large mails on their way."""

    kind: CaptureSource
    accept: Accept
    addressees: Addressees
    senders: Senders
    budget: Budget
    limits: Limits
    hostname: str
    tls: SSLContext | None
    spool_folder: Path | None
    on_the_way: OnTheWay

    async def notes(
        self,
        handover: Handover,
        recipients: Sequence[OpenAddress],
        raw: bytes | BinaryIO,
    ) -> list[CaptureNote | None]:
        """Return for each recipient how the mail came to it; None where it must not come.

        SenderUnclear if that cannot be told now.
        """
        for_everybody = any(address.staff_id is None for address in recipients)
        # Who knows a secret address may write to it; to command, they must be who they say.
        asks = may_ask(raw)
        sent_by = await self.senders.staff_who_sent(handover, raw) if for_everybody or asks else None
        scanned = for_everybody and not sent_by and await self.senders.scanner_sent(handover, raw)
        trusted = (self.senders.is_trusted(handover.peer) and not asks) or scanned
        return [
            self._note(
                handover,
                address,
                recipients,
                sent_by,
                is_authentic=trusted or bool(sent_by),
                is_scanner=scanned,
            )
            for address in recipients
        ]

    def _note(
        self,
        handover: Handover,
        address: OpenAddress,
        recipients: Sequence[OpenAddress],
        sent_by: int | None,
        *,
        is_authentic: bool,
        is_scanner: bool,
    ) -> CaptureNote | None:
        personal = address.staff_id is not None
        if not (personal or sent_by or is_scanner or self.senders.trust.hold_others):
            return None
        return CaptureNote(
            source=self.kind,
            staff_id=address.staff_id or sent_by,
            capture_address_id=address.id,
            envelope_sender=handover.sender,
            envelope_recipients=tuple(dict.fromkeys(one.key for one in recipients)),
            peer=handover.peer,
            authenticated=is_authentic,
            held_because="" if personal or sent_by or is_scanner else NOT_AUTHENTICATED,
            marks=(address.tag,) if address.tag else (),
        )


def address_of(peername: object) -> str:
    """Return the network address of a socket's other end, an IPv4 one as such; empty if it has none."""
    if not isinstance(peername, tuple):
        return ""
    address = ip_address(peername[0].partition("%")[0])
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)
