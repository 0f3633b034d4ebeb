"""Is a text layer to be believed?  Where it is soup, or says little of what the page shows, the page is read anew."""

import re
from collections import Counter

import numpy as np
from PIL import Image

from ingest.letters.cells import Mask, shares_of
from ingest.letters.layer import Layer
from ingest.letters.picture import MM_PER_INCH

_LETTERS = re.compile(r"[^\W\d_]")
_USUAL = re.compile(
    r"[\w\s.,;:!?'\"()\[\]/\\&%€$£§@#*+=<>|~^°²³·•…–—‘’“”„«»‚‹›©®™×\-¤¥¢½¼¾ªº¬±µ¶✓☐☒✔→\uf0a7\uf0b7]"
)
_LATIN_ENDS = 0x24F
_VOWELS = frozenset("aeiouyäöüàâéèêëîïôùûœæáíóúìòýåøAEIOUYÄÖÜÀÂÉÈÊËÎÏÔÙÛŒÆÁÍÓÚÌÒÝÅØ")
_FEWEST_WORDS = 4
_COVERED = 0.4  # of what looks like print
_DENSE = 0.75  # of a cell: a picture, not print
_CELL = 2.0  # mm


def is_good(layer: Layer, even: Image.Image, dpi: float) -> bool:
    """Say whether a text layer says what stands on the page, a grey picture in even light before it is turned."""
    return (
        len(layer.words) >= _FEWEST_WORDS
        and is_language([word.text for word in layer.words])
        and (_covers(layer, even, dpi))
    )


def is_language(words: list[str]) -> bool:
    """Say whether words look like a European language with its numbers, rather than like a soup of glyphs.

    >>> is_language("Sehr geehrte Frau Meier, am 3. März kommen wir".split())
    True
    >>> is_language("Tfis hffisuf Gsbv Nfjfs bn Nbfs{ lpnnfo xjs kdjf ttr".split())
    False
    >>> is_language("䴀甀氀琀 椀挀漀 䈀氀愀挀欀".split())
    False
    """
    text = "".join(words)
    letters = _LETTERS.findall(text)
    usual = sum(
        1 for character in text if _USUAL.match(character) and ord(character) not in range(0xE000, 0xF000)
    )
    if usual < 0.9 * len(text) or len(text) < 8:
        return False
    if letters and sum(ord(letter) <= _LATIN_ENDS for letter in letters) < 0.8 * len(letters):
        return False
    if Counter(text).most_common(1)[0][1] > 0.5 * len(text):
        return False
    return _is_spoken(words)


def _is_spoken(words: list[str]) -> bool:
    """Say whether words have vowels where words of our languages have them."""
    long = [word for word in words if len(_LETTERS.findall(word)) >= 4]
    if len(long) < 4:
        return sum(map(len, words)) < 60 * max(1, len(words))
    letters = "".join(_LETTERS.findall("".join(long)))
    share = sum(letter in _VOWELS for letter in letters) / len(letters)
    return 0.25 < share < 0.62


def _covers(layer: Layer, even: Image.Image, dpi: float) -> bool:
    """Say whether words stand where print is; a stamp's text on a scanned letter does not cover the letter."""
    side = max(1, round(_CELL * dpi / MM_PER_INCH))
    shares = shares_of(np.asarray(even) < 160, side)
    printed: Mask = (shares > 0.02) & (shares < _DENSE)
    mm = side / dpi * MM_PER_INCH
    covered = np.zeros_like(printed)
    for word in layer.words:
        top, bottom = int(word.box.top / mm), int(word.box.bottom / mm) + 1
        left, right = int(word.box.left / mm), int(word.box.right / mm) + 1
        covered[max(0, top) : max(0, bottom), max(0, left) : max(0, right)] = True
    both = int((printed & covered).sum())
    return both > _COVERED * int(printed.sum()) and both > 0.3 * int(covered.sum())
