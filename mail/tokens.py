"""Did we sign this?  Numbers as a token that nobody can guess or make for another purpose.

In links and Message-IDs: letters and digits only, in one case, for relays change it.
"""

import base64
import hmac
import struct
from collections.abc import Sequence

_MAC_OCTETS = 16  # 128 bits
_LONGEST = 200


def token(purpose: str, numbers: Sequence[int], *, key: bytes) -> str:
    """Return *numbers*, signed for one purpose.

    >>> token("x", [42], key=b"k")
    'aaaaaaaaaaacviuws6zibhmhmznjb3i22vhbwtq'
    """
    octets = struct.pack(f">{len(numbers)}Q", *numbers)
    return base64.b32encode(octets + _mac(purpose, octets, key)).decode().lower().rstrip("=")


def numbers_in(purpose: str, text: str, *, count: int, key: bytes) -> tuple[int, ...] | None:
    """Return the *count* numbers of a token for this purpose, None if we did not sign it."""
    try:
        padded = text.upper() + "=" * (-len(text) % 8)
        octets = base64.b32decode(padded) if len(text) <= _LONGEST else b""
    except ValueError:
        return None
    signed, mac = octets[:-_MAC_OCTETS], octets[-_MAC_OCTETS:]
    if len(signed) != 8 * count or not hmac.compare_digest(mac, _mac(purpose, signed, key)):
        return None
    return struct.unpack(f">{count}Q", signed)


def _mac(purpose: str, octets: bytes, key: bytes) -> bytes:
    return hmac.digest(key, purpose.encode() + b"\0" + octets, "sha256")[:_MAC_OCTETS]
