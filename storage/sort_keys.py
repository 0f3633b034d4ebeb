"""In which order do names stand, and how are they found however they are spelt?"""

import re
import unicodedata

LONGEST = 300
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d"})
_GAPS = re.compile(r"[^\w]+")
_UMLAUTS_SPELT_OUT = re.compile(r"(?<=[aou])e")


def sort_key(*names: str) -> str:
    """Return *names* without case, accents and punctuation: `Müller & Söhne` is `muller sohne`."""
    letters = " ".join(names).casefold()
    if not letters.isascii():
        apart = unicodedata.normalize("NFKD", letters.translate(_LETTERS))
        letters = "".join(c for c in apart if not unicodedata.combining(c))
    return _GAPS.sub(" ", letters).strip()[:LONGEST]


_PARTICLES = frozenset(
    "von vom zu zum zur van de den der het ten ter te da dal dalla del della dei degli di do dos du des la le"
    " les d af av".split()
)
_STICKS = re.compile(r"^(d'|d\u2019|l'|l\u2019)(?=\w)")


def particle_of(family_name: str) -> str:
    """Return what stands before the name that somebody is looked up by: `van der` of `van der Berg`.

    Only what is written small: `De Luca` and `Von Arx` are looked up under D and V.
    """
    rest, found = family_name.strip(), ""
    while True:
        word, _, others = rest.partition(" ")
        if others and word in _PARTICLES:
            found, rest = f"{found} {word}".strip(), others.strip()
        elif sticks := _STICKS.match(rest):
            found, rest = f"{found} {sticks[0]}".strip(), rest[sticks.end() :]
        else:
            return found


def person_sort_key(family_name: str, given_name: str) -> str:
    """Return under what a person stands in lists: `van der Berg, Jan` is `berg jan van der`."""
    particle = particle_of(family_name)
    family = family_name.strip()[len(particle) :]
    return sort_key(*(part for part in (family, given_name, particle) if part))


def spellings(word: str) -> set[str]:
    """Return the sort keys that somebody may mean who types *word*: `mueller` may be `Müller`."""
    key = sort_key(word)
    return {key, _UMLAUTS_SPELT_OUT.sub("", key)}
