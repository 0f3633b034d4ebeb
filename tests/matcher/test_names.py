"""Whom a display name names, in whichever order and spelling."""

import pytest

from matcher.names import named
from storage.lookups import KnownPerson

PERSONS = [
    KnownPerson(1, "Anna Müller", "Anna", "Müller", ()),
    KnownPerson(2, "Beat Müller", "Beat", "Müller", ()),
    KnownPerson(3, "Dr. Carla von Allmen", "Carla Sofia", "von Allmen", ()),
    KnownPerson(4, "André Meier-Graf", "André", "Meier-Graf", ()),
    KnownPerson(5, "Δημήτρης Παππάς", "Δημήτρης", "Παππάς", ()),
    KnownPerson(6, "", "", "", ()),
]


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("Anna Müller", 1),
        ("MUELLER, Anna", 1),
        ("anna muller", 1),
        ("Müller Beat (Holz AG)", 2),
        ("Dr. Carla von Allmen", 3),
        ("von Allmen Carla", 3),
        ("Andre Meier-Graf", 4),
        ("Παππάς Δημήτρης", 5),
        ("Müller", None),
        ("Anna", None),
        ("Anna und Beat Müller", None),
        ("Annabelle Müller", None),
        ("Carla Allmen", None),
        ("", None),
    ],
)
def test_a_display_name_names(written: str, number: int | None) -> None:
    found = named(written, PERSONS)
    assert (found.id if found else None) == number


def test_one_person_twice_is_one() -> None:
    assert named("Anna Müller", [PERSONS[0], PERSONS[0]]) == PERSONS[0]
