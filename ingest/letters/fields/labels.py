"""What do the labels of a letter say?  Their values stand behind them, further right, or below as DIN 5008 has it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.letters.fields.label_words import LABELS, Label
from ingest.letters.fields.layout import Piece, at_one_height, piece_of, right_of
from ingest.letters.fields.spans import part_of
from ingest.letters.fields.spelling import folded

# As far as a value may stand from its label, in millimetres.
_FURTHEST_RIGHT = 90.0
_FURTHEST_BELOW = 6.5
_BETWEEN_WORDS = 7.0
_BEFORE = re.compile(r"(?:^|[|·•;,/]|\s[-–]|\()\s*$")
_COLON = re.compile(r"^[\s.]*(?::|\.{3,}|=)\s*")
_LEAD = " \t:.;,|·•–-#"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label with what it says; *is_beside*: on the same line, *has_colon*: behind a colon."""

    label: Label
    written: str
    place: Piece
    value: Piece
    is_beside: bool
    has_colon: bool = False


@dataclass(frozen=True, slots=True)
class _Spot:
    label: Label
    start: int
    end: int


def labelled_in(pieces: Sequence[Piece]) -> list[Labelled]:
    """Return what labels say on one page, from top to bottom."""
    spots = {id(piece): _spots(piece.text) for piece in pieces}
    return [found for piece in pieces for found in _of_piece(piece, pieces, spots)]


def begins_with_label(text: str) -> Label | None:
    """Return the label with which a text begins, None if it begins with none."""
    spots = _spots(text)
    return spots[0].label if spots and not text[: spots[0].start].strip(_LEAD) else None


def _spots(text: str) -> list[_Spot]:
    """Return the labels of a text where they stand as labels do: first, behind another, or before a colon."""
    plain = folded(text)
    found: list[_Spot] = []
    for label, pattern in LABELS:
        for match in pattern.finditer(plain):
            start, end = match.span()
            if any(start < other.end and other.start < end for other in found):
                continue
            colon = bool(_COLON.match(plain[end:]))
            if (
                _BEFORE.search(plain[:start])
                or (colon and start <= 60)
                or _follows_label(plain, start, found)
            ):
                found.append(_Spot(label, start, end))
    found.sort(key=lambda spot: spot.start)
    return [spot for at, spot in enumerate(found) if at or spot.start == 0 or _stands_apart(plain, spot)]


def _follows_label(plain: str, start: int, found: Sequence[_Spot]) -> bool:
    return any(not plain[spot.end : start].strip(_LEAD) for spot in found if spot.end <= start)


def _stands_apart(plain: str, spot: _Spot) -> bool:
    before = plain[: spot.start].strip()
    return bool(_COLON.match(plain[spot.end :])) or not before or before[-1] in "|·•;,/-–("


def _of_piece(piece: Piece, pieces: Sequence[Piece], spots: dict[int, list[_Spot]]) -> Iterator[Labelled]:
    own = spots[id(piece)]
    for at, spot in enumerate(own):
        if spot.label is Label.OTHER:
            continue
        is_last = at + 1 == len(own) or spot.label is Label.SUBJECT
        stop = len(piece.text) if is_last else own[at + 1].start
        rest = piece.text[spot.end : stop]
        place = part_of(piece, spot.start, spot.end)
        colon = bool(_COLON.match(rest))
        written = piece.text[spot.start : spot.end]
        if said := rest.strip(_LEAD):
            start = spot.end + rest.index(said[0])
            yield Labelled(spot.label, written, place, part_of(piece, start, start + len(said)), True, colon)
            continue
        beside = _beside(piece, pieces, spots) if is_last else None
        if beside is not None:
            yield Labelled(spot.label, written, place, beside, True, colon)
        elif below := _below(
            place,
            pieces,
            spots,
            part_of(piece, own[at + 1].start, own[at + 1].end) if at + 1 < len(own) else None,
        ):
            yield Labelled(spot.label, written, place, below, False, colon)


def _beside(piece: Piece, pieces: Sequence[Piece], spots: dict[int, list[_Spot]]) -> Piece | None:
    right = right_of(piece, (other for other in pieces if other is not piece))
    if not right or right[0].box.left - piece.box.right > _FURTHEST_RIGHT:
        return None
    own = spots[id(right[0])]
    return None if own and own[0].start == 0 else right[0]


def _below(
    place: Piece, pieces: Sequence[Piece], spots: dict[int, list[_Spot]], next_label: Piece | None
) -> Piece | None:
    """Return the words under a label, up to where the next column begins."""
    beside = (
        [next_label] if next_label else right_of(place, (one for one in pieces if not _holds(one, place)))
    )
    end = beside[0].box.left - 1.5 if beside else place.box.right + 50
    reach = max(_FURTHEST_BELOW, 1.7 * place.box.height)
    under = [
        piece
        for piece in pieces
        if -0.4 * place.box.height <= piece.box.top - place.box.bottom <= reach
        and piece.box.left < end
        and piece.box.right > place.box.left - 2
        and not at_one_height(piece, place)
    ]
    for piece in sorted(under, key=lambda piece: piece.box.top):
        words = [
            w
            for w in piece.words
            if place.box.left - 2.5 <= (w.box.left + w.box.right) / 2 and w.box.left < end
        ]
        words = [
            word
            for at, word in enumerate(words)
            if not at or word.box.left - words[at - 1].box.right < _BETWEEN_WORDS
        ]
        if words and (own := spots[id(piece)]) and own[0].start == 0 and words[0] is piece.words[0]:
            return None
        if words and words[0].box.left <= place.box.right + 12:
            return piece_of(words, piece.page)
    return None


def _holds(piece: Piece, part: Piece) -> bool:
    return piece.words[: len(part.words)] == part.words or set(map(id, part.words)) <= set(
        map(id, piece.words)
    )
