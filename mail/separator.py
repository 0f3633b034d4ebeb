"""Does a new letter begin here?  The text of the QR code on our separator sheets.

It is signed: a code on somebody's letter must not split it, nor let its page be taken for a
sheet that is thrown away.
"""

import hmac

from mail.tokens import token

_PREFIX, _SIGNED_FOR = "POSTBUCH:SEPARATOR:", "separator-sheet"


def separator_text(*, key: bytes) -> str:
    """Return what the code on the sheets of an installation says.

    >>> separator_text(key=b"k")[:22]
    'POSTBUCH:SEPARATOR:J3Z'
    """
    return _PREFIX + token(_SIGNED_FOR, (), key=key).upper()


def is_separator_text(text: str, *, key: bytes) -> bool:
    """Tell whether a code says that it stands on a separator sheet of ours."""
    return hmac.compare_digest(
        text.strip().upper().encode("utf-8", "replace"), separator_text(key=key).encode()
    )
