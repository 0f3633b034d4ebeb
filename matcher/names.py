"""Does a display name name a person?"""

from collections.abc import Iterable

from storage.lookups import KnownPerson
from storage.sort_keys import sort_key, spellings


def named(display_name: str, persons: Iterable[KnownPerson]) -> KnownPerson | None:
    """Return the only one of *persons* whom *display_name* names, in whichever order and spelling."""
    words = _words(display_name)
    found = {person.id: person for person in persons if _names(words, person)}
    return next(iter(found.values())) if len(found) == 1 else None


def _names(written: list[set[str]], person: KnownPerson) -> bool:
    """Tell whether the family name and the first given name are among the words that were written."""
    family, given = _words(person.family_name), _words(person.given_name)
    wanted = [*family, *given[:1]]
    return bool(family) and all(any(word & one for one in written) for word in wanted)


def _words(name: str) -> list[set[str]]:
    """Return the words of a name, each with its spellings: `Mueller-Graf` has two."""
    return [spellings(word) for word in sort_key(name).split()]
