"""Where does a part of a piece of print stand?  From places in a text to boxes on the page."""

from ingest.letters.fields.layout import Piece, piece_of
from mail.letter import Found, Word


def part_of(piece: Piece, start: int, end: int) -> Piece:
    """Return the words of a piece that have a sign between *start* and *end* of its text, all where none has."""
    return piece_of(words_between(piece, start, end) or piece.words, piece.page)


def found_in(piece: Piece, start: int, end: int, value: str, sure: float = 1.0) -> Found:
    """Return *value* as what stands from *start* to *end* of a piece; *sure* as the words were read."""
    part = part_of(piece, start, end)
    return Found(value, part.box, part.page, round(sure * part.confidence, 3))


def found_of(pieces: list[Piece], value: str, sure: float = 1.0) -> Found:
    """Return *value* as what pieces of one page say."""
    whole = piece_of([word for piece in pieces for word in piece.words], pieces[0].page)
    return Found(value, whole.box, whole.page, round(sure * whole.confidence, 3))


def words_between(piece: Piece, start: int, end: int) -> list[Word]:
    """Return the words of a piece with a sign between two places of its text."""
    at, words = 0, []
    for word in piece.words:
        if at < end and at + len(word.text) > start:
            words.append(word)
        at += len(word.text) + 1
    return words
