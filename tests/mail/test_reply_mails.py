"""Whole mails: what is new in them, when the quote is marked in the HTML as clients mark it."""

import pytest

from mail.message import ParsedMessage
from mail.parse import parse
from tests.mail.letters import letter

ANSWER = "Vielen Dank, wir nehmen das Angebot gerne an und melden uns morgen bei Ihnen."
BEFORE = "<p>Guten Tag</p><p>Anbei die Offerte.</p>"
WROTE = (
    "Am Di., 3. März 2026 um 14:02 Uhr schrieb Eva Meier "
    "&lt;<a href='mailto:eva@firma.example'>eva@firma.example</a>&gt;:"
)
BLOCK = (
    "<b>Von:</b> Eva Meier &lt;eva@firma.example&gt;<br><b>Gesendet:</b> Dienstag, 3. März 2026 14:02<br>"
    "<b>An:</b> Jan Frei &lt;jan@verein.example&gt;<br><b>Betreff:</b> Offerte"
)
_GMX = (
    '<b>Gesendet:</b> Dienstag, 03. März 2026 um 14:02 Uhr<br><b>Von:</b> "Eva Meier" &lt;eva@firma.example&gt;<br>'
    '<b>An:</b> "Jan Frei"<br><b>Betreff:</b> Offerte'
)
_ZOHO = "---- On Tue, 03 Mar 2026 14:02:11 +0100 <b>Eva Meier &lt;eva@firma.example&gt;</b> wrote ---"
QUOTES = {
    "Gmail": f"<div class='gmail_quote'><div>{WROTE}<br></div><blockquote>{BEFORE}</blockquote></div>",
    "Apple Mail": f"<div><blockquote type='cite'><div>{WROTE}</div><br><div>{BEFORE}</div></blockquote></div>",
    "Thunderbird": f"<div class='moz-cite-prefix'>{WROTE}<br></div><blockquote type='cite'>{BEFORE}</blockquote>",
    "Yahoo": f"<div class='yahoo_quoted'><div><div>{WROTE}</div><div><br></div>{BEFORE}</div></div>",
    "Outlook": f"<div style='border-top:solid'><p class=MsoNormal>{BLOCK}</p></div>{BEFORE}",
    "Outlook on the web": f"<div id='appendonsend'></div><hr><div id='divRplyFwdMsg'>{BLOCK}</div>{BEFORE}",
    "Windows Live": f"<div id='OutlookMessageHeader'>----- Original Message -----<div>{BLOCK}</div></div>{BEFORE}",
    "GMX": f"<div name='quote'><div>{_GMX}</div><div>{BEFORE}</div></div>",
    "Proton Mail": f"<div class='protonmail_quote'>{WROTE}<br><blockquote type='cite'>{BEFORE}</blockquote></div>",
    "Zoho": f"<div class='zmail_extra'>{_ZOHO}<br><br><blockquote>{BEFORE}</blockquote></div>",
}


def html(body: str) -> ParsedMessage:
    return parse(
        letter(f"<html><body>{body}</body></html>".encode(), b"Content-Type: text/html; charset=utf-8")
    )


def plain(text: str) -> ParsedMessage:
    return parse(letter(text.encode(), b"Content-Type: text/plain; charset=utf-8"))


@pytest.mark.parametrize("client", QUOTES)
def test_the_quote_in_html_is_told_from_the_answer(client: str) -> None:
    message = html(f"<div>{ANSWER}</div><br>{QUOTES[client]}")
    assert message.new_text == ANSWER
    assert "Anbei die Offerte." in str(message.quoted_text)
    assert "Eva Meier" in str(message.quoted_text)


@pytest.mark.parametrize("client", ["Gmail", "Outlook"])
def test_a_signature_in_html_stands_apart(client: str) -> None:
    message = html(
        f"<div>{ANSWER}</div><br><div>Freundliche Grüsse<br>Jan Frei<br>Tel. +41 31 300 00 00</div>{QUOTES[client]}"
    )
    assert (message.new_text, str(message.signature)[:18]) == (ANSWER, "Freundliche Grüsse")


def test_the_language_is_that_of_the_new_text() -> None:
    message = plain(
        "Merci beaucoup, nous acceptons votre offre et nous vous appelons demain.\n\n"
        "Am 03.03.26 um 14:02 schrieb Eva Meier:\n> Guten Tag, anbei sende ich Ihnen die Offerte.\n"
    )
    assert message.language == "fr"


def test_a_mail_without_text_has_no_parts_and_no_language() -> None:
    message = plain(" \n\t\n")
    assert (message.new_text, message.quoted_text, message.signature, message.language) == (None,) * 4


def test_a_mail_that_only_quotes_has_an_empty_new_text() -> None:
    message = plain("> Guten Tag\n> Anbei die Offerte.\n")
    assert (message.new_text, message.quoted_text, message.signature) == (
        "",
        "> Guten Tag\n> Anbei die Offerte.",
        "",
    )
