"""Every sentence is there in every language, with the same places to fill in."""

import re

import pytest

from tests.web.messages import catalogue, messages
from web.i18n import LANGUAGES, translations

_PLACES = re.compile(r"%\(\w+\)s|\{\w+\}")
_TRANSLATED = [language for language in LANGUAGES if language != "en"]


@pytest.mark.parametrize("language", _TRANSLATED)
def test_every_sentence_is_translated(language: str):
    known = catalogue(language)
    missing = []
    for message in messages():
        entry = known.get(message if isinstance(message, str) else message[0])
        strings = (
            entry.string if entry and isinstance(entry.string, tuple) else (entry.string if entry else "",)
        )
        if not entry or entry.fuzzy or not all(strings):
            missing.append(message)
    assert not missing, "run `python -m tests.web.messages`, and translate them"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_catalogue_holds_what_nobody_shows(language: str):
    shown = {message if isinstance(message, str) else message[0] for message in messages()}
    known = {
        entry.id if isinstance(entry.id, str) else entry.id[0] for entry in catalogue(language) if entry.id
    }
    assert known <= shown


@pytest.mark.parametrize("language", _TRANSLATED)
def test_translations_fill_in_the_same_places(language: str):
    for entry in catalogue(language):
        # The plural, where there is one: the singular may do without its number.
        sentence = entry.id if isinstance(entry.id, str) else entry.id[-1]
        translated = entry.string if isinstance(entry.string, str) else (entry.string or ("",))[-1]
        assert set(_PLACES.findall(sentence)) == set(_PLACES.findall(translated)), sentence


def test_a_catalogue_is_read_when_the_program_starts():
    assert translations("de").gettext("Organisations") == "Organisationen"
    assert translations("en").gettext("Organisations") == "Organisations"
