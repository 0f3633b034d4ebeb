"""How is an access token renewed that has ended?  By the refresh grant of OAuth 2 (RFC 6749, 6)."""

import json
import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp

from ingest.credentials import Token
from ingest.imap_trouble import ImapTrouble, said
from storage.mailboxes import MailboxProblem

_SECONDS = 30
_UNTOLD_LIFE = timedelta(minutes=30)  # where the server does not say how long a token lasts
_MOST_OCTETS = 64 * 1024


async def renewed(token: Token, *, authorities: Path | None = None) -> Token:
    """Return *token* with a new access token.

    TOKEN_REFUSED if the server gives none any more, UNREACHABLE if it does not answer as it should.
    """
    form = {
        "grant_type": "refresh_token",
        "refresh_token": token.refresh_token,
        "client_id": token.client_id,
        "client_secret": token.client_secret,
        "scope": token.scope,
    }
    asked_at = datetime.now(UTC)
    status, answer = await _asked(token.token_url, form, authorities)
    access_token = answer.get("access_token")
    if status >= 500 or status == 429:
        raise ImapTrouble(MailboxProblem.UNREACHABLE, said=_why(status, answer))
    if status != 200 or not isinstance(access_token, str) or not access_token:
        raise ImapTrouble(MailboxProblem.TOKEN_REFUSED, said=_why(status, answer))
    # Some give another refresh token each time, and the one before ends.
    next_one = answer.get("refresh_token") or token.refresh_token
    return replace(
        token,
        access_token=access_token,
        expires_at=asked_at + _life(answer.get("expires_in")),
        refresh_token=str(next_one),
    )


async def _asked(url: str, form: dict[str, str], authorities: Path | None) -> tuple[int, dict[str, Any]]:
    context = ssl.create_default_context(cafile=authorities) if authorities else ssl.create_default_context()
    if authorities:
        context.load_default_certs()
    filled = {name: value for name, value in form.items() if value}
    limit = aiohttp.ClientTimeout(total=_SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=limit) as session,
            session.post(url, data=filled, ssl=context, allow_redirects=False) as response,
        ):
            text = await response.content.read(_MOST_OCTETS)
    except (aiohttp.ClientError, OSError, ValueError) as error:
        raise ImapTrouble(MailboxProblem.UNREACHABLE, said=said(error)) from error
    try:
        answer = json.loads(text)
    except ValueError:
        answer = None
    return response.status, answer if isinstance(answer, dict) else {}


def _life(seconds: Any) -> timedelta:
    try:
        return timedelta(seconds=int(seconds))
    except (TypeError, ValueError, OverflowError):
        return _UNTOLD_LIFE


def _why(status: int, answer: dict[str, Any]) -> str:
    return said(Exception(str(answer.get("error_description") or answer.get("error") or f"HTTP {status}")))
