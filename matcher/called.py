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
    lengths = {one: _length(one.name, words) for one in organisations}
    most = max(lengths.values(), default=0)
    if not most:
        return [], list(words)
    firms = [one for one, length in lengths.items() if length == most]
    theirs = {word for one in firms for word in sort_key(one.name).split()}
    return firms, [word for word in words if word not in theirs]


def _length(name: str, words: Sequence[str]) -> int:
    """Return how many words of an organisation's name stand there in a row; its legal form may be missing."""
    whole = sort_key(name).split()
    bare = list(whole)
    while len(bare) > 1 and bare[-1] in _LEGAL_FORMS:
        bare.pop()
    return next((len(those) for those in (whole, bare) if those and _in_a_row(those, words)), 0)


def _in_a_row(name: Sequence[str], words: Sequence[str]) -> bool:
    forms = [spellings(word) for word in words]
    starts = range(len(words) - len(name) + 1)
    return any(all(part in forms[start + at] for at, part in enumerate(name)) for start in starts)


def _stands_in(name: str, words: Sequence[str]) -> bool:
    parts = sort_key(name).split()
    return bool(parts) and _in_a_row(parts, words)


def _given(person: KnownPerson, words: Sequence[str]) -> bool:
    first = sort_key(person.given_name).split()[:1]
    return bool(first) and _in_a_row(first, words)


def _keys(words: Sequence[str]) -> set[str]:
    """Return with what a name may begin that stands among *words*."""
    single = {key for word in words if word not in _PARTICLES for key in spellings(word)}
    pairs = {f"{one} {next_}" for one, next_ in pairwise(words) if one in _PARTICLES}
    return {key for key in single | pairs if len(key) > 1}
