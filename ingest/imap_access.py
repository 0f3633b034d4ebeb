"""How is a mailbox reached: which server, how encrypted, who logs in?"""

import ssl
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from imapclient import IMAPClient, SocketTimeout

from ingest.credentials import Credentials, Password
from ingest.imap_trouble import ImapTrouble, as_refusal, as_trouble
from storage.mailboxes import Encryption, MailboxProblem

CONNECT_SECONDS, ANSWER_SECONDS = 15.0, 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Where a mailbox is, and who logs in; *authorities* is a PEM file that is believed beside the system's."""

    host: str
    port: int
    encryption: Encryption
    login: str
    credentials: Credentials
    authorities: Path | None = None
    connect_seconds: float = CONNECT_SECONDS
    answer_seconds: float = ANSWER_SECONDS


def reached(access: Access) -> IMAPClient:
    """Return a connection on which nobody has logged in yet, encrypted as wanted.  ImapTrouble."""
    timeout = SocketTimeout(access.connect_seconds, access.answer_seconds)
    at_once = access.encryption is Encryption.TLS
    with as_trouble():
        context = None if access.encryption is Encryption.NONE else _context(access.authorities)
        client = IMAPClient(
            access.host, access.port, ssl=at_once, ssl_context=context if at_once else None, timeout=timeout
        )
        # It would make a text of each mail for its log, and passwords would stand there too.
        client._imap.debug = 0  # noqa: SLF001 - the library sets it, and has no setting for it
        if access.encryption is Encryption.STARTTLS:
            try:
                client.starttls(context)
            except BaseException:
                with suppress(OSError):
                    client.shutdown()
                raise
    return client


def log_in(client: IMAPClient, access: Access) -> None:
    """Log in.  ImapTrouble: LOGIN_REFUSED, TOKEN_REFUSED, or what ended the connection."""
    credentials = access.credentials
    with as_trouble():
        if isinstance(credentials, Password):
            with as_refusal(MailboxProblem.LOGIN_REFUSED):
                _log_in_by_password(client, access.login, credentials.password)
        else:
            if not credentials.access_token:
                raise ImapTrouble(MailboxProblem.TOKEN_REFUSED)
            with as_refusal(MailboxProblem.TOKEN_REFUSED):
                client.oauth2_login(access.login, credentials.access_token)


def _log_in_by_password(client: IMAPClient, login: str, password: str) -> None:
    """Log in as the library does, which speaks ASCII only; beyond that by SASL, in UTF-8 (RFC 4616)."""
    if (login + password).isascii():
        client.login(login, password)
    else:
        client.plain_login(login, password)


def _context(authorities: Path | None) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if authorities:
        context.load_verify_locations(authorities)
    return context
