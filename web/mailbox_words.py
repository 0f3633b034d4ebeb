"""How does a mailbox get on, in words: its state, what is wrong, and what to do about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.mailboxes import Mailbox, MailboxProblem, MailboxState
from web.i18n import N_

LEFT_OUT: Mapping[str, str] = {
    "too_large": N_("larger than what is taken"),
    "not_given": N_("not handed out by the server"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """What is wrong, and what to do; both take the parameters of the problem."""

    wrong: str
    advice: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a mailbox gets on: the *tone* of its mark on the page, and the word on it."""

    tone: str
    word: str


_UNKNOWN = Words(
    N_("It cannot be read."), N_("Test the connection: it tells which step fails, and what to do.")
)
PROBLEMS: Mapping[str, Words] = {
    MailboxProblem.LOGIN_REFUSED: Words(
        N_("The server refuses the password."),
        N_(
            "If the password was changed, enter the new one. Many providers want an app password, "
            "made for Postbuch alone."
        ),
    ),
    MailboxProblem.TOKEN_REFUSED: Words(
        N_("The provider refuses the token."),
        N_(
            "Give consent again at the provider, and enter the new token. Perhaps the secret of the "
            "registered application has expired, too."
        ),
    ),
    MailboxProblem.UNREACHABLE: Words(
        N_("The server cannot be reached."),
        N_(
            "It is tried again by itself. If that does not help, see whether the server's name and port are "
            "right, and whether a firewall is in between."
        ),
    ),
    MailboxProblem.CERTIFICATE: Words(
        N_("The server's certificate is not valid: {reason}"),
        N_(
            "Enter the server's name as it stands in its certificate, or have the certificate renewed by "
            "whoever runs the server."
        ),
    ),
    MailboxProblem.NO_FOLDERS: Words(
        N_("The server shows no folder that could be read."),
        N_(
            "The login works. See at the provider whether the mailbox is there still and IMAP is allowed, or "
            "name the folders."
        ),
    ),
    MailboxProblem.FOLDER_MISSING: Words(
        N_("The folder “{folder}” is not there."),
        N_("Perhaps it was renamed: enter its new name."),
    ),
    MailboxProblem.CLOSED_BY_SERVER: Words(
        N_("The server ends the connection."),
        N_(
            "It is tried again by itself. Perhaps the server is being maintained, or allows fewer connections "
            "than there are programs that read this mailbox."
        ),
    ),
    MailboxProblem.UNUSUALLY_QUIET: Words(
        N_("No mail has come for unusually long."),
        N_(
            "Look into the mailbox with a mail client: does mail arrive, and in the folders that are read? In "
            "the holidays this may be right, and nothing is to be done."
        ),
    ),
}
_STANDINGS: Mapping[MailboxState, Standing] = {
    MailboxState.NEW: Standing("", N_("begins")),
    MailboxState.RUNNING: Standing("good", N_("running")),
    MailboxState.WAITING: Standing("warn", N_("tries again")),
    MailboxState.FAILED: Standing("bad", N_("fails")),
    MailboxState.PAUSED: Standing("", N_("paused")),
}
_SILENT, _FILLING = Standing("bad", N_("silent")), Standing("accent", N_("filling"))


def standing(mailbox: Mailbox) -> Standing:
    """Return how a mailbox gets on, in one word."""
    if mailbox.paused:
        return _STANDINGS[MailboxState.PAUSED]
    if mailbox.alarmed_at:
        return _SILENT
    if mailbox.state is MailboxState.RUNNING and is_filling(mailbox):
        return _FILLING
    return _STANDINGS[mailbox.state]


def is_filling(mailbox: Mailbox) -> bool:
    """Tell whether older mail is still to be taken."""
    return mailbox.filled < mailbox.to_fill


def silent_since(mailbox: Mailbox) -> datetime:
    """Return since when nothing has come from a mailbox that is silent."""
    if mailbox.problem == MailboxProblem.UNUSUALLY_QUIET:
        return mailbox.last_mail_at or mailbox.since
    if mailbox.state is MailboxState.RUNNING:
        return mailbox.last_contact_at or mailbox.since
    return mailbox.since


def words_of(problem: str) -> Words:
    """Return what to say of a problem; of one that this program does not know, what is always right."""
    return PROBLEMS.get(problem, _UNKNOWN)


def told(gettext: Callable[[str], str], problem: str, parameters: Mapping[str, Any]) -> Words:
    """Return the words for a problem in the reader's language."""
    words, known = words_of(problem), {"reason": "…", "folder": "…"} | dict(parameters)
    return Words(gettext(words.wrong).format_map(known), gettext(words.advice).format_map(known))
