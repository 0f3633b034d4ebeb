"""Which entries are one and the same?  Decided by name and by what nobody else has."""

from itertools import combinations
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import duplicates
from benchmarks.twins.firms import firms
from benchmarks.twins.persons import persons
from matcher.duplicates import organisations as of_organisations
from matcher.duplicates import persons as of_persons
from matcher.duplicates.blocks import LONGEST, organisation_blocks, person_blocks
from matcher.duplicates.cards import OrganisationCard, PersonCard, Place
from matcher.duplicates.verdict import Likeness
from storage.entries import Strength

HOME = Place("Bahnhofstrasse 12", "8001", "Zürich")


def somebody(name: tuple[str, str], **known: Any) -> PersonCard:
    """Return a person; *known* is given in plain words."""
    sets: Any = {key: frozenset({known[key]}) for key in ("emails", "phones", "employers") if key in known}
    places = (known["place"],) if "place" in known else ()
    return PersonCard(1, *name, **sets, places=places, birthday=known.get("birthday", ""))


def firm(*names: str, **known: Any) -> OrganisationCard:
    """Return an organisation; *known* is given in plain words."""
    sets: Any = {key: frozenset({known[key]}) for key in ("domains", "emails", "phones") if key in known}
    places = (known["place"],) if "place" in known else ()
    return OrganisationCard(known.get("id", 1), names, places=places, parent=known.get("parent"), **sets)


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        (("Jürg", "Müller"), ("Juerg", "Mueller"), Likeness.SPELLING),
        (("Jürg", "Müller"), ("JURG", "MULLER"), Likeness.SPELLING),
        (("Hans", "Meier"), ("Meier", "Hans"), Likeness.NAME_ORDER),
        (("", "Hans Meier"), ("Hans", "Meier"), Likeness.NAME_ORDER),
        (("Hans", "Meier"), ("Dr. iur. Hans", "Meier"), Likeness.SPELLING),
        (("Charlotte", "von der Mühll"), ("Charlotte", "Mühll"), Likeness.SPELLING),
        (("Hans", "Meier"), ("H.", "Meier"), Likeness.INITIAL),
        (("Ulrich", "Meier"), ("Ueli", "Meier"), Likeness.SHORT_FORM),
        (("Hans", "Steinmann"), ("Hans", "Stienmann"), Likeness.CLOSE_NAME),
        (("Eva", "Müller-Graf"), ("Eva", "Müller"), Likeness.PART_OF_NAME),
        (("Hans", "Meier"), ("Hans Peter", "Meier"), Likeness.SPELLING),
    ],
)
def test_one_name_written_in_two_ways_with_one_address_is_one_person(
    one: tuple[str, str], other: tuple[str, str], likeness: Likeness
) -> None:
    found = of_persons.judge(somebody(one, emails="a@muster.ch"), somebody(other, emails="a@muster.ch"))
    assert found.strength
    assert likeness in {finding.likeness for finding in found.findings}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (somebody(("Hans", "Müller")), somebody(("Hans", "Müller"))),
        (
            somebody(("Hans", "Müller"), place=Place("", "8001", "Zürich")),
            somebody(("Hans", "Müller"), place=HOME),
        ),
        (
            somebody(("Andrea", "Meier"), phones="+41441112233", place=HOME),
            somebody(("Andreas", "Meier"), phones="+41441112233", place=HOME),
        ),
        (
            somebody(("Eva", "Meier"), emails="familie@bluewin.ch", phones="+41441112233", place=HOME),
            somebody(("Urs", "Meier"), emails="familie@bluewin.ch", phones="+41441112233", place=HOME),
        ),
        (
            somebody(("Hans", "Meier"), place=HOME, birthday="19480312"),
            somebody(("Hans", "Meier"), place=HOME, birthday="19760501"),
        ),
        (
            somebody(("Hans", "Meier"), employers=7, emails="hans.meier@gross.ch"),
            somebody(("Hans", "Meier"), employers=7, emails="hans.meier2@gross.ch"),
        ),
        (
            somebody(("H.", "Meier"), phones="+41441112233", place=HOME),
            somebody(("Heidi", "Meier"), phones="+41441112233", place=HOME),
        ),
    ],
    ids=[
        "namesakes",
        "in one town",
        "brother and sister",
        "couple",
        "father and son",
        "colleagues",
        "initial",
    ],
)
def test_two_human_beings_stay_two(one: PersonCard, other: PersonCard) -> None:
    assert of_persons.judge(one, other).strength is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller Bau AG", "Mueller Bau"),
        ("Müller Bau AG", "Bau Müller AG"),
        ("Dubois Menuiserie Sàrl", "Dubois Menuiserie S.à r.l."),
        ("Schweizerische Rettungsflugwacht", "Schweiz. Rettungsflugwacht"),
        ("Gebrüder Liechti AG", "Gebr. Liechti"),
        ("St. Galler Stadtwerke", "Sankt Galler Stadtwerke"),
        ("Muster AG", "Muster SA"),
        ("Meier & Co. AG", "Meier und Co AG"),
    ],
)
def test_one_firm_written_in_two_ways_is_one(one: str, other: str) -> None:
    place = Place("Seestr. 4", "8002", "Zürich")
    known = {"phones": "+41441112233", "place": place}
    assert of_organisations.judge(firm(one, **known), firm(other, **known)).strength


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (firm("Muster Bau AG", domains="muster.ch"), firm("Muster Immobilien AG", domains="muster.ch")),
        (firm("Muster AG", domains="muster.ch", place=HOME), firm("Muster GmbH", place=HOME)),
        (firm("Gasthof Krone", place=HOME), firm("Gasthof Krone", place=Place("Dorf 1", "3000", "Bern"))),
        (firm("Muster AG", id=2, phones="+41441112233"), firm("Muster AG", parent=2, phones="+41441112233")),
        (firm("Meier AG", domains="gmx.ch"), firm("Meier AG", domains="gmx.ch")),
    ],
    ids=["sisters", "another legal form", "another town", "subsidiary", "a provider's domain"],
)
def test_two_firms_stay_two(one: OrganisationCard, other: OrganisationCard) -> None:
    assert of_organisations.judge(one, other).strength is None


def test_a_former_name_finds_a_firm_too() -> None:
    old = firm("Alt Treuhand AG", phones="+41441112233")
    assert of_organisations.judge(
        old, firm("Neu Treuhand AG", "Alt Treuhand AG", phones="+41441112233")
    ).strength


def test_made_pairs_are_told_apart_as_well_as_aimed_at() -> None:
    for records, find in (
        (persons(Random(3), 600), duplicates._persons_found),
        (firms(Random(3), 600), duplicates._firms_found),
    ):
        quality = duplicates._quality(find(records), duplicates._truth(records))
        assert quality.precision >= 0.98, quality
        assert quality.recall >= duplicates.RECALL, quality


_names = st.text(max_size=12) | st.sampled_from(["Hans", "Dr.", "H.", "", "von", "Müller-Graf", "ß", "12"])
_places = st.builds(Place, st.text(max_size=9), st.text(max_size=5), st.text(max_size=9))
_cards = st.builds(
    PersonCard,
    st.integers(1, 9),
    _names,
    _names,
    st.frozensets(st.sampled_from(["a@x.ch", "b@x.ch", "@"])),
    places=st.tuples(_places),
    birthday=st.sampled_from(["", "19480312", "19480313", "x"]),
)


@given(_cards, _cards)
def test_whatever_two_persons_are_called_the_verdict_is_the_same_both_ways(
    one: PersonCard, other: PersonCard
) -> None:
    ours, theirs = of_persons.judge(one, other), of_persons.judge(other, one)
    assert (ours.strength, ours.points) == (theirs.strength, theirs.points)
    assert all(0 < len(key) <= LONGEST for key in person_blocks(one))


@given(st.lists(st.text(max_size=20), min_size=2, max_size=2))
def test_whatever_two_firms_are_called_the_verdict_is_the_same_both_ways(names: list[str]) -> None:
    one, other = (firm(name, phones="+41441112233") for name in names)
    assert of_organisations.judge(one, other).strength == of_organisations.judge(other, one).strength
    assert organisation_blocks(one)


def test_what_is_found_to_be_one_shares_a_key() -> None:
    records = persons(Random(5), 300)
    cards = [duplicates._person(at, record) for at, record in enumerate(records)]
    alike = [pair for pair in combinations(cards, 2) if of_persons.judge(*pair).strength is Strength.CERTAIN]
    assert alike
    assert all(person_blocks(one) & person_blocks(other) for one, other in alike)
