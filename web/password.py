"""Is this the password?  argon2 in threads of its own."""

import asyncio
import secrets
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 10
LONGEST = 500
# Each takes 64 MiB and a core for a while: many logins at once wait their turn.
_THREADS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="argon2")


async def hashed(password: str) -> str:
    """Return what is kept of a password."""
    return await asyncio.get_running_loop().run_in_executor(_THREADS, _hasher().hash, password)


async def matches(password: str, kept: str | None) -> bool:
    """Tell whether *password* is the one of which *kept* was made.

    Without one to compare it takes as long: the time must not tell which accounts exist.
    """
    return await asyncio.get_running_loop().run_in_executor(_THREADS, _verified, password, kept)


def _verified(password: str, kept: str | None) -> bool:
    try:
        _hasher().verify(kept or _nobodys(), password)
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobodys() -> str:
    return _hasher().hash("nobody has this password")


def temporary() -> str:
    """Return a password to log in with once: long enough to guess in vain, short enough to copy."""
    return secrets.token_urlsafe(12)
