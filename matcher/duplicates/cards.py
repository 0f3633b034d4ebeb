"""What is compared: a person and an organisation as values, wherever they were read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A postal address; *street* with its number."""

    street: str = ""
    postcode: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person.  *emails* and *phones* are look-up forms, *employers* ids, *birthday* is `yyyymmdd`."""

    id: int
    given_name: str = ""
    family_name: str = ""
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    places: tuple[Place, ...] = ()
    employers: frozenset[int] = frozenset()
    birthday: str = ""


@dataclass(frozen=True, slots=True)
class OrganisationCard:
    """An organisation; *names* are the one of today and those of before, *domains* those of its addresses too."""

    id: int
    names: tuple[str, ...]
    legal_form: str = ""
    parent: int | None = None
    domains: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    places: tuple[Place, ...] = ()
