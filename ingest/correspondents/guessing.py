"""What are the columns of a file?  A guess by their headings, by the shape of known programs, and by content."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ingest.correspondents.columns import OWN_PREFIX, SEVERAL, Column
from ingest.correspondents.heading_words import BUSINESS, HEADINGS, SHAPES
from mail.address import Address
from mail.registered_numbers import registered_number
from storage.sort_keys import sort_key
from storage.storable import storable

_LONGEST_TITLE = 200
_MOST_OF_SAMPLE = 0.6
_PHONE = re.compile(r"(?:\+|00?)[\d\s()./\-']{7,}")
_SITE = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_DIGITS = re.compile(r"\b\d+\b")


@dataclass(frozen=True, slots=True)
class Heading:
    """The headings of a file, what each column is taken for, and whose shape the file has."""

    titles: tuple[str, ...]
    meanings: tuple[Column, ...]
    shape: str = ""
    is_there: bool = True

    @property
    def key(self) -> str:
        """By what a mapping of these columns is remembered."""
        return columns_key(self.titles)

    @property
    def as_chosen(self) -> dict[str, str]:
        """What each column is taken for, by title, as it is kept."""
        return {title: one.value for title, one in zip(self.titles, self.meanings, strict=True)}

    @property
    def is_ours(self) -> bool:
        """Whether the file was written by us: what differs in it is something else."""
        return Column.RECORD in self.meanings


def columns_key(titles: Sequence[str]) -> str:
    """Return the digest of a set of columns."""
    return hashlib.sha256(json.dumps([sort_key(title) for title in titles]).encode()).hexdigest()


def guess(first: Sequence[str], sample: Sequence[Sequence[str]]) -> Heading:
    """Return what the columns of a file are, from its first row and some of those behind it."""
    found = [_by_words(title) for title in first]
    if not any(found) and any(_is_content(cell) for cell in first):
        titles = tuple(f"Column {number}" for number in range(1, len(first) + 1))
        meanings = [_by_content([row[number] for row in (first, *sample) if number < len(row)])
                    for number in range(len(first))]  # fmt: skip
        return Heading(titles, _without_repeated(meanings), is_there=False)
    shape, meant = _shape(first)
    titles = distinct([title.strip() or f"Column {number}" for number, title in enumerate(first, start=1)])
    meanings = [meant.get(_plain(title), found[number] or Column.NONE) for number, title in enumerate(first)]
    for number, column in enumerate(meanings):
        if column is Column.NONE and _plain(first[number]) not in meant:
            meanings[number] = _by_content([row[number] for row in sample if number < len(row)])
        elif column is Column.KEY:  # a UID may also be a number of the Swiss register
            cells = [row[number] for row in sample if number < len(row)]
            meanings[number] = _by_content(cells, only=Column.REGISTERED_NUMBER) or column
    if Column.RECORD not in meanings:
        meanings = _as_persons_or_organisations(meanings)
    return Heading(titles, _without_repeated(meanings), shape)


def distinct(titles: Sequence[str]) -> tuple[str, ...]:
    """Return headings so that each names one column: a second `E-mail` is `E-mail (2)`.

    >>> distinct(["E-mail", "Name", "E-mail"])
    ('E-mail', 'Name', 'E-mail (2)')
    """
    seen: dict[str, int] = {}
    found = []
    for title in titles:
        kept = storable(title, most=_LONGEST_TITLE)
        seen[kept] = seen.get(kept, 0) + 1
        found.append(kept if seen[kept] == 1 else f"{kept} ({seen[kept]})")
    return tuple(found)


def _as_persons_or_organisations(meanings: list[Column]) -> list[Column]:
    """Read `Name` beside a first name as the family name, and alone without one as an organisation's."""
    there = set(meanings)
    if Column.FULL_NAME in there and Column.GIVEN_NAME in there and Column.FAMILY_NAME not in there:
        return [Column.FAMILY_NAME if one is Column.FULL_NAME else one for one in meanings]
    is_firm = there & {Column.CUSTOMER_NUMBER, Column.LEGAL_FORM, Column.INDUSTRY}
    named = {Column.GIVEN_NAME, Column.FAMILY_NAME, Column.ORGANISATION}
    if Column.FULL_NAME in there and is_firm and not there & named:
        return [Column.ORGANISATION if one is Column.FULL_NAME else one for one in meanings]
    return meanings


def _without_repeated(meanings: Sequence[Column]) -> tuple[Column, ...]:
    """Leave a second column out that would say what the first of its kind does."""
    seen: set[Column] = set()
    kept = []
    for column in meanings:
        kept.append(Column.NONE if column in seen and column not in SEVERAL else column)
        seen.add(column)
    return tuple(kept)


def _shape(titles: Sequence[str]) -> tuple[str, dict[str, Column]]:
    there = {_plain(title) for title in titles}
    for name, (needed, meant) in SHAPES.items():
        if there.issuperset(needed):
            return name, meant
    return "", {}


def _by_words(title: str) -> Column | None:
    if title.startswith(OWN_PREFIX):
        return Column.OWN
    if title in set(Column):
        return Column(title)
    plain = _plain(title)
    words = plain.split()
    bare = " ".join(word for word in words if word not in BUSINESS)
    return _words().get(plain) or _words().get(f"*{bare}")


def _plain(title: str) -> str:
    return " ".join(_DIGITS.sub("", sort_key(title)).split())


@cache
def _words() -> dict[str, Column]:
    found: dict[str, Column] = {}
    for column, words in HEADINGS.items():
        for word in (part.strip() for part in words.split("|")):
            found[word] = column
            if word.startswith("*"):
                found[word[1:]] = column
    return found


def _is_content(cell: str) -> bool:
    return Address.parse(cell) is not None or _PHONE.fullmatch(cell.strip()) is not None


def _by_content(cells: Sequence[str], *, only: Column | None = None) -> Column:
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not filled:
        return Column.NONE
    for column, fits in (
        (Column.EMAIL, lambda cell: Address.parse(cell) is not None and "." in cell.rpartition("@")[2]),
        (Column.DOMAIN, _SITE.fullmatch),
        (Column.REGISTERED_NUMBER, registered_number),
        (Column.PHONE, _PHONE.fullmatch),
    ):
        if only in {None, column} and sum(bool(fits(cell)) for cell in filled) >= _MOST_OF_SAMPLE * len(
            filled
        ):
            return column
    return Column.NONE
