"""What does a trial of a mailbox say to a person, and what do we advise?"""

from datetime import UTC, datetime

from rich.console import Console
from rich.text import Text

from app.commands.opening import opened, run
from app.settings import Settings
from ingest.credentials import Credentials, Token, as_text
from ingest.imap import access_to, opened_credentials
from ingest.imap_trial import TrialPart, TrialStep, trial
from ingest.imap_trouble import ImapTrouble
from ingest.oauth import renewed
from storage.mailbox_progress import Reading, keep_secret
from storage.mailboxes import Mailbox, MailboxProblem
from storage.secrets import Seal

_PARTS = {
    TrialPart.REACHED: "the server is reached",
    TrialPart.ENCRYPTED: "the connection is encrypted, and the certificate is right",
    TrialPart.LOGGED_IN: "logged in",
    TrialPart.FOLDERS: "folders that are read: {folders}",
    TrialPart.IDLE: "the server tells of new mail at once (IDLE): {idle}",
    TrialPart.MAILS: "{mails} mails to read in {folder}",
}
_NOT = {
    TrialPart.REACHED: "the server is not reached",
    TrialPart.ENCRYPTED: "the connection cannot be encrypted",
    TrialPart.LOGGED_IN: "cannot log in",
    TrialPart.FOLDERS: "no folders to read",
    TrialPart.IDLE: "the conversation ended",
    TrialPart.MAILS: "a folder cannot be read",
}
_ADVICE = {
    MailboxProblem.LOGIN_REFUSED: "Check login and password. With two-factor login most servers want an app "
    "password: make one in the mail account, and enter it here.",
    MailboxProblem.TOKEN_REFUSED: "The token has ended or was withdrawn: allow access anew, and enter the new token.",
    MailboxProblem.UNREACHABLE: "Check host, port and encryption (tls: 993, starttls: 143), and the firewall.",
    MailboxProblem.CERTIFICATE: "The server's certificate is not believed, or is for another name: use the name "
    "that it is for, or set imap.authorities to your own authority's file.",
    MailboxProblem.NO_FOLDERS: "The account shows no folders at all: ask who runs the mail server.",
    MailboxProblem.FOLDER_MISSING: "There is no such folder (any more): choose another one.",
    MailboxProblem.CLOSED_BY_SERVER: "The server ended the conversation: what it said is above.",
}


def show_trial(mailbox: Mailbox, settings: Settings) -> bool:
    """Try a mailbox, print each step, and tell whether all is well."""
    console = Console(highlight=False, soft_wrap=True)
    authorities = settings.in_data_folder(settings.imap.authorities)
    try:
        credentials = run(_credentials(mailbox, settings))
    except ImapTrouble as trouble:
        _show(console, TrialStep(TrialPart.LOGGED_IN, trouble))
        return False
    well = True
    access = access_to(mailbox, credentials, authorities)
    for step in trial(access, folders=mailbox.folders, since=mailbox.only_from):
        _show(console, step)
        well = step.trouble is None
    return well


async def _credentials(mailbox: Mailbox, settings: Settings) -> Credentials:
    """Return what logs in.  A token is renewed if it has ended, and kept: the one before may end by that."""
    seal = Seal(settings.data_folder)
    credentials = opened_credentials(mailbox, seal)
    if isinstance(credentials, Token) and credentials.must_be_renewed(datetime.now(UTC)):
        authorities = settings.in_data_folder(settings.imap.authorities)
        credentials = await renewed(credentials, authorities=authorities)
        async with opened(settings):
            await keep_secret(Reading(mailbox.id, mailbox.revision), seal.sealed(as_text(credentials)))
    return credentials


def _show(console: Console, step: TrialStep) -> None:
    if step.trouble is None:
        console.print(Text("ok  ", "green"), Text(_PARTS[step.part].format(**step.found)))
        return
    said = " ".join(step.trouble.parameters.values())
    console.print(Text("FAIL", "bold red"), Text(f"{_NOT[step.part]}{f': {said}' if said else ''}"))
    if advice := _ADVICE.get(step.trouble.problem):
        console.print(Text(f"     {advice}", "dim"))
