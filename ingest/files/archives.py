"""What is packed in an archive?  Names and sizes by its table of contents; nothing is taken out."""

import io
import tarfile
import zipfile
import zlib
from pathlib import PurePosixPath

from ingest.files.gathering import Gathering
from ingest.files.told import FileDefect
from mail.file_kinds import FileKind, kind_of
from mail.file_marks import FileMark

_ENCRYPTED_FLAG = 0x1
_MOST_DIRECTORY, _MOST_COMMENT = 4 * 1024 * 1024, 66_000
_SINGLE = {FileKind.BZIP2: (".bz2", ".tbz2"), FileKind.XZ: (".xz", ".txz"), FileKind.GZIP: (".gz", ".tgz")}


class _Unpacking(io.RawIOBase):
    """A gzip file read from its start, no further than the gathering allows."""

    def __init__(self, content: bytes, gathering: Gathering) -> None:
        super().__init__()
        self._left, self._gathering = content, gathering
        self._stream = zlib.decompressobj(wbits=31)

    def readable(self) -> bool:
        """It can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Return the next octets, none at the end; broken data ends it."""
        wanted = size if size > 0 else 64 * 1024
        try:
            piece = self._stream.decompress(self._left, wanted)
        except zlib.error:
            self._gathering.told.defects.add(FileDefect.BROKEN)
            return b""
        self._left = self._stream.unconsumed_tail
        self._gathering.unpack(len(piece))
        return piece


def has_reasonable_directory(content: bytes) -> bool:
    """Tell whether a zip archive lists no more than can be looked through (APPNOTE 4.3.16, 4.3.14)."""
    end = content.rfind(b"PK\x05\x06", -_MOST_COMMENT)
    size = int.from_bytes(content[end + 12 : end + 16], "little") if end >= 0 else 0
    if size == 0xFFFFFFFF:
        end = content.rfind(b"PK\x06\x06", -_MOST_COMMENT)
        size = int.from_bytes(content[end + 40 : end + 48], "little") if end >= 0 else 0
    return size <= _MOST_DIRECTORY


def list_zip(archive: zipfile.ZipFile, gathering: Gathering) -> None:
    """List a zip archive."""
    for one in archive.infolist():
        if one.flag_bits & _ENCRYPTED_FLAG:
            gathering.told.marks.add(FileMark.ENCRYPTED)
        if not one.is_dir():
            gathering.pack(one.filename, one.file_size)


def list_tar(content: bytes, gathering: Gathering) -> None:
    """List a tar archive."""
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as archive:
        _list_members(archive, gathering)


def list_gzip(content: bytes, name: str, gathering: Gathering) -> None:
    """List a tar archive in gzip, or name the one file that is in it."""
    start = _Unpacking(content, gathering).read(1024)
    if kind_of(start) is FileKind.TAR:
        with tarfile.open(fileobj=_Unpacking(content, gathering), mode="r|") as archive:
            _list_members(archive, gathering)
        return
    # The size is kept modulo 4 GiB (RFC 1952, 2.3.1).
    gathering.pack(_inner_name(name, FileKind.GZIP), int.from_bytes(content[-4:], "little"))


def list_single(kind: FileKind, name: str, gathering: Gathering) -> None:
    """Name the one file that is in a bzip2 or xz file; how large it is, only unpacking would tell."""
    gathering.pack(_inner_name(name, kind), None)


def _list_members(archive: tarfile.TarFile, gathering: Gathering) -> None:
    for one in archive:
        if one.isfile():
            gathering.pack(one.name, one.size)
        archive.members = []  # type: ignore[attr-defined]  # else it remembers them all


def _inner_name(name: str, kind: FileKind) -> str:
    packed, path = _SINGLE[kind], PurePosixPath(name)
    if path.suffix.lower() not in packed:
        return name
    return path.stem + (".tar" if path.suffix.lower() == packed[1] else "")
