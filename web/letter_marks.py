"""What is marked on the picture of a letter's page: fields, what speaks for somebody, words that were looked for."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from history.search import words
from mail.letter import Box, Found, LetterFields, LetterParty, Line
from mail.paper_address import PaperAddress
from storage.sort_keys import sort_key
from web.scan_words import FIELDS

_SAME_PLACE = 0.1  # mm: boxes are kept rounded
_LABEL_WIDTH = 30.0  # mm, about
_LOWEST_LABEL = 6.0  # mm from above: a label needs that much room over its box


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on a page: *key* names it in the address, *name* (a message id) what stands there, *value* what it says.

    *speaks_for* are the numbers of the candidates for whom it speaks.
    """

    key: str
    name: str
    value: str
    page: int
    box: Box
    speaks_for: tuple[int, ...] = ()
    speaks: bool = False
    has_above: bool = False

    @property
    def is_day(self) -> bool:
        """Whether the value is a day, as ISO 8601 writes it."""
        return self.name == FIELDS["date_found"]

    @property
    def label_top(self) -> float:
        """Where its label stands: above the box, or below one at the upper edge or right under another."""
        is_above = self.box.top > _LOWEST_LABEL and not self.has_above
        return self.box.top - 1.8 if is_above else self.box.bottom + 5.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for somebody on a letter, with its places: see `storage.letters`."""

    places: Sequence[tuple[int, Box]]
    person_id: int | None
    organisation_id: int | None


def field_marks(read: LetterFields) -> list[Mark]:
    """Return the fields of a letter with their places, in the order in which they are told."""
    return [
        Mark(f"field-{number}", FIELDS[name], value, page, box)
        for number, (name, value, page, box) in enumerate(_told(read), start=1)
    ]


def evidence_of(told: Sequence[Mapping[str, Any]]) -> list[Evidence]:
    """Return evidence as a letter's row keeps it."""
    return [
        Evidence(
            [(int(place["page"]), _box(place)) for place in one.get("places", ())],
            one.get("person_id"),
            one.get("organisation_id"),
        )
        for one in told
    ]


def with_evidence(
    marks: Sequence[Mark], evidence: Sequence[Evidence], candidates: Sequence[tuple[str, int]]
) -> list[Mark]:
    """Return marks with the numbers of the *candidates* (kind and id, in order) for whom they speak."""
    return [_speaking(mark, evidence, candidates) for mark in marks]


def kept_apart(marks: Sequence[Mark]) -> list[Mark]:
    """Return the marks of a page, each knowing whether its label above would hide another."""
    return [replace(one, has_above=any(_is_hidden(other, one) for other in marks)) for one in marks]


def _is_hidden(other: Mark, by: Mark) -> bool:
    gap = by.box.top - other.box.bottom
    is_beside = other.box.right < by.box.left or other.box.left > by.box.left + _LABEL_WIDTH
    return other is not by and -1 <= gap < _LOWEST_LABEL - 1 and not is_beside


def hits_on(lines: Sequence[Line], text: str) -> list[Box]:
    """Return the places of the words that somebody looked for; the last of them may be a beginning."""
    sought = [token for word in words(text) for token in sort_key(word).split()]
    if not sought:
        return []
    whole, beginning = set(sought[:-1]), sought[-1]
    return [
        word.box
        for line in lines
        for word in line.words
        if any(token in whole or token.startswith(beginning) for token in sort_key(word.text).split())
    ]


def turned_box(box: Box, width: float, height: float, degrees: int) -> Box:
    """Return where a box is once its page (*width* by *height*) is turned clockwise.

    >>> turned_box(Box(10, 20, 30, 5), 210, 297, 90)
    Box(left=272, top=10, width=5, height=30)
    """
    if degrees == 90:
        return Box(height - box.bottom, box.left, box.height, box.width)
    if degrees == 180:
        return Box(width - box.right, height - box.bottom, box.width, box.height)
    if degrees == 270:
        return Box(box.top, width - box.right, box.height, box.width)
    return box


def turned_mark(mark: Mark, width: float, height: float, degrees: int) -> Mark:
    """Return a mark on a page that was turned."""
    return replace(mark, box=turned_box(mark.box, width, height, degrees)) if degrees else mark


def _told(read: LetterFields) -> Iterator[tuple[str, str, int, Box]]:
    for name in FIELDS:
        value = getattr(read, name)
        if isinstance(value, LetterParty):
            if value.box and (text := str(PaperAddress.of(value))):
                yield name, text, value.page, value.box
        elif isinstance(value, Found):
            yield name, value.value, value.page, value.box
        elif isinstance(value, tuple):
            yield from ((name, one.value, one.page, one.box) for one in value)


def _speaking(mark: Mark, evidence: Sequence[Evidence], candidates: Sequence[tuple[str, int]]) -> Mark:
    speaking = [one for one in evidence if _is_at(mark, one.places)]
    whom = {("person", one.person_id) for one in speaking} | {
        ("organisation", one.organisation_id) for one in speaking
    }
    numbers = tuple(number for number, one in enumerate(candidates, start=1) if one in whom)
    return replace(mark, speaks_for=numbers, speaks=bool(speaking))


def _is_at(mark: Mark, places: Collection[tuple[int, Box]]) -> bool:
    return any(page == mark.page and _same(box, mark.box) for page, box in places)


def _same(one: Box, other: Box) -> bool:
    return abs(one.left - other.left) < _SAME_PLACE and abs(one.top - other.top) < _SAME_PLACE


def _box(place: Mapping[str, Any]) -> Box:
    return Box(*(float(place[side]) for side in ("left", "top", "width", "height")))
