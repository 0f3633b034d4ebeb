"""Is each file of the collections read as if it were a mail, without an exception and in time?"""

import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpus.scoring import Score
from mail.as_json import as_json
from mail.parse import parse

_SECONDS = 2.0


def score(folder: Path) -> Iterator[Score]:
    """Yield how many files are read, each in under two seconds of the processor."""
    missed, of = list[str](), 0
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        of += 1
        began = time.process_time()
        try:
            as_json(parse(path.read_bytes()))
        except Exception as wrong:  # noqa: BLE001  # whatever it is, it is a miss
            missed.append(f"{path.relative_to(folder)}: {wrong!r}")
            continue
        if (took := time.process_time() - began) > _SECONDS:
            missed.append(f"{path.relative_to(folder)}: {took:.1f} s")
    yield Score("everything is read", of - len(missed), of, 1.0, tuple(missed))
