"""What went wrong with a mailbox, and does trying again help?

Every error of the library, the network and TLS becomes one of the problems that a person
understands: see `storage.mailboxes.MailboxProblem`.
"""

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from storage.mailboxes import MailboxProblem

_LONGEST_SAID = 200
# RFC 5530, 3: the server will let us in another time.
_FOR_A_WHILE = re.compile(
    r"\[(UNAVAILABLE|INUSE|LIMIT|SERVERBUG)\b|too many|temporar|try again|internal error", re.IGNORECASE
)
_NEEDS_SOMEBODY = frozenset(
    {
        MailboxProblem.LOGIN_REFUSED,
        MailboxProblem.TOKEN_REFUSED,
        MailboxProblem.CERTIFICATE,
        MailboxProblem.NO_FOLDERS,
        MailboxProblem.FOLDER_MISSING,
    }
)


class ImapTrouble(Exception):
    """A mailbox cannot be read just now: *problem*, with its parameters."""

    def __init__(self, problem: MailboxProblem, **parameters: str) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.parameters = {name: value for name, value in parameters.items() if value}

    @property
    def needs_somebody(self) -> bool:
        """Whether it stays so until somebody does something."""
        return self.problem in _NEEDS_SOMEBODY


@contextmanager
def as_trouble() -> Iterator[None]:
    """Turn what the library and the network raise into ImapTrouble."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise ImapTrouble(MailboxProblem.CERTIFICATE, reason=error.verify_message) from error
    except (imaplib.IMAP4.error, UnicodeError) as error:  # an abort is one
        raise ImapTrouble(MailboxProblem.CLOSED_BY_SERVER, said=said(error)) from error
    except OSError as error:  # a timeout, and one of TLS, too
        raise ImapTrouble(MailboxProblem.UNREACHABLE, said=said(error)) from error


@contextmanager
def as_refusal(problem: MailboxProblem) -> Iterator[None]:
    """Turn a NO to a login into *problem*, unless the server says that it is for a while."""
    try:
        yield
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        if isinstance(error.__context__, imaplib.IMAP4.abort):  # the library says "login failed" to that too
            raise error.__context__ from None
        text = said(error)
        if _FOR_A_WHILE.search(text):
            raise ImapTrouble(MailboxProblem.UNREACHABLE, said=text) from error
        raise ImapTrouble(problem, said=text) from error


def said(error: BaseException) -> str:
    """Return what a server, or the system, said, in short.

    >>> said(OSError(111, "Connection refused"))
    'Connection refused'
    """
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    match = re.fullmatch(r"b(['\"])(.*)\1", text, re.DOTALL)
    printable = "".join(letter if letter.isprintable() else " " for letter in (match[2] if match else text))
    return printable.strip()[:_LONGEST_SAID]
