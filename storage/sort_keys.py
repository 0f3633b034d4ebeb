"""In which order do names stand, and how are they found however they are spelt?"""

import re
import unicodedata

LONGEST = 300
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d"})
_GAPS = re.compile(r"[^\w]+")
_UMLAUTS_SPELT_OUT = re.compile(r"(?<=[aou])e")


def sort_key(*names: str) -> str:
    """Return *names* without case, accents and punctuation: `Müller & Söhne` is `muller sohne`."""
    letters = " ".join(names).casefold()
    if not letters.isascii():
        apart = unicodedata.normalize("NFKD", letters.translate(_LETTERS))
        letters = "".join(c for c in apart if not unicodedata.combining(c))
    return _GAPS.sub(" ", letters).strip()[:LONGEST]


def spellings(word: str) -> set[str]:
    """Return the sort keys that somebody may mean who types *word*: `mueller` may be `Müller`."""
    key = sort_key(word)
    return {key, _UMLAUTS_SPELT_OUT.sub("", key)}
