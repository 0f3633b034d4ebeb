"""Which mails are in a zip file?  Read as they lie there, never unpacked to the disk.

What a zip says of itself may be a lie made to fill memory or disk.  So its table of contents
is measured before it is read, nothing is decompressed further than the largest mail, and
one that would become absurdly large is refused whole.
"""

import lzma
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from ingest.folders import MAIL_SUFFIX, MBOX_SUFFIXES, ReadMbox
from ingest.found import Found, LeftOut, NoArchive, Why, judged, readable

MOST_FILES = 200_000
_LARGEST_CONTENTS = 32 * 1024 * 1024  # octets of the table of contents; one file takes about 100
_MOST_TIMES = 200  # mail becomes 3 to 30 times smaller; a bomb a thousand times and more
_BOMB_FROM = 100 * 1024 * 1024  # octets unpacked below which it is no matter
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)
_ARCHIVES = (".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".zst", ".pst", ".ost")
_IN_MAILDIR = ("cur", "new")
_END, _END_LENGTH, _LONGEST_COMMENT = b"PK\x05\x06", 22, 65_535
_LOCATOR_64 = b"PK\x06\x07"  # 20 octets before the end, and 56 before these the record itself
_WRONG = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, RuntimeError)


class Zip:
    """A zip file whose contents are known."""

    def __init__(self, path: Path) -> None:
        """Read the table of contents.  NoArchive if it is damaged, or made to do harm."""
        _require_bearable(path)
        try:
            self._zip = zipfile.ZipFile(path)
        except (*_WRONG, NotImplementedError) as error:
            raise NoArchive(f"{path}: this zip file is damaged ({error})") from None
        self._members = [one for one in self._zip.infolist() if not one.is_dir()]
        self._refuse_bomb(path)

    @property
    def octets(self) -> int:
        """How many octets its files have, unpacked, as far as it says."""
        return sum(one.file_size for one in self._members)

    def mails(self, *, largest: int, read_mbox: ReadMbox) -> Iterator[Found]:
        """Yield its mails: files of one each, those of a Maildir, and of mbox files."""
        with self._zip:
            for member in self._members:
                yield from self._found(member, largest, read_mbox)

    def _refuse_bomb(self, path: Path) -> None:
        packed, unpacked = path.stat().st_size, self.octets
        if len(self._members) > MOST_FILES:
            raise NoArchive(
                f"{path}: {len(self._members)} files are in this zip, and {MOST_FILES} are the most: unpack it, "
                "and import the folder."
            )
        if sum(one.compress_size for one in self._members) > packed:
            raise NoArchive(f"{path}: refused as a zip bomb: files overlap in it.")
        if unpacked > max(_BOMB_FROM, _MOST_TIMES * packed):
            raise NoArchive(
                f"{path}: refused as a zip bomb: unpacked it would be {unpacked // max(packed, 1)} times as large."
            )

    def _found(self, member: zipfile.ZipInfo, largest: int, read_mbox: ReadMbox) -> Iterator[Found]:
        name, lower = readable(member.filename), member.filename.lower()
        is_mbox = lower.endswith(MBOX_SUFFIXES)
        if why := _left_out(member):
            yield LeftOut(name, member.file_size, why)
        elif not is_mbox and member.file_size > largest:
            yield LeftOut(name, member.file_size, Why.TOO_LARGE)
        else:
            try:
                if is_mbox:
                    yield from read_mbox(partial(self._opened, member), name)
                else:
                    with self._opened(member) as file:
                        yield judged(name, member.file_size, file.read())
            except _WRONG as error:
                yield LeftOut(name, member.file_size, Why.DAMAGED, str(error))

    def _opened(self, member: zipfile.ZipInfo) -> BinaryIO:
        return cast(BinaryIO, self._zip.open(member))


def _left_out(member: zipfile.ZipInfo) -> Why | None:
    """Return why a file is not read, whatever is in it."""
    path = PurePosixPath(member.filename.lower())
    if stat.S_ISLNK(member.external_attr >> 16):
        return Why.LINK
    if path.suffix in _ARCHIVES:
        return Why.ARCHIVE_INSIDE
    if path.suffix not in (MAIL_SUFFIX, *MBOX_SUFFIXES) and path.parent.name not in _IN_MAILDIR:
        return Why.NO_MAIL
    if member.flag_bits & 1:
        return Why.ENCRYPTED
    return None if member.compress_type in _METHODS else Why.UNKNOWN_COMPRESSION


def _require_bearable(path: Path) -> None:
    """Refuse a table of contents that would fill the memory: zipfile reads it whole, and believes its length."""
    with path.open("rb") as file:
        length = file.seek(0, os.SEEK_END)
        file.seek(max(0, length - _END_LENGTH - _LONGEST_COMMENT - 4096))
        tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + _END_LENGTH:
        raise NoArchive(f"{path}: this zip file is damaged: it has no table of contents.")
    (octets,) = struct.unpack_from("<L", tail, at + 12)
    if tail.startswith(_LOCATOR_64, max(0, at - 20)) and at >= 20 + 56:  # what is said there goes before
        (octets,) = struct.unpack_from("<Q", tail, at - 20 - 56 + 40)
    if octets > _LARGEST_CONTENTS:
        raise NoArchive(f"{path}: too many files are in this zip: unpack it, and import the folder.")
