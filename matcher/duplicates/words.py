"""When are two words the same, however they are spelt, and when but for a slip of the finger?"""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from storage.sort_keys import sort_key

_UMLAUTS = re.compile(r"(?<=[aou])e")
_DOUBLED = re.compile(r"(.)\1+")
_ALIKE = 0.8
_VOWELS = re.compile(r"(?<=.)[aeiouyhw]")


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """Return words without case, accents and marks, umlauts however written.

    >>> folded("Müller-Graf") == folded("MUELLER GRAF") == "muller graf"
    True
    """
    return _UMLAUTS.sub("", sort_key(text))


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """Return the consonants of a folded word, by which those that sound alike stand together.

    >>> skeleton("maier"), skeleton("schmid"), skeleton("schmidt")
    ('mr', 'smt', 'smt')
    """
    bare = word.replace(" ", "").replace("sch", "s").replace("dt", "t").replace("ck", "k").replace("ph", "f")
    bare = bare.replace("c", "k").replace("z", "s").replace("v", "f").replace("d", "t").replace("b", "p")
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", bare))


def slips(one: str, other: str) -> int:
    """Return how many letters are missing, too many, wrong or swapped between two words."""
    return OSA.distance(one, other)


def is_close(one: str, other: str) -> bool:
    """Tell whether words differ by few slips for their length; short ones must be equal.

    >>> is_close("steinmann", "stienmann"), is_close("meier", "maier"), is_close("may", "mai")
    (True, True, False)
    """
    if one == other:
        return True
    longest, shortest = max(len(one), len(other)), min(len(one), len(other))
    allowed = 0 if shortest < 4 else 1 if longest < 8 else 2 if longest < 14 else 3
    return longest - shortest <= allowed and OSA.distance(one, other, score_cutoff=allowed) <= allowed


def is_like(one: str, other: str, *, least: float = _ALIKE) -> bool:
    """Tell whether words resemble each other: too little to be one name, enough not to be another.

    >>> is_like("reid", "rei"), is_like("quilliam", "quillem"), is_like("natasha", "lews")
    (True, True, False)
    """
    return min(len(one), len(other)) > 1 and JaroWinkler.similarity(one, other) >= least
