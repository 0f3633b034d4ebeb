"""Is this line the attribution of a quote, as "Am 3.5.2026 um 14:02 schrieb Eva Meier <eva@firma.example>:"?

Clients write it in some hundred ways; what they share is a date near the start, who wrote
at the end, and a colon.  A verb of `mail.reply_marks` makes it sure, an address before the
colon stands for one in the languages that the table does not know.
"""

import re
from collections.abc import Sequence

from mail.reply_marks import VERB, VERB_ENDINGS

_MOST_LINES = 4
_LONGEST = 500
_MOST_WORDS_BEHIND = 4
_COLONS = (":", "：")
_TIME = re.compile(r"(?<![\d.])\d{1,2}\s?(?:[:：h]|[.](?=\d\d(?:\D|$)(?![.\d]))|시|時|时|点)\s?\d{2}(?!\d)")
_DATE = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d(?!\d)|\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}|\d{1,2}[.,]?[ -][^\W\d]{3,})|"
    r"(?<![^\W\d])[^\W\d]{3,}+\.? \d{1,2}(?!\d)"
)
_DATE_FIRST = re.compile(r"[^\w]*(?:[^\W\d][^\s\d]{0,14}\s{1,2}){0,3}[^\W\d]{0,3}[^\w\s]?\d")
_ADDRESS_LAST = re.compile(r"[\w.]@[\w.-]+[^\w\s]{0,3}(?:\s?<?mailto:[^\s>]+>{1,2})?\s?[)\]>]?\s?[:：]$")
_ADDRESS = re.compile(r"[<(\[]\s?(?:mailto:)?[^\s<>()]+@[^\s<>()]+[>)\]]")
_DIRECTIONS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
_DIRECTED = frozenset("\u200e\u200f\u202c\u2069")


def may_end_attribution(line: str) -> bool:
    """Tell cheaply whether an attribution can end with this stripped line."""
    return line.endswith(_COLONS) or line.endswith(VERB_ENDINGS) or line[-1:] in _DIRECTED


def attribution_start(lines: Sequence[str], end: int, *, first: int, quote_follows: bool) -> int | None:
    """Return where the attribution starts that ends with line *end*; None if it is none.

    It lies behind *first*, and is broken into few lines, none of them blank.  Without
    quote marks behind it all the rest will count as quoted; so more is asked of it.
    """
    joined = ""
    for start in range(end, max(first, end - _MOST_LINES + 1) - 1, -1):
        line = lines[start]
        if not line or len(joined) + len(line) > _LONGEST:
            return None
        joined = f"{line} {joined}".rstrip()
        if _is_attribution(_plain(joined), quote_follows=quote_follows):
            return _earlier_start(lines, start, first)
    if quote_follows and _names_writer(_plain(lines[end])):
        return end
    return None


def is_date_and_address(line: str) -> bool:
    """Tell whether the line is a date, a name and an address: an attribution if a quote follows."""
    said = _plain(line[:_LONGEST])
    found = _ADDRESS.search(said)
    return (
        found is not None
        and found.end() == len(said)
        and bool(_DATE_FIRST.match(said) and _DATE.search(said))
    )


def _plain(line: str) -> str:
    return line.replace("\xa0", " ").translate(_DIRECTIONS).strip(" *_").lower()


def _is_attribution(line: str, *, quote_follows: bool) -> bool:
    time, date = _TIME.search(line), _DATE.search(line)
    if not (time or date):
        return False
    verb, address = VERB.search(line), _ADDRESS.search(line)
    if _DATE_FIRST.match(line):
        if _ADDRESS_LAST.search(line):
            return True
        if address and time and date and line.count(" ", address.end()) <= _MOST_WORDS_BEHIND:
            return True
        return bool(verb) and bool(time or "@" in line or quote_follows)
    if address and address.start() < 80:
        return bool(verb or (time and date))
    return bool(verb and time and date and len(line) < 160 and verb.start() < 80)


def _names_writer(line: str) -> bool:
    """Tell whether one line right above a quote is its attribution: who wrote, or when and which address."""
    if len(line) > 200:
        return False
    return bool(VERB.search(line)) or bool(_TIME.search(line) and _DATE.search(line))


def _earlier_start(lines: Sequence[str], start: int, first: int) -> int:
    """Return the line before if the attribution seems to begin there: a date, too long for the rest."""
    before = lines[start - 1] if start > first else ""
    if not before or _DATE_FIRST.match(_plain(lines[start])):
        return start
    long_enough = len(before) + len(lines[start].split(" ", 1)[0]) > 60
    if long_enough and _DATE_FIRST.match(_plain(before)) and _TIME.search(before):
        return start - 1
    return start
