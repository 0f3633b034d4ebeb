"""Mailboxes that are read: is one of them silent, and can the keys of their passwords be read?"""

import stat
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from app.checks.finding import Finding, Level
from app.settings import Settings
from storage import mailboxes
from storage.connect import connected, unavailable_means_later
from storage.mailboxes import Mailbox
from storage.secrets import FILE_NAME, Seal, WrongEncryptionKeys
from web.mailbox_words import silent_since, told

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


async def mailboxes_read(settings: Settings) -> AsyncIterator[Finding]:
    """Yield what is found, in a database that is well; nothing where there are no mailboxes."""
    with unavailable_means_later():
        async with connected(settings.database):
            found, silent = await mailboxes.everyones(), await mailboxes.silent()
    if found:
        yield _keys(settings.data_folder, found)
        for finding in _alarms(found, silent):
            yield finding


def _keys(folder: Path, found: list[Mailbox]) -> Finding:
    path = folder / FILE_NAME
    if path.exists() and stat.S_IMODE(path.stat().st_mode) & _OTHERS:
        advice = f"Who reads it can open the passwords of mailboxes: chmod 600 {path}"
        return Finding("encryption keys", Level.FAIL, f"{path} is open to other users", advice)
    lost = [mailbox for mailbox in found if not _can_be_opened(folder, mailbox)]
    if not path.exists() or lost:
        advice = f"Restore {path} from a copy, or enter the passwords anew."
        return Finding("encryption keys", Level.FAIL, f"{len(lost)} passwords cannot be opened", advice)
    return Finding(
        "encryption keys", Level.OK, f"open all {len(found)} passwords, and readable by their owner only"
    )


def _can_be_opened(folder: Path, mailbox: Mailbox) -> bool:
    if not (folder / FILE_NAME).exists():  # to look must not make one
        return False
    try:
        Seal(folder).opened(mailbox.secret)
    except WrongEncryptionKeys:
        return False
    return True


def _alarms(found: list[Mailbox], silent: list[Mailbox]) -> Iterator[Finding]:
    """Yield each silent mailbox with why and what to do, or that there is none."""
    if not silent:
        yield Finding("mailboxes", Level.OK, f"{len(found)}, none is silent")
    for mailbox in silent:
        words = told(str, mailbox.problem, mailbox.problem_parameters)
        text = f"silent since {silent_since(mailbox):%Y-%m-%d %H:%M} UTC: {words.wrong}"
        advice = f"{words.advice} `postbuch mailbox test {mailbox.id}` tells which step fails."
        yield Finding(f"mailbox {mailbox.id} ({mailbox.name})", Level.WARN, text, advice)
