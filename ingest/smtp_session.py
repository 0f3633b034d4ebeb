"""One conversation by SMTP (RFC 5321) or LMTP (RFC 2033), on top of aiosmtpd's commands.

Ours is what aiosmtpd leaves open: mail read in large pieces, limits that a peer cannot
get around, and answers that never blame the peer for our own trouble.
"""

import asyncio
import re
import traceback
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, AnyStr, cast

import aiosmtpd.smtp
import structlog
from aiosmtpd.smtp import MISSING, SMTP, Envelope, Session, TLSSetupException, syntax

from ingest.body import FIRST_SHARE, IN_MEMORY, Body, SmallBody, TooLarge
from ingest.dotted import undotted
from ingest.hops import is_looping
from ingest.reception import Reception, address_of
from ingest.sender import Handover, SenderUnclear
from ingest.source import RawMessage
from mail.address import Address
from storage.capturing import OpenAddress
from storage.connect import StorageUnavailable

MOST_ERRORS = 20
SLOWEST_RATE = 1000  # octets a second, for a mail that takes longer than the idle time
GO_ON = "354 End data with <CR><LF>.<CR><LF>"
_READ_AT_ONCE = 64 * 1024
_LONGEST_COMMAND = 1024
_OURS = "451 4.3.0 trouble on our side, try again later"
_REFUSED = "550 5.7.1 not accepted for this address"
_LOOPING = "554 5.4.6 the mail goes round in circles: too many Received fields"
_TOO_LARGE = "552 5.3.4 the mail is larger than we take"
_UNREADABLE = "501 5.1.7 the address is not UTF-8"
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
# The dot-strings of RFC 5321, 4.1.2, which nearly all addresses are.
PLAIN_ADDRESS = rf"{_ATOM}(?:\.{_ATOM})*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*"
_PLAIN_PATH = re.compile(rf"[ ]*<({PLAIN_ADDRESS})>[ ]*(.*)")
_log = structlog.get_logger(__name__)

# aiosmtpd makes every line fit for its log, which is off: addresses have no place there.
aiosmtpd.smtp.sanitized_log = lambda *_line: None

OnEnd = Callable[["SmtpSession"], None]


class Mail(Envelope):
    """A mail transaction: what aiosmtpd keeps of it, and the capture addresses it goes to."""

    def __init__(self) -> None:
        super().__init__()
        self.recipients: list[OpenAddress] = []
        self.declared_size: int | None = None

    @property
    def sender(self) -> str:
        """The return path; empty in a bounce."""
        return (self.mail_from or "").removeprefix("<").removesuffix(">")


class SmtpSession(SMTP):
    """The other end of a connection by SMTP."""

    line_length_limit = _READ_AT_ONCE  # of what aiosmtpd makes the reader's

    def __init__(self, reception: Reception, on_end: OnEnd) -> None:
        self._reception, self._limits, self._on_end = reception, reception.limits, on_end
        self._answers = self._errors = 0  # since the last mail
        self._in_data = self._finishing = self._is_announced = False
        self._is_let_send = False  # the peer was told already to send its mail
        self.peer = ""  # the network address of the other end
        self._data_since: float | None = None
        self._data_octets = 0
        # aiosmtpd's are shared by all sessions, and each new one clears them.
        self.command_size_limits = defaultdict(lambda: _LONGEST_COMMAND)
        super().__init__(
            self,
            data_size_limit=None,
            enable_SMTPUTF8=True,
            hostname=reception.hostname,
            ident="Postbuch",
            tls_context=reception.tls,
            timeout=self._limits.idle_seconds,
            auth_exclude_mechanism=("LOGIN", "PLAIN"),
            loop=asyncio.get_running_loop(),
        )

    def finish(self) -> None:
        """Take the mail at hand to its end, and then hang up."""
        self._finishing = True
        if not self._in_data:
            self._hang_up("421 4.3.2 the service is stopping")

    def abort(self) -> None:
        """Hang up at once."""
        if self.transport is not None:
            cast("asyncio.Transport", self.transport).abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin the conversation, or go on with it under TLS."""
        self.peer = address_of(transport.get_extra_info("peername"))
        super().connection_made(transport)

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Say what can be asked for, in one piece."""
        session.host_name = hostname
        offers = [self.hostname, f"SIZE {self._limits.largest_message}", "8BITMIME", "SMTPUTF8"]
        if self.tls_context and not self._tls_protocol:
            offers.append("STARTTLS")
        lines = [*(f"250-{offer}" for offer in offers), "250 PIPELINING"]
        return ["\r\n".join(lines)]

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Mail, address: str, options: list[str]
    ) -> Any:
        """Begin a mail, unless it says to be too large."""
        if not _is_text(address):
            return _UNREADABLE
        envelope.declared_size = None  # one that was refused told its own
        for option in options:
            if option.startswith("SIZE="):
                envelope.declared_size = int(option.removeprefix("SIZE="))
        if (envelope.declared_size or 0) > self._limits.largest_message:
            return _TOO_LARGE
        self._announce(on=True)
        return MISSING  # aiosmtpd goes on

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Mail, address: str, options: list[str]
    ) -> Any:
        """Take a recipient, if it is a capture address that the peer may use.

        One text for all refusals: nobody learns which addresses there are.
        """
        if len(envelope.recipients) >= self._limits.most_recipients:
            return "452 4.5.3 too many recipients, send the others another time"
        key = key_of(address) if _is_text(address) else None
        found = await self._reception.addressees.capture_address(key) if key else None
        if found is None or not self._may_write_to(found):
            return _REFUSED
        envelope.recipients.append(found)
        return MISSING

    @syntax("DATA")
    async def smtp_DATA(self, arg: str | None) -> None:
        """Receive a mail, and answer once it is ours."""
        mail = self._at_hand()
        if arg:
            await self.push("501 5.5.4 Syntax: DATA")
        elif not mail.recipients:
            await self.push("503 5.5.1 need RCPT command")
        else:
            self._in_data = True
            self._stop_timeout()
            try:
                answers = await self._receive(mail)
            finally:
                self._end_mail()
            self._reset_timeout()
            await self.push("\r\n".join(self._merged(answers)))
            if self._finishing:
                self.finish()

    async def handle_exception(self, error: Exception) -> str:
        """Answer that we are in trouble: the peer offers the mail again."""
        if isinstance(error, StorageUnavailable | SenderUnclear):
            _log.warning("mail put off", error=type(error).__name__, why=str(error))
        elif not isinstance(error, TLSSetupException):
            # Where, not what: the message of an error may quote a mail.
            where = "".join(traceback.format_tb(error.__traceback__))
            _log.error("mail put off", error=type(error).__name__, where=where)
        return _OURS

    async def push(self, status: AnyStr) -> None:
        """Answer; a peer that goes on asking without sending mail, or goes wrong, is hung up on."""
        await super().push(status)
        self._count(status)

    def _count(self, status: str | bytes) -> None:
        text = status.decode() if isinstance(status, bytes) else status
        self._answers += 1
        self._errors += text.startswith(("4", "5"))
        if text.startswith("250 2.6.0"):
            self._answers = self._errors = 0
        if self._answers > self._limits.most_commands:
            self._hang_up("421 4.7.0 too many commands")
        elif self._errors > MOST_ERRORS:
            self._hang_up("421 4.7.0 too many errors")

    def data_received(self, octets: bytes) -> None:
        """Take what the peer sent, as long as it keeps sending at some speed."""
        super().data_received(octets)
        if self._data_since is not None:
            self._note_speed(octets)

    def _note_speed(self, octets: bytes) -> None:
        assert self._data_since is not None
        self._data_octets += len(octets)
        self._reset_timeout()
        taken = self.loop.time() - self._data_since
        if taken > self._limits.idle_seconds + self._data_octets / SLOWEST_RATE:
            self._hang_up("421 4.4.2 too slow")

    def connection_lost(self, error: Exception | None) -> None:
        """Forget the connection."""
        super().connection_lost(error)
        self._announce(on=False)
        self._on_end(self)

    def _may_write_to(self, address: OpenAddress) -> bool:
        return address.staff_id is not None or self._reception.senders.may_write(self.peer)

    def _create_envelope(self) -> Mail:
        self._announce(on=False)
        return Mail()

    def _announce(self, *, on: bool) -> None:
        """Tell that a mail is on its way, or no more."""
        self._reception.on_the_way.number += on - self._is_announced
        self._is_announced = on

    def _end_mail(self) -> None:
        self.envelope = self._create_envelope()
        self._in_data = self._is_let_send = False

    def _at_hand(self) -> Mail:
        assert isinstance(self.envelope, Mail)
        return self.envelope

    def _getaddr(self, arg: str) -> tuple[str | None, str | None]:
        """Return the address of a command and what follows it; aiosmtpd's reader takes those that are not plain.

        Built for header fields, that costs ten times as much as all else of the command.
        """
        if plain := _PLAIN_PATH.fullmatch(arg):
            return plain[1], plain[2]
        found: tuple[str | None, str | None] = super()._getaddr(arg)
        return found

    def _timeout_cb(self) -> None:
        self._hang_up("421 4.4.2 nothing heard for too long")

    def _stop_timeout(self) -> None:
        """What takes long now is our own work."""
        if self._timeout_handle is not None:
            self._timeout_handle.cancel()

    def _hang_up(self, answer: str) -> None:
        if self.transport is not None and not self.transport.is_closing():
            self._writer.write(f"{answer}\r\n".encode())
            self.transport.close()

    async def _receive(self, mail: Mail) -> list[str]:
        """Let the peer send when there is room, and return an answer for each recipient."""
        known_size = mail.declared_size
        expected = FIRST_SHARE if known_size is None else min(known_size, IN_MEMORY)
        async with self._reception.budget.share(expected) as share:
            body = Body(share, folder=self._reception.spool_folder, largest=self._limits.largest_message)
            with closing(body):
                if not self._is_let_send:
                    await self.push(GO_ON)
                await self._read(body)
                return await self._answers_to(mail, body)

    async def _answers_to(self, mail: Mail, body: Body | SmallBody) -> list[str]:
        """Hand the mail over, and return an answer for each recipient whatever happens."""
        try:
            return await self._taken(mail, body)
        except TooLarge:
            return [_TOO_LARGE] * len(mail.recipients)
        except Exception as error:  # noqa: BLE001 - by LMTP, each recipient gets the answer
            return [await self.handle_exception(error)] * len(mail.recipients)

    async def _read(self, body: Body) -> None:
        self._begin_to_read()
        try:
            async for octets in undotted(self._reader):
                await body.add(octets)
        finally:
            self._stop_reading()

    def _begin_to_read(self) -> None:
        self._data_since, self._data_octets = self.loop.time(), 0
        self._reset_timeout()

    def _stop_reading(self) -> None:
        self._data_since = None
        self._stop_timeout()

    async def _taken(self, mail: Mail, body: Body | SmallBody) -> list[str]:
        """Hand the mail over, and return an answer for each recipient."""
        raw = body.content()
        if is_looping(raw):
            return [_LOOPING] * len(mail.recipients)
        greeting = (self.session and self.session.host_name) or ""
        handover = Handover(self.peer, greeting, mail.sender)
        notes = await self._reception.notes(handover, mail.recipients, raw)
        kept = tuple(dict.fromkeys(note for note in notes if note))
        if not kept:
            return [_REFUSED] * len(notes)
        message = RawMessage(raw, body.digest, body.size, kept, datetime.now(UTC))
        self._announce(on=False)
        accepted = await self._reception.accept(message)
        thanks = f"250 2.6.0 kept as {accepted.digest[:12]}"
        return [thanks if note else _REFUSED for note in notes]

    def _merged(self, answers: list[str]) -> list[str]:
        """By SMTP there is one answer: the mail is kept if it is for anybody."""
        return [min(answers)]


class LmtpSession(SmtpSession):
    """The other end of a connection by LMTP: each recipient gets its own answer."""

    @syntax("LHLO hostname")
    async def smtp_LHLO(self, arg: str) -> None:
        """Say what can be asked for."""
        await super().smtp_EHLO(arg)

    async def smtp_HELO(self, arg: str) -> None:
        """Refuse: this is LMTP."""
        await self.push("500 5.5.1 this is LMTP: say LHLO")

    async def smtp_EHLO(self, arg: str) -> None:
        """Refuse: this is LMTP."""
        await self.push("500 5.5.1 this is LMTP: say LHLO")

    def _merged(self, answers: list[str]) -> list[str]:
        return answers


def _is_text(address: str) -> bool:
    """Whether aiosmtpd could decode the address; what it could not, it leaves as lone surrogates."""
    return address.isprintable()


@lru_cache(maxsize=4096)
def key_of(address: str) -> str | None:
    """Return by which key an address is looked up, None if it is no address."""
    parsed = Address.parse(address)
    return parsed.key if parsed else None
