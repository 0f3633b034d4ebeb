"""What is no forward, and what no text may do to the reader."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mail.address import Address, Mailbox
from mail.forward import original
from mail.forward_headers import Typed, names_of
from mail.message import ParsedMessage
from tests.mail.forwards import (
    CLIENTS,
    EVA,
    LANGUAGES,
    SUBJECT,
    TEXT,
    forwarded,
    gmail,
    mail,
    outlook_on_the_web,
    quoted,
    read,
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_that_quotes_with_a_header_block_is_no_forward(language: str) -> None:
    text = f"Danke!\n\n{outlook_on_the_web(LANGUAGES[language])}"
    assert forwarded(text, f"Re: {SUBJECT}") is None
    assert forwarded(text, f"AW: {SUBJECT}") is None
    assert forwarded(text, SUBJECT, to=EVA) is None


def test_an_abbreviation_of_two_meanings_is_told_by_who_gets_the_mail() -> None:
    text = f"Hei!\n\n{outlook_on_the_web(LANGUAGES['fi'])}"
    assert forwarded(text, f"VS: {SUBJECT}", to=EVA) is None
    assert forwarded(text, f"VS: {SUBJECT}") is not None


@pytest.mark.parametrize(
    "text",
    [
        "Guten Tag\n\nBis morgen\nSam",
        f"Danke!\n\nAm Di., 3. März 2026 um 14:02 Uhr schrieb {EVA}:\n{quoted(TEXT)}",
        f"Danke!\n\nOn 3 March 2026, Eva wrote:\n{quoted(gmail(LANGUAGES['en']))}",
        f"{quoted('Siehe unten' + chr(10) * 2 + gmail(LANGUAGES['de']))}\n\nDanke!",
        "From: what I hear, all is well.\n\nSee you",
        "Fahrplan\n\nFrom: Zürich\nTo: Bern\nDate: 3.3.2026 14:02\nCc: none",
        "From: Kontaktformular\nName: Eva\nSubject: Anfrage\nE-Mail: eva@firma.example\n",
        "Von: Zürich HB\nAn: Bern\nDatum: 3. März 2026 14:02\n",
        "Begin forwarded message:\n\nit began, but nothing followed",
        "---------- Forwarded message ---------",
        "A: Ja\nDe: nada\nPara: siempre\n",
        "Mit freundlichen Grüssen\n-- \nSam Stamm\nTel: 031 123 45 67\nMail: sam@firma.example\nWeb: firma.example",
    ],
)
def test_other_texts_are_no_forwards(text: str) -> None:
    assert forwarded(text, SUBJECT) is None


def test_an_answer_to_a_forward_is_no_forward() -> None:
    inner = gmail(LANGUAGES["de"])
    outer = outlook_on_the_web(LANGUAGES["de"]).replace(TEXT, inner)
    assert forwarded(f"Danke fürs Weiterleiten\n\n{outer}", f"RE: WG: {SUBJECT}") is None


def test_a_signature_is_no_header_block_even_in_a_forward() -> None:
    signature = "Sam Stamm\nTel: 031 123 45 67\nMail: sam@firma.example\nWeb: firma.example"
    found = forwarded(f"Bitte lesen\n\n{signature}\n\n{gmail(LANGUAGES['de'])}")
    assert found is not None
    assert str(found.from_) == EVA


def test_a_notice_of_a_mailer_forwards_nothing() -> None:
    message = mail(f"Your message was not delivered.\n\n{gmail(LANGUAGES['en'])}", "Undeliverable")
    del message["From"]
    message["From"] = "MAILER-DAEMON@mx.example"
    assert read(message).forwarded is None


def _forward_of(text: str) -> ParsedMessage:
    sam = Mailbox("Sam", Address("sam", "firma.example"), "")
    return ParsedMessage(subject=f"Fwd: {SUBJECT}", text=text, from_=(sam,), to=(sam,))


_PIECES = [
    *(f"{name}: " for name in names_of(Typed.FROM, Typed.TO, Typed.DATE, Typed.SUBJECT)[::9]),
    *(client(LANGUAGES[language])[:200] for client in CLIENTS for language in ("de", "ja")),
    "\n", "\n\n", "> ", ">", "> > ", "*", ":", "：", " ", "<", ">", "<mailto:", "[mailto:", "@",
    "a@b.example", ";", ",", '"', "'", "(", ")",
    "----------", "________", " wrote:", "schrieb ", "3. März 2026 14:02", "99.99.9999 99:99",
    "31.02.2026", "\u200e", "\xa0", "年", "AM",
    "GMT+99", "\ufeff", "Fwd: ", "/", "/O=FIRMA",
]  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(st.lists(st.sampled_from(_PIECES) | st.text(max_size=8), max_size=40).map("".join))
def test_no_text_is_too_strange(text: str) -> None:
    found = original(_forward_of(text))
    assert found is None or found.date is None or found.date.utcoffset() is not None


@pytest.mark.parametrize(
    "piece",
    [
        "From: a@b.example\n", "From: \n", "To: a@b.example,\n", "Cc: a,\n a,\n", "a:b@c\n",
        "x: 3.3.2026 14:02\n", "From: x\nSubject: y\n\n",
        "---------- Forwarded message ---------\n",
        "---- Forwarded message ----From: a@b To: c Subject: d\n", "wrote <a@b.example>:\n",
        "> ", ">", "<a@b<mailto:a@b> ", "[a@b", "On 3.3.2026 x <a@b",
        "From: a@b To: b@c Subject: x ", "To: a\nCc: b\nDate: c\nq\n", "----\n",
        "From: 'a, ", "From: a@b <", "____\n", " x", "Date: 3 März\n", "a" * 50 + "@", "2026-", "12:34",
    ],
)  # fmt: skip
def test_hostile_texts_take_time_in_proportion_to_their_length(piece: str) -> None:
    def seconds(length: int) -> float:
        message = _forward_of(piece * (length // len(piece)))
        began = time.process_time()
        original(message)
        return time.process_time() - began

    seconds(1_000)
    short = seconds(100_000)
    assert seconds(800_000) < 24 * short + 0.5
    assert seconds(800_000) < 8
