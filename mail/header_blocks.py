"""Where does a header block stand, as Outlook puts one above what it quotes: Von, Gesendet, An, Betreff?

Known labels make it sure.  In a language that the table does not know, lines of a label
each are one if they hold an address and a full date in the places where clients put them.
"""

import re
from collections.abc import Sequence

from mail.reply_marks import LABELS, Label

_LONGEST_LABEL = 34
_MOST_LINES = 16
_MOST_CONTINUED = 3
_DATED = "message du "  # and the date, without a colon
_AROUND = " *_\t\xa0|>"
_FULL_DATE = re.compile(r"(?:19|20)\d\d.{0,24}?\d{1,2}[:.]\d\d|\d{1,2}[:.]\d\d.{0,24}?(?:19|20)\d\d")
_LABEL_WITHIN = re.compile(r"\s([^\W\d][^\s:]{1,12}(?: [^\W\d]{1,3})?)\s?:\s")


def label_of(line: str) -> Label | None:
    """Return what the line is labelled with, if with a known label."""
    name = _label_text(line)
    if name.startswith(_DATED):
        return Label.DATE
    return LABELS.get(name) if name else None


def is_header_block(lines: Sequence[str], start: int, *, separated: bool) -> bool:
    """Tell whether a header block begins with this line; *separated*: below a line that ends what was written."""
    first = label_of(lines[start])
    known = first is not None and _is_known_block(lines, start, separated=separated)
    return known or (":" in lines[start] and _is_shaped_block(lines, start, separated=separated))


def _label_text(line: str) -> str:
    end = line.find(":", 0, _LONGEST_LABEL)
    if end < 0:
        end = line.find("：", 0, _LONGEST_LABEL)
    return line[:end].strip(_AROUND).lower().replace("’", "'") if end > 0 else ""


def _is_known_block(lines: Sequence[str], start: int, *, separated: bool) -> bool:
    found: set[Label] = set()
    continued = blank = 0
    address = dated = False
    for line in lines[start : start + _MOST_LINES]:
        label = label_of(line)
        blank = 0 if line else blank + 1
        continued = 0 if label else continued + bool(line)
        if blank > 1 or continued > _MOST_CONTINUED or (continued and blank):
            break
        if label:
            if label is Label.FROM and label in found:
                break
            found.add(label)
            found.update(_labels_within(line))
            address = address or "@" in line
            dated = dated or _FULL_DATE.search(line[:200]) is not None
    found.discard(Label.OTHER)
    if separated:
        return len(found) >= 2
    if address and dated and Label.DATE in found:
        return bool(found & {Label.FROM, Label.TO})
    return Label.FROM in found and len(found) >= (3 if address or dated else 4)


def _labels_within(line: str) -> set[Label]:
    """Return the labels that a client lost the line ends before."""
    return {label for name in _LABEL_WITHIN.findall(line[:300]) if (label := LABELS.get(name.lower()))}


def _is_shaped_block(lines: Sequence[str], start: int, *, separated: bool) -> bool:
    """Tell whether the lines have the shape of a header block in a language that is not known."""
    block: list[str] = []
    for line in lines[start : start + 6]:
        name = _label_text(line)
        if not name or len(name) > 24 or name.count(" ") > 2:
            break
        block.append(line)
    if len(block) < (3 if separated else 4):
        return False
    dated = any(_FULL_DATE.search(line[:200]) for line in block[1:5])
    return dated and ("@" in block[0] or (separated and any("@" in line for line in block)))
