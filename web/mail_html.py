"""The HTML of a mail, made harmless: no script, form, frame, or anything that loads or leads away unasked.

Three walls, each enough alone: what is not known to be harmless is taken out here;
the answer's Content-Security-Policy lets nothing load and nothing run; the page
shows it in a sandboxed frame of no origin.
"""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

import nh3

_TAGS = frozenset(
    """
    a abbr address b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn
    div dl dt em figcaption figure font h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small
    span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr
    """.split()
)
# Their content is no text for people.
_DROPPED_WHOLE = frozenset(
    """
    script style title head iframe object embed applet noscript template svg math textarea select option
    """.split()
)
_ATTRIBUTES = {
    "*": {"align", "bgcolor", "color", "dir", "height", "lang", "style", "title", "valign", "width"},
    "a": {"href"},
    "font": {"face", "size"},
    "img": {"alt", "src"},
    "li": {"value"},
    "ol": {"start", "type"},
    "table": {"border", "cellpadding", "cellspacing", "summary"},
    "td": {"colspan", "rowspan", "nowrap"},
    "th": {"colspan", "rowspan", "nowrap"},
}
_STYLES = frozenset(
    """
    background-color border border-bottom border-bottom-color border-bottom-style border-bottom-width
    border-collapse border-color border-left border-radius border-right border-spacing border-style
    border-top border-width clear color direction display float font font-family font-size font-style
    font-variant font-weight height letter-spacing line-height list-style-type margin margin-bottom
    margin-left margin-right margin-top max-height max-width min-height min-width padding padding-bottom
    padding-left padding-right padding-top table-layout text-align text-decoration text-indent
    text-transform vertical-align white-space width word-break word-spacing word-wrap
    """.split()
)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)", re.IGNORECASE)
# What ends by itself where the next begins, or holds nothing: writers leave it open.
_LEFT_OPEN = frozenset("p li td th tr dd dt option br hr img input meta link col area wbr o".split())
_DEEPEST = 1000
_HARMLESS_FUNCTIONS = re.compile(r"\b(?:rgba?|hsla?)\([0-9\s.,%/]*\)", re.IGNORECASE)
_SCHEMES = frozenset({"http", "https", "mailto", "tel", "cid"})
_REMOTE = ("http://", "https://", "//")
_PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_MOST_PICTURE_OCTETS = 8_000_000
_SANDBOX = "sandbox allow-popups allow-popups-to-escape-sandbox"
# A mail is written for white paper, whatever the page around it looks like.
_FRAME = """<!doctype html><html lang=""><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>html{{background:#fff;color:#1d1f24;font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}}
body{{margin:12px}}img{{max-width:100%;height:auto}}table{{max-width:100%}}pre{{white-space:pre-wrap}}</style>
</head><body>{body}</body></html>"""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture inside the message, which its HTML names by content id."""

    type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Harmless:
    """HTML to show; *remote_pictures* counts those that were left out because they lie elsewhere."""

    html: str
    remote_pictures: int


def harmless(html: str, pictures: Mapping[str, Picture], *, remote: bool = False) -> Harmless:
    """Return a whole document that shows the mail's *html*.

    *pictures* are those inside the message, by content id.  With *remote* those that
    lie elsewhere are kept too, and their senders learn that somebody looks.
    """
    rewrite = _Rewrite(pictures, remote)
    cleaned = nh3.clean(
        html,
        tags=set(_TAGS),
        clean_content_tags=set(_DROPPED_WHOLE),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=rewrite,
        url_schemes=set(_SCHEMES) | {"data"},
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
        strip_comments=True,
    )
    return Harmless(_FRAME.format(title=escape("mail"), body=cleaned), rewrite.left_out)


def nests_too_deep(html: str) -> bool:
    """Tell whether *html* nests deeper than any mail that people write.

    Elements inside each other by the ten thousand cost the cleaning minutes.
    """
    depth = 0
    for closing, name in _TAG.findall(html):
        if name.lower() not in _LEFT_OPEN:
            depth = max(depth - 1, 0) if closing else depth + 1
            if depth > _DEEPEST:
                return True
    return False


def content_policy(*, remote: bool) -> str:
    """Return the Content-Security-Policy under which a mail's HTML is shown."""
    images = "img-src data: http: https:" if remote else "img-src data:"
    parts = (_SANDBOX, "default-src 'none'", "style-src 'unsafe-inline'", images, "frame-ancestors 'self'")
    return "; ".join((*parts, "form-action 'none'", "base-uri 'none'"))


class _Rewrite:
    """Looks at every attribute that is left: pictures and links, and style declaration by declaration."""

    def __init__(self, pictures: Mapping[str, Picture], remote: bool) -> None:
        self.left_out = 0
        self._pictures = pictures
        self._remote = remote
        self._octets_left = _MOST_PICTURE_OCTETS

    def __call__(self, tag: str, attribute: str, value: str) -> str | None:
        if attribute == "style":
            return _harmless_style(value)
        if attribute == "src":
            return self._picture(value.strip())
        if attribute == "href":
            return _harmless_link(value.strip())
        return value

    def _picture(self, source: str) -> str | None:
        lowered = source.lower()
        if lowered.startswith("cid:"):
            return self._inside(source[4:])
        if lowered.startswith("data:"):
            return source if lowered[5:].partition(";")[0] in _PICTURES else None
        if not lowered.startswith(_REMOTE):
            return None
        if not self._remote:
            self.left_out += 1
            return None
        return f"https:{source}" if source.startswith("//") else source

    def _inside(self, content_id: str) -> str | None:
        picture = self._pictures.get(content_id)
        if picture is None or picture.type not in _PICTURES or len(picture.content) > self._octets_left:
            return None
        self._octets_left -= len(picture.content)
        return f"data:{picture.type};base64,{base64.b64encode(picture.content).decode()}"


def _harmless_link(target: str) -> str | None:
    """Return a link to elsewhere; a relative one would lead into our own pages."""
    return target if target.lower().startswith(("http://", "https://", "mailto:", "tel:")) else None


def _harmless_style(style: str) -> str | None:
    kept = [part.strip() for part in style.split(";") if _is_harmless_declaration(part)]
    return "; ".join(kept) or None


def _is_harmless_declaration(declaration: str) -> bool:
    """Tell whether a declaration sets a known property to a value that loads nothing.

    Escapes and comments are refused with all functions but colours: what is not
    plain to read is not shown.
    """
    name, _, value = declaration.partition(":")
    plain = _HARMLESS_FUNCTIONS.sub("", value)
    return name.strip().lower() in _STYLES and not any(c in plain for c in "()\\<>@{}/*")
