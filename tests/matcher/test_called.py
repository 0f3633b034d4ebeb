"""Whom a colleague means who writes a name."""

from datetime import date

import pytest

from matcher.called import called, choose
from storage.lookups import KnownOrganisation, KnownPerson, RoleHeld
from storage.sort_keys import sort_key
from tests.matcher.people import firm, person

ON = date(2026, 11, 25)
MUSTER, FREI = KnownOrganisation(1, "Muster AG"), KnownOrganisation(2, "Frei & Söhne GmbH")
MUSTERS = KnownOrganisation(3, "Muster Handel AG")


def _person(number: int, given: str, family: str, at: KnownOrganisation | None = None) -> KnownPerson:
    roles = (RoleHeld(at, "Einkauf", None, None),) if at else ()
    return KnownPerson(number, f"{given} {family}", given, family, roles)


ANNA = _person(1, "Anna", "Muster", MUSTER)
MAX = _person(2, "Max", "Muster")
OTTO = _person(3, "Otto", "Frei", FREI)
VRENI = _person(4, "Vreni", "von Arx")
HANS, HANSI = _person(5, "Hans", "Müller", MUSTER), _person(6, "Hansi", "Müller", FREI)
PERSONS = (ANNA, MAX, OTTO, VRENI, HANS, HANSI)
FIRMS = (MUSTER, FREI, MUSTERS)


@pytest.mark.parametrize(
    ("text", "person", "organisation"),
    [
        ("Anna Muster", ANNA, MUSTER),
        ("Muster, Anna", ANNA, MUSTER),
        ("Frau Anna Muster, Muster AG", ANNA, MUSTER),
        ("Frau Muster, Muster AG", ANNA, MUSTER),
        ("Muster AG, Muster", ANNA, MUSTER),
        ("Herr Frei", OTTO, FREI),
        ("Muster", None, MUSTER),
        ("Max Muster", MAX, None),
        ("Frei wegen der Offerte", OTTO, FREI),
        ("Vreni von Arx", VRENI, None),
        ("von arx", VRENI, None),
        ("Hr. Mueller, Muster AG", HANS, MUSTER),
        ("Müller (Frei & Söhne)", HANSI, FREI),
        ("Muster AG", None, MUSTER),
        ("Muster Handel AG", None, MUSTERS),
        ("muster handel", None, MUSTERS),
        ("Frei und Söhne", OTTO, FREI),
        ("frei & soehne gmbh", None, FREI),
    ],
)
def test_one_is_meant(text: str, person: KnownPerson | None, organisation: KnownOrganisation | None) -> None:
    found = choose(sort_key(text).split(), PERSONS, FIRMS, on=ON)
    assert (found.person, found.organisation, found.several) == (person, organisation, ())


@pytest.mark.parametrize(
    ("text", "several"),
    [("Müller", ("Hans Müller", "Hansi Müller")), ("Herr Mueller", ("Hans Müller", "Hansi Müller"))],
)
def test_several_may_be_meant(text: str, several: tuple[str, ...]) -> None:
    assert choose(sort_key(text).split(), PERSONS, FIRMS, on=ON).several == several


@pytest.mark.parametrize("text", ["", "Meier", "Anna", "Handel", "Offerte von gestern", "AG"])
def test_nobody_is_meant(text: str) -> None:
    assert not choose(sort_key(text).split(), PERSONS, FIRMS, on=ON).somebody


async def test_those_who_are_entered_are_found(database: str) -> None:
    muster = await firm("Muster AG")
    anna = await person("Anna Muster", at=muster)
    arx = await person("Beat Arx")
    found = await called("mit Frau Anna Muster über Preise", on=ON)
    assert (found.person and found.person.id, found.organisation and found.organisation.id) == (
        anna.id,
        muster.id,
    )
    assert (await called("Arx", on=ON)).person == (await called("Beat Arx", on=ON)).person
    assert (await called("Arx", on=ON)).person is not None
    assert arx.id
