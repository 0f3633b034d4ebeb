"""Does the reading of a mailbox work, step by step, and where does it end?

Nothing is taken and nothing changed: what is found is for the person who sets the mailbox up.
"""

import ssl
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ingest.imap_access import Access, log_in, reached
from ingest.imap_folders import folders_to_read
from ingest.imap_session import Session
from ingest.imap_trouble import ImapTrouble
from storage.mailboxes import Encryption, MailboxProblem


class TrialPart(StrEnum):
    """What is tried, in this order; a failure ends it."""

    REACHED = "reached"
    ENCRYPTED = "encrypted"
    LOGGED_IN = "logged_in"
    FOLDERS = "folders"
    IDLE = "idle"
    MAILS = "mails"


@dataclass(frozen=True, slots=True)
class TrialStep:
    """What came of one part: *trouble* if it failed.

    *found*: of FOLDERS `folders`, of IDLE `idle` (yes or no), of MAILS `mails` and `folder`.
    """

    part: TrialPart
    trouble: ImapTrouble | None = None
    found: dict[str, str] = field(default_factory=dict)


def trial(access: Access, *, folders: Sequence[str] = (), since: date | None = None) -> Iterator[TrialStep]:
    """Yield step after step, the last one with its trouble if there was one.  Blocks, and belongs in a thread."""
    try:
        client = reached(access)
    except ImapTrouble as trouble:
        yield from _not_reached(trouble)
        return
    yield TrialStep(TrialPart.REACHED)
    if access.encryption is not Encryption.NONE:
        yield TrialStep(TrialPart.ENCRYPTED)
    its = Session(client)
    part = TrialPart.LOGGED_IN
    try:
        log_in(client, access)
        yield TrialStep(part)
        part = TrialPart.FOLDERS
        names = folders_to_read(its.folders(), folders)
        yield TrialStep(part, found={"folders": ", ".join(names)})
        part = TrialPart.IDLE
        yield TrialStep(part, found={"idle": "yes" if its.idles else "no"})
        part = TrialPart.MAILS
        for name in names:
            opened = its.open(name, read_only=True)
            number = len(its.uids_before(opened.uid_next, exists=opened.exists, since=since))
            yield TrialStep(part, found={"mails": str(number), "folder": name})
    except ImapTrouble as trouble:
        yield TrialStep(part, trouble)
    finally:
        its.close()


def _not_reached(trouble: ImapTrouble) -> Iterator[TrialStep]:
    """Yield whether it was the way there, or the encryption."""
    is_tls = trouble.problem is MailboxProblem.CERTIFICATE or isinstance(trouble.__cause__, ssl.SSLError)
    if is_tls:
        yield TrialStep(TrialPart.REACHED)
    yield TrialStep(TrialPart.ENCRYPTED if is_tls else TrialPart.REACHED, trouble)
