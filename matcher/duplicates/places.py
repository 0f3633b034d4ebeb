"""Is it the same address?  `Bahnhofstr. 12` and `Bahnhofstrasse 12` are."""

import re
from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache
from itertools import product

from matcher.duplicates.cards import Place
from matcher.duplicates.words import folded, is_close, is_like, slips

_ALIKE = 0.9
_STREET = re.compile(r"(?<=\w)str(?:asse|\.|\b)?|\bstr\b")
_SPELT_OUT = """
    str=strasse pl=platz av=avenue ave=avenue bd=boulevard bld=boulevard blvd=boulevard rte=route
    ch=chemin r=rue v=via vle=viale pza=piazza p=piazza st=street rd=road postfach=pf cp=pf case=pf
    postale= casella=pf
"""
_WORDS = dict(pair.split("=") for pair in _SPELT_OUT.split())
_SMALL = frozenset("de du des della del di da la le les der die das den dem of the".split())


class PlaceFit(IntEnum):
    """How well addresses fit; the more, the better."""

    OTHER = 0
    UNKNOWN = 1
    MOVED = 2  # the same town, another street
    PLACE = 3
    STREET = 4  # with a number that may be a slip
    CLOSE = 5
    EQUAL = 6


@lru_cache(maxsize=65536)
def street_words(street: str) -> tuple[str, str]:
    """Return a street's name and its number, in one spelling.

    >>> street_words("Bahnhofstr. 12 a"), street_words("12A, Bahnhofstraße"), street_words("av. de la Gare 3")
    (('bahnhofstrasse', '12a'), ('bahnhofstrasse', '12a'), ('avenue gare', '3'))
    """
    words = folded(_STREET.sub("strasse ", street.casefold().replace("ß", "ss"))).split()
    numbers: list[str] = []
    names: list[str] = []
    for word in words:
        if word[0].isdigit():
            numbers.append(word)
        elif len(word) == 1 and numbers and not numbers[-1][-1].isalpha():
            numbers[-1] += word
        elif word not in _SMALL:
            names.append(_WORDS.get(word, word))
    return " ".join(filter(None, names)), " ".join(numbers)


def best_fit(ones: Iterable[Place], others: Iterable[Place]) -> PlaceFit:
    """Return how the two fit that fit best; UNKNOWN where one has none."""
    return max((place_fit(*pair) for pair in product(ones, others)), default=PlaceFit.UNKNOWN)


def place_fit(one: Place, other: Place) -> PlaceFit:
    """Return how two addresses fit.  A place alone says little, another place something."""
    street = _street_fit(one.street, other.street)
    town = _town_fit(one, other)
    if street is PlaceFit.EQUAL and town is not PlaceFit.OTHER:
        return PlaceFit.EQUAL if town is PlaceFit.PLACE else PlaceFit.CLOSE
    if street is PlaceFit.CLOSE and town is PlaceFit.PLACE:
        return PlaceFit.CLOSE
    if town is PlaceFit.PLACE and street is PlaceFit.STREET:
        return PlaceFit.STREET
    if town is PlaceFit.PLACE:
        return PlaceFit.MOVED if street is PlaceFit.OTHER else PlaceFit.PLACE
    return PlaceFit.OTHER if {PlaceFit.OTHER, PlaceFit.STREET} & {street, town} else PlaceFit.UNKNOWN


def _street_fit(one: str, other: str) -> PlaceFit:
    (name, number), (its_name, its_number) = street_words(one), street_words(other)
    if not name or not its_name:
        return PlaceFit.UNKNOWN
    name, its_name = name.replace(" ", ""), its_name.replace(" ", "")
    if name == its_name and number == its_number:
        return PlaceFit.EQUAL if number else PlaceFit.CLOSE
    if not is_like(name, its_name, least=_ALIKE):
        return PlaceFit.OTHER
    if number == its_number or not (number and its_number):
        return PlaceFit.CLOSE
    return PlaceFit.STREET if slips(number, its_number) == 1 else PlaceFit.OTHER


def _town_fit(one: Place, other: Place) -> PlaceFit:
    codes, towns = (one.postcode, other.postcode), (folded(one.place), folded(other.place))
    if all(codes) and codes[0] == codes[1]:
        return PlaceFit.PLACE
    if all(towns) and is_close(*towns):
        return PlaceFit.PLACE
    if not (all(codes) or all(towns)) or (all(codes) and slips(*codes) == 1):
        return PlaceFit.UNKNOWN
    return PlaceFit.OTHER
