"""Scans of the corpus of which something is known: their text, or who sent them and when."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from benchmarks.letters.scoring import is_same_firm
from mail.letter import LetterFields, LetterParty

CORPUS: Final = "corpus"


@dataclass(frozen=True, slots=True)
class Known:
    """A scan and the text of its pages; *marks* is what may be read on them or not, *kind* how it was scanned."""

    scan: Path
    pages: tuple[str, ...]
    marks: tuple[tuple[str, ...], ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Invoice:
    """An invoice of the corpus: who sent it, and when."""

    scan: Path
    issuer: str
    day: date


def known_scans() -> list[Known]:
    """Return the scans of the corpus whose text is known; none where CORPUS_DIR names no corpus."""
    texts = sorted(_folder().glob("text/*.txt"))
    return [
        Known(path.with_suffix(".tif"), (path.read_text(encoding="utf-8"),), (), CORPUS) for path in texts
    ]


def invoices() -> list[Invoice]:
    """Return the invoices of the corpus; none where CORPUS_DIR names no corpus."""
    found = []
    for path in sorted(_folder().glob("invoices/*.json")):
        scan = path.with_suffix(".pdf")
        if scan.is_file():
            stored = json.loads(path.read_text(encoding="utf-8"))
            first = stored[0] if isinstance(stored, list) else stored
            found.append(Invoice(scan, first["issuer"], date.fromisoformat(first["date"])))
    return found


def print_invoices(asked: Sequence[Invoice], read: Mapping[Path, LetterFields]) -> None:
    """Print how many issuers and days of invoices were read: no letters, most of them in Dutch or of India."""
    issuers = days = 0
    for one in asked:
        fields = read[one.scan]
        sender = (fields.sender or LetterParty()).organisation
        is_right = is_same_firm(one.issuer, sender) or one.issuer.casefold() in sender.casefold()
        issuers, days = issuers + is_right, days + (fields.date == one.day)
        if not is_right or fields.date != one.day:
            print(
                f"letters-quality: corpus: {one.scan.name} is {one.issuer!r} of {one.day}, "
                f"read as {sender!r} of {fields.date}"
            )
    print(
        f"letters-quality: corpus: issuers {issuers}, days {days} of {len(asked)} invoices, without a goal",
        flush=True,
    )


def _folder() -> Path:
    return Path(os.environ.get("CORPUS_DIR", "nowhere")) / "scans"
