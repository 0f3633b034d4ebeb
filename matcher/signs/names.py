"""Which names stand in a signature that may be an organisation's, or a person's who signs?"""

import re
from collections.abc import Iterable, Iterator

from matcher.legal_forms import firm_name

_APART = re.compile(r"\s*[|•·;,/\t]\s*|\s+[-–—]\s+|\s{3,}")
_NO_NAME = re.compile(r"@|www\.|https?:|\d{5,}|^\W*$", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_MOST_FIRMS, _MOST_SIGNERS = 12, 10
_LONGEST, _MOST_WORDS = 100, 6


def firms(lines: Iterable[str]) -> tuple[str, ...]:
    """Return what may name an organisation: with a legal form first, else some words without digits."""
    parts = dict.fromkeys(part for line in lines for part in _parts(line))
    formed = [part for part in parts if firm_name(part).form is not None]
    plain = [
        part for part in parts if firm_name(part).form is None and " " in part and not _DIGIT.search(part)
    ]
    return tuple([*formed, *plain][:_MOST_FIRMS])


def signers(lines: Iterable[str]) -> tuple[str, ...]:
    """Return what may name the person who signs: short parts of at least two words without digits."""
    parts = (part for line in lines for part in _APART.split(line))
    named = (
        part
        for part in parts
        if 2 <= len(part.split()) <= _MOST_WORDS
        and not any(sign.isdigit() or sign in "@:?!" for sign in part)
    )
    return tuple(dict.fromkeys(named))[:_MOST_SIGNERS]


def _parts(line: str) -> Iterator[str]:
    if len(line) > _LONGEST * 2:
        return
    for part in dict.fromkeys((line, *_APART.split(line))):
        if 2 < len(part) <= _LONGEST and not _NO_NAME.search(part):
            yield part
