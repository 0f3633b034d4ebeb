"""An entry's text on its page: new text open, quotes and signature folded, every line once and in its order."""

import re
from html import unescape
from pathlib import Path
from types import SimpleNamespace

from hypothesis import given, settings

from tests.mail.test_reply_properties import texts, written
from web.config import WebConfig
from web.page import _environment

ANSWER = """Guten Tag

Das passt.

--\N{SPACE}
Anna Müller
+41 55 555 00 00

Am 18. November 2026 um 14:02 schrieb Eva <eva@firm.example>:
> Passt der 3. März?
>
> > Wann kommen Sie?
> Grüsse
"""
CONFIG = WebConfig(
    "http://postbuch.test", b"k" * 32, Path(), "postbuch.test", firm_name="Muster AG", version="1"
)


_TEXT = re.compile(
    r'(?:<details class="([^"]*)"( open)?><summary>[^<]*</summary>)?<div class="text" dir="auto">([^<]*)</div>'
)


def shown(text: str) -> list[tuple[str, str]]:
    """Return the texts that a page shows of an entry, each with how it is folded."""
    template = _environment("en", CONFIG).get_template("entries/parts.html")
    html = template.make_module({"form_token": ""}).text_of(SimpleNamespace(text=text))  # type: ignore[attr-defined]
    return [(fold + is_open, unescape(one)) for fold, is_open, one in _TEXT.findall(str(html))]


def test_what_is_quoted_and_the_signature_are_folded() -> None:
    assert shown(ANSWER) == [
        ("", "Guten Tag\n\nDas passt."),
        ("fold signature", "-- \nAnna Müller\n+41 55 555 00 00"),
        ("fold quoted", ANSWER.partition("+41 55 555 00 00\n\n")[2].rstrip()),
    ]


def test_what_is_quoted_stands_open_where_there_is_nothing_else() -> None:
    assert shown("> Passt der 3. März?") == [("fold quoted open", "> Passt der 3. März?")]


def test_a_text_is_no_mark_up() -> None:
    assert shown("</div><script>x</script>\n> </details>") == [
        ("", "</div><script>x</script>"),
        ("fold quoted", "> </details>"),
    ]


@settings(max_examples=300, deadline=None)
@given(texts)
def test_every_line_is_on_the_page_once_and_in_its_order(text: str) -> None:
    lines = [line for _, one in shown(text) for line in written(one)]
    assert lines == written(text)
