"""The process apart that reads files: what it is asked comes by standard input, what it found goes out.

A question is a line of JSON that tells how long the message is and which of its
attachments are to be read, and then the message.  Each attachment is answered by a line
of JSON, so that what was read before a file ended the process is not lost.
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
from typing import Any, BinaryIO, NoReturn

from ingest.files.limits import OUT_OF_MEMORY, FileLimits
from ingest.files.reading import File, TooSlow, read_file
from ingest.files.told import FileDefect, Told, untold
from mail.file_kinds import kind_of
from mail.parse import attachment_contents

_MOST_OPEN_FILES = 64
_RECURSION = 2_000
_KIND_KNOWN_BY = 64 * 1024


def main() -> None:
    """Answer questions until there are no more."""
    limits = FileLimits(**json.loads(sys.argv[1]))
    _bind(limits)
    signal.signal(signal.SIGPROF, _ring)
    try:
        while question := sys.stdin.buffer.readline():
            _answer(json.loads(question), limits, sys.stdin.buffer, sys.stdout.buffer)
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)


def _answer(question: dict[str, Any], limits: FileLimits, asked: BinaryIO, answers: BinaryIO) -> None:
    raw = asked.read(question["octets"])
    wanted = {one["number"]: one for one in question["files"]}
    contents = attachment_contents(raw, wanted.keys())
    for one in wanted.values():
        content = next(contents, None)
        if content is None:
            told = untold(FileDefect.BROKEN)
        else:
            told = _read_in_time(File(one["name"], one["type"], content), limits)
        answers.write(json.dumps(told.as_json()).encode() + b"\n")
        answers.flush()


def _read_in_time(file: File, limits: FileLimits) -> Told:
    """Return what a file says; after its time, what was read until then.

    The time is what this process spends on it: on a busy machine that says more than a clock.
    """
    try:
        signal.setitimer(signal.ITIMER_PROF, limits.seconds)
        return read_file(file, limits)
    except TooSlow:  # it rang just when the reading had ended
        return Told(kind=kind_of(file.content[:_KIND_KNOWN_BY]), defects={FileDefect.TOO_SLOW})
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _ring(_number: int, _frame: object) -> NoReturn:
    raise TooSlow


def _bind(limits: FileLimits) -> None:
    """Take from this process what reading does not need: memory without end, files, other programs, time of others."""
    for what, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _MOST_OPEN_FILES),
    ):
        resource.setrlimit(what, (most, most))
    os.nice(10)
    sys.setrecursionlimit(_RECURSION)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.disable()
    warnings.simplefilter("ignore")
    threading.Thread(target=_end_with_parent, args=(os.getppid(),), daemon=True).start()


def _end_with_parent(parent: int) -> None:
    """End when the service does, even killed."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


if __name__ == "__main__":
    main()
