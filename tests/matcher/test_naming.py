"""Whom of an organisation a display name or a local part names: as one says a name, and never a guess."""

import pytest

from matcher.naming import Fullness, by_local_part, by_name, is_personal, words_in
from storage.lookups import KnownPerson
from storage.sort_keys import sort_key


def somebody(number: int, given: str, family: str) -> KnownPerson:
    return KnownPerson(number, f"{given} {family}", given, family, ())


ANNA, BEAT = somebody(1, "Anna Maria", "Muster"), somebody(2, "Beat", "Müller-Graf")
URS, JURG = somebody(3, "Urs", "von Allmen"), somebody(4, "Jürg", "Bauer")
PETER = somebody(5, "Hans-Peter", "Keller")
STAFF = (ANNA, BEAT, URS, JURG, PETER)
FULL, INITIAL, PART = Fullness.FULL, Fullness.INITIAL, Fullness.PART

NAMES = {
    "Anna Muster": (ANNA, FULL),
    "Muster, Anna": (ANNA, FULL),
    "Muster Anna Maria": (ANNA, FULL),
    "Dr. Anna M. Muster": (ANNA, FULL),
    "Anna Muster (Muster AG)": (ANNA, FULL),
    "Anna Muster | Einkauf": (ANNA, FULL),
    "Anna Muster, Muster AG": (ANNA, FULL),
    "A. Muster": (ANNA, INITIAL),
    "Frau Muster": (ANNA, PART),
    "Beat Mueller-Graf": (BEAT, FULL),
    "URS VON ALLMEN": (URS, FULL),
    "Juerg Bauer": (JURG, FULL),
    "Muster AG, Anna Keller": None,
    "Muster AG": None,
    "Anna Muster Keller": None,
    "Beat Muster": None,
    "Maria Muster": None,
    "": None,
    "|||": None,
}
LOCAL_PARTS = {
    "anna.muster": (ANNA, FULL),
    "muster.anna": (ANNA, FULL),
    "anna_muster": (ANNA, FULL),
    "annamuster": (ANNA, FULL),
    "anna.muster+rechnung": (ANNA, FULL),
    "a.muster": (ANNA, INITIAL),
    "amuster": (ANNA, INITIAL),
    "mustera": (ANNA, INITIAL),
    "am.muster": (ANNA, INITIAL),
    "beat.mueller-graf": (BEAT, FULL),
    "urs.vonallmen": (URS, FULL),
    "u.allmen": (URS, INITIAL),
    "hanspeter.keller": (PETER, FULL),
    "hp.keller": (PETER, INITIAL),
    "juerg.bauer": (JURG, FULL),
    "muster": (ANNA, PART),
    "anna": (ANNA, PART),
    "info": None,
    "b.muster": None,
    "annamariakeller": None,
    "123": None,
}


@pytest.mark.parametrize("text", NAMES)
def test_a_display_name_names(text: str) -> None:
    _same(by_name(text, STAFF), NAMES[text])


@pytest.mark.parametrize("text", LOCAL_PARTS)
def test_a_local_part_names(text: str) -> None:
    _same(by_local_part(text, STAFF), LOCAL_PARTS[text])


def _same(naming, expected) -> None:
    assert (naming and (naming.persons, naming.fullness)) == (expected and ((expected[0],), expected[1]))


def test_namesakes_are_named_together() -> None:
    second = somebody(9, "Anna", "Muster")
    for naming in (by_name("Anna Muster", (*STAFF, second)), by_local_part("a.muster", (*STAFF, second))):
        assert naming is not None
        assert set(naming.persons) == {ANNA, second}


def test_names_that_differ_by_a_letter_are_told_apart_where_both_are_known() -> None:
    baur = somebody(9, "Jürg", "Baur")
    for text, meant in (("Jürg Bauer", JURG), ("Jürg Baur", baur)):
        naming = by_name(text, (JURG, baur))
        assert naming is not None
        assert naming.persons == (meant,)


def test_a_number_behind_a_name_says_that_there_are_two() -> None:
    first, second = by_local_part("anna.muster", STAFF), by_local_part("anna.muster2", STAFF)
    assert first is not None
    assert second is not None
    assert (first.is_doubtful, second.is_doubtful) == (False, True)


PERSONAL = {
    ("Beat Muster", "Muster AG"): True,
    ("Beat Muster", "Muster Einkauf GmbH"): True,
    ("Muster Bau Zürich", "Muster Bau AG"): False,
    ("Muster Einkauf", "Muster AG"): False,
    ("Muster Holz AG", "Anders AG"): False,
    ("beat@muster.example", "Muster AG"): False,
    ("Beat", "Muster AG"): False,
}


@pytest.mark.parametrize(("text", "firm"), PERSONAL)
def test_a_name_is_a_persons_or_a_firms(text: str, firm: str) -> None:
    assert is_personal(text, firm) is PERSONAL[text, firm]


def test_whoever_is_named_is_found_among_many_by_the_words_of_their_family_name() -> None:
    for texts, joined in ((NAMES, False), (LOCAL_PARTS, True)):
        for text, expected in texts.items():
            if expected and expected[1] is not PART:
                words = words_in(text.partition("+")[0], joined=joined)
                assert words & set(sort_key(expected[0].family_name).split())
