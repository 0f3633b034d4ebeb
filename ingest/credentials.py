"""What logs in to a mailbox: a password, or a token of OAuth 2?

As a text it is sealed and kept (see `storage.secrets`).
"""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

from storage.mailboxes import SecretKind

_SOON = timedelta(minutes=2)


class UnknownCredentials(ValueError):
    """The text that was sealed is none of ours."""


@dataclass(frozen=True, slots=True)
class Password:
    """A password, best one for programs only (an app password)."""

    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """An access token of OAuth 2, and what fetches the next one when it ends (RFC 6749, 6).

    Without *token_url* and *refresh_token* it is all there is.
    """

    access_token: str = ""
    expires_at: datetime | None = None
    token_url: str = ""
    client_id: str = ""
    client_secret: str = ""
    refresh_token: str = ""
    scope: str = ""

    @property
    def can_be_renewed(self) -> bool:
        """Whether a new access token can be fetched."""
        return bool(self.token_url and self.refresh_token)

    def must_be_renewed(self, now: datetime) -> bool:
        """Tell whether there is no access token that lasts a while longer."""
        ends = self.expires_at
        return self.can_be_renewed and (not self.access_token or ends is None or ends <= now + _SOON)


Credentials = Password | Token


def as_text(credentials: Credentials) -> str:
    """Return what is sealed.

    >>> read(SecretKind.XOAUTH2, as_text(Token(access_token="ya29"))).access_token
    'ya29'
    """
    if isinstance(credentials, Password):
        return credentials.password
    filled = {name: value for name, value in asdict(credentials).items() if value}
    if credentials.expires_at:
        filled["expires_at"] = credentials.expires_at.astimezone(UTC).isoformat()
    return json.dumps(filled)


def kind_of(credentials: Credentials) -> SecretKind:
    """Return the kind under which they are kept."""
    return SecretKind.PASSWORD if isinstance(credentials, Password) else SecretKind.XOAUTH2


def read(kind: SecretKind, text: str) -> Credentials:
    """Return the credentials of a text.  UnknownCredentials if it is none of ours."""
    if kind is SecretKind.PASSWORD:
        return Password(text)
    try:
        given = json.loads(text)
        if ends := given.pop("expires_at", None):
            given["expires_at"] = datetime.fromisoformat(ends)
        return Token(**given)
    except (ValueError, TypeError, AttributeError):
        raise UnknownCredentials(UnknownCredentials.__doc__) from None
