"""Is it the same name?  In whichever order, with and without title, particle, initial, short form or slip."""

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from matcher.duplicates.words import folded, is_close, is_like

_TITLES = frozenset(
    "herr herrn frau fraulein mr mrs ms miss madame mme mlle monsieur signor signora sig dr prof pd dipl ing lic"
    " iur oec phil med vet dent mag msc bsc mba phd ma ba hc eth fh hsg dott dottssa avv geom arch rag ra me jun"
    " sen eidg rer nat pol theol jur betr oek".split()
)
_PARTICLES = frozenset(
    "von van vom zu zum zur de den der du des di da del della dello dei la le los las d l af und y".split()
)
_SHORT_FORMS = """
    hans johannes johann hansi | sepp josef joseph sepi | fritz friedrich | toni anton | ueli uli ulrich
    | kobi jakob jakub | ruedi rudi rudolf | heiri heinz heinrich | werni werner | walti walter | max
    maximilian | chris christoph christopher christian | tom thomas | steff stefan stephan | andy andi
    andreas | dani daniel | michi michael mike | res andreas | beni benjamin ben | alex alexander
    alexandre | nick nik niklaus nikolaus | susi susanne | betti elisabeth elsbeth lisbeth beth | vreni
    verena | kathi katharina kathrin | gabi gabriela gabriele | moni monika | margrit margrith
    margarethe | trudi gertrud | heidi adelheid | rosi rosmarie rosemarie | bob robert rob | bill
    william will | dick richard rick | jim james | joe joseph | dave david | steve steven stephen | liz
    elizabeth | kate katherine catherine | tony anthony | gianni giovanni | beppe giuseppe pino | gigi
    luigi | sandro alessandro | franco francesco | enzo vincenzo lorenzo | mario mariano | manu manuel
    emanuele | jeff geoffrey | fred frederic alfred | domi dominik dominique | philippe phil | nico
    nicolas | seb sebastien sebastian
"""
_NONE: frozenset[int] = frozenset()
_GROUPS = [frozenset(line.split()) for line in _SHORT_FORMS.split("|")]
_GROUPS_OF = {
    name: frozenset(at for at, group in enumerate(_GROUPS) if name in group)
    for group in _GROUPS
    for name in group
}
# Names of a woman and of a man that differ by these alone are two: Andrea and Andreas, Daniel and Daniela.
_ENDINGS = frozenset(
    ("", "a", "e", "s", "o", "i", "ie", "ia", "io", "ne", "na", "le", "la", "te", "ta", "tte", "in", "us")
)


class Fit(IntEnum):
    """How well two given, or two family names fit; the more, the better."""

    OTHER = 0
    UNKNOWN = 1
    LIKE = 2
    INITIAL = 3
    PART = 4
    CLOSE = 5
    SHORT = 6
    EQUAL = 7


@dataclass(frozen=True, slots=True)
class NameFit:
    """How two names fit; *swapped* where the given name of one is the family name of the other."""

    given: Fit
    family: Fit
    swapped: bool = False


@lru_cache(maxsize=65536)
def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name in their folded form, without titles and particles where others are left.

    >>> name_words("Dr. iur. Jürg"), name_words("von der Mühll"), name_words("Müller, dipl. Ing. ETH")
    (('jurg',), ('muhll',), ('muller',))
    """
    words = folded(name).split()
    titled = [word for word in words if word not in _TITLES] or words
    return tuple([word for word in titled if word not in _PARTICLES] or titled)


def name_fit(one: tuple[str, str], other: tuple[str, str]) -> NameFit:
    """Return how two names fit, each a given and a family name, in the better of both orders."""
    (given, family), (its_given, its_family) = (map(name_words, pair) for pair in (one, other))
    straight = NameFit(given_fit(given, its_given), family_fit(family, its_family))
    if straight.given > Fit.UNKNOWN and straight.family > Fit.UNKNOWN:
        return straight
    if sorted(given + family) == sorted(its_given + its_family) and len(given + family) > 1:
        return NameFit(Fit.EQUAL, Fit.EQUAL, swapped=True)
    worse, better = sorted((_crossed_fit(given, its_family), _crossed_fit(family, its_given)))
    if better > max(straight.given, straight.family, Fit.LIKE):
        return NameFit(better, worse, swapped=True)
    return straight


def given_fit(one: tuple[str, ...], other: tuple[str, ...]) -> Fit:
    """Return how given names fit; a second one that only one has says nothing against.

    >>> given_fit(("hans",), ("hans", "peter")).name, given_fit(("h",), ("hans",)).name
    ('EQUAL', 'INITIAL')
    >>> given_fit(("andrea",), ("andreas",)).name, given_fit(("ueli",), ("ulrich",)).name
    ('OTHER', 'SHORT')
    """
    if not one or not other:
        return Fit.UNKNOWN
    if "".join(one) == "".join(other) or one[0] == other[0]:
        return (
            Fit.OTHER if len(one) > 1 and len(other) > 1 and not _fits_behind(one[1], other[1]) else Fit.EQUAL
        )
    return _fit_of_first(one, other)


def _fit_of_first(one: tuple[str, ...], other: tuple[str, ...]) -> Fit:
    """Return how given names fit of which the first differs."""
    first, second = one[0], other[0]
    if min(len(first), len(second)) == 1:
        return Fit.INITIAL if first[0] == second[0] else Fit.OTHER
    if _GROUPS_OF.get(first, _NONE) & _GROUPS_OF.get(second, _NONE):
        return Fit.SHORT
    if _is_of_other_sex(first, second):
        return Fit.OTHER
    if is_close("".join(one), "".join(other)):
        return Fit.CLOSE
    if set(one) & set(other):
        return Fit.PART
    return Fit.LIKE if is_like(first, second) else Fit.OTHER


def family_fit(one: tuple[str, ...], other: tuple[str, ...]) -> Fit:
    """Return how family names fit: `Müller-Graf` and `Müller` do in part.

    >>> family_fit(("muller", "graf"), ("muller",)).name, family_fit(("meier",), ("maier",)).name
    ('PART', 'CLOSE')
    """
    if not one or not other:
        return Fit.UNKNOWN
    if sorted(one) == sorted(other) or "".join(one) == "".join(other):
        return Fit.EQUAL
    if is_close("".join(one), "".join(other)):
        return Fit.CLOSE
    if set(one) & set(other) and min(len(one), len(other)) == 1:
        return Fit.PART
    if min(len(one[0]), len(other[0])) == 1 and len(one) == len(other) == 1:
        return Fit.INITIAL if one[0][0] == other[0][0] else Fit.OTHER
    return Fit.LIKE if is_like("".join(one), "".join(other)) else Fit.OTHER


def _crossed_fit(one: tuple[str, ...], other: tuple[str, ...]) -> Fit:
    if not one or not other:
        return Fit.UNKNOWN
    if one == other:
        return Fit.EQUAL
    return Fit.CLOSE if is_close("".join(one), "".join(other)) else Fit.OTHER


def _fits_behind(one: str, other: str) -> bool:
    return (
        one[0] == other[0]
        if min(len(one), len(other)) == 1
        else is_close(one, other) and not _is_of_other_sex(one, other)
    )


def _is_of_other_sex(one: str, other: str) -> bool:
    """Tell whether names have the same stem and differ in their endings alone."""
    stem = 0
    while stem < min(len(one), len(other)) and one[stem] == other[stem]:
        stem += 1
    return one != other and stem >= 3 and one[stem:] in _ENDINGS and other[stem:] in _ENDINGS
