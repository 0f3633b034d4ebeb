"""`python -m benchmarks.corpus [-v] [KIND…]`: count the kinds named, or all; exit code 1 if a goal is missed.

A kind is a module of this package with `score(folder) -> Iterator[Score]`.  With -v each
miss is named.
"""

import importlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpus.scoring import Score

KINDS = ("replies", "bounces", "automatic", "calendar", "forwards", "tnef", "everything")


def main(arguments: list[str]) -> int:
    """Print the scores, and return the exit code: 2 if there is nothing to count."""
    chosen = [argument for argument in arguments if argument != "-v"]
    folder = os.environ.get("CORPUS_DIR")
    if not folder or (unknown := sorted(set(chosen) - set(KINDS))):
        missing = (
            "set CORPUS_DIR to the folder of the collections"
            if not folder
            else f"no kind {', '.join(unknown)}"
        )
        print(f"{missing}; there are: {', '.join(KINDS)}", file=sys.stderr)
        return 2
    held = [
        _print(score, "-v" in arguments) for kind in chosen or KINDS for score in scores(kind, Path(folder))
    ]
    print(f"corpus: {sum(held)} of {len(held)} goals hold")
    return 0 if all(held) else 1


def scores(kind: str, folder: Path) -> Iterator[Score]:
    """Yield the scores of one kind."""
    yield from importlib.import_module(f"benchmarks.corpus.{kind}").score(folder)


def _print(score: Score, misses: bool) -> bool:
    print(score)
    for missed in score.missed if misses else ():
        print(f"  {missed}")
    return score.holds


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
