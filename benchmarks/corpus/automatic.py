"""Is it told what no person wrote, and nothing else?

Answers of machines and bounces must be called so; the mails of the other sets are written by
persons, but for those that say themselves that they are reports or go to a list.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpus.scoring import Score
from mail.message import Automatic
from mail.parse import parse

GOAL = 0.99
_BY_PERSONS = ("replies/standard", "replies/mixed", "forwards", "mime/core", "mime/mixed", "mime/torture",
               "mime/samples", "mime/clients")  # fmt: skip
# What a mail of those sets says that is written by a machine, or to a list by nobody.
_SAYS_SO = (
    b"multipart/report",
    b"delivery-status",
    b"daemon",
    b"postmaster",
    b"digest",
    b"x-failed-recipients",
)
_NO_MAILS = (".json", ".xml", ".rst", ".md")


def score(folder: Path) -> Iterator[Score]:
    """Yield a score of what is automatic, and one of what is not."""
    cases = [(path, Automatic.AUTO_REPLY) for path in _mails(folder / "auto-replies")]
    for name in ("families", "classic"):
        expected = json.loads((folder / "bounces" / name / "expected.json").read_text(encoding="utf-8"))
        cases += [
            (folder / "bounces" / name / file, Automatic.BOUNCE)
            for file in expected
            if expected[file]["bounces"]
        ]
    missed = [
        f"{path.name}: {wanted} was read as {read}"
        for path, wanted in cases
        if (read := parse(path.read_bytes()).automatic) is not wanted
    ]
    yield Score("automatic mail", len(cases) - len(missed), len(cases), GOAL, tuple(missed))
    yield _of_persons(folder)


def _of_persons(folder: Path) -> Score:
    paths = [path for name in _BY_PERSONS for path in _mails(folder / name)]
    mails = [(path, raw) for path in paths if not _says_so(raw := path.read_bytes())]
    missed = [
        f"{path.parent.name}/{path.name}: {read.automatic}, {len(read.bounces)} bounces"
        for path, raw in mails
        if (read := parse(raw)).automatic or read.bounces
    ]
    return Score("mails that persons wrote", len(mails) - len(missed), len(mails), 1.0, tuple(missed))


def _mails(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.iterdir()) if path.is_file() and path.suffix not in _NO_MAILS)


def _says_so(raw: bytes) -> bool:
    head = raw[:20_000].lower()
    return any(mark in head for mark in _SAYS_SO)
