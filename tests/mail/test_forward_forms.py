"""Forms of forwards that are rarer, and what must not be lost in them."""

import pytest

from mail.message import Forwarded
from tests.mail.forwards import (
    EVA,
    LANGUAGES,
    SUBJECT,
    TEXT,
    apple,
    forwarded,
    gmail,
    mail,
    outlook_on_the_web,
    quoted,
    read,
)

EN, DE = LANGUAGES["en"], LANGUAGES["de"]
BLOCK = f"From: {EVA}\nDate: 3 March 2026 14:02\nTo: max@kunde.example\nSubject: {SUBJECT}\n\n{TEXT}"


def original(text: str, subject: str = f"Fwd: {SUBJECT}", *, html: str | None = None) -> Forwarded:
    found = forwarded(text, subject, html=html)
    assert found is not None
    return found


def block(**changed: str) -> str:
    lines = {
        "From": EVA,
        "Sent": "Tuesday, March 3, 2026 2:02 PM",
        "To": "max@kunde.example",
        "Subject": SUBJECT,
    } | changed
    return "".join(f"{name}: {value}\n" for name, value in lines.items()) + f"\n{TEXT}"


@pytest.mark.parametrize(
    "line",
    [
        'On 3/3/26, 2:02 PM, "Eva Meier" <eva@firma.example> wrote:',
        "Am 03.03.26, 14:02 schrieb „Eva Meier“ <eva@firma.example>:",
        "Le 03/03/2026 14:02, « Eva Meier » <eva@firma.example> a écrit :",
        'Il giorno 03/03/26, 14:02 "Eva Meier" <eva@firma.example> ha scritto:',
        "Op 03-03-2026 14:02 heeft Eva Meier <eva@firma.example> geschreven:",
        "Eva Meier <eva@firma.example> kirjoitti 3.3.2026 kello 14.02:",
        '"Eva Meier" <eva@firma.example>, 3.03.2026 14:02 tarihinde şunu yazdı:',
        "2026. 03. 03. 14:02 időpontban Eva Meier (eva@firma.example) ezt írta:",
        '03.03.2026, 14:02, "Eva Meier" <eva@firma.example>:',
        "On Tuesday, 3 March 2026 at 14:02, Eva Meier\n<eva@firma.example> wrote:",
    ],
)
def test_some_clients_forward_with_the_line_of_an_answer(line: str) -> None:
    found = original(f"FYI\n\n{line}\n\n{quoted(TEXT)}")
    assert str(found.from_) == EVA
    assert found.date is not None
    assert found.date.isoformat() == "2026-03-03T14:02:00+01:00"
    assert (found.subject, found.text, found.comment) == (SUBJECT, TEXT, "FYI")


def test_the_outermost_original_counts_and_keeps_the_inner_one_in_its_text() -> None:
    inner = block(From="Ina Innen <ina@innen.example>")
    found = original(
        gmail(EN).replace(TEXT, f"Siehe unten\n\n---------- Forwarded message ---------\n{inner}")
    )
    assert str(found.from_) == EVA
    assert found.text.startswith("Siehe unten")
    assert "Ina Innen <ina@innen.example>" in found.text


@pytest.mark.parametrize(
    ("written", "name", "address"),
    [
        ("Meier, Eva <eva@firma.example>", "Meier, Eva", "eva@firma.example"),
        ("'Meier, Eva' <eva@firma.example>", "Meier, Eva", "eva@firma.example"),
        ('"Meier, Eva" <eva@firma.example>', "Meier, Eva", "eva@firma.example"),
        ("eva@firma.example", "", "eva@firma.example"),
        ("eva@firma.example <eva@firma.example>", "", "eva@firma.example"),
        ("'eva@firma.example' <eva@firma.example>", "", "eva@firma.example"),
        ("Eva Meier [mailto:eva@firma.example]", "Eva Meier", "eva@firma.example"),
        ("Eva Meier <mailto:eva@firma.example>", "Eva Meier", "eva@firma.example"),
        ("Eva Meier (eva@firma.example)", "Eva Meier", "eva@firma.example"),
        ("Eva Meier <eva@firma.example<mailto:eva@firma.example>>", "Eva Meier", "eva@firma.example"),
        (
            "Eva Meier<mailto:eva@firma.example> <eva@firma.example<mailto:eva@firma.example>>",
            "Eva Meier", "eva@firma.example",
        ),
        ("Eva Meier <eva@firma.example> on behalf of Office <office@firma.example>", "Eva Meier", "eva@firma.example"),
        ("Eva Meier <eva@firma.example> im Auftrag von Büro <buero@firma.example>", "Eva Meier", "eva@firma.example"),
        ("Meier, Eva", "Meier, Eva", "None"),
        ("Eva Meier/Bern/Firma@FIRMA", "Eva Meier", "None"),
    ],
)  # fmt: skip
def test_the_author_is_read_as_clients_show_one(written: str, name: str, address: str) -> None:
    author = original(block(From=written)).from_
    assert author is not None
    assert (author.name, str(author.address)) == (name, address)


def test_recipients_are_divided_by_semicolons_where_names_hold_commas() -> None:
    found = original(
        block(
            To="Frey, Max <max@kunde.example>; Weiß, Ada; team@kunde.example",
            Cc="'Otto Ott' <otto@kunde.example>;",
        )
    )
    assert [str(each) for each in found.to] == [
        "Frey, Max <max@kunde.example>",
        "Weiß, Ada",
        "team@kunde.example",
    ]
    assert [str(each) for each in found.cc] == ["Otto Ott <otto@kunde.example>"]


def test_a_long_list_of_recipients_goes_on_over_lines() -> None:
    many = [f"Person {number} <p{number}@kunde.example>" for number in range(12)]
    found = original(block(To=",\n ".join(many), Cc=",\n".join(many)))
    assert [str(each) for each in found.to] == [str(each) for each in found.cc] == many
    assert found.text == TEXT


def test_a_header_line_that_a_mailer_wrapped_is_one() -> None:
    long = "Offerte für die Erweiterung der Lagerhalle in Bern mit Nebengebäuden und"
    assert original(block(Subject=f"{long}\nZufahrt")).subject == f"{long} Zufahrt"


def test_header_lines_may_be_paragraphs() -> None:
    head, text = block().split("\n\n", 1)
    spaced = head.replace("\n", "\n\n")
    found = original(f"{spaced}\n\n{text}")
    assert (str(found.from_), found.subject, found.text) == (EVA, SUBJECT, TEXT)


def test_what_follows_a_quoted_original_is_not_of_it() -> None:
    found = original(f"{apple(DE)}\n\nMit freundlichen Grüssen\nSam Stamm")
    assert found.text.split() == TEXT.split()


def test_a_language_that_no_table_knows_is_read_by_its_form() -> None:
    head = f"Ábhar: {SUBJECT}\nDáta: 3 Mar 2026 14:02\nÓ: {EVA}\nChuig: max@kunde.example"
    text = f"-------- Teachtaireacht seolta ar aghaidh --------\n{head}\n\n{TEXT}"
    found = original(f"Féach\n\n{text}")
    assert (str(found.from_), found.subject, found.comment, found.text) == (EVA, SUBJECT, "Féach", TEXT)
    assert [str(each) for each in found.to] == ["max@kunde.example"]


def test_importance_and_attachments_belong_to_the_header_block() -> None:
    found = original(block(Attachments="offerte.pdf", Importance="High"))
    assert (found.subject, found.text) == (SUBJECT, TEXT)


def test_the_second_marker_below_the_header_block_is_not_text() -> None:
    line = "============ Forwarded message ============"
    found = original(f"{line}\n{BLOCK.replace(TEXT, '')}{line}\n\n{TEXT}")
    assert (str(found.from_), found.text) == (EVA, TEXT)


_OUTLOOK = """
<p>Bitte lesen</p>
<div style="border-top:solid 1pt"><p class="MsoNormal"><b>Von:</b> Eva Meier &lt;eva@firma.example&gt;<br>
<b>Gesendet:</b> Dienstag, 3. März 2026 14:02<br><b>An:</b> Max Frey<br>
<b>Betreff:</b> Offerte für die Halle</p></div><p>Guten Tag</p>"""
_GMAIL = """
<p>Bitte lesen</p>
<div class="gmail_attr">---------- Forwarded message ---------<br>Von: <strong>Eva Meier</strong>
<span>&lt;<a href="mailto:eva@firma.example">eva@firma.example</a>&gt;</span><br>
Date: Di., 3. März 2026 um 14:02 Uhr<br>Subject: Offerte für die Halle<br>To: Max Frey<br></div><br>
<div>Guten Tag</div>"""
_THUNDERBIRD = """
<p>Bitte lesen</p>
<div>-------- Weitergeleitete Nachricht --------<table>
<tr><th>Betreff: </th><td>Offerte für die Halle</td></tr>
<tr><th>Datum: </th><td>Tue, 3 Mar 2026 14:02:00 +0100</td></tr>
<tr><th>Von: </th><td>Eva Meier <a href="mailto:eva@firma.example">&lt;eva@firma.example&gt;</a></td></tr>
<tr><th>An: </th><td>Max Frey</td></tr></table></div><p>Guten Tag</p>"""
_APPLE = """
<p>Bitte lesen</p>
<blockquote type="cite"><div>Anfang der weitergeleiteten Nachricht:</div><br>
<div><b>Von: </b><span>Eva Meier &lt;<a href="mailto:eva@firma.example">eva@firma.example</a>&gt;</span></div>
<div><b>Betreff: </b><span><b>Offerte für die Halle</b></span></div>
<div><b>Datum: </b><span>3. März 2026 um 14:02:00 MEZ</span></div>
<div><b>An: </b><span>Max Frey</span></div><br><div>Guten Tag</div></blockquote>"""


@pytest.mark.parametrize("html", [_OUTLOOK, _GMAIL, _THUNDERBIRD, _APPLE])
def test_a_forward_in_html_alone_is_read(html: str) -> None:
    found = original("", html=html)
    assert (str(found.from_), found.subject, found.text, found.comment) == (
        EVA,
        SUBJECT,
        "Guten Tag",
        "Bitte lesen",
    )
    assert [str(each) for each in found.to] == ["Max Frey"]
    assert found.date is not None
    assert found.date.isoformat() == "2026-03-03T14:02:00+01:00"


def test_the_html_is_asked_where_the_plain_text_lost_the_header() -> None:
    message = mail("Bitte lesen, Offerte im Anhang", f"WG: {SUBJECT}")
    message.add_alternative(
        f"<p>Bitte lesen</p><pre>{outlook_on_the_web(DE).replace('<', '&lt;')}</pre>", subtype="html"
    )
    found = read(message).forwarded
    assert found is not None
    assert str(found.from_) == EVA


def test_what_is_attached_to_a_forward_is_the_original_s() -> None:
    message = mail(gmail(DE), f"WG: {SUBJECT}")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="offerte.pdf")
    found = read(message).forwarded
    assert found is not None
    assert [each.name for each in found.attachments] == ["offerte.pdf"]


def test_a_redirect_keeps_its_author_and_forwards_nothing() -> None:
    message = mail(TEXT, SUBJECT)
    del message["From"]
    message["From"] = EVA
    message["Resent-From"] = "Sam Stamm <sam@firma.example>"
    message["Resent-To"] = "eingang@postbuch.example"
    found = read(message)
    assert [str(each) for each in found.from_] == [EVA]
    assert found.forwarded is None
