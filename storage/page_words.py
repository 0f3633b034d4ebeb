"""How are the words of a page with their places kept?  As compressed JSON, a twentieth of a millimetre exact."""

import json

import zstandard

from mail.letter import Box, Line, Word

_LARGEST = 64 * 1024 * 1024


def packed_lines(lines: tuple[Line, ...]) -> bytes:
    """Return lines as a page's row keeps them."""
    told = [[_word(word) for word in line.words] for line in lines]
    return zstandard.compress(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode())


def unpacked_lines(octets: bytes) -> tuple[Line, ...]:
    """Return the lines of a page."""
    raw = zstandard.decompress(octets, max_output_size=_LARGEST)
    return tuple(
        Line(tuple(Word(text, Box(*place), sure) for text, place, sure in line)) for line in json.loads(raw)
    )


def _word(word: Word) -> list[object]:
    box = word.box
    place = [round(side, 2) for side in (box.left, box.top, box.width, box.height)]
    return [word.text, place, round(word.confidence, 3)]
