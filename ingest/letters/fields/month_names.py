"""The names of the months in the languages that letters come in, as folded text, with their abbreviations."""

import re
from functools import lru_cache

from rapidfuzz import fuzz, process

from ingest.letters.fields.spelling import folded

_MONTHS = """
    januar janner jan jaenner janvier janv january gennaio genn gen januari enero ene janeiro styczen stycznia sty
    februar feb feber fevrier fevr february febbraio febb febr februari fevereiro fev febrero luty lutego
    marz maerz mrz mar mars march marzo maart mrt marco marzec marca
    april apr avril avr aprile abril abr kwiecien kwietnia
    mai may maggio magg mag mei mayo maio maj maja
    juni jun juin june giugno giu junio junho czerwiec czerwca
    juli jul juillet juil july luglio lug julio julho lipiec lipca
    august aug aout august agosto ago augustus sierpien sierpnia
    september sept sep septembre settembre sett set septiembre setembro wrzesien wrzesnia
    oktober okt octobre oct october ottobre ott octubre outubro out pazdziernik pazdziernika
    november nov novembre noviembre novembro listopad listopada
    dezember dez decembre dec december dicembre dic diciembre dezembro grudzien grudnia
"""
_BY_NAME = {
    name: number
    for number, line in enumerate(filter(None, map(str.strip, _MONTHS.splitlines())), 1)
    for name in line.split()
}
_LONG = [name for name in _BY_NAME if len(name) >= 5]
_ROMAN = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12,
}  # fmt: skip
_SLIPS = str.maketrans("10|!5", "lolls")
_SIMILAR = 82.0


@lru_cache(maxsize=2048)
def month_of(word: str) -> int | None:
    """Return which month a word names, also where it was read with a slip; None if it names none.

    >>> month_of("März"), month_of("Apri1"), month_of("févr."), month_of("Marketing")
    (3, 4, 2, None)
    """
    name = re.sub(r"[^a-z]", "", folded(word).translate(_SLIPS))
    if len(name) < 3:
        return None
    if (number := _BY_NAME.get(name)) is not None:
        return number
    if len(name) < 4 or len(name) > 12:
        return None
    near = process.extractOne(name, _LONG, scorer=fuzz.ratio, score_cutoff=_SIMILAR)
    return _BY_NAME[near[0]] if near and abs(len(near[0]) - len(name)) <= 1 else None


def roman_month(word: str) -> int | None:
    """Return the month of a Roman number, as in 3.III.2026."""
    return _ROMAN.get(word.lower())
