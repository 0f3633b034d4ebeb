"""Which language a mail is written in."""

import pytest

from mail.language import language_of
from tests.mail.office_texts import OFFICE_TEXTS, mails, pieces


@pytest.mark.parametrize("language", OFFICE_TEXTS)
def test_a_whole_mail_shows_its_language(language: str) -> None:
    assert {language_of(mail) for mail in mails(language)} == {language}


@pytest.mark.parametrize("language", ["de", "fr", "it", "en", "es", "pt", "nl"])
def test_two_hundred_characters_show_their_language_in_98_of_100(language: str) -> None:
    told = [language_of(piece) for mail in mails(language) for piece in pieces(mail, 200)]
    assert told.count(language) >= 0.98 * len(told)


@pytest.mark.parametrize("language", OFFICE_TEXTS)
def test_a_short_piece_shows_its_language_or_none(language: str) -> None:
    told = {language_of(piece) for mail in mails(language) for piece in pieces(mail, 60) if piece}
    assert told <= {language, None}


@pytest.mark.parametrize(
    "text", ["", "ok", "Offerte", "4711 / 0815", "https://firma.example/de/der/die/das", "Jan Frei\nBern"]
)
def test_too_little_text_has_no_language(text: str) -> None:
    assert language_of(text) is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("el", "Καλημέρα σας, σας στέλνω την προσφορά μας για το νέο σύστημα."),
        ("uk", "Добрий день! Надсилаю вам нашу пропозицію щодо нової вентиляції."),
        ("ko", "안녕하세요. 견적서를 첨부하여 보내드립니다."),
        ("zh", "您好，附件是我们的报价单，请查收。"),
        ("he", "שלום רב, מצורפת הצעת המחיר שלנו."),
        ("ar", "مرحبا، تجدون طيه عرض الأسعار الخاص بنا."),
    ],
)
def test_a_script_shows_its_language(language: str, text: str) -> None:
    assert language_of(text) == language


def test_addresses_and_links_are_no_words_of_a_language() -> None:
    links = " ".join(f"https://www.the-and-of.example/to/is/{n} the@and.example" for n in range(20))
    assert (
        language_of(f"Guten Tag, ich sende Ihnen die Links für das Projekt, wie gewünscht. {links}") == "de"
    )
