"""Who wrote the forwarded mail?  One point each for author's address and name, recipients, copies and subject.

A mail that forwards nothing counts once, and its comments and dates are counted apart.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.corpus.scoring import Score, folded
from mail.address import Mailbox
from mail.message import Forwarded
from mail.parse import parse

GOAL = 0.98
_FIELDS = ("from address", "from name", "to", "cc", "subject")


def score(folder: Path) -> Iterator[Score]:
    """Yield the score of the header fields, and those of what else is read."""
    fields, comments, dates = _Count(), _Count(), _Count()
    for file, read, wanted in _cases(folder / "forwards"):
        if wanted["forwarded"] is None or read is None:
            fields.add(f"{file}: a forward or none", (wanted["forwarded"] is None) == (read is None))
            continue
        for field, is_right in zip(_FIELDS, _compared(read, wanted["forwarded"]), strict=True):
            fields.add(f"{file}: {field}", is_right)
        comments.add(file, folded(read.comment) == folded(wanted["comment"]))
        dates.add(
            file, read.date is not None and folded(read.date_text) == folded(wanted["forwarded"]["date_text"])
        )
    yield fields.score("forwards", GOAL)
    yield comments.score("forwards, what is written above", GOAL)
    yield dates.score("forwards, the date", GOAL)


class _Count:
    def __init__(self) -> None:
        self._of = 0
        self._missed: list[str] = []

    def add(self, name: str, is_right: bool) -> None:
        self._of += 1
        if not is_right:
            self._missed.append(name)

    def score(self, name: str, goal: float) -> Score:
        return Score(name, self._of - len(self._missed), self._of, goal, tuple(self._missed))


def _cases(folder: Path) -> Iterator[tuple[str, Forwarded | None, dict[str, Any]]]:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    for file, wanted in sorted(expected.items()):
        yield file, parse((folder / file).read_bytes()).forwarded, wanted


def _compared(read: Forwarded, wanted: dict[str, Any]) -> Iterator[bool]:
    author = _shown(read.from_) if read.from_ else ("", "")
    name, address = _wanted(wanted["from"] or {})
    yield author[1] == address
    yield author[0] == name
    yield [_shown(each) for each in read.to] == [_wanted(each) for each in wanted["to"]]
    yield [_shown(each) for each in read.cc] == [_wanted(each) for each in wanted["cc"]]
    yield folded(read.subject) == folded(wanted["subject"])


def _shown(mailbox: Mailbox) -> tuple[str, str]:
    return folded(mailbox.name), str(mailbox.address or "").lower()


def _wanted(mailbox: dict[str, str | None]) -> tuple[str, str]:
    return folded(mailbox.get("name")), (mailbox.get("address") or "").lower()
