"""Does a mailbox work?  The steps to it as `postbuch mailbox test` takes them, each told in words."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from ingest.credentials import Credentials, Token, UnknownCredentials, as_text, read
from ingest.imap_access import Access
from ingest.imap_trial import TrialPart, TrialStep, trial
from ingest.imap_trouble import ImapTrouble
from ingest.oauth import renewed
from ingest.own_thread import OwnThread
from storage.mailbox_progress import Reading, keep_secret
from storage.mailboxes import Encryption, Mailbox, MailboxProblem, MailboxSetting, SecretKind
from storage.secrets import Seal, WrongEncryptionKeys
from web.config import CONFIG
from web.i18n import N_

_CONNECT_SECONDS, _ANSWER_SECONDS, _ALL_SECONDS = 10.0, 20.0, 60.0
PARTS: Mapping[TrialPart, str] = {
    TrialPart.REACHED: N_("Reach the server"),
    TrialPart.ENCRYPTED: N_("Encrypt the connection"),
    TrialPart.LOGGED_IN: N_("Log in"),
    TrialPart.FOLDERS: N_("Find the folders"),
    TrialPart.IDLE: N_("Hear of new mail at once (IDLE)"),
    TrialPart.MAILS: N_("Read the mail"),
}


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken, or one behind the failure that was not."""

    part: TrialPart
    is_tried: bool = True
    problem: MailboxProblem | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    found: Mapping[str, Any] = field(default_factory=dict)

    @property
    def tone(self) -> str:
        """How the step is marked."""
        return "" if not self.is_tried else "bad" if self.problem else "good"


@dataclass(frozen=True, slots=True)
class Tried:
    """The steps, and the sealed secret: a token may have been renewed on the way."""

    taken: Sequence[Taken] = ()
    secret: str = ""

    @property
    def works(self) -> bool:
        """Whether no step fails."""
        return self.problem is None

    @property
    def problem(self) -> MailboxProblem | None:
        """Why a step fails."""
        return next((step.problem for step in self.taken if step.problem), None)


async def tested(request: web.Request, one: Mailbox | MailboxSetting, *, kept_by: Mailbox | None) -> Tried:
    """Take the steps to a mailbox, up to the first that fails; nothing there is changed.

    A token that is renewed on the way is written down at once for *kept_by*: the one before may
    have ended by that.
    """
    config = request.app[CONFIG]
    seal, authorities = Seal(config.data_folder), config.imap_authorities
    try:
        credentials, secret = await _credentials(one, seal, authorities, kept_by)
    except ImapTrouble as trouble:
        return Tried(_told([TrialStep(TrialPart.LOGGED_IN, trouble)]), one.secret)
    access = Access(
        host=one.host,
        port=one.port,
        encryption=one.tls,
        login=one.login,
        credentials=credentials,
        authorities=authorities,
        connect_seconds=_CONNECT_SECONDS,
        answer_seconds=_ANSWER_SECONDS,
    )
    return Tried(_told(await _steps(access, one), one.tls), secret)


async def _credentials(
    one: Mailbox | MailboxSetting, seal: Seal, authorities: Path | None, kept_by: Mailbox | None
) -> tuple[Credentials, str]:
    """Return what logs in, and that sealed."""
    try:
        credentials = read(one.secret_kind, seal.opened(one.secret))
    except (WrongEncryptionKeys, UnknownCredentials):
        is_token = one.secret_kind is SecretKind.XOAUTH2
        problem = MailboxProblem.TOKEN_REFUSED if is_token else MailboxProblem.LOGIN_REFUSED
        raise ImapTrouble(problem) from None
    if not isinstance(credentials, Token) or not credentials.must_be_renewed(datetime.now(UTC)):
        return credentials, one.secret
    credentials = await renewed(credentials, authorities=authorities)
    secret = seal.sealed(as_text(credentials))
    if kept_by and kept_by.secret == one.secret:
        await keep_secret(Reading(kept_by.id, kept_by.revision), secret)
    return credentials, secret


async def _steps(access: Access, one: Mailbox | MailboxSetting) -> list[TrialStep]:
    """Return the steps that were taken; a server that takes too long counts as not reached."""
    steps: list[TrialStep] = []
    thread = OwnThread("mailbox-trial")
    since = one.only_from
    try:
        async with asyncio.timeout(_ALL_SECONDS):
            await thread.call(lambda: steps.extend(trial(access, folders=one.folders, since=since)))
    except TimeoutError:
        parts = list(TrialPart)
        at = parts.index(steps[-1].part) + 1 if steps else 0
        steps.append(TrialStep(parts[min(at, len(parts) - 1)], ImapTrouble(MailboxProblem.UNREACHABLE)))
    finally:
        thread.end()
    return list(steps)


def _told(steps: Sequence[TrialStep], tls: Encryption = Encryption.NONE) -> list[Taken]:
    """Return the steps, and behind the one that failed those that were not tried."""
    taken = [
        Taken(
            step.part,
            problem=step.trouble.problem if step.trouble else None,
            parameters=step.trouble.parameters if step.trouble else {},
            found=step.found,
        )
        for step in steps
    ]
    if taken and taken[-1].problem:
        parts = [part for part in TrialPart if part is not TrialPart.ENCRYPTED or tls is not Encryption.NONE]
        at = list(TrialPart).index(taken[-1].part)
        taken += [Taken(part, is_tried=False) for part in parts if list(TrialPart).index(part) > at]
    return taken
