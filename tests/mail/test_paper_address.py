"""Postal addresses as keys: no e-mail address is like one, spelling does not matter, whoever there wrote."""

from hypothesis import given
from hypothesis import strategies as st

from mail.address import Address
from mail.letter import LetterParty
from mail.paper_address import PaperAddress, ends_of, firm_key, is_paper, names_person

TEXTS = st.text(max_size=400)


def test_spelling_and_street_do_not_matter() -> None:
    one = PaperAddress("Müller & Söhne AG", "Anna Keller", "Weg 1", "8001", "Zürich")
    other = PaperAddress("MULLER & SOHNE AG", "Anna  KELLER", "Anderer Weg 2", "8001", "Zuerich")
    assert one.key == other.key
    assert str(one) == "Müller & Söhne AG, Anna Keller, Weg 1, 8001 Zürich"


def test_of_a_firm_whoever_there_wrote_one_key_stands_for_all() -> None:
    anna = PaperAddress("Muster AG", "Anna Keller", postcode="8001")
    begins, ends = ends_of(firm_key(anna.key))
    assert firm_key(anna.key) == PaperAddress("Muster AG", postcode="8001").key
    assert anna.key.startswith(begins)
    assert anna.key.endswith(ends)
    assert not PaperAddress("Muster AGB", postcode="8001").key.startswith(begins)


def test_a_private_person_is_no_firm() -> None:
    key = PaperAddress("", "Anna Keller", postcode="8001").key
    assert firm_key(key) == key
    assert names_person(key)
    assert not names_person(PaperAddress("Muster AG").key)


@given(TEXTS, TEXTS, TEXTS)
def test_a_key_fits_its_column_and_is_no_e_mail_address(
    organisation: str, person: str, postcode: str
) -> None:
    address = PaperAddress.of(LetterParty(organisation=organisation, person=person, postcode=postcode))
    assert is_paper(address.key)
    assert len(address.key) <= 320
    assert Address.parse(address.key) is None
    assert is_paper(firm_key(address.key))
