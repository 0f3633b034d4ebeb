"""A mail server that keeps what it is given, and answers as it is told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session


@dataclass(frozen=True, slots=True)
class Taken:
    """A mail as it was given: the envelope and the octets."""

    sender: str
    recipients: list[str]
    octets: bytes

    @property
    def mail(self) -> EmailMessage:
        """The mail, read."""
        read = message_from_bytes(self.octets, policy=policy.default)
        assert isinstance(read, EmailMessage)
        return read

    @property
    def text(self) -> str:
        """What it says."""
        return str(self.mail.get_content()).replace("\r\n", "\n")


@dataclass(slots=True)
class Sink:
    """Takes mail on a port of this machine; the next answers may be said beforehand."""

    port: int = 0
    taken: list[Taken] = field(default_factory=list)
    to_recipient: list[str] = field(default_factory=list)
    to_mail: list[str] = field(default_factory=list)
    offered: asyncio.Event = field(default_factory=asyncio.Event)
    silent: bool = False
    password: str = ""

    def let_in(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _way: str, given: object
    ) -> AuthResult:
        """Answer to a login."""
        return AuthResult(success=getattr(given, "password", b"") == self.password.encode(), handled=False)

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Answer to a recipient."""
        if self.to_recipient:
            return self.to_recipient.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Answer to a mail; never, if silent."""
        octets = envelope.content if isinstance(envelope.content, bytes) else b""
        self.taken.append(Taken((envelope.mail_from or "").strip("<>"), list(envelope.rcpt_tos), octets))
        self.offered.set()
        if self.silent:
            await asyncio.Event().wait()
        return self.to_mail.pop(0) if self.to_mail else "250 OK"


@asynccontextmanager
async def sink(*, password: str = "") -> AsyncIterator[Sink]:
    """Run a sink meanwhile; with a password a login needs it."""
    kept = Sink(password=password)
    loop = asyncio.get_running_loop()

    def session() -> SMTP:
        if not password:
            return SMTP(kept, hostname="sink.test")
        return SMTP(kept, hostname="sink.test", authenticator=kept.let_in, auth_require_tls=False)

    server = await loop.create_server(session, "127.0.0.1", 0)
    kept.port = server.sockets[0].getsockname()[1]
    try:
        yield kept
    finally:
        server.close()
