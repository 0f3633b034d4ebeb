"""What evidence comes to: certain beats strong beats weak, and what is equal stays open."""

from collections.abc import Sequence
from datetime import date

import pytest

from matcher.decide import candidates, decide
from matcher.evidence import Evidence
from storage.entries import Strength
from storage.lookups import KnownOrganisation, KnownPerson, RoleHeld
from storage.reasons import Reason

TODAY = date(2026, 3, 3)
CERTAIN, STRONG, WEAK = Strength.CERTAIN, Strength.STRONG, Strength.WEAK
MUSTER, HOLZ = KnownOrganisation(1, "Muster"), KnownOrganisation(2, "Holz")


def role(
    organisation: KnownOrganisation, function: str = "", since: date | None = None, until: date | None = None
) -> RoleHeld:
    return RoleHeld(organisation, function, since, until)


def somebody(number: int, *roles: RoleHeld) -> KnownPerson:
    return KnownPerson(number, f"P{number}", "Anna", f"P{number}", roles)


ANNA = somebody(1, role(MUSTER, "Einkauf"))
BEAT = somebody(2, role(MUSTER))
CARLA = somebody(3, role(HOLZ))
DINO = somebody(4, role(MUSTER, "Rat"), role(HOLZ, "Leitung"))
ELSE = somebody(5)
MOVED = somebody(6, role(MUSTER, until=date(2025, 12, 31)), role(HOLZ, since=date(2026, 1, 1)))


def of(
    who: KnownPerson | KnownOrganisation | None,
    strength: Strength,
    reason: Reason = Reason.EXACT_ADDRESS,
    at: KnownOrganisation | None = None,
) -> Evidence:
    if isinstance(who, KnownOrganisation):
        return Evidence("x", strength, reason, organisation=who)
    return Evidence("x", strength, reason, person=who, organisation=at)


Expected = tuple[KnownPerson | None, KnownOrganisation | None]
DECIDED: dict[str, tuple[Sequence[Evidence], Expected]] = {
    "a person's own address": ([of(ANNA, CERTAIN)], (ANNA, MUSTER)),
    "a person who works nowhere": ([of(ELSE, CERTAIN)], (ELSE, None)),
    "certain beats strong": ([of(BEAT, STRONG), of(ANNA, CERTAIN)], (ANNA, MUSTER)),
    "strong beats weak": ([of(ANNA, WEAK), of(BEAT, WEAK), of(BEAT, STRONG)], (BEAT, MUSTER)),
    "an organisation by its domain": ([of(MUSTER, STRONG)], (None, MUSTER)),
    "a guess at an organisation": ([of(MUSTER, WEAK)], (None, MUSTER)),
    "an organisation's own address beats a domain": ([of(HOLZ, CERTAIN), of(MUSTER, STRONG)], (None, HOLZ)),
    "a weak person says nothing": ([of(ANNA, WEAK)], (None, None)),
    "a weak person beside an organisation": ([of(ANNA, WEAK), of(MUSTER, CERTAIN)], (None, MUSTER)),
    "weak persons at an organisation's address": (
        [of(ANNA, WEAK), of(BEAT, WEAK), of(MUSTER, CERTAIN)],
        (None, MUSTER),
    ),
    "the domain tells in which of two roles": ([of(DINO, CERTAIN), of(HOLZ, STRONG)], (DINO, HOLZ)),
    "nothing tells in which of two roles": ([of(DINO, CERTAIN)], (DINO, None)),
    "an address at one of two organisations": ([of(DINO, CERTAIN, at=MUSTER)], (DINO, MUSTER)),
    "a domain is where somebody without a role writes from": (
        [of(ELSE, CERTAIN), of(MUSTER, STRONG)],
        (ELSE, MUSTER),
    ),
    "a role counts more than a domain": ([of(CARLA, CERTAIN), of(MUSTER, STRONG)], (CARLA, HOLZ)),
    "an organisation's address beats the thread": ([of(CARLA, STRONG), of(MUSTER, CERTAIN)], (None, MUSTER)),
    "but not where the person works there": ([of(ANNA, STRONG), of(MUSTER, CERTAIN)], (ANNA, MUSTER)),
    "a hint beside a domain": ([of(HOLZ, WEAK, Reason.BARE_NUMBER), of(MUSTER, STRONG)], (None, MUSTER)),
    "a hint alone links nobody": ([of(MUSTER, WEAK, Reason.BARE_NUMBER)], (None, None)),
    "hints that agree link nobody": (
        [of(MUSTER, WEAK, Reason.BARE_NUMBER), of(MUSTER, WEAK, Reason.NAME_ALONE)],
        (None, None),
    ),
    "an employee of the domain's firm": (
        [of(ANNA, STRONG, Reason.NAMED_AT_ORGANISATION, at=MUSTER), of(MUSTER, STRONG)],
        (ANNA, MUSTER),
    ),
    "an initial of somebody with an address there": (
        [of(ANNA, WEAK, Reason.NAMED_AT_ORGANISATION, at=MUSTER), of(MUSTER, STRONG)],
        (None, MUSTER),
    ),
    "who changed employer is with the new one": ([of(MOVED, CERTAIN)], (MOVED, HOLZ)),
}
OPEN: dict[str, tuple[Sequence[Evidence], Reason, KnownOrganisation | None]] = {
    "nothing": ([], Reason.UNKNOWN_ADDRESS, None),
    "another time": ([of(None, WEAK, Reason.ANOTHER_TIME)], Reason.ANOTHER_TIME, None),
    "two colleagues share it": ([of(ANNA, WEAK), of(BEAT, WEAK)], Reason.SEVERAL_PERSONS, MUSTER),
    "two of different firms share it": ([of(ANNA, WEAK), of(CARLA, WEAK)], Reason.SEVERAL_PERSONS, None),
    "of different firms, on the domain of one": (
        [of(ANNA, WEAK), of(CARLA, WEAK), of(HOLZ, STRONG)],
        Reason.SEVERAL_PERSONS,
        HOLZ,
    ),
    "two equally strong persons": (
        [of(ANNA, STRONG, Reason.OWN_THREAD), of(CARLA, STRONG, Reason.OWN_THREAD)],
        Reason.CONFLICTING_EVIDENCE,
        None,
    ),
    "namesakes at one firm": (
        [
            of(ANNA, WEAK, Reason.NAMED_AT_ORGANISATION, at=MUSTER),
            of(BEAT, WEAK, Reason.SIGNED_BY_PERSON, at=MUSTER),
            of(MUSTER, STRONG),
        ],
        Reason.SEVERAL_OF_THIS_NAME,
        MUSTER,
    ),
    "only hints": ([of(MUSTER, WEAK, Reason.NAME_ALONE)], Reason.MAY_BE, None),
    "two equally strong organisations": (
        [of(MUSTER, STRONG), of(HOLZ, STRONG)],
        Reason.CONFLICTING_EVIDENCE,
        None,
    ),
}


@pytest.mark.parametrize(("evidence", "expected"), DECIDED.values(), ids=DECIDED.keys())
def test_an_address_is_taken_for(evidence: Sequence[Evidence], expected: Expected) -> None:
    for one_way in (evidence, evidence[::-1]):
        match = decide("x@y.example", one_way, on=TODAY)
        assert (match.person, match.organisation) == expected
        assert match.reason.is_open == (expected == (None, None))


@pytest.mark.parametrize(("evidence", "reason", "organisation"), OPEN.values(), ids=OPEN.keys())
def test_a_person_must_look_at(
    evidence: Sequence[Evidence], reason: Reason, organisation: KnownOrganisation | None
) -> None:
    for one_way in (evidence, evidence[::-1]):
        match = decide("x@y.example", one_way, on=TODAY)
        assert (match.person, match.reason, match.organisation) == (None, reason, organisation)
        assert match.reason.is_open


@pytest.mark.parametrize(
    ("day", "employer"),
    [(date(2025, 12, 31), MUSTER), (date(2026, 1, 1), HOLZ), (date(2024, 5, 5), MUSTER)],
)
def test_the_role_of_that_day_counts(day: date, employer: KnownOrganisation) -> None:
    assert decide("x@y.example", [of(MOVED, CERTAIN)], on=day).organisation == employer


def test_a_match_says_in_which_function_and_how_surely() -> None:
    match = decide("x@y.example", [of(ANNA, CERTAIN)], on=TODAY)
    assert (match.function, match.strength, match.reason) == ("Einkauf", CERTAIN, Reason.EXACT_ADDRESS)


def test_of_equal_evidence_the_rule_that_comes_first_gives_the_reason() -> None:
    first = of(ANNA, STRONG, Reason.NAMED_IN_THREAD)
    match = decide("x@y.example", [first, of(ANNA, STRONG, Reason.OWN_THREAD)], on=TODAY)
    assert match.reason is Reason.NAMED_IN_THREAD


def test_who_may_be_meant_is_listed_with_the_likeliest_first() -> None:
    evidence = [
        of(HOLZ, WEAK, Reason.BARE_NUMBER),
        of(MUSTER, WEAK),
        of(ANNA, WEAK),
        of(BEAT, STRONG),
        of(MUSTER, WEAK, Reason.THREAD_OF_ORGANISATION),
    ]
    assert candidates(evidence) == [BEAT, ANNA, MUSTER, HOLZ]
    match = decide("x@y.example", evidence[:1], on=TODAY)
    assert match.parameters == {"address": "x@y.example", "correspondents": "Holz"}
