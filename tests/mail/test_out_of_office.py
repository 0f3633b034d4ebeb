"""Until when is somebody away, and who stands in?  In four languages, as people word it."""

from datetime import UTC, date, datetime

import pytest

from mail.out_of_office import out_of_office

WRITTEN = datetime(2026, 7, 20, 9, 0, tzinfo=UTC)

BACK = {
    "Ich bin ab dem 3. August 2026 wieder im Büro.": date(2026, 8, 3),
    "Ich bin am Montag, 3. August wieder für Sie da.": date(2026, 8, 3),
    "Wieder erreichbar ab 03.08.2026.": date(2026, 8, 3),
    "Ich bin wieder da ab 3.8.": date(2026, 8, 3),
    "Zurück im Büro bin ich am 4. Januar.": date(2027, 1, 4),
    "I will be back in the office on Monday, 3 August 2026.": date(2026, 8, 3),
    "I will return on August 3rd.": date(2026, 8, 3),
    "I am returning to the office on 2026-08-03.": date(2026, 8, 3),
    "Je serai de retour le lundi 3 août 2026.": date(2026, 8, 3),
    "Je serai de nouveau joignable à partir du 3 août.": date(2026, 8, 3),
    "Rientrerò in ufficio lunedì 3 agosto 2026.": date(2026, 8, 3),
    "Sarò di ritorno in ufficio il 3 agosto 2026.": date(2026, 8, 3),
    "Sarò nuovamente disponibile dal 3 agosto.": date(2026, 8, 3),
}
UNTIL = {
    "Ich bin bis und mit 31. Juli abwesend.": date(2026, 7, 31),
    "Ich bin vom 20.07. bis zum 31.07.2026 in den Ferien.": date(2026, 7, 31),
    "I am out of the office until July 31.": date(2026, 7, 31),
    "I am away from 20 July to 31 July 2026.": date(2026, 7, 31),
    "Je suis absent jusqu'au 31 juillet 2026.": date(2026, 7, 31),
    "Je suis en congé du 20 au 31 juillet.": date(2026, 7, 31),
    "Sono assente fino al 31 luglio 2026.": date(2026, 7, 31),
    "Sarò in ferie dal 20 luglio al 31 luglio.": date(2026, 7, 31),
}
INSTEAD = (
    "In dringenden Fällen wenden Sie sich bitte an Tim Keller (tim.keller@firma.example).",
    "Meine Stellvertretung: tim.keller@firma.example",
    "For urgent matters please contact Tim Keller, tim.keller@firma.example.",
    "En cas d'urgence, veuillez contacter mon collègue Tim Keller : tim.keller@firma.example",
    "Per urgenze rivolgersi a Tim Keller <tim.keller@firma.example>",
)


@pytest.mark.parametrize("text", BACK)
def test_the_day_of_return_is_read(text: str) -> None:
    read = out_of_office(text, WRITTEN, frozenset())
    assert (read.back if read else None) == BACK[text]


@pytest.mark.parametrize("text", UNTIL)
def test_the_last_day_away_is_read_and_the_return_is_the_next(text: str) -> None:
    read = out_of_office(text, WRITTEN, frozenset())
    assert read is not None
    assert (read.until, read.back) == (UNTIL[text], None)
    assert read.returns == date(2026, 8, 1)


@pytest.mark.parametrize("text", INSTEAD)
def test_who_stands_in_is_read(text: str) -> None:
    read = out_of_office(text, WRITTEN, frozenset({"eva@firma.example"}))
    assert str(read and read.substitute) == "tim.keller@firma.example"


def test_nobody_stands_in_for_himself() -> None:
    text = "Please contact eva@firma.example again later."
    assert out_of_office(text, WRITTEN, frozenset({"eva@firma.example"})) is None


def test_impossible_days_and_missing_years_are_no_error() -> None:
    assert out_of_office("I will be back on 31.02.2026", WRITTEN, frozenset()) is None
    assert out_of_office("I will be back on February 29", WRITTEN, frozenset()) is None
    assert out_of_office("I will be back on 3 August", None, frozenset()) is None


def test_an_answer_without_date_and_substitute_says_nothing_of_an_absence() -> None:
    assert out_of_office("Vielen Dank für Ihre Nachricht. Wir melden uns.", WRITTEN, frozenset()) is None
