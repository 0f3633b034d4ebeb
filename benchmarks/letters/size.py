"""How many letters are measured, and of which seed?  The environment says so while one develops."""

import hashlib
import os
from pathlib import Path
from typing import Final

from benchmarks.letters.make import Made, letters_in, make

COUNT, SEED = 200, 20261128
_HERE: Final = Path(__file__).parent
_KEPT: Final = _HERE.parents[1] / ".cache" / "letters"
# Reading and scoring do not change what is printed.
_PRINTING: Final = ("dates", "design", "letter", "make", "marks", "numbers", "parties", "printing", "references",
                    "texts", "truth", "wear", "words")  # fmt: skip


def count() -> int:
    """Return how many letters are read; LETTERS_COUNT."""
    return int(os.environ.get("LETTERS_COUNT", COUNT))


def seed() -> int:
    """Return of which seed they are; LETTERS_SEED."""
    return int(os.environ.get("LETTERS_SEED", SEED))


def letters() -> list[Made]:
    """Return the letters, made once for each seed and version of what prints them and kept in .cache."""
    folder = _KEPT / f"{seed()}-{_version()}"
    made = letters_in(folder) if folder.is_dir() else []
    if len(made) < count():
        print(f"letters: {count()} are printed into {folder.name}", flush=True)
        made = make(folder, count(), seed())
    return made[: count()]


def _version() -> str:
    sources = [*(_HERE / f"{name}.py" for name in _PRINTING), *sorted((_HERE / "sheets").iterdir())]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:8]
