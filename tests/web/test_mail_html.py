"""The HTML of hostile mails, cleaned: nothing is left that runs, loads or leads away unasked."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail.parse import parse
from web.mail_html import Picture, content_policy, harmless, nests_too_deep

HOSTILE = sorted((Path(__file__).parent.parent / "corpus" / "hostile").glob("*.eml"))
_FORBIDDEN = set(
    """
    script style iframe frame object embed applet form input button base link meta svg math video audio
    """.split()
)
_LOADING = ("src", "srcset", "background", "poster", "data", "action", "formaction", "ping", "xlink:href")


class _Reader(HTMLParser):
    """Notes every element and attribute as a browser would see them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self.feed(html.partition("</head>")[2])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]


def _cleaned(path: Path, *, remote: bool = False) -> _Reader:
    html = parse(path.read_bytes()).html or ""
    return _Reader(harmless(html, {}, remote=remote).html)


@pytest.mark.parametrize("remote", [False, True])
@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.stem)
def test_nothing_that_could_run_is_left(path: Path, remote: bool):
    read = _cleaned(path, remote=remote)
    assert not read.elements & _FORBIDDEN
    for tag, name, value in read.attributes:
        assert not name.startswith("on"), (tag, name)
        assert not value.lstrip("\x00\t\n ").lower().startswith(("javascript:", "vbscript:", "data:text"))


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.stem)
def test_nothing_that_loads_is_left_unasked(path: Path):
    for tag, name, value in _cleaned(path).attributes:
        if name in _LOADING:
            assert value.startswith("data:image/"), (tag, name, value)
            assert "svg" not in value
        if name == "style":
            assert "beacon" not in value
            assert "url" not in value


def test_links_open_elsewhere_and_tell_nothing():
    read = _cleaned(next(path for path in HOSTILE if path.stem == "links"))
    links = [value for tag, name, value in read.attributes if (tag, name) == ("a", "href")]
    assert links == ["http://beacon.example/page"]
    targets = {value for tag, name, value in read.attributes if (tag, name) == ("a", "target")}
    assert targets == {"_blank"}
    rels = {value for tag, name, value in read.attributes if (tag, name) == ("a", "rel")}
    assert rels == {"noopener noreferrer nofollow"}


def test_pictures_elsewhere_are_counted_and_shown_only_when_asked_for():
    html = '<img src="https://a.example/1.png"><img src="//a.example/2.png"><img src="cid:1@x">'
    pictures = {"1@x": Picture("image/png", b"png")}
    left_out = harmless(html, pictures)
    assert left_out.remote_pictures == 2
    assert "a.example" not in left_out.html
    assert "data:image/png;base64,cG5n" in left_out.html
    shown = harmless(html, pictures, remote=True)
    assert shown.remote_pictures == 0
    assert 'src="https://a.example/1.png"' in shown.html
    assert 'src="https://a.example/2.png"' in shown.html


def test_a_picture_inside_is_shown_only_if_it_is_one():
    page = Picture("text/html", b"<script>")
    drawing = Picture("image/svg+xml", b"<svg onload=x>")
    cleaned = harmless('<img src="cid:a"><img src="cid:b"><img src="cid:c">', {"a": page, "b": drawing}).html
    assert "data:" not in cleaned.partition("</head>")[2]


def test_colours_and_sizes_of_the_writer_stay():
    style = "color: rgb(10, 20, 30); font-size: 12px; background-color: #eee"
    assert style.partition(";")[0] in harmless(f'<p style="{style}">x</p>', {}).html


def test_the_policy_lets_pictures_load_only_when_asked_for():
    assert "http" not in content_policy(remote=False)
    assert "allow-scripts" not in content_policy(remote=True)
    assert "allow-same-origin" not in content_policy(remote=True)


def test_a_bomb_of_nested_elements_is_told_from_a_long_mail():
    assert nests_too_deep("<div>" * 2000)
    assert nests_too_deep("<b><i>" * 2000)
    assert not nests_too_deep("<p>one<br><li>two<tr><td>three" * 5000)
    assert not nests_too_deep("<div><b>x</b></div>" * 5000)


@given(st.text())
def test_any_text_is_cleaned_without_an_error(html: str):
    harmless(html, {})
