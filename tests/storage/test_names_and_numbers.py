"""Names with particles, how a letter begins, and which number is dialled."""

import pytest

from storage.correspondents import Person
from storage.phones import phone_key
from storage.salutations import greeting, list_name
from storage.sort_keys import particle_of, person_sort_key


@pytest.mark.parametrize(
    ("family", "particle", "key"),
    [
        ("von Gunten", "von", "gunten anna von"), ("van der Berg", "van der", "berg anna van der"),
        ("de la Cruz", "de la", "cruz anna de la"), ("d\u2019Alembert", "d\u2019", "alembert anna d"),
        ("De Luca", "", "de luca anna"), ("Von Arx", "", "von arx anna"), ("von", "", "von anna"), ("", "", "anna"),
        ("Müller von Ah", "", "muller von ah anna"),
    ],
)  # fmt: skip
def test_a_name_stands_under_what_follows_its_particles(family: str, particle: str, key: str):
    assert particle_of(family) == particle
    assert person_sort_key(family, "Anna") == key


def test_lists_write_the_name_as_they_are_ordered():
    assert list_name(Person(given_name="Jan", family_name="van der Berg")) == "Berg, Jan van der"
    assert list_name(Person(given_name="Anna", family_name="")) == "Anna"


@pytest.mark.parametrize(
    ("language", "salutation", "greets"),
    [
        ("de", "Frau", "Sehr geehrte Frau Dr. von Gunten"), ("de", "Herr", "Sehr geehrter Herr Dr. von Gunten"),
        ("fr", "Madame", "Madame Dr. von Gunten"), ("it", "Signora", "Gentile Signora Dr. von Gunten"),
        ("en", "", "Dear Anna von Gunten"), ("", "Liebe Anna", "Liebe Anna"), ("", "", "Guten Tag Anna von Gunten"),
    ],
)  # fmt: skip
def test_a_letter_begins_in_the_persons_language_with_the_whole_name(
    language: str, salutation: str, greets: str
):
    person = Person(
        given_name="Anna", family_name="von Gunten", title="Dr.", salutation=salutation, language=language
    )
    assert greeting(person, "de") == greets


@pytest.mark.parametrize(
    ("written", "country", "key"),
    [
        ("044 123 45 67", "CH", "+41441234567"), ("030 901820", "DE", "+4930901820"),
        ("0041 44 123 45 67", "DE", "+41441234567"), ("+39 06 6982", "CH", "+39066982"),
        ("+41 44 123 45 67 ext. 12", "CH", "+41441234567;ext=12"), ("intern 23", "CH", "23"), ("–", "CH", ""),
    ],
)  # fmt: skip
def test_a_number_is_kept_as_everybody_dials_it(written: str, country: str, key: str):
    assert phone_key(written, country) == key
