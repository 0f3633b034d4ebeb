"""How is print compared, whatever accents it has and however it was read?"""

import unicodedata
from functools import lru_cache

_SINGLE = {
    "ß": "s",
    "æ": "a",
    "œ": "o",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "’": "'",
    "‘": "'",
    "´": "'",
    "`": "'",
    "\xa0": " ",
}
_TO_DIGITS = str.maketrans({"O": "0", "o": "0", "Q": "0", "D": "0", "l": "1", "I": "1", "|": "1", "!": "1", "i": "1",
                            "S": "5", "s": "5", "B": "8", "Z": "2", "z": "2"})  # fmt: skip


def folded(text: str) -> str:
    """Return a text in small letters without accents, every sign at its place.

    >>> folded("Notre Réf.: Größe")
    'notre ref.: grose'
    """
    return "".join(map(_folded_sign, text))


@lru_cache(maxsize=1024)
def _folded_sign(sign: str) -> str:
    if sign in _SINGLE:
        return _SINGLE[sign]
    low = sign.lower()
    if low.isascii() or low in _SINGLE:
        return _SINGLE.get(low, low)[:1]
    base = unicodedata.normalize("NFKD", low)[:1]
    return base or sign


def as_digits(text: str) -> str:
    """Return what was meant as a number with the letters that look like digits as such.

    >>> as_digits("2O26"), as_digits("l")
    ('2026', '1')
    """
    return text.translate(_TO_DIGITS)
