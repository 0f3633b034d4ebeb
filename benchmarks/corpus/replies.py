"""Is the new text of a reply what the collections say?  Equal after white space is folded.

Some expected texts hold the signature, which we keep apart: there both together count.
The strict score asks for the new text alone.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpus.scoring import Score, folded
from mail.message import ParsedMessage
from mail.parse import parse

GOAL = 0.95
_HEADER = b"From: a@b.example\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
_SETS = ("standard", "mixed")


def score(folder: Path) -> Iterator[Score]:
    """Yield a score for each set, and the strict one of both together."""
    of, strictly_missed = 0, list[str]()
    for name in _SETS:
        cases = list(_cases(folder / "replies" / name))
        missed = [file for file, wanted, read in cases if not _is_right(wanted, read)]
        yield Score(f"replies/{name}", len(cases) - len(missed), len(cases), GOAL, tuple(missed))
        strictly_missed += [
            f"{name}/{file}" for file, wanted, read in cases if folded(read.new_text) != wanted
        ]
        of += len(cases)
    yield Score("replies, the new text alone", of - len(strictly_missed), of, GOAL, tuple(strictly_missed))


def _cases(folder: Path) -> Iterator[tuple[str, str, ParsedMessage]]:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    for file, case in sorted(expected.items()):
        yield file, folded(case["new_text"]), parse(_HEADER + (folder / file).read_bytes())


def _is_right(wanted: str, read: ParsedMessage) -> bool:
    new = folded(read.new_text)
    return wanted in (new, folded(f"{new} {read.signature}"))
