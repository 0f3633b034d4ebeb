"""Who carries our mail?  A relay, spoken to by SMTP, one mail a conversation."""

import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum

import aiosmtplib

_CONNECT_SECONDS, _ANSWER_SECONDS = 10.0, 60.0
_LONGEST_PROBLEM = 300
_AUTHENTICATION = range(530, 540)


class Tls(StrEnum):
    """How a conversation with the relay is kept from others."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Relay:
    """A server that takes our mail; *return_path* is empty where nobody shall answer (RFC 5321, 4.5.5)."""

    host: str
    port: int
    tls: Tls
    login: str = ""
    password: str = field(default="", repr=False)
    return_path: str = ""
    own_name: str = "localhost"


class Fate(StrEnum):
    """What became of a mail: unclear where it was given away and no answer came."""

    SENT = "sent"
    LATER = "later"
    REFUSED = "refused"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a mail, and what the relay said where it was not taken.

    *away* if no other mail would fare better just now.
    """

    fate: Fate
    problem: str = ""
    away: bool = False


async def hand_over(
    relay: Relay, recipient: str, octets: bytes, *, before: Callable[[], Awaitable[None]]
) -> Outcome:
    """Give a mail to the relay, and return what became of it.

    *before* is awaited when all is ready and nothing is sent yet: what happens after it
    may be unclear for ever.
    """
    client, given = _client(relay), False
    try:
        await client.connect()
        await client.mail(relay.return_path)
        await client.rcpt(recipient)
        await before()
        given = True
        await client.data(octets, timeout=_ANSWER_SECONDS)
    except aiosmtplib.SMTPResponseException as error:
        return _answered(error)
    except (aiosmtplib.SMTPException, OSError) as error:
        return Outcome(Fate.UNCLEAR if given else Fate.LATER, _in_words(error), away=not given)
    finally:
        client.close()
    return Outcome(Fate.SENT)


async def greet(relay: Relay) -> str:
    """Speak with the relay as far as a login; return what is wrong, empty if nothing is."""
    client = _client(relay)
    try:
        await client.connect()
    except (aiosmtplib.SMTPException, OSError) as error:
        return _in_words(error)
    finally:
        client.close()
    return ""


def _client(relay: Relay) -> aiosmtplib.SMTP:
    return aiosmtplib.SMTP(
        hostname=relay.host,
        port=relay.port,
        username=relay.login or None,
        password=relay.password or None,
        local_hostname=relay.own_name,
        timeout=_CONNECT_SECONDS,
        use_tls=relay.tls is Tls.TLS,
        start_tls=relay.tls is Tls.STARTTLS,
        tls_context=None if relay.tls is Tls.NONE else ssl.create_default_context(),
    )


def _answered(error: aiosmtplib.SMTPResponseException) -> Outcome:
    """Return what an answer other than yes means.  A login that is refused is ours to put right, not the mail's."""
    if error.code >= 500 and error.code not in _AUTHENTICATION:
        return Outcome(Fate.REFUSED, _in_words(error))
    early = isinstance(error, aiosmtplib.SMTPConnectResponseError | aiosmtplib.SMTPAuthenticationError)
    return Outcome(Fate.LATER, _in_words(error), away=early)


def _in_words(error: Exception) -> str:
    """Return the relay's answer, or what kept us from getting one."""
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return f"{error.code} {error.message}"[:_LONGEST_PROBLEM]
    return f"{type(error).__name__}: {error}"[:_LONGEST_PROBLEM]
