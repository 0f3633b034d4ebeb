"""How many characters of a page were read wrongly, in whichever order its lines were read?

Each printed line is laid on the most similar piece of what was read, long lines first, and both are
used up by that: columns that one reader takes across and another one down cost neither anything.  What
was not read, read otherwise, or read where nothing stands, is an error; what a stamp says may be read
or not.  The rate is errors by the characters that are printed.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

_SAME: Final = str.maketrans("’‘‚`´“”„«»–—‐‑•∙●", "'''''\"\"\"\"\"----···", "\u200b\ufeff")
_LEAST_LIKE, _AS_WHOLE = 55, 10


@dataclass(frozen=True, slots=True)
class Errors:
    """Wrong characters among those that are printed."""

    wrong: int
    printed: int

    @property
    def rate(self) -> float:
        """Return which part of the characters is wrong."""
        return self.wrong / max(self.printed, 1)

    def __add__(self, other: "Errors") -> "Errors":
        """Return the errors of both."""
        return Errors(self.wrong + other.wrong, self.printed + other.printed)


def errors(printed: str, said: str, marks: Iterable[str] = ()) -> Errors:
    """Return how what was *said* of a page differs from what is *printed* on it and stamped over it."""
    lines, pieces = _lines(printed), _lines(said)
    wrong, pieces = _laid(lines, pieces)
    _, pieces = _laid(_lines("\n".join(marks)), pieces)
    left_over = sum(len(piece.replace(" ", "")) for piece in pieces)
    return Errors(wrong + left_over, sum(map(len, lines)))


def _lines(text: str) -> list[str]:
    """Return the lines of a text without doubled blanks, with marks that look alike made one."""
    folded = unicodedata.normalize("NFC", text).translate(_SAME)
    return [line for line in (" ".join(line.split()) for line in folded.splitlines()) if line]


def _laid(lines: Sequence[str], pieces: list[str]) -> tuple[int, list[str]]:
    """Return how many characters differ where lines lie on pieces, and which pieces are left."""
    wrong, waiting = 0, sorted(lines, key=len)
    while waiting:
        line = waiting.pop()
        best = max(pieces, key=lambda piece: _worth(line, piece), default="")
        if not best or not _worth(line, best):
            wrong += len(line)
            continue
        pieces.remove(best)
        start, end, from_, to = _overlap(line, best)
        wrong += Levenshtein.distance(line[start:end], best[from_:to])
        waiting += [rest for rest in (line[:start].strip(), line[end:].strip()) if rest]
        waiting.sort(key=len)
        pieces += [rest for rest in (best[:from_].strip(), best[to:].strip()) if rest]
    return wrong, pieces


def _worth(line: str, piece: str) -> float:
    """Return how many characters of a line a piece explains; 0 where they are not alike."""
    score = fuzz.partial_ratio(line, piece, score_cutoff=_LEAST_LIKE)
    # A whole line that is alike is better than the same within a longer one.
    return score * min(len(line), len(piece)) + fuzz.ratio(line, piece) / 100 if score else 0.0


def _overlap(line: str, piece: str) -> tuple[int, int, int, int]:
    """Return from where to where a line and a piece say the same: all of both where that fits as well."""
    aligned = fuzz.partial_ratio_alignment(line, piece)
    whole = fuzz.ratio(line, piece)
    if aligned is None or whole >= aligned.score - _AS_WHOLE:
        return 0, len(line), 0, len(piece)
    return aligned.src_start, aligned.src_end, aligned.dest_start, aligned.dest_end
