"""Who wrote the forwarded mail, in whichever client and language it is sent on?"""

from datetime import datetime

import pytest

from mail.message import ForwardKind
from tests.mail.forwards import ADA, CLIENTS, COMMENT, EVA, LANGUAGES, MAX, SUBJECT, TEXT, forwarded, gmail

WHEN = datetime.fromisoformat("2026-03-03T14:02:00+01:00")


@pytest.mark.parametrize("comment", ["", f"{COMMENT}\n\n"], ids=["alone", "with a comment"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.__name__)
def test_the_original_is_read_whatever_client_and_language(client, language: str, comment: str) -> None:
    words = LANGUAGES[language]
    found = forwarded(comment + client(words), f"{words.mark}: {SUBJECT}")
    assert found is not None
    assert str(found.from_) == EVA
    assert [str(each) for each in found.to] == [MAX]
    assert [str(each) for each in found.cc] == [ADA]
    assert (found.subject, found.date, found.date_text) == (SUBJECT, WHEN, words.when)
    assert found.text.split() == TEXT.split()
    assert found.comment == comment.strip()
    assert found.kind is ForwardKind.INLINE


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_only_the_marker_calls_a_forward_is_one(language: str) -> None:
    assert forwarded(gmail(LANGUAGES[language]), SUBJECT) is not None
