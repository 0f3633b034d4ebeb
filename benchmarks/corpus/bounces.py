"""Are the addresses that failed found, all of them and no others, and is it told which are dead?"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.corpus.scoring import Score
from mail.message import Bounce, BounceKind
from mail.parse import parse

_GOALS = {"families": 0.97, "classic": 0.99}
HARD_GOAL = 0.92

Cases = list[tuple[str, dict[str, dict[str, Any]], dict[str, Bounce]]]


def score(folder: Path) -> Iterator[Score]:
    """Yield a score of addresses for each set, and one for hard or not where it is known."""
    for name, goal in _GOALS.items():
        cases = list(_cases(folder / "bounces" / name))
        missed = [
            f"{file}: {sorted(wanted)} was read as {sorted(read)}"
            for file, wanted, read in cases
            if wanted.keys() != read.keys()
        ]
        yield Score(f"bounces/{name}", len(cases) - len(missed), len(cases), goal, tuple(missed))
        if name == "families":
            yield _of_kinds(cases)


def _cases(folder: Path) -> Iterator[tuple[str, dict[str, dict[str, Any]], dict[str, Bounce]]]:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    for file, case in sorted(expected.items()):
        read = parse((folder / file).read_bytes()).bounces
        wanted = {bounce["address"].lower(): bounce for bounce in case["bounces"]}
        yield file, wanted, {bounce.address.lower(): bounce for bounce in read}


def _of_kinds(cases: Cases) -> Score:
    pairs = [
        (file, bounce, read.get(address))
        for file, wanted, read in cases
        for address, bounce in wanted.items()
    ]
    missed = [
        f"{file}: {bounce['reason']} was read as {read.kind if read else 'nothing'}"
        for file, bounce, read in pairs
        if read is None or (read.kind is BounceKind.HARD) != bounce["hard"]
    ]
    return Score(
        "bounces/families, hard or not", len(pairs) - len(missed), len(pairs), HARD_GOAL, tuple(missed)
    )
