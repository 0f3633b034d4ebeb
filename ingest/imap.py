"""The source that fetches: one mailbox on an IMAP server, read again and again.

Whatever ends a conversation, it is noted in the table, and a new one is begun after a pause.
"""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import structlog

from ingest.credentials import Credentials, Token, UnknownCredentials, as_text, read
from ingest.imap_access import Access
from ingest.imap_reading import MailboxReading, Older
from ingest.imap_session import Session, session
from ingest.imap_taking import Limits, Taking
from ingest.imap_trouble import ImapTrouble
from ingest.oauth import renewed
from ingest.own_thread import OwnThread
from ingest.source import Accept, CaptureNote
from storage import mailbox_progress as progress
from storage.connect import StorageUnavailable
from storage.mailbox_progress import Reading
from storage.mailboxes import Mailbox, MailboxProblem, MailboxState, SecretKind
from storage.messages import CaptureSource
from storage.secrets import Seal, WrongEncryptionKeys

_log = structlog.get_logger(__name__)
_STABLE_SECONDS = 30.0
_AFTER_REFUSAL_SECONDS, _LONGEST_AFTER_REFUSAL_SECONDS = 60.0, 900.0  # who asks too often is shut out
_REFUSALS = frozenset({MailboxProblem.LOGIN_REFUSED, MailboxProblem.TOKEN_REFUSED})
_LONGEST_PEER = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What all mailboxes share; *authorities* is a PEM file that is believed beside the system's."""

    seal: Seal
    limits: Limits
    poll_seconds: float = 120.0
    longest_pause: float = 300.0
    authorities: Path | None = None
    chance: Callable[[], float] = random.random


@dataclass(slots=True, kw_only=True)
class MailboxSource:
    """Reads one mailbox as of one revision; *older* is how its older mails are taken."""

    reading: Reading
    means: Means
    older: Older
    _failures: int = field(default=0)

    async def run(self, accept: Accept) -> None:
        """Read until cancelled.  Superseded if the mailbox was changed or removed."""
        while True:
            begun = monotonic()
            problem = None
            try:
                await self._converse(accept)
            except ImapTrouble as trouble:
                problem = trouble.problem
                await self._note(trouble)
            except StorageUnavailable as error:
                _log.warning(
                    "mailbox waits for the database", mailbox=self.reading.mailbox_id, error=str(error)
                )
            self._failures = 0 if monotonic() - begun > _STABLE_SECONDS else self._failures + 1
            await asyncio.sleep(self._pause(problem))

    def _pause(self, problem: MailboxProblem | None) -> float:
        """Return how long to wait: longer each time, and not all mailboxes at the same moment."""
        is_refusal = problem in _REFUSALS
        first = _AFTER_REFUSAL_SECONDS if is_refusal else 1.0
        longest = _LONGEST_AFTER_REFUSAL_SECONDS if is_refusal else self.means.longest_pause
        pause: float = min(first * 2 ** min(max(self._failures - 1, 0), 16), longest)
        return pause * (0.5 + self.means.chance() / 2)

    async def _note(self, trouble: ImapTrouble) -> None:
        state = MailboxState.FAILED if trouble.needs_somebody else MailboxState.WAITING
        _log.warning("mailbox is not read", mailbox=self.reading.mailbox_id, problem=trouble.problem.value)
        try:
            await progress.note_state(self.reading, state, trouble.problem, trouble.parameters)
        except StorageUnavailable:
            return

    async def _converse(self, accept: Accept) -> None:
        """Log in, and read until something ends it."""
        mailbox = await progress.as_of(self.reading)
        access = await self._access(mailbox)
        thread = OwnThread(f"mailbox-{mailbox.id}")
        try:
            its = await self._logged_in(thread, access)
            try:
                await self._read(mailbox, thread, its, accept)
            finally:
                its.interrupt()
                await thread.call(its.close)
        finally:
            thread.end()

    async def _read(self, mailbox: Mailbox, thread: OwnThread, its: Session, accept: Accept) -> None:
        taking = Taking(
            thread, its, _note_of(mailbox), self.means.limits, mailbox.after, mailbox.after_folder
        )
        reading = MailboxReading(
            mailbox=mailbox,
            thread=thread,
            session=its,
            taking=taking,
            accept=accept,
            older=self.older,
            poll_seconds=self.means.poll_seconds,
        )
        try:
            await reading.read()
        finally:
            await taking.end()

    async def _logged_in(self, thread: OwnThread, access: Access) -> Session:
        """Return a session.  A token that is refused before its time is renewed once."""
        try:
            return await thread.call(session, access)
        except ImapTrouble as trouble:
            token = access.credentials
            if trouble.problem is not MailboxProblem.TOKEN_REFUSED or not isinstance(token, Token):
                raise
            if not token.can_be_renewed:
                raise
            return await thread.call(session, replace(access, credentials=await self._renewed(token)))

    async def _access(self, mailbox: Mailbox) -> Access:
        credentials = opened_credentials(mailbox, self.means.seal)
        if isinstance(credentials, Token) and credentials.must_be_renewed(datetime.now(UTC)):
            credentials = await self._renewed(credentials)
        return access_to(mailbox, credentials, self.means.authorities)

    async def _renewed(self, token: Token) -> Token:
        new = await renewed(token, authorities=self.means.authorities)
        await progress.keep_secret(self.reading, self.means.seal.sealed(as_text(new)))
        return new


def opened_credentials(mailbox: Mailbox, seal: Seal) -> Credentials:
    """Return what logs in to a mailbox.  ImapTrouble where its secret cannot be opened."""
    try:
        return read(mailbox.secret_kind, seal.opened(mailbox.secret))
    except (WrongEncryptionKeys, UnknownCredentials):
        is_token = mailbox.secret_kind is SecretKind.XOAUTH2
        problem = MailboxProblem.TOKEN_REFUSED if is_token else MailboxProblem.LOGIN_REFUSED
        raise ImapTrouble(problem) from None


def access_to(mailbox: Mailbox, credentials: Credentials, authorities: Path | None) -> Access:
    """Return how a mailbox is reached."""
    return Access(
        host=mailbox.host,
        port=mailbox.port,
        encryption=mailbox.tls,
        login=mailbox.login,
        credentials=credentials,
        authorities=authorities,
    )


def _note_of(mailbox: Mailbox) -> CaptureNote:
    """Return the note of each mail in a mailbox: whose it is, is known."""
    return CaptureNote(
        CaptureSource.IMAP, mailbox.staff_id, None, "", (), mailbox.host[:_LONGEST_PEER], authenticated=True
    )
