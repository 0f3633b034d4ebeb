"""Which of an organisation's persons does a name or a local part name, and how fully?  Pure.

Words must stand as one says a name: in `Muster AG, Anna Keller` nobody is called Anna Muster.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from matcher.legal_forms import firm_name
from matcher.shared_addresses import is_office
from matcher.signs.greeted import Greeted
from storage.lookups import KnownPerson
from storage.salutations import is_woman
from storage.sort_keys import sort_key

_TITLES = frozenset(
    """
    herr herrn hr frau fr mr mrs ms mme madame monsieur m signor signora sig dr prof med iur phil lic dipl ing mag
    """.split()
)
_PARTICLES = frozenset("von vom van de der den del della di da du des dal la le zu zur zum".split())
_PARTS = re.compile(r"\s*[|()/;\[\]•·]\s*|\s+[-–—@]\s+|\s+(?:via|bei|at|chez|presso)\s+", re.IGNORECASE)
_SPELT_OUT = re.compile(r"(?<=[aou])e")
_NUMBERED = re.compile(r"(?<=[a-z])([2-9]|[1-9]\d)\Z")  # the second of this name
_MOST_WORDS = 6


class Fullness(IntEnum):
    """How much of a person's name stands there."""

    PART = 1
    INITIAL = 2
    FULL = 3


@dataclass(frozen=True, slots=True)
class Naming:
    """Who is named as fully as anybody is, by which text; *is_doubtful* if it says there are two of them.

    *greeted* is the salutation that names them, where nothing else does.
    """

    fullness: Fullness
    persons: tuple[KnownPerson, ...]
    text: str
    is_doubtful: bool = False
    greeted: Greeted | None = None


def by_name(text: str, persons: Sequence[KnownPerson]) -> Naming | None:
    """Return whom a display name or a line of a signature names."""
    for part in _parts_of(text):
        words = tuple(word for word in sort_key(part).split() if word not in _TITLES)
        if 0 < len(words) <= _MOST_WORDS and (found := _best((words,), persons, text)):
            return found
    return None


def by_local_part(local_part: str, persons: Sequence[KnownPerson]) -> Naming | None:
    """Return whom the part of an address before the @ names: `v.nachname`, `vornamenachname`, `nachname-v`."""
    written = local_part.partition("+")[0].lower()
    numbered = _NUMBERED.search(written)
    words = tuple(sort_key(re.sub(r"\d+\Z", "", written).replace("_", " ")).split())
    found = _best((words,), persons, local_part, joined=True) if words else None
    if found is None or numbered is None:
        return found
    return Naming(found.fullness, found.persons, found.text, is_doubtful=True)


def by_signature(lines: Iterable[str], persons: Sequence[KnownPerson]) -> Naming | None:
    """Return the only one whose full name stands in a signature."""
    found = [naming for line in lines if (naming := by_name(line, persons))]
    signed = [one for one in found if one.fullness is Fullness.FULL and len(one.persons) == 1]
    return signed[0] if len({one.persons for one in signed}) == 1 else None


def by_greeting(greeted: Greeted, persons: Sequence[KnownPerson]) -> Naming | None:
    """Return whom the salutation of a message to them names: `Frau Meier` is no Herr Meier, and nobody's given name."""
    fitting = [
        one
        for one in persons
        if not greeted.is_titled or is_woman(one.salutation) in {None, greeted.is_woman}
    ]
    found = by_name(greeted.name, fitting)
    if found is None:
        return None
    named = found.persons
    if greeted.is_titled and found.fullness is Fullness.PART:
        words = sort_key(greeted.name).split()
        named = tuple(one for one in named if _is_family(words, one))
    return Naming(found.fullness, named, greeted.name, greeted=greeted) if named else None


def _is_family(words: Sequence[str], person: KnownPerson) -> bool:
    text = _form(words, joined=False, folded=True)
    return any(_form(one, joined=False, folded=True) == text for one in _families(person.family_name))


def is_personal(text: str, firm: str) -> bool:
    """Tell whether a display name is a person's: some words, no address, no office, and not the *firm*'s name."""
    words = text.split()
    if not 2 <= len(words) <= _MOST_WORDS or any(sign.isdigit() or sign == "@" for sign in text):
        return False
    name, its = firm_name(text), firm_name(firm).bare
    if name.form is not None or any(is_office(word) for word in sort_key(text).split()):
        return False
    # `Beat Muster` of the Muster AG is a person, `Muster Bau` of the Muster Bau AG is none.
    return not (name.bare == its or (" " in its and f" {its} " in f" {name.bare} "))


def words_in(text: str, *, joined: bool = False) -> set[str]:
    """Return with which word a family name may begin, as a sort key, that *text* names; *joined*: without blanks."""
    found: set[str] = set()
    for word in sort_key(text.replace("_", " ")).split():
        for form in {word, _SPELT_OUT.sub("", word), *_spelt_out(word)}:
            cuts = range(1, len(form)) if joined and len(form) <= 30 else ()
            found |= {form, *(form[at:] for at in cuts), *(form[:at] for at in cuts)}
    return {word for word in found if len(word) > 1}


def _spelt_out(word: str) -> Iterator[str]:
    """Yield `muller` as `mueller`, one vowel at a time: who is entered so was written without umlauts."""
    for at, letter in enumerate(word[:30]):
        if letter in "aou":
            yield f"{word[: at + 1]}e{word[at + 1 :]}"


def _parts_of(text: str) -> Iterator[str]:
    """Yield what may be a name: the parts at signs that set apart, whole and at their commas."""
    for part in _PARTS.split(text[:200]):
        yield part
        if "," in part:
            yield from part.split(",")


def _best(
    written: Sequence[tuple[str, ...]], persons: Sequence[KnownPerson], text: str, *, joined: bool = False
) -> Naming | None:
    found: dict[Fullness, dict[int, KnownPerson]] = {one: {} for one in Fullness}
    for folded in (False, True):  # `Bauer` is not `Baur` where both are known
        wanted = {_form(words, joined=joined, folded=folded) for words in written}
        for person in persons:
            for fullness, forms in _forms_of(person):
                if any(_form(form, joined=joined, folded=folded) in wanted for form in forms):
                    found[fullness].setdefault(person.id, person)
                    break
        for fullness in sorted(Fullness, reverse=True):
            if found[fullness]:
                return Naming(fullness, tuple(found[fullness].values()), text)
    return None


def _form(words: Sequence[str], *, joined: bool, folded: bool) -> str:
    text = ("" if joined else " ").join(words)
    return _SPELT_OUT.sub("", text) if folded else text


def _forms_of(person: KnownPerson) -> Iterator[tuple[Fullness, list[tuple[str, ...]]]]:
    """Yield how a person may be written, most fully first."""
    given, families = tuple(sort_key(person.given_name).split()), _families(person.family_name)
    if not families:
        return
    if given:
        firsts = {given[:length] for length in range(1, len(given) + 1)}
        firsts |= {(given[0], *(word[0] for word in given[1:]))}
        yield Fullness.FULL, _both_ways(firsts, families)
        initials = {(given[0][0],), tuple(word[0] for word in given)}
        yield Fullness.INITIAL, _both_ways(initials, families)
    yield Fullness.PART, [*families, *([given[:1]] if given else [])]


def _families(name: str) -> list[tuple[str, ...]]:
    """Return a family name whole, and without its particle."""
    words = tuple(sort_key(name).split())
    bare = words
    while len(bare) > 1 and bare[0] in _PARTICLES:
        bare = bare[1:]
    return list(dict.fromkeys(one for one in (words, bare) if one))


def _both_ways(
    firsts: Iterable[tuple[str, ...]], families: Sequence[tuple[str, ...]]
) -> list[tuple[str, ...]]:
    return [form for one in firsts for family in families for form in ((*one, *family), (*family, *one))]
