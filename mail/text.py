"""What does an HTML mail say?  Its text, with paragraphs, lists, quotes and links as plain mail writes them.

Own reader instead of a parser's tree: on hostile markup lxml needs minutes (unmatched
end tags, elements opened by the hundred thousand), and trees recurse.  This one looks
at every character once or twice, keeps no tree, and takes malformed markup as it comes.
"""

import re
from html import unescape

_TAG = re.compile(r"""<(/?)([A-Za-z][^\s/>]*+)((?:[^>"']++|"[^"]*+"|'[^']*+')*+)>""")
_TAG_WITHOUT_QUOTES = re.compile(r"<(/?)([A-Za-z][^\s/>]*+)([^>]*+)>")
_UNREAD = {
    name: re.compile(rf"</{name}\b[^>]*+>?", re.IGNORECASE)
    for name in ("script", "style", "title", "template", "svg", "object", "iframe", "noembed", "xml")
}
_PARAGRAPHS = frozenset(
    ("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre")
)
_LINES = frozenset((
    "div", "tr", "li", "dt", "dd", "hr", "section", "article", "header", "footer", "main", "nav", "aside",
    "address", "form", "center", "fieldset", "figure", "caption", "tbody", "thead", "body",
))  # fmt: skip
_CELLS = frozenset(("td", "th"))
_SPACES = re.compile(r"[ \t\r\n\f\v\xa0]+")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\ufeff\u034f\xad\0"))
_HREF = re.compile(r"""(?<![\w-])href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_ALT = re.compile(r"""(?<![\w-])alt\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
# Python refuses to read numbers of thousands of digits, and no character has one so large.
_NO_CHARACTER = re.compile(r"&#(?:[0-9]{8,}+|[xX][0-9a-fA-F]{8,}+);?")
_DEEPEST_QUOTE = 10
_LONGEST_LINK = 500


def html_text(html: str) -> str:
    """Return the readable text of an HTML document or a piece of one; never fails, linear in its length."""
    reader = _Reader()
    position, tag = 0, _TAG
    while (start := html.find("<", position)) >= 0:
        if start > position:
            reader.text(html[position:start])
        if html.startswith("<!--", start):
            end = html.find("-->", start + 2)
            position = end + 3 if end >= 0 else len(html)
            continue
        found = tag.match(html, start)
        if found is None and tag is _TAG and html[start + 1 : start + 2].isalpha():
            # A quote that never ends: from here on quotes mean nothing, or each would be searched again.
            tag = _TAG_WITHOUT_QUOTES
            found = tag.match(html, start)
        position = found.end() if found else _behind_no_tag(html, start, reader)
        if found and found[2].lower() in _UNREAD and not found[1] and not found[3].endswith("/"):
            end_tag = _UNREAD[found[2].lower()].search(html, position)
            position = end_tag.end() if end_tag else len(html)
        elif found:
            reader.tag(found[2].lower(), bool(found[1]), found[3])
    reader.text(html[position:])
    return reader.result()


def _behind_no_tag(html: str, start: int, reader: "_Reader") -> int:
    """Return where to read on behind a `<` that begins no tag: a declaration is passed over, else it is text."""
    if html[start + 1 : start + 2] in ("!", "?", "/"):
        end = html.find(">", start)
        return end + 1 if end >= 0 else len(html)
    if html[start + 1 : start + 2].isalpha():
        return len(html)  # a tag that never ends
    reader.text("<")
    return start + 1


class _Reader:
    """Collects lines.  Blanks and empty lines are folded as they are written, so that nothing piles up."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._gap: int | None = None  # how many quote marks the empty line before the next one has
        self._quotes = 0
        self._kept_blanks = 0
        self._lists: list[int | None] = []
        self._link: tuple[str, int] | None = None

    def text(self, text: str) -> None:
        text = _unescaped(text)
        if not text.isascii():
            text = text.translate(_INVISIBLE)
        if self._kept_blanks:
            first, *others = text.replace("\r\n", "\n").split("\n")
            self._line.append(first)
            for line in others:
                self._end_line(keep=True)
                self._line.append(line)
        else:
            self._line.append(_SPACES.sub(" ", text))

    def tag(self, name: str, ends: bool, attributes: str) -> None:
        if name == "br":
            self._end_line(keep=True)
        elif name == "a":
            self._anchor(ends, attributes)
        elif name in _CELLS:
            self._line.append(" ")
        elif name in _PARAGRAPHS:
            self._paragraph(name, ends)
        elif name in _LINES:
            self._end_line()
            if name == "li" and not ends:
                self._line.append(self._bullet())
            elif name == "hr":
                self._rule()
        elif name == "img" and (found := _ALT.search(attributes)):
            alt = _SPACES.sub(" ", _unescaped(found[1] or found[2] or "")).strip()
            self._line.append(f"[{alt}]" if alt else "")

    def result(self) -> str:
        self._end_line()
        return "\n".join(self._lines).strip("\n")

    def _paragraph(self, name: str, ends: bool) -> None:
        self._end_line()
        # A list inside a list, or a table inside a table, makes no paragraph of its own.
        nested = name in ("ul", "ol", "table") and len(self._lists) > ends
        if self._lines and not nested:
            self._separate()
        step = -1 if ends else 1
        if name == "blockquote":
            self._quotes = min(max(self._quotes + step, 0), _DEEPEST_QUOTE)
            self._gap = None if self._gap is None else min(self._gap, self._quotes)
        elif name == "pre":
            self._kept_blanks = max(self._kept_blanks + step, 0)
        elif name in ("ul", "ol") and not ends:
            self._lists.append(0 if name == "ol" else None)
        elif name in ("ul", "ol") and self._lists:
            self._lists.pop()

    def _separate(self) -> None:
        self._gap = self._quotes if self._gap is None else min(self._gap, self._quotes)

    def _rule(self) -> None:
        line = "> " * self._quotes + "-" * 20
        if self._lines[-1:] != [line]:
            self._lines.append(line)

    def _bullet(self) -> str:
        if not self._lists or self._lists[-1] is None:
            return "- "
        self._lists[-1] += 1
        return f"{self._lists[-1]}. "

    def _anchor(self, ends: bool, attributes: str) -> None:
        if self._link is not None:
            target, start = self._link
            self._link = None
            shown = "".join(self._line[start:]).strip()
            if shown and len(target) <= _LONGEST_LINK and not _says(shown, target):
                self._line.append(f" <{target}>")
        if not ends and (found := _HREF.search(attributes)):
            target = _unescaped(found[1] or found[2] or found[3] or "").strip()
            if target.lower().startswith(("http://", "https://", "mailto:", "tel:")):
                self._link = (_SPACES.sub("", target).removeprefix("mailto:"), len(self._line))

    def _end_line(self, *, keep: bool = False) -> None:
        """End the line; an empty one counts only if *keep*, and then once."""
        line = "".join(self._line)
        if self._kept_blanks == 0:
            line = _SPACES.sub(" ", line).strip()
        self._line.clear()
        if self._link is not None:
            self._link = (self._link[0], 0)
        if line:
            if self._gap is not None:
                self._lines.append(("> " * self._gap).rstrip())
            self._lines.append("> " * self._quotes + line)
            self._gap = None
        elif keep and self._lines:
            self._separate()


def _unescaped(text: str) -> str:
    return unescape(_NO_CHARACTER.sub("\ufffd", text)) if "&" in text else text


def _says(shown: str, target: str) -> bool:
    """Tell whether the text of a link already shows where it leads."""

    def bare(text: str) -> str:
        return re.sub(r"^(?:https?://)?(?:www\.)?|/$", "", text.casefold())

    return bare(shown) == bare(target)
