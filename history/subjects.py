"""What is left of a subject when it says no more that it answers or forwards?"""

import re

_LONGEST = 300
# RFC 5256, 2.1 knows only re, fw and fwd; these are what mail programs write in our languages.
_PREFIXES = (
    "re|r|rif|ris|aw|antw|antwort|sv|vs|ref|réf|rép|rep|odp|"
    "fw|fwd|wg|tr|i|inoltro|inoltra|doorst|weitergeleitet|weiterl"
)
_ANSWERED = re.compile(
    rf"(?:\s*(?:{_PREFIXES})\s*(?:\[\d{{1,4}}\]|\(\d{{1,4}}\))?\s*[:：]\s*)+", re.IGNORECASE
)


def subject_key(subject: str) -> str:
    """Return the form in which subjects of one conversation are equal.

    >>> subject_key("AW: Re[2]:  Offerte  März")
    'offerte märz'
    """
    bare = _ANSWERED.sub("", subject, count=1) if is_answer(subject) else subject
    return " ".join(bare.split()).casefold()[:_LONGEST]


def is_answer(subject: str) -> bool:
    """Tell whether a subject says that the message answers or forwards another."""
    return _ANSWERED.match(subject) is not None
