"""Is a request what it claims: signed by a web site of ours, or a form that somebody took time to fill in?"""

import hashlib
import hmac
from datetime import UTC, datetime

SIGNATURE_SECONDS = 300
SHORTEST_SECONDS, LONGEST_SECONDS = 3, 2 * 3600
_MAC_DIGITS = 40


def signature_of(secret: str, timestamp: str, body: bytes) -> str:
    """Return what a web site signs a request with: HMAC-SHA-256 over `timestamp.body`, in hexadecimal digits."""
    return hmac.digest(secret.encode(), timestamp.encode() + b"." + body, "sha256").hex()


def is_signed(secret: str, timestamp: str, body: bytes, signature: str) -> bool:
    """Tell whether a signature is right."""
    right = signature_of(secret, timestamp, body)
    return hmac.compare_digest(right.encode(), signature.lower().encode("utf-8", "replace"))


def is_fresh(timestamp: str) -> bool:
    """Tell whether a time in seconds since 1970 is within five minutes of now."""
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        return False
    return abs(datetime.now(UTC).timestamp() - int(timestamp)) <= SIGNATURE_SECONDS


def form_pass(key: bytes, token: str) -> str:
    """Return what a form carries that was just given out: when, and our seal on it."""
    at = str(int(datetime.now(UTC).timestamp() * 1000))
    return f"{at}.{_mac(key, token, at)}"


def is_filled_in_by_hand(key: bytes, token: str, given: str) -> bool:
    """Tell whether a form's pass is ours and neither of a moment nor of hours ago."""
    at, _, mac = given.partition(".")
    if not (at.isascii() and at.isdigit() and len(at) <= 15):
        return False
    if not hmac.compare_digest(_mac(key, token, at).encode(), mac.encode("utf-8", "replace")):
        return False
    age = datetime.now(UTC).timestamp() - int(at) / 1000
    return SHORTEST_SECONDS <= age <= LONGEST_SECONDS


def seal_of(*parts: str) -> str:
    """Return under what a request is remembered."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


def _mac(key: bytes, token: str, at: str) -> str:
    return hmac.digest(key, f"enquiry form:{token}:{at}".encode(), "sha256").hex()[:_MAC_DIGITS]
