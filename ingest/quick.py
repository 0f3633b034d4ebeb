"""The quick way of a small mail: what relays say all day is answered the moment it comes.

aiosmtpd's loop wakes up for each line, which costs more than the line is worth.  While
it waits for a command, MAIL, RCPT and DATA of the plainest form are done here instead,
and so is a mail up to the first share of memory.  All else (other commands and forms,
recipients still to be looked up, larger mails) goes the long way, octet for octet.
"""

import asyncio
import re
from typing import Any, cast

from ingest.body import FIRST_SHARE, SmallBody
from ingest.budget import Share
from ingest.dotted import LINE_END_BEFORE, first_of
from ingest.smtp_session import GO_ON, PLAIN_ADDRESS, SmtpSession, key_of

_MOST_UNREAD = 32 * 1024  # octets of answers; with more of them the long way waits for the peer
_LONGEST_COMMAND = 512  # RFC 5321, 4.5.3.1.4
_PATH = rb"<(%b)>" % PLAIN_ADDRESS.encode()
_MAIL = re.compile(rb"MAIL FROM:%b(?: SIZE=(\d{1,18}))?( BODY=(?:7BIT|8BITMIME))?\r\n" % _PATH, re.IGNORECASE)
_RCPT = re.compile(rb"RCPT TO:%b\r\n" % _PATH, re.IGNORECASE)
_SEND = re.compile(rb"DATA\r\n", re.IGNORECASE)


class QuickSession(SmtpSession):
    """A conversation by SMTP whose plain parts go the quick way."""

    _share: Share | None = None  # from DATA until the mail is settled
    _collected: bytearray | None = None  # of a mail that is being sent
    _settling: asyncio.Task[None] | None = None
    _held = b""  # what came while a mail was settled

    def data_received(self, octets: bytes) -> None:
        """Take what the peer sent, line by line, until the long way must go on with it."""
        while octets and not self._is_closing():
            if self._settling is not None:
                self._hold(octets)
                return
            if self._collected is not None:
                octets = self._collect(octets)
            elif taken := self._waits_for_command() and self._command(octets):
                octets = octets[taken:]
            else:
                super().data_received(octets)
                return

    def connection_lost(self, error: Exception | None) -> None:
        """Forget the connection, and the mail that it did not bring to an end."""
        if self._settling is not None:
            self._settling.cancel()
        self._forget_mail()
        super().connection_lost(error)

    def _is_closing(self) -> bool:
        return self.transport is None or self.transport.is_closing()

    def _waits_for_command(self) -> bool:
        """Whether all that came before is answered, and the peer reads our answers."""
        reader, stream = cast("Any", self._reader), cast("asyncio.Transport", self.transport)
        waits = reader._waiter is not None and not reader._buffer  # noqa: SLF001 - no other way to know
        return waits and not self._in_data and stream.get_write_buffer_size() < _MOST_UNREAD

    def _command(self, octets: bytes) -> int:
        """Do the command that *octets* begin with, and return its length; 0 if it is not for us."""
        for pattern, do in ((_MAIL, self._mail), (_RCPT, self._rcpt), (_SEND, self._let_send)):
            if found := pattern.match(octets):
                return found.end() if found.end() <= _LONGEST_COMMAND and do(found) else 0
        return 0

    def _mail(self, found: re.Match[bytes]) -> bool:
        address, size, body = found.groups()
        mail, session = self._at_hand(), self.session
        assert session is not None
        if mail.mail_from or not session.host_name or ((size or body) and not session.extended_smtp):
            return False
        if int(size or 0) > self._limits.largest_message:
            return False
        mail.mail_from = address.decode()
        mail.declared_size = int(size) if size else None
        self._announce(on=True)
        self._answer("250 OK")
        return True

    def _rcpt(self, found: re.Match[bytes]) -> bool:
        mail, key = self._at_hand(), key_of(found[1].decode())
        known = self._reception.addressees.known(key) if mail.mail_from and key else None
        if known is None or not self._may_write_to(known):
            return False
        if len(mail.recipients) >= self._limits.most_recipients:
            return False
        mail.recipients.append(known)
        self._answer("250 OK")
        return True

    def _let_send(self, _found: re.Match[bytes]) -> bool:
        mail, share = self._at_hand(), Share(self._reception.budget, 0)
        is_small = (mail.declared_size or 0) <= FIRST_SHARE <= self._limits.largest_message
        if not (mail.recipients and is_small and share.grow_to(FIRST_SHARE)):
            return False
        self._share, self._collected = share, bytearray(LINE_END_BEFORE)
        self._in_data = True
        self._answer(GO_ON)
        self._begin_to_read()
        return True

    def _answer(self, answer: str) -> None:
        self._reset_timeout()
        self._writer.write(f"{answer}\r\n".encode())
        self._count(answer)

    def _collect(self, octets: bytes) -> bytes:
        """Take what came of a mail, and return what is none of it."""
        assert self._collected is not None
        searched = len(self._collected)
        self._collected += octets
        self._note_speed(octets)
        mail, rest = first_of(self._collected, searched=searched) or (None, b"")
        if len(self._collected) - len(rest) > FIRST_SHARE:
            self._hand_over(bytes(self._collected))
            return b""
        if mail is not None:
            self._collected = None
            self._stop_reading()
            self._settling = self.loop.create_task(self._settle(SmallBody(mail)))
        return rest

    def _hand_over(self, collected: bytes) -> None:
        """The mail is not small: it goes the long way, as if DATA had come together with it."""
        self._forget_mail()
        self._stop_reading()
        self._is_let_send = True
        super().data_received(b"DATA\r\n" + collected[len(LINE_END_BEFORE) :])

    def _forget_mail(self) -> None:
        self._collected = None
        if self._share is not None:
            self._share.give_back()

    async def _settle(self, body: SmallBody) -> None:
        """Answer once the mail is ours, and go on with what came meanwhile."""
        try:
            answers = await self._answers_to(self._at_hand(), body)
        finally:
            self._end_mail()
            self._forget_mail()
            self._settling = None
        self._answer("\r\n".join(self._merged(answers)))
        if self._finishing:
            self.finish()
        self._let_go()

    def _hold(self, octets: bytes) -> None:
        """Keep what the peer said before it was its turn, and listen no more until it is."""
        if not self._held:
            cast("asyncio.Transport", self.transport).pause_reading()
        self._held += octets

    def _let_go(self) -> None:
        held, self._held = self._held, b""
        if held and not self._is_closing():
            cast("asyncio.Transport", self.transport).resume_reading()
            self.data_received(held)
