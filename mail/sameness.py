"""Are two messages one, of which a list or gateway has changed one on its way?

Footers, warnings and disclaimers are added at the edges, subjects are tagged, attachments
taken out, links led through a filter, lines wrapped anew.  What the author wrote stays: the
same Message-ID, author and date, and the same words in the same order.  Whatever else was
said is another message, though a machine may have given it the same id.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import parse_qs, unquote, urlsplit

from mail.added import is_footer, is_warning
from mail.message import Attachment, ParsedMessage

_CLOCKS_APART = timedelta(seconds=60)
_MOST_WORDS = 20_000
_ANCHOR = 8
_MOST_STARTS = 20
_FIRST_WORDS = 300  # within which a text begins that has a warning above it
# What was added without anything that tells it: only around a letter of some length.
_LONG, _MOST_OF_IT = 40, 0.7
_SMALL_NOTE = 20_000
_TAG = re.compile(
    r"\s*(?:\[[^\[\]]{1,60}\]|\([^()]{1,40}\)(?=\s*\S)|\*{2,}[^*]{1,40}\*{2,}|\{[^{}]{1,40}\}|<[^<>]{1,40}>"
    r"|(?:ext|extern|external|externe|esterno|spam|junk|caution|warning|sicher|secure|encrypted)\s*[:|-]"
    r"|(?:re|r|rif|aw|antw|sv|fw|fwd|wg|tr|i)\s*:)",
    re.IGNORECASE,
)
_WORD = re.compile(r"(?:https?://|www\.)[^\s<>\"'\])]+|\w+", re.IGNORECASE)
_FILTERS = re.compile(
    r"safelinks\.protection\.outlook\.com|urldefense|protect-\w+\.mimecast|linkprotect|secure-web\.cisco"
    r"|clicktime\.|urlsand|protection\.sophos|trendmicro|url\w*\.emailprotection|safeweb|antigena",
    re.IGNORECASE,
)
_OPAQUE = "link:"


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a text, each with where it begins and ends there."""

    text: str
    said: tuple[str, ...]
    places: tuple[tuple[int, int], ...]

    def before(self, number: int) -> str:
        """Return what stands above this word."""
        return self.text[: self.places[number][0]] if number else ""

    def behind(self, number: int) -> str:
        """Return what stands from this word on, with the signs before it."""
        if number == len(self.said):
            return ""
        return self.text[self.places[number - 1][1] if number else 0 :]


def are_one(one: ParsedMessage, other: ParsedMessage) -> bool:
    """Tell whether two messages of the same Message-ID are one; the order does not matter."""
    return (
        one.message_id is not None
        and one.message_id == other.message_id
        and _same_date(one, other)
        and _same_author(one, other)
        and bare_subject(one.subject) == bare_subject(other.subject)
        and _same_files(one.attachments, other.attachments)
        and _same_text(one.text, other.text)
    )


def bare_subject(subject: str) -> str:
    """Return a subject without what is put before it on the way, and without blanks.

    >>> bare_subject("[EXTERN] [verein] Re: Offerte  März")
    'offertemärz'
    """
    at = 0
    while found := _TAG.match(subject, at):
        at = found.end()
    return "".join(subject[at:].split()).casefold()


def _same_date(one: ParsedMessage, other: ParsedMessage) -> bool:
    if one.date is None or other.date is None:
        return one.date is other.date
    return abs(one.date - other.date) <= _CLOCKS_APART


def _same_author(one: ParsedMessage, other: ParsedMessage) -> bool:
    """Tell whether the authors are the same; a list that writes in its own name puts them into Reply-To."""
    authors, others = _authors(one), _authors(other)
    if authors == others:
        return True
    return bool(authors & _answered(other)) or bool(others & _answered(one))


def _authors(message: ParsedMessage) -> set[str]:
    return {mailbox.address.key for mailbox in message.from_ if mailbox.address}


def _answered(message: ParsedMessage) -> set[str]:
    return _authors(message) | {mailbox.address.key for mailbox in message.reply_to if mailbox.address}


def _same_files(one: tuple[Attachment, ...], other: tuple[Attachment, ...]) -> bool:
    """Tell whether the files are the same, or were taken out of one, where a note may stand for them."""
    mine, others = _files(one), _files(other)
    only_mine, only_others = mine.keys() - others.keys(), others.keys() - mine.keys()
    if not only_mine or not only_others:
        return True
    notes = [
        all(_is_note(files[digest]) for digest in only)
        for files, only in ((mine, only_mine), (others, only_others))
    ]
    return notes[0] is not notes[1]


def _files(attachments: tuple[Attachment, ...]) -> dict[str, Attachment]:
    return {one.digest: one for one in attachments if not one.inline and not one.type.endswith("-signature")}


def _is_note(file: Attachment) -> bool:
    return file.type in ("text/plain", "text/html") and file.size <= _SMALL_NOTE


def _same_text(one: str, other: str) -> bool:
    mine, others = _words(one), _words(other)
    if _OPAQUE in mine.said or _OPAQUE in others.said:
        mine, others = _without_links(mine), _without_links(others)
    return any(_differ_at_the_edges(mine, others, *starts) for starts in _starts(mine, others))


def _words(text: str) -> _Words:
    """Return the words of a text; all that stands behind very many counts as one."""
    found = [match for _, match in zip(range(_MOST_WORDS), _WORD.finditer(text), strict=False)]
    said, places = [_word(match[0]) for match in found], [match.span() for match in found]
    if len(found) == _MOST_WORDS and (rest := "".join(text[places[-1][1] :].split())):
        said.append(rest)
        places.append((places[-1][1], len(text)))
    return _Words(text, tuple(said), tuple(places))


def _word(word: str) -> str:
    folded = word.casefold()
    return f"{_OPAQUE}{_led_to(word)}" if folded.startswith(("http:", "https:", "www.")) else folded


def _led_to(link: str) -> str:
    """Return where a link leads, also through a filter that says so; empty for one that does not."""
    if not _FILTERS.search(link):
        return link.casefold().removeprefix("https://").removeprefix("http://").rstrip("/.,;:")
    try:
        asked = parse_qs(urlsplit(link).query)
    except ValueError:
        return ""
    for name in ("url", "u"):
        if (inside := next(iter(asked.get(name, ())), "")) and "://" in (decoded := unquote(inside)):
            return _led_to(decoded) if not _FILTERS.search(decoded) else ""
    return ""


def _without_links(words: _Words) -> _Words:
    kept = [number for number, word in enumerate(words.said) if not word.startswith(_OPAQUE)]
    return _Words(
        words.text,
        tuple(words.said[number] for number in kept),
        tuple(words.places[number] for number in kept),
    )


def _starts(mine: _Words, others: _Words) -> Iterator[tuple[int, int]]:
    """Yield where in both texts the same words may begin: one of them has nothing above."""
    yield 0, 0
    for number in _found(mine.said, others.said):
        yield 0, number
    for number in _found(others.said, mine.said):
        yield number, 0


def _found(whole: tuple[str, ...], around: tuple[str, ...]) -> Iterator[int]:
    anchor = whole[:_ANCHOR]
    if not anchor:
        return
    places = (
        number
        for number in range(1, min(len(around), _FIRST_WORDS))
        if around[number : number + len(anchor)] == anchor
    )
    yield from (number for _, number in zip(range(_MOST_STARTS), places, strict=False))


def _differ_at_the_edges(mine: _Words, others: _Words, start: int, others_start: int) -> bool:
    """Tell whether the same words follow from here, and all else is what lists and gateways add."""
    same = 0
    for word, other in zip(mine.said[start:], others.said[others_start:], strict=False):
        if word != other:
            break
        same += 1
    parts = ((mine, start, start + same), (others, others_start, others_start + same))
    if not same and mine.said and others.said:
        return False
    if all(_is_added(*part) for part in parts):
        return True
    # Of a long letter, one that has nothing of its own is the other without what was added to it.
    alone = any(first == 0 and end == len(words.said) for words, first, end in parts)
    return alone and same >= _LONG and same >= _MOST_OF_IT * max(len(mine.said), len(others.said))


def _is_added(words: _Words, first: int, end: int) -> bool:
    """Tell whether what stands around these words are whole lines that lists and gateways add."""
    above, below = words.before(first), words.behind(end)
    if above and (_WORD.search(above.rpartition("\n")[2]) or not is_warning(above)):
        return False
    if not below:
        return True
    return not (end and _WORD.search(below.partition("\n")[0])) and is_footer(below)
