"""Which mails are in a folder?  A Maildir with its subfolders, or files of one mail each or many.

Folders are walked lazily, one open at a time, and no symbolic link is followed: what an
archive holds is in it.
"""

import os
import re
import stat
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from ingest.found import Found, LeftOut, Why, judged, readable

MAIL_SUFFIX, MBOX_SUFFIXES = ".eml", (".mbox", ".mbx")
_WITH_MAILS = ("cur", "new")
_FLAGS = re.compile(r"[:;!]2,([A-Za-z]*)$")  # some systems allow no colon in a name
_DRAFT = "D"
_NOT_TO_BLOCK = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC

ReadMbox = Callable[[Callable[[], BinaryIO], str], Iterator[Found]]


def octets_in(folder: Path) -> int:
    """Return how many octets the mails of a folder have: what there is to read."""
    total = 0
    for entry, _ in _files(folder):
        if entry.is_file(follow_symlinks=False):
            total += entry.stat(follow_symlinks=False).st_size
    return total


def mails_in(folder: Path, *, largest: int, read_mbox: ReadMbox) -> Iterator[Found]:
    """Yield the mails of a folder and of those in it."""
    for entry, in_maildir in _files(folder):
        name = os.path.relpath(entry.path, folder)
        if entry.is_symlink():
            yield LeftOut(readable(name), 0, Why.LINK)
        elif in_maildir or entry.name.lower().endswith(MAIL_SUFFIX):
            yield _found(entry, name, largest)
        elif entry.name.lower().endswith(MBOX_SUFFIXES):
            yield from _mbox(entry, name, read_mbox)
        else:
            yield LeftOut(readable(name), _size(entry), Why.NO_MAIL)


def one_mail(path: Path, *, largest: int) -> Iterator[Found]:
    """Yield the mail of a file."""
    octets = path.stat().st_size
    yield judged(readable(path.name), octets, None if octets > largest else path.read_bytes())


def _files(folder: Path) -> Iterator[tuple[os.DirEntry[str], bool]]:
    """Yield what is in a folder and those in it, but folders; and whether it lies where a Maildir has mails."""
    waiting: list[tuple[str, bool]] = [(str(folder), folder.name in _WITH_MAILS)]
    while waiting:
        path, in_maildir = waiting.pop()
        is_maildir = _is_maildir(path)
        try:
            entries = os.scandir(path)
        except OSError:
            yield from _as_unreadable(path)
            continue
        with entries:
            for entry in entries:
                if not entry.is_dir(follow_symlinks=False):
                    if (
                        not is_maildir or entry.is_symlink()
                    ):  # else notes of the program that keeps the Maildir
                        yield entry, in_maildir
                elif not (is_maildir and entry.name == "tmp"):
                    waiting.append((entry.path, is_maildir and entry.name in _WITH_MAILS))


def _is_maildir(path: str) -> bool:
    return os.path.isdir(os.path.join(path, "cur"))  # noqa: PTH112, PTH118 - a Path each would cost more than it


def _as_unreadable(path: str) -> Iterator[tuple[os.DirEntry[str], bool]]:
    """Yield a folder that cannot be opened, as its parent has it, so that it is reported."""
    parent, _, name = path.rpartition(os.sep)
    with os.scandir(parent) as entries:
        yield from ((entry, True) for entry in entries if entry.name == name)


def _found(entry: os.DirEntry[str], name: str, largest: int) -> Found:
    flags = _FLAGS.search(entry.name)
    if flags and _DRAFT in flags[1]:
        return LeftOut(readable(name), _size(entry), Why.DRAFT)
    try:
        with _opened(entry.path) as file:
            octets = os.fstat(file.fileno()).st_size
            return judged(readable(name), octets, None if octets > largest else file.read(largest + 1))
    except OSError as error:
        return LeftOut(readable(name), _size(entry), Why.UNREADABLE, error.strerror or "")


def _mbox(entry: os.DirEntry[str], name: str, read_mbox: ReadMbox) -> Iterator[Found]:
    try:
        yield from read_mbox(partial(_opened, entry.path), readable(name))
    except OSError as error:
        yield LeftOut(readable(name), _size(entry), Why.UNREADABLE, error.strerror or "")


def _opened(path: str) -> BinaryIO:
    """Open a file of an archive: a regular one only, for others may never end or begin."""
    file = os.fdopen(os.open(path, _NOT_TO_BLOCK), "rb")
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError(0, "no regular file")
    return file


def _size(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat(follow_symlinks=False).st_size
    except OSError:
        return 0
