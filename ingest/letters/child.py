"""The process apart that reads scans: a question is a line of JSON, and so is its answer.

`{"open": scan}` is answered by the kind of the scan and where its pages are, or by why it is refused;
`{"page": number, …}` by the page.  Pictures and PDFs are written into the folder that the question names.
"""

import json
import logging
import os
import resource
import signal
import sys
import threading
import time
import warnings
from pathlib import Path
from typing import Any

from PIL import Image

from ingest.letters.kinds import ScanKind
from ingest.letters.limits import ScanLimits
from ingest.letters.one_page import Asked, read_page
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
    return plain_page(*read_page(asked, limits))


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
    """End when the service does, even killed, and the tesseract that is running with it."""
    while os.getppid() == parent:
        time.sleep(1)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main()
