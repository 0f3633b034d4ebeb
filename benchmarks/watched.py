"""How long does a command of ours take, and how much memory at most?"""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

from app.settings import DATA

_LOOK_EVERY_SECONDS = 0.05
_ROOT = Path(__file__).parents[1]


def watched(folder: Path, *command: str) -> tuple[float, float]:
    """Run a `postbuch` command on a data folder; return the seconds it took and the megabytes it had at most."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "app", *command],
        cwd=_ROOT,
        env=os.environ | {DATA: str(folder)},
        stdout=subprocess.DEVNULL,
    )
    most = 0.0
    while process.poll() is None:
        most = _most_resident(process.pid) or most
        time.sleep(_LOOK_EVERY_SECONDS)
    seconds = time.perf_counter() - begun
    assert process.returncode == 0
    return seconds, most


def _most_resident(pid: int) -> float | None:
    """Return how many megabytes a process had in memory at most; None if it has ended."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) * 1024 / 1_000_000 if found else None
