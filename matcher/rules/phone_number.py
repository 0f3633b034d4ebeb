"""The telephone number in a signature is an organisation's, or a person's who signs."""

from collections.abc import Iterator, Sequence

from matcher.evidence import Case, Evidence
from matcher.known import LookUps, author_of
from matcher.naming import Fullness, by_name
from matcher.parties import Outsider
from storage.entries import Strength
from storage.lookups import KnownOrganisation, KnownPerson, valid_on
from storage.reasons import Reason


async def phone_number(case: Case, look_ups: LookUps) -> Sequence[Evidence]:
    """Return whose the telephone numbers are in the signature of a message's author."""
    return phone_numbers(case, look_ups)


def phone_numbers(case: Case, look_ups: LookUps) -> list[Evidence]:
    """Return the same, for those who ask which organisations are named.

    A person is strong evidence only where the message gives their name as well; the number of
    several organisations, as that of a house they share, names none.  What is a number only in another
    country than the author's and ours is that of who is named, and nobody's else.
    """
    author = author_of(case)
    signs = look_ups.signs_of(case)
    if author is None:
        return []
    here = [each for number in signs.phones for each in _of(number, author, case, look_ups)]
    elsewhere = (each for number in signs.phones_elsewhere for each in _of(number, author, case, look_ups))
    return [*here, *(one for one in elsewhere if one.person and one.strength is Strength.STRONG)]


def _of(number: str, author: Outsider, case: Case, look_ups: LookUps) -> Iterator[Evidence]:
    now = [one for one in look_ups.told.by_phone.get(number, ()) if valid_on(case.day, one.since, one.until)]
    persons = {one.person.id: one.person for one in now if one.person}
    firms = {one.organisation.id: one.organisation for one in now if one.organisation}
    firms |= {firm.id: firm for person in persons.values() for firm in _employers(person, case)}
    for person in persons.values():
        strength = Strength.STRONG if _is_named(person, persons, author, case, look_ups) else Strength.WEAK
        parameters = {"number": number, "person": person.name}
        yield Evidence(author.key, strength, Reason.PHONE_OF_PERSON, parameters, person)
    if len(firms) == 1 and not firms.keys() & look_ups.told.own:
        firm = firms.popitem()[1]
        parameters = {"number": number, "organisation": firm.name}
        yield Evidence(author.key, Strength.STRONG, Reason.PHONE_NUMBER, parameters, organisation=firm)


def _employers(person: KnownPerson, case: Case) -> list[KnownOrganisation]:
    return [role.organisation for role in person.roles_on(case.day)]


def _is_named(
    person: KnownPerson, persons: dict[int, KnownPerson], author: Outsider, case: Case, look_ups: LookUps
) -> bool:
    for text in (author.name, *look_ups.signs_of(case).signers):
        naming = by_name(text, list(persons.values()))
        if naming and naming.fullness is Fullness.FULL:
            return naming.persons == (person,)
    return False
