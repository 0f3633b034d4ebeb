r"""Which folders of a mailbox are read?

Named ones, or else Inbox and Sent, found by their special use (RFC 6154).  Gmail has each mail in
\All: that is read once instead of every label.
"""

from collections.abc import Sequence

from ingest.imap_session import Listed
from ingest.imap_trouble import ImapTrouble
from storage.mailboxes import MailboxProblem

INBOX = "INBOX"
# What programs of some years ago call it, where the server does not say which it is.
_SENT = frozenset(
    {
        "sent", "sent items", "sent messages", "sent mail", "gesendet", "gesendete objekte",
        "gesendete elemente", "gesendete nachrichten", "envoyés", "éléments envoyés",
        "messages envoyés", "courrier envoyé", "posta inviata", "inviati", "inviata", "elementi inviati",
        "messaggi inviati",
    }
)  # fmt: skip


def folders_to_read(listed: Sequence[Listed], named: Sequence[str]) -> list[str]:
    r"""Return the names of the folders to read, the one where mail comes in first.

    NO_FOLDERS if the server lists none, FOLDER_MISSING if a named one is not among them.

    >>> folders_to_read([Listed("Inbox", frozenset()), Listed("Gesendet", frozenset({"\\sent"}))], [])
    ['Inbox', 'Gesendet']
    """
    if not listed:
        raise ImapTrouble(MailboxProblem.NO_FOLDERS)
    if named:
        return [_named(name, listed) for name in dict.fromkeys(named)]
    if everything := _used_as("\\all", listed):
        return everything[:1]
    inbox = [one.name for one in listed if one.name.upper() == INBOX]
    if not inbox:
        raise ImapTrouble(MailboxProblem.FOLDER_MISSING, folder=INBOX)
    return inbox + (_used_as("\\sent", listed) or _called_sent(listed))


def _named(name: str, listed: Sequence[Listed]) -> str:
    found = next(
        (one.name for one in listed if one.name == name or one.name.upper() == name.upper() == INBOX), None
    )
    if found is None:
        raise ImapTrouble(MailboxProblem.FOLDER_MISSING, folder=name)
    return found


def _used_as(use: str, listed: Sequence[Listed]) -> list[str]:
    return [one.name for one in listed if use in one.flags]


def _called_sent(listed: Sequence[Listed]) -> list[str]:
    """Return the folders whose name says that they hold what was sent, on the upper levels."""
    return [one.name for one in listed if _last_part(one.name) in _SENT]


def _last_part(name: str) -> str:
    return name.removeprefix("INBOX.").removeprefix("INBOX/").lower()
