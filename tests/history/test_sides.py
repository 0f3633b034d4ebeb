"""With whom something is: organisations, or persons and addresses where none is known."""

import pytest

from history.sides import sides_of
from storage.lookups import Party

ANNA = Party("anna@muster.example", 1, 10)
BEAT = Party("beat@muster.example", 2, 10)
CARLA = Party("carla@holz.example", 3, 20)
ANNA_LATER = Party("anna@muster.example", 1, 20)
UNKNOWN = Party("x@gmx.example", None, None)
KNOWN_NOW = Party("x@gmx.example", 4, 10)
OTHER = Party("y@gmx.example", None, None)
FREELANCER = Party("f@free.example", 5, None)
FREELANCER_ELSEWHERE = Party("f@private.example", 5, None)


def hidden(party: Party) -> Party:
    return Party(party.key, party.person_id, party.organisation_id, hidden=True)


@pytest.mark.parametrize(
    ("some", "others"),
    [
        ([ANNA], [ANNA]),
        ([ANNA], [BEAT]),
        ([ANNA], [CARLA, BEAT]),
        ([UNKNOWN], [UNKNOWN]),
        ([UNKNOWN], [KNOWN_NOW]),
        ([FREELANCER], [FREELANCER_ELSEWHERE]),
        ([hidden(ANNA)], [ANNA]),
        ([hidden(ANNA), hidden(BEAT)], [ANNA]),
        ([], []),
    ],
)
def test_some_are_with_the_same(some: list[Party], others: list[Party]) -> None:
    assert sides_of(some).meet(sides_of(others))
    assert sides_of(others).meet(sides_of(some))


@pytest.mark.parametrize(
    ("some", "others"),
    [
        ([ANNA], [CARLA]),
        ([ANNA], [ANNA_LATER]),
        ([UNKNOWN], [OTHER]),
        ([ANNA], []),
        ([UNKNOWN], [FREELANCER]),
        ([hidden(ANNA), hidden(CARLA)], [ANNA]),
        ([hidden(UNKNOWN), hidden(OTHER)], [UNKNOWN]),
        ([CARLA, hidden(ANNA)], [ANNA]),
    ],
)
def test_some_are_with_others(some: list[Party], others: list[Party]) -> None:
    assert not sides_of(some).meet(sides_of(others))
    assert not sides_of(others).meet(sides_of(some))


@pytest.mark.parametrize(
    ("some", "others", "same"),
    [
        ([ANNA], [BEAT], True),
        ([ANNA, CARLA], [CARLA, BEAT], True),
        ([ANNA, CARLA], [ANNA], False),
        ([UNKNOWN], [KNOWN_NOW], True),
        ([UNKNOWN, OTHER], [UNKNOWN], False),
    ],
)
def test_nobody_else_is_there(some: list[Party], others: list[Party], same: bool) -> None:
    assert sides_of(some).are_the_same(sides_of(others)) is same
    assert sides_of(others).are_the_same(sides_of(some)) is same
