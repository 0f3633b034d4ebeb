"""The lines of a text as a reader of quoted mail sees them: how deep they are quoted, and which are typed headers."""

import re
from dataclasses import dataclass

from mail.forward_headers import LONGEST_NAME, Typed, typed

_BEFORE_NAME = "> \t\xa0*_|\u200b\u200e\u200f\u202a\u202c\ufeff"
_AFTER_NAME = " \t\xa0*_\u200e\u200f"
_QUOTES = re.compile(r"(?:[ \t]?>)*+")
_LABELLED = re.compile(r"(?P<name>[^\W\d_][^:：\d@<>,;!?]{0,30}+)[:：](?P<value>(?!//).*)", re.DOTALL)
_RULE = frozenset("-_=*~—–─ \t\xa0>")
BLANK = "> \t\xa0\u200b\u200e\u200f\ufeff|"


@dataclass(frozen=True, slots=True)
class HeaderLine:
    """A typed header line: which field, its text, and how deep it is quoted."""

    field: Typed
    value: str
    depth: int


def depth_of(line: str) -> int:
    """Return how many quote marks begin a line.

    >>> depth_of("> > Guten Tag"), depth_of("Guten Tag >")
    (2, 0)
    """
    return line.count(">", 0, _QUOTES.match(line).end()) if ">" in line else 0  # type: ignore[union-attr]


def is_blank(line: str) -> bool:
    """Tell whether a line says nothing, quote marks apart."""
    return not line.strip(BLANK)


def is_rule(line: str) -> bool:
    """Tell whether a line is drawn, not written."""
    return len(line) > 3 and _RULE.issuperset(line) and not line.isspace()


def without_quotes(line: str, depth: int) -> str:
    """Return a line without its first *depth* quote marks."""
    position = 0
    for _ in range(depth):
        rest = line[position:].lstrip(" \t")
        if not rest.startswith(">"):
            break
        position = len(line) - len(rest) + 1
    if not position:
        return line
    return line[position + 1 :] if line.startswith(" ", position) else line[position:]


def header_line(line: str) -> HeaderLine | None:
    """Return the typed header that a line is; None if it is none.

    >>> header_line("> *Von:* Eva Meier")
    HeaderLine(field=<Typed.FROM: 'from'>, value='Eva Meier', depth=1)
    """
    end = line.find(":")
    if end < 0 or "：" in line[:end]:
        end = line.find("：")
    if end < 0:
        return None
    start = line[:end]
    name = start.strip(_BEFORE_NAME + "\u202a")
    if not name or len(name) > LONGEST_NAME:
        return None
    field = typed(name.rstrip(_AFTER_NAME))
    if field is None:
        return None
    return HeaderLine(field, _value(line[end + 1 :], bold="*" in start), depth_of(start))


def labelled(line: str) -> tuple[str, str] | None:
    """Return the name and the value of a line that has the form of a header line, whatever its language.

    >>> labelled("*Imeall:* Eva Meier")
    ('Imeall', 'Eva Meier')
    """
    found = _LABELLED.match(line.lstrip(_BEFORE_NAME))
    return (
        (found["name"].rstrip(_AFTER_NAME), _value(found["value"], bold="*" in line[:4])) if found else None
    )


def _value(text: str, *, bold: bool) -> str:
    text = text.strip(" \t\xa0\u200e\u200f\u202a\u202c\ufeff")
    if not bold:
        return text
    if text.startswith("*"):
        return text.lstrip("*").lstrip()
    return text.rstrip("*").rstrip() if text.endswith("*") and "*" not in text[:-2] else text
