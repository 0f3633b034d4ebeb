"""Who is logged in, who tried in vain, and which programs may act for whom?

Tokens are random and leave here once; rows keep digests.
"""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta

from tortoise.expressions import Q

from mail.address import Address
from storage.connect import transaction
from storage.staff import ApiToken, LoginFailure, Session, Staff, StaffAddress, StaffAddressKind

API_TOKEN_PREFIX = "pb_"  # noqa: S105 - what every token begins with, so that scanners for leaked ones find it
_TOKEN_OCTETS = 32
_SEEN_EVERY = timedelta(minutes=5)
_FORGET_FAILURES = timedelta(days=1)


def digest_of_token(token: str) -> str:
    """Return what a row keeps of a token: SHA-256 in hexadecimal digits."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


async def staff_by_login(text: str) -> Staff | None:
    """Return who logs in as *text*: their login, or an own address of theirs.

    Only somebody who still works here and has a password.
    """
    address = Address.parse(text)
    key = address.key if address else text.strip().lower()
    if not key or "\x00" in key or len(key) > 320:
        return None
    present = Staff.filter(left_at__isnull=True, password_hash__isnull=False)
    if staff := await present.get_or_none(login=key):
        return staff
    own = await StaffAddress.get_or_none(key=key, kind=StaffAddressKind.OWN)
    return await present.get_or_none(id=own.staff_id) if own and own.staff_id else None


async def open_session(staff: Staff, *, longest: timedelta) -> str:
    """Begin a session and return its token, which is kept nowhere else."""
    now = datetime.now(UTC)
    token = secrets.token_urlsafe(_TOKEN_OCTETS)
    async with transaction():
        await Session.filter(expires_at__lt=now).delete()
        await Session.create(
            token_digest=digest_of_token(token), staff_id=staff.id, seen_at=now, expires_at=now + longest
        )
    return token


async def session_of(token: str, *, idle: timedelta) -> Session | None:
    """Return the session with its staff member, or None if it is unknown, over, or long unused."""
    now = datetime.now(UTC)
    session = await Session.get_or_none(token_digest=digest_of_token(token)).select_related("staff")
    if session is None or session.expires_at <= now or session.seen_at + idle <= now:
        return None
    if session.staff.left_at is not None:
        return None
    if session.seen_at + _SEEN_EVERY <= now:
        await Session.filter(id=session.id).update(seen_at=now)
    return session


async def close_session(token: str) -> None:
    """End one session."""
    await Session.filter(token_digest=digest_of_token(token)).delete()


async def close_sessions_of(staff_id: int, *, but: int | None = None) -> None:
    """End all sessions of a staff member, except the one with id *but*."""
    await Session.filter(staff_id=staff_id).exclude(id=but or 0).delete()


async def count_attempt(subject: str, *, within: timedelta) -> tuple[int, datetime | None, int]:
    """Count a login attempt on *subject* before its password is looked at.

    Returns how many failures came before it within that time, when the last was,
    and the id of the new row, which `forgive` takes back.  Counting first keeps a
    thousand guesses that arrive at once from all seeing a clean record.
    """
    now = datetime.now(UTC)
    async with transaction():
        await LoginFailure.filter(failed_at__lt=now - _FORGET_FAILURES).delete()
        row = await LoginFailure.create(subject=subject[:400])
        earlier = LoginFailure.filter(subject=subject[:400], failed_at__gte=now - within, id__lt=row.id)
        last = await earlier.order_by("-id").first()
        return await earlier.count(), last.failed_at if last else None, row.id


async def forgive(*attempts: int) -> None:
    """Take back attempts that were none."""
    await LoginFailure.filter(id__in=attempts).delete()


async def forgive_last(subject: str) -> None:
    """Take back the newest attempt on *subject*."""
    if newest := await LoginFailure.filter(subject=subject[:400]).order_by("-id").first():
        await forgive(newest.id)


async def forgive_all(subject: str) -> None:
    """Forget the failures of *subject*: the right password was given."""
    await LoginFailure.filter(subject=subject[:400]).delete()


async def make_api_token(staff_id: int, name: str) -> str:
    """Make a token for a program that acts as this staff member, and return it this once."""
    token = API_TOKEN_PREFIX + secrets.token_urlsafe(_TOKEN_OCTETS)
    await ApiToken.create(name=name, token_digest=digest_of_token(token), staff_id=staff_id)
    return token


async def api_token_of(token: str) -> ApiToken | None:
    """Return a valid API token with its staff member, or None."""
    found = await ApiToken.get_or_none(
        token_digest=digest_of_token(token), revoked_at__isnull=True, staff__left_at__isnull=True
    ).select_related("staff")
    now = datetime.now(UTC)
    if found and (found.seen_at is None or found.seen_at + _SEEN_EVERY <= now):
        await ApiToken.filter(id=found.id).update(seen_at=now)
    return found


async def api_tokens_of(staff_id: int) -> list[ApiToken]:
    """Return a staff member's valid API tokens, newest first."""
    return await ApiToken.filter(staff_id=staff_id, revoked_at__isnull=True).order_by("-id")


async def revoke_api_token(token_id: int, *, staff_id: int) -> bool:
    """Revoke a staff member's own token; False if it is none of theirs."""
    own = ApiToken.filter(Q(id=token_id, staff_id=staff_id, revoked_at__isnull=True))
    return bool(await own.update(revoked_at=datetime.now(UTC)))


async def set_name_and_language(staff_id: int, *, name: str, language: str) -> None:
    """Keep what somebody wants to be called, and in which language they read the pages."""
    await Staff.filter(id=staff_id).update(name=name, language=language)
