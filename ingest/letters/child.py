"""The process apart that reads scans: a question is a line of JSON, and so is its answer.

`{"open": scan}` is answered by the kind of the scan and where its pages are, or by why it is refused;
`{"page": number, …}` by the page.  Pictures and PDFs are written into the folder that the question names.
"""

import json
import logging
import os
import resource
import shutil
import signal
import sys
import tempfile
import threading
import time
import warnings
from pathlib import Path
from typing import Any

from PIL import Image

from ingest.letters.kinds import ScanKind
from ingest.letters.limits import FOLDER_PREFIX, ScanLimits
from ingest.letters.one_page import BROKEN, Asked, read_page
from ingest.letters.opening import opened
from ingest.letters.plain import plain_page
from ingest.letters.refusal import ScanRefused

OUT_OF_MEMORY = 3
_MOST_OPEN_FILES = 128
_LARGEST_WRITTEN = 512 * 1024 * 1024


def main() -> None:
    """Answer questions until there are no more."""
    limits = ScanLimits(**json.loads(sys.argv[1]))
    _bind(limits)
    try:
        while question := sys.stdin.buffer.readline():
            answer = _answer(json.loads(question), limits)
            sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
            sys.stdout.buffer.flush()
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
    except BrokenPipeError:  # nobody is there to hear the answer
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    _leave_nothing()  # questions end only when who asks is gone: else it ends this process


def _answer(question: dict[str, Any], limits: ScanLimits) -> dict[str, Any]:
    scan = Path(question["scan"])
    if "open" in question:
        try:
            scanned = opened(scan, limits)
        except ScanRefused as refused:
            return {"refused": refused.code, "parameters": dict(refused.parameters)}
        return {"kind": scanned.kind, "places": scanned.places}
    asked = Asked(
        scan, ScanKind(question["kind"]), question["place"], question["page"], Path(question["folder"])
    )
    try:
        return plain_page(*read_page(asked, limits))
    except BROKEN:
        return {"broken": True}


def _bind(limits: ScanLimits) -> None:
    """Take from this process what reading does not need: memory without end, files, time of others."""
    for what, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_FSIZE, _LARGEST_WRITTEN),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _MOST_OPEN_FILES),
    ):
        resource.setrlimit(what, (most, most))
    os.nice(10)
    Image.MAX_IMAGE_PIXELS = None  # counted by `within_pixels`, before anything is decoded
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.disable()
    warnings.simplefilter("ignore")
    threading.Thread(target=_end_with_parent, args=(os.getppid(),), daemon=True).start()


def _end_with_parent(parent: int) -> None:
    """End when the service does, even killed, with the tesseract that is running."""
    while os.getppid() == parent:
        time.sleep(1)
    _leave_nothing()
    os.killpg(0, signal.SIGKILL)


def _leave_nothing() -> None:
    """Have what was at hand removed, pictures of letters, once this process and its tesseract can write no more."""
    folder = Path(tempfile.gettempdir())
    if folder.name.startswith(FOLDER_PREFIX) and os.fork() == 0:
        os.setsid()
        time.sleep(1)
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(0)


if __name__ == "__main__":
    main()
