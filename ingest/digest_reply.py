"""What does an answer to a digest decide?  Lines like `1 a`, `2 ignore`, `3: b`.

Pure.  What begins with a number and is no decision was meant as one: it is told.
"""

import re
from dataclasses import dataclass

from ingest.command_words import IGNORE

_LINE = re.compile(r"[\s>*-]{0,10}(\d{1,3})\s*[.:)=]?\s*(.*)")
_MOST_LINES, _MOST_OF_LINE = 200, 80


@dataclass(frozen=True, slots=True)
class Decision:
    """The entry with this number is with the person of a letter; without one it is let go."""

    number: int
    letter: str | None


@dataclass(frozen=True, slots=True)
class Reply:
    """What an answer decides, the last word on each number, and the lines that were not understood."""

    decisions: tuple[Decision, ...]
    unclear: tuple[str, ...]


def read_reply(text: str) -> Reply:
    """Return what the new text of an answer decides."""
    decisions: dict[int, Decision] = {}
    unclear = []
    for line in text.splitlines()[:_MOST_LINES]:
        if (found := _LINE.fullmatch(line)) is None:
            continue
        word = found[2].strip(" .,;!\"'«»“”()").casefold()
        if word in IGNORE or (len(word) == 1 and "a" <= word <= "z"):
            number = int(found[1])
            decisions[number] = Decision(number, None if word in IGNORE else word)
        else:
            unclear.append(" ".join(line.split())[:_MOST_OF_LINE])
    return Reply(tuple(decisions.values()), tuple(unclear))
