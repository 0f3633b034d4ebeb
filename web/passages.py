"""How is a mail's text set?  Quoted lines apart, by how often they were quoted, and the signature small.

All of it is shown, in its order: quoted lines are those that begin with `>` (RFC 3676,
4.5), a signature those after a line of two dashes (4.3).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

_QUOTED = re.compile(r"(?:> ?)+")
_SIGNATURE = {"--", "-- "}


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines that belong together; *depth* tells how often they were quoted, 0 for the mail's own."""

    text: str
    depth: int = 0
    signature: bool = False


def passages(text: str) -> list[Passage]:
    """Return a mail's text in passages, without what only marks them and without empty ones."""
    found = []
    for (depth, signature), lines in groupby(_marked(text), key=lambda marked: marked[:2]):
        together = "\n".join(line for _, _, line in lines).strip("\n")
        if together.strip():
            found.append(Passage(together, depth, signature))
    return found


def _marked(text: str) -> Iterator[tuple[int, bool, str]]:
    signature = False
    for line in text.splitlines():
        quoted = _QUOTED.match(line)
        if quoted:
            signature = False
            yield quoted[0].count(">"), False, line[quoted.end() :]
        elif line in _SIGNATURE:
            signature = True
        else:
            signature = signature and not _introduces(line)
            yield 0, signature, line


def _introduces(line: str) -> bool:
    return line.rstrip().endswith(":")
