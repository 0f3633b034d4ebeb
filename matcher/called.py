"""Whom does a colleague mean who writes a name?  A person, an organisation, several, or nobody.

Somebody named with given and family name goes before one of whom only the family name
stands there, and where an organisation is named with them, who works there before others.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from storage.lookups import KnownOrganisation, KnownPerson
from storage.named import organisations_beginning, persons_beginning
from storage.sort_keys import sort_key, spellings

_MOST_WORDS = 30
_PARTICLES = frozenset("von van de der den du da di del della la le und and et e the die das".split())
_LEGAL_FORMS = frozenset(
    "ag gmbh sa sarl sagl srl spa ltd llc inc co kg ohg eg ev plc bv nv se kgaa mbh genossenschaft".split()
)
_TITLES = frozenset(
    "herr herrn hr frau fr mr mrs ms madame mme monsieur m signor signora sig dr prof".split()
)
_SEVERAL_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Called:
    """Whom a text names.  *several* has the names of those who may be meant, where that is not one."""

    person: KnownPerson | None = None
    organisation: KnownOrganisation | None = None
    several: tuple[str, ...] = ()

    @property
    def somebody(self) -> bool:
        """Whether it names one, or several."""
        return bool(self.person or self.organisation or self.several)


async def called(text: str, *, on: date) -> Called:
    """Return whom *text* names on a day."""
    words = sort_key(text).split()[:_MOST_WORDS]
    keys = _keys(words)
    return choose(words, await persons_beginning(keys), await organisations_beginning(keys), on=on)


def choose(
    words: Sequence[str],
    persons: Iterable[KnownPerson],
    organisations: Iterable[KnownOrganisation],
    *,
    on: date,
) -> Called:
    """Return whom *words* name of those whose names begin with one of them."""
    firms, left = _longest(words, organisations)
    known = list(persons)
    full = [one for one in known if _stands_in(one.family_name, words) and _given(one, words)]
    by_family = [one for one in known if _stands_in(one.family_name, left)]
    for found in (_at(full, firms, on), full, _at(by_family, firms, on)):
        if found:
            return _one_of(found, firms, on)
    if firms:
        return Called(organisation=firms[0]) if len(firms) == 1 else _several([one.name for one in firms])
    return _one_of(by_family, firms, on) if by_family else Called()


def _one_of(persons: Sequence[KnownPerson], firms: Sequence[KnownOrganisation], on: date) -> Called:
    if len(persons) > 1:
        return _several([one.name for one in persons])
    employers = {role.organisation.id: role.organisation for role in persons[0].roles_on(on)}
    named = [one for one in firms if one.id in employers]
    only = next(iter(employers.values())) if len(employers) == 1 else None
    return Called(persons[0], named[0] if len(named) == 1 else only)


def _several(names: Sequence[str]) -> Called:
    return Called(several=tuple(names[:_SEVERAL_SHOWN]))


def _at(persons: Iterable[KnownPerson], firms: Sequence[KnownOrganisation], on: date) -> list[KnownPerson]:
    """Return those who have a role at one of *firms*."""
    ids = {one.id for one in firms}
    return [one for one in persons if ids & {role.organisation.id for role in one.roles_on(on)}]


def _longest(
    words: Sequence[str], organisations: Iterable[KnownOrganisation]
) -> tuple[list[KnownOrganisation], list[str]]:
    """Return the organisations of which the most words stand there, and the words that are none of theirs."""
    found = {one: span for one in organisations if (span := _span(one.name, words))}
    most = max(map(len, found.values()), default=0)
    firms = {one: span for one, span in found.items() if len(span) == most}
    theirs = {at for span in firms.values() for at in span}
    return list(firms), [word for at, word in enumerate(words) if at not in theirs]


def _span(name: str, words: Sequence[str]) -> range:
    """Return where an organisation's name stands among *words*; its legal form may be missing."""
    whole = sort_key(name).split()
    bare = list(whole)
    while len(bare) > 1 and bare[-1] in _LEGAL_FORMS:
        bare.pop()
    if span := _in_a_row(whole, words):
        return span
    span = _in_a_row(bare, words)
    is_titled = span.start > 0 and words[span.start - 1] in _TITLES
    return range(0) if is_titled else span  # `Herr Muster` is no firm


def _in_a_row(name: Sequence[str], words: Sequence[str]) -> range:
    """Return where the words of a name stand one behind the other; an empty range if nowhere."""
    forms = [spellings(word) for word in words]
    for start in range(len(words) - len(name) + 1):
        if all(part in forms[start + at] for at, part in enumerate(name)):
            return range(start, start + len(name))
    return range(0)


def _stands_in(name: str, words: Sequence[str]) -> bool:
    return bool(_in_a_row(sort_key(name).split(), words))


def _given(person: KnownPerson, words: Sequence[str]) -> bool:
    first = sort_key(person.given_name).split()[:1]
    return bool(_in_a_row(first, words))


def _keys(words: Sequence[str]) -> set[str]:
    """Return with what a name may begin that stands among *words*."""
    single = {key for word in words if word not in _PARTICLES for key in spellings(word)}
    pairs = {f"{one} {next_}" for one, next_ in pairwise(words) if one in _PARTICLES}
    return {key for key in single | pairs if len(key) > 1}
