"""Is a service running on this data folder, and where does it answer?

A running service holds a lock on a file there, in which it says where.  The lock
goes with the process, however that ends.
"""

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

_FILE_NAME = "serve.lock"
_PATIENCE_SECONDS = 1.0  # somebody who looks holds the lock for a moment


class AlreadyRunning(Exception):
    """Another service runs on this data folder; two would hand out the same jobs."""


@dataclass(frozen=True, slots=True)
class Presence:
    """Where a running service answers."""

    pid: int
    web_url: str
    smtp_host: str
    smtp_port: int
    lmtp_port: int | None = None


@contextmanager
def alone(folder: Path) -> Iterator[Callable[[Presence], None]]:
    """Be the only service on *folder*, and yield what announces where it answers.  AlreadyRunning."""
    with (folder / _FILE_NAME).open("a+", encoding="utf-8") as file:
        if not _locked(file, patience=_PATIENCE_SECONDS):
            raise AlreadyRunning(f"{folder} is served by another process: stop that one first")
        _write(file, "")
        try:
            yield lambda presence: _write(file, json.dumps(asdict(presence)))
        finally:
            _write(file, "")


def running(folder: Path) -> Presence | None:
    """Return the service that runs on *folder*; None where there is none, or it is starting still."""
    try:
        with (folder / _FILE_NAME).open("r+", encoding="utf-8") as file:
            if _locked(file):
                return None
            text = file.read()
    except FileNotFoundError:
        return None
    return Presence(**json.loads(text)) if text else None


def _locked(file: IO[str], *, patience: float = 0.0) -> bool:
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(0.05)
        else:
            return True


def _write(file: IO[str], text: str) -> None:
    file.seek(0)
    file.truncate()
    file.write(text)
    file.flush()
    os.fsync(file.fileno())
