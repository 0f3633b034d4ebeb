"""Who signed?  The names below the closing of a letter."""

from collections.abc import Sequence

from ingest.letters.fields.layout import Piece, overlap
from ingest.letters.fields.name_words import DEPARTMENT
from ingest.letters.fields.names import Sort, has_legal_form, is_name_like, sort_of, without_honorific
from ingest.letters.fields.spelling import folded
from mail.letter import Box
from mail.signature_marks import CLOSINGS
from mail.signature_names import read_name

# How far below the closing a signature may stand, in millimetres.
_REACH = 48.0
_LONGEST = 60
_MORE_CLOSINGS = (
    "agréez",
    "nous vous prions",
    "je vous prie",
    "veuillez",
    "dans l'attente",
    "in attesa",
    "con stima",
    "hochachtungsvoll",
    "es grüsst",
    "es grüßt",
    "distinti",
    "cordiali",
    "yours",
    "mit freundlichen",
    "freundliche",
    "bien à vous",
    "avec nos",
)


def closing_in(pieces: Sequence[Piece], salutation: Piece | None) -> Piece | None:
    """Return the last line that closes the letter, None where none does."""
    floor = (salutation.page, salutation.box.top) if salutation is not None else (0, 0.0)
    found = None
    for piece in pieces:
        if (piece.page, piece.box.top) > floor and _closes(piece.text.lower().strip()):
            found = piece
    return found


def _closes(text: str) -> bool:
    if len(text) > 90 or not text.startswith((*CLOSINGS, *_MORE_CLOSINGS)):
        return False
    return len(text) <= _LONGEST or not text.endswith(".")


def below_closing(pieces: Sequence[Piece], closing: Piece) -> list[Piece]:
    """Return the short lines below a closing, from top to bottom."""
    area = Box(closing.box.left - 15, closing.box.top, max(80.0, closing.box.width + 30), _REACH)
    return [
        piece
        for piece in pieces
        if piece.page == closing.page
        and closing.box.bottom - 1 <= piece.box.top <= closing.box.bottom + _REACH
        and overlap(piece.box, area) > 0
        and len(piece.text) <= _LONGEST
    ]


def signer(lines: Sequence[Piece]) -> tuple[str, Piece | None]:
    """Return the first person who is named below the closing."""
    for piece in lines:
        text = piece.text.strip(" .,_-")
        text = text.partition(",")[0] if "," in text else text
        if has_legal_form(text) or DEPARTMENT.match(folded(text)) or not is_name_like(text):
            continue
        sort = sort_of(text)
        if sort is Sort.PERSON or (
            sort is Sort.MAYBE_PERSON and read_name(text).family_name and len(text.split()) <= 3
        ):
            return without_honorific(_without_proxy(text)), piece
    return "", None


def _without_proxy(text: str) -> str:
    for mark in ("i.A. ", "i. A. ", "i.V. ", "i. V. ", "ppa. ", "p.p. ", "p.o. ", "per procura "):
        text = text.removeprefix(mark)
    return text
