"""Which parts of a message are its text, and which are attachments?

A *passage* is a stretch of the readable text: plain parts, the same in HTML, or both
where the writer offers a choice (multipart/alternative, RFC 2046, 5.1.4).  What is no
passage is an attachment, but for formats that were offered and not chosen.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mail.structure import Part

_CONTENT_ID = re.compile(rb"<?\s*([^<>\s]+)")


@dataclass(frozen=True, slots=True)
class Passage:
    """Plain parts and HTML parts that say the same; one of the two may be missing."""

    plain: tuple[Part, ...] = ()
    html: tuple[Part, ...] = ()


def passages(root: Part) -> list[Passage]:
    """Return the readable text of a message in its order.

    From the innermost parts outwards and without recursion: nesting has no say in
    how deep the stack gets.
    """
    found: dict[int, list[Passage]] = {}
    for part in reversed(list(walk(root))):
        if part.is_multipart:
            found[id(part)] = _combined(part, [found.pop(id(child)) for child in part.parts])
        else:
            found[id(part)] = _of_leaf(part, is_root=part is root)
    return found[id(root)]


def enclosed(root: Part, chosen: list[Passage]) -> Iterator[Part]:
    """Yield the parts that are attachments, and the chosen plain ones, which may hold uuencoded files."""
    plain = {id(part) for passage in chosen for part in passage.plain}
    html = {id(part) for passage in chosen for part in passage.html}
    alternatives: set[int] = set()
    for part in walk(root):
        if part.is_multipart:
            if part.type == "multipart/alternative":
                alternatives.update(id(child) for child in part.parts)
        elif id(part) in plain or (id(part) not in html and not _not_chosen(part, id(part) in alternatives)):
            yield part


def walk(root: Part) -> Iterator[Part]:
    """Yield the part and all inside it, in the order of the message."""
    waiting = [root]
    while waiting:
        part = waiting.pop()
        yield part
        waiting.extend(reversed(part.parts))


def name_of(part: Part) -> str:
    """Return the file name that a part declares, raw; empty for none."""
    return part.disposition_parameters.get("filename") or part.parameters.get("name") or ""


def content_id(part: Part) -> str | None:
    """Return the part's Content-ID without brackets."""
    found = _CONTENT_ID.match(part.first(b"content-id") or b"")
    return found[1].decode("utf-8", "replace") if found else None


def _of_leaf(part: Part, *, is_root: bool) -> list[Passage]:
    if part.disposition == "attachment":
        return []
    if part.type == "text/html":
        return [Passage(html=(part,))]
    # A multipart whose boundary is lost is read as it stands, and so is a kind of text that is
    # unknown, if it is all there is (RFC 2046, 4.1.4).
    if (
        part.type == "text/plain"
        or part.type.startswith("multipart/")
        or (is_root and part.type.startswith("text/"))
    ):
        return [Passage(plain=(part,))]
    return []


def _combined(part: Part, inside: list[list[Passage]]) -> list[Passage]:
    """Return the passages of a multipart from those of the parts inside it."""
    if part.type == "multipart/alternative":
        return _alternative(inside)
    if part.type in ("multipart/related", "multipart/signed"):
        return next((child for child in inside if child), [])
    joined: list[Passage] = []
    for child, found in zip(part.parts, inside, strict=True):
        # Mail clients attach text files as inline parts with a name; only the first text can be the body.
        if not (joined and not child.is_multipart and name_of(child)):
            joined += found
    return joined


def _alternative(inside: list[list[Passage]]) -> list[Passage]:
    """Return one passage: the first offer of plain text, the last of HTML."""
    plain: tuple[Part, ...] = ()
    html: tuple[Part, ...] = ()
    for offered in inside:
        plain = plain or tuple(part for passage in offered for part in passage.plain)
        html = tuple(part for passage in offered for part in passage.html) or html
    return [Passage(plain, html)] if plain or html else []


def _not_chosen(part: Part, is_alternative: bool) -> bool:
    return (
        is_alternative
        and part.type.startswith("text/")
        and part.type != "text/calendar"
        and part.disposition != "attachment"
        and not name_of(part)
    )
