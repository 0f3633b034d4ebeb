"""With whom is somebody compared?  With those who share a key: a few, however many are entered.

A key names something that one has and few others: a name as it sounds with a town, a
birthday, an address.  A key that too many share tells nothing, and is passed over.
"""

from itertools import combinations, product

from matcher.duplicates.cards import OrganisationCard, PersonCard, Place
from matcher.duplicates.firm_names import firm_words
from matcher.duplicates.person_names import name_words
from matcher.duplicates.places import street_words
from matcher.duplicates.words import folded, skeleton

MOST_OF_BLOCK = 50
LONGEST = 60


def person_blocks(card: PersonCard) -> set[str]:
    """Return the keys of which two persons share at least one, if they may be the same."""
    words = [skeleton(word) for word in (*name_words(card.given_name)[:2], *name_words(card.family_name)[:2])]
    keys = {f"n:{'+'.join(sorted(pair))}" for pair in combinations(words, 2)}
    keys |= {f"e:{email}" for email in card.emails} | {f"p:{phone}" for phone in card.phones}
    keys |= {f"w:{employer}+{word[:4]}" for employer, word in product(card.employers, words)}
    if card.birthday:
        keys |= {f"b:{card.birthday}", *(f"d:{card.birthday[4:]}+{word[:3]}" for word in words)}
    return _bounded(keys | _of_places(card.places, words))


def organisation_blocks(card: OrganisationCard) -> set[str]:
    """Return the keys of which two organisations share at least one, if they may be the same."""
    keys: set[str] = set()
    first: list[str] = []
    for name in card.names:
        words = [skeleton(word) for word in firm_words(name)]
        first += words[:2]
        keys |= {f"n:{'+'.join(sorted(pair))}" for pair in combinations(words[:3], 2)}
        keys |= {f"o:{''.join(words)}"}
    keys |= {f"l:{domain.partition('.')[0]}" for domain in card.domains}
    keys |= {f"e:{email}" for email in card.emails} | {f"p:{phone}" for phone in card.phones}
    return _bounded(keys | _of_places(card.places, first))


def _of_places(places: tuple[Place, ...], words: list[str]) -> set[str]:
    keys: set[str] = set()
    for place in places:
        name, number = street_words(place.street)
        street = f"{skeleton(name)[:12]}+{number}"
        towns = {place.postcode, skeleton(folded(place.place))} - {""}
        if name and number:
            keys |= {f"s:{street}+{town}" for town in towns}
        keys |= {f"t:{word[:4]}+{town}" for word, town in product(words, towns)}
        if name:
            keys |= {f"a:{street}+{word[:2]}" for word in words}
    return keys


def _bounded(keys: set[str]) -> set[str]:
    return {key[:LONGEST] for key in keys}
