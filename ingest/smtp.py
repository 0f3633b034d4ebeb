"""The source that listens: mail comes in by SMTP or LMTP."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from ssl import SSLContext
from typing import cast

from ingest.addressees import Addressees
from ingest.budget import Budget
from ingest.quick import QuickSession
from ingest.reception import Limits, Reception, address_of
from ingest.sender import Senders, Trust
from ingest.smtp_session import LmtpSession, SmtpSession
from ingest.source import Accept, OnTheWay
from storage.messages import CaptureSource

DEFAULT_BUDGET = 64 * 1024 * 1024
_BACKLOG = 512


@dataclass(slots=True, kw_only=True)
class SmtpSource:
    """Listens on a port; *budget* is one for all sources of the process."""

    host: str
    port: int
    hostname: str = "localhost"
    kind: CaptureSource = CaptureSource.SMTP
    tls: SSLContext | None = None
    limits: Limits = field(default_factory=Limits)
    trust: Trust = field(default_factory=Trust)
    budget: Budget = field(default_factory=lambda: Budget(DEFAULT_BUDGET))
    spool_folder: Path | None = None
    on_the_way: OnTheWay = field(default_factory=OnTheWay)
    started: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self, accept: Accept) -> None:
        """Take mail until cancelled; then mails at hand are taken to their end.

        Once *started* is set, *port* is the one that was bound.  OSError if it cannot be.
        """
        connections = _Connections(self._reception(accept))
        loop = asyncio.get_running_loop()
        server = await loop.create_server(connections.door, self.host, self.port, backlog=_BACKLOG)
        try:
            self.port = server.sockets[0].getsockname()[1]
            self.started.set()
            await server.serve_forever()
        finally:
            server.close()
            await connections.finish()

    def _reception(self, accept: Accept) -> Reception:
        addressees = Addressees()
        return Reception(
            kind=self.kind,
            accept=accept,
            addressees=addressees,
            senders=Senders(self.trust, addressees),
            budget=self.budget,
            limits=self.limits,
            hostname=self.hostname,
            tls=self.tls,
            spool_folder=self.spool_folder,
            on_the_way=self.on_the_way,
        )


class _Connections:
    """The sessions there are, and whether there may be one more."""

    def __init__(self, reception: Reception) -> None:
        self._reception = reception
        self._sessions: dict[SmtpSession, str] = {}
        self._of_peer: Counter[str] = Counter()
        self._none_left = asyncio.Event()
        self._none_left.set()

    def door(self) -> "_Door":
        """Return what a new connection meets first."""
        return _Door(self)

    def let_in(self, transport: asyncio.Transport) -> SmtpSession | None:
        """Return a session for a connection, None if there are too many."""
        peer = address_of(transport.get_extra_info("peername"))
        limits = self._reception.limits
        if len(self._sessions) >= limits.most_connections:
            return None
        if self._of_peer[peer] >= limits.most_connections_per_peer:
            return None
        kind = LmtpSession if self._reception.kind is CaptureSource.LMTP else QuickSession
        session = kind(self._reception, self._forget)
        self._sessions[session] = peer
        self._of_peer[peer] += 1
        self._none_left.clear()
        return session

    async def finish(self) -> None:
        """Wait until all sessions have ended, idle ones at once.  Cancelled, it ends them all."""
        for session in list(self._sessions):
            session.finish()
        try:
            await self._none_left.wait()
        finally:
            for session in list(self._sessions):
                session.abort()

    def _forget(self, session: SmtpSession) -> None:
        peer = self._sessions.pop(session, None)
        if peer is not None:
            self._of_peer -= Counter({peer: 1})
        if not self._sessions:
            self._none_left.set()


class _Door(asyncio.Protocol):
    """Meets a connection before a session is made for it, which costs far more than turning it away."""

    def __init__(self, connections: _Connections) -> None:
        self._connections = connections

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Hand the connection to a session, or close it."""
        stream = cast("asyncio.Transport", transport)  # uvloop's is one, but does not say so
        session = self._connections.let_in(stream)
        if session is None:
            stream.write(b"421 4.7.0 too many connections, try again later\r\n")
            stream.close()
            return
        stream.set_protocol(session)
        session.connection_made(stream)
