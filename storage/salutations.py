"""How does a letter to somebody begin?"""

from storage.correspondents import Person
from storage.sort_keys import particle_of

_FORMAL = {
    "de": ("Sehr geehrte {who}", "Sehr geehrter {who}", "Guten Tag {name}"),
    "fr": ("{who}", "{who}", "Bonjour {name}"),
    "it": ("Gentile {who}", "Egregio {who}", "Buongiorno {name}"),
    "en": ("Dear {who}", "Dear {who}", "Dear {name}"),
}
_WOMEN = frozenset({"frau", "madame", "signora", "ms", "mrs", "mme", "fr."})
_MEN = frozenset({"herr", "herrn", "monsieur", "signor", "mr", "m.", "hr."})


def greeting(person: Person, language: str = "") -> str:
    """Return how a letter to a person begins, in their language or else *language*; a name's particles stay.

    What was entered as salutation is taken as it is, but where it is a form of address alone: Frau, Monsieur.
    """
    address = person.salutation.strip()
    for_woman, for_man = address.casefold() in _WOMEN, address.casefold() in _MEN
    if address and not (for_woman or for_man):
        return address
    woman, man, neither = _FORMAL.get(person.language or language, _FORMAL["en"])
    name = " ".join(part for part in (person.given_name, person.family_name) if part)
    if not person.family_name or not address:
        return neither.format(name=name)
    who = " ".join(part for part in (address, person.title, person.family_name) if part)
    return (woman if for_woman else man).format(who=who)


def is_woman(salutation: str) -> bool | None:
    """Tell whether a salutation is a woman's form of address, or (False) a man's; None if it does not say."""
    words = salutation.casefold().split()
    if _WOMEN.intersection(words):
        return True
    return False if _MEN.intersection(words) else None


def list_name(person: Person) -> str:
    """Return a name as lists in its order write it: `Berg, Jan van den`."""
    particle = particle_of(person.family_name)
    family = person.family_name[len(particle) :].strip()
    rest = " ".join(part for part in (person.given_name, particle) if part)
    return ", ".join(part for part in (family, rest) if part)
