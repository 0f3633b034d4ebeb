"""What an HTML mail says, as plain text."""

import pytest

from mail.text import html_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("Guten Tag", "Guten Tag"),
        ("<p>Eins</p><p>Zwei</p>", "Eins\n\nZwei"),
        ("<div>Eins</div><div>Zwei</div>", "Eins\nZwei"),
        ("Eins<br>Zwei<br/>Drei", "Eins\nZwei\nDrei"),
        ("Eins<br><br><br>Zwei", "Eins\n\nZwei"),
        ("  viele\n\t Leerzeichen &nbsp; hier ", "viele Leerzeichen hier"),
        ("<b>fett</b>er <i>Text</i>", "fetter Text"),
        ("Z&uuml;rich &amp; Gen&#232;ve &#x20AC;", "Zürich & Genève €"),
        ("a &lt; b &gt; c", "a < b > c"),
        ("<ul><li>Eins<li>Zwei</ul>", "- Eins\n- Zwei"),
        ("<ol><li>Eins</li><li>Zwei</li></ol>", "1. Eins\n2. Zwei"),
        ("<ul><li>Eins<ul><li>Innen</li></ul></li><li>Zwei</li></ul>", "- Eins\n- Innen\n- Zwei"),
        ("<table><tr><td>A</td><td>B</td></tr><tr><td>C</td><td>D</td></tr></table>", "A B\nC D"),
        ("Vor<blockquote>Zitat<br>weiter</blockquote>Nach", "Vor\n\n> Zitat\n> weiter\n\nNach"),
        ("<blockquote>eins<blockquote>zwei</blockquote></blockquote>", "> eins\n>\n> > zwei"),
        ("<pre>  so\n    bleibt es</pre>", "  so\n    bleibt es"),
        ("Eins<hr>Zwei", "Eins\n--------------------\nZwei"),
        (
            '<a href="https://firma.example/x?a=1&amp;b=2">Angebot</a>',
            "Angebot <https://firma.example/x?a=1&b=2>",
        ),
        ('<a href="https://www.firma.example/">firma.example</a>', "firma.example"),
        ('<a href="mailto:eva@firma.example">eva@firma.example</a>', "eva@firma.example"),
        ('<a href="mailto:eva@firma.example">Eva</a>', "Eva <eva@firma.example>"),
        ('<a href="javascript:x()">Klick</a>', "Klick"),
        ('<a href="https://x.example/"><img src=x></a>', ""),
        ('<img alt="Logo" src="cid:a">', "[Logo]"),
        ('<img alt="" src="cid:a">', ""),
        ("<style>p { x }</style>Text<script>alert('<p>')</script>", "Text"),
        ("<head><title>Titel</title></head><body>Text</body>", "Text"),
        ("Eins<!-- <p>nichts</p> -->Zwei", "EinsZwei"),
        ("<!--[if mso]><p>nur Outlook</p><![endif]-->Text", "Text"),
        ("<![if !mso]>Text<![endif]>", "Text"),
        ("<!DOCTYPE html><html>Text</html>", "Text"),
        ("wenn a<b und b<1", "wenn a"),
        ("1 < 2 und 3 <4", "1 < 2 und 3 <4"),
        ("Un&shy;sicht\u200bbar\u200c", "Unsichtbar"),
        ("kaputt <a href='x>Rest", "kaputt Rest"),
        ("</p></div>Text</blockquote></ul>", "Text"),
        ("<SCRIPT>x</SCRIPT >Text", "Text"),
        ("<o:p>Word</o:p>", "Word"),
        ("&#xD800;&#0;&#99999999999;", "\ufffd\ufffd\ufffd"),
        ("", ""),
        ("<p></p><p> </p>", ""),
    ],
)
def test_markup_becomes_the_text_that_a_reader_sees(html: str, text: str) -> None:
    assert html_text(html) == text


def test_a_link_that_is_too_long_to_read_is_left_out() -> None:
    assert html_text(f'<a href="https://x.example/{"y" * 600}">Abmelden</a>') == "Abmelden"


def test_elements_nested_a_thousand_deep_are_read() -> None:
    assert html_text("<div>" * 1_000 + "innen" + "</div>" * 1_000) == "innen"
