"""What does a mail to us alone ask to be entered?  `#call from Anna Muster: asks about the offer`.

Pure.  A tag, perhaps a day, perhaps which way it went, then with whom; what it is about
stands behind a colon.  Whom the names mean is looked up elsewhere.
"""

import re
from dataclasses import dataclass
from datetime import date

from history.kinds import EntryKind
from ingest.command_days import Said, day_at
from ingest.command_words import BY, BY_ANYWHERE, FROM, MARKS, TAGS, WITH
from mail.address import Address
from mail.notice import ADDRESSES
from storage.entries import Direction

_TAG = re.compile(r"\s*#([^\W\d_][\w-]*):?(?:\s+|$)")
_APART = re.compile(r"\s*(?::(?=\s|$)|\s[–—-](?=\s)|;)\s*")
_LONGEST_LINE = 120
_MOST_WORDS = 60
_BOTH_WAYS = frozenset({EntryKind.CALL, EntryKind.VISIT, EntryKind.MEETING, EntryKind.GIFT})


@dataclass(frozen=True, slots=True)
class Command:
    """What is to be entered.  *names* are texts in which correspondents are named, to be tried in order.

    *unclear* is the word that was to be a day and is none, or the tag that nobody knows
    (with *kind* None).
    """

    kind: EntryKind | None
    direction: Direction
    day: date | None
    addresses: tuple[Address, ...]
    names: tuple[str, ...]
    subject: str
    unclear: str = ""


def read_command(subject: str, text: str, *, today: date) -> Command | None:
    """Return what a mail with this subject and text asks for; None if it is no command."""
    found = _TAG.match(subject)
    if found is None or (tag := found[1].casefold()) in MARKS:
        return None
    kind = TAGS.get(tag)
    words = subject[found.end() :].split()[:_MOST_WORDS]
    first_line = _first_line(text)
    if kind is None:
        return Command(None, Direction.INTERNAL, None, (), (), " ".join(words) or first_line, f"#{found[1]}")
    day, words, no_day = _day_in(words, kind, today)
    direction, words = _direction_in(words, kind)
    rest = " ".join(words)
    addresses = _addresses(f"{rest} {first_line}")
    head, matter = _apart(rest)
    names = [ADDRESSES.sub(" ", one) for one in (head, first_line)]
    return Command(
        kind=kind,
        direction=direction,
        day=day,
        addresses=addresses,
        names=tuple(" ".join(one.split()) for one in names if any(map(str.isalpha, one))),
        subject=matter or rest or first_line,
        unclear=no_day,
    )


def _day_in(words: list[str], kind: EntryKind, today: date) -> tuple[date | None, list[str], str]:
    """Return the day, the words without it, and the word that was to be one and is none."""
    ahead = kind is EntryKind.TODO
    leading = 1 if words and words[0].casefold() in BY else 0
    said = day_at(words[leading:], today=today, ahead=ahead)
    at, length = 0, leading
    if said is None and ahead:
        at, said = _by(words, today)
        length = 1
    if said is None:
        return None, words, ""
    end = at + length + said.words
    colon = [":"] if at and words[end - 1].endswith(":") else []
    return (
        said.day,
        [*words[:at], *colon, *words[end:]],
        "" if said.day else " ".join(words[at + length : end]),
    )


def _by(words: list[str], today: date) -> tuple[int, Said | None]:
    """Return where `by Friday` or the like stands among *words*."""
    for at, word in enumerate(words):
        if word.casefold() in BY_ANYWHERE and (said := day_at(words[at + 1 :], today=today, ahead=True)):
            return at, said
    return 0, None


def _direction_in(words: list[str], kind: EntryKind) -> tuple[Direction, list[str]]:
    first = words[0].casefold() if words else ""
    usual = Direction.OUTGOING if kind in _BOTH_WAYS else Direction.INTERNAL
    if first in FROM and len(words) > 1:
        return (Direction.INCOMING if kind in _BOTH_WAYS else usual), words[1:]
    return usual, words[1:] if first in WITH and len(words) > 1 else words


def _apart(rest: str) -> tuple[str, str]:
    """Return with whom it is, and what it is about where that stands apart."""
    found = _APART.search(rest)
    return (rest[: found.start()], rest[found.end() :]) if found else (rest, "")


def _addresses(text: str) -> tuple[Address, ...]:
    found = (Address.parse(one.rstrip(".,;:")) for one in ADDRESSES.findall(text))
    return tuple(dict.fromkeys(one for one in found if one))


def _first_line(text: str) -> str:
    line = next((" ".join(one.split()) for one in text.splitlines() if one.strip()), "")
    return line if len(line) <= _LONGEST_LINE else ""
