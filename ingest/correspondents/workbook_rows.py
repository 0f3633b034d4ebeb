"""Which rows does an XLSX workbook hold?  Read in a process of its own, whose memory has a limit.

A workbook is a zip archive that may claim anything: a cell in the last row of the last
column, or one text that a million cells point to.  What it unpacks to is measured before
anybody opens it; and who reads it may take so much memory and no more, and is ended for it.
"""

import json
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.correspondents.said import RawRow

MEMORY = 1024 * 1024 * 1024
_SECONDS = 300
_MOST_UNPACKED = 400 * 1024 * 1024
_MOST_MEMBERS = 10_000
_PIECE = 1024 * 1024


class UnreadableWorkbook(ValueError):
    """This is no workbook that can be read; the text says why."""


@dataclass(frozen=True, slots=True)
class WorkbookFile:
    """An XLSX workbook; *memory* is what its reader may take."""

    path: Path
    memory: int = MEMORY

    @property
    def octets(self) -> int:
        """How long the file is."""
        return self.path.stat().st_size

    def rows(self, after: int = 0) -> Iterator[RawRow]:
        """Yield the rows of all sheets behind the first *after* ones.  UnreadableWorkbook.

        Sheets behind the first are read on where they have the same headings.
        """
        require_bearable(self.path)
        command = [sys.executable, "-m", "ingest.correspondents.workbook_child", str(self.path)]
        root = str(Path(__file__).parents[2])
        with subprocess.Popen(  # noqa: S603 - our own program
            [*command, str(self.memory), str(_SECONDS)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=root,
        ) as child:
            try:
                yield from self._told(child, after)
            finally:
                child.kill()

    def _told(self, child: "subprocess.Popen[bytes]", after: int) -> Iterator[RawRow]:
        assert child.stdout is not None
        last = ""
        for number, line in enumerate(child.stdout, start=1):
            told = json.loads(line)
            if isinstance(told, str):
                last = told
                break
            if number > after:
                yield RawRow(number, number, told, 0)
        if last != "end":
            raise UnreadableWorkbook(last or "it needs more memory or time than it gets: save it as CSV")


def require_bearable(path: Path) -> None:
    """Refuse a workbook that unpacks to more than any list of correspondents.  UnreadableWorkbook."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > _MOST_MEMBERS:
                raise UnreadableWorkbook("it holds too many files")
            left = _MOST_UNPACKED - sum(one.file_size for one in members)
            if left < 0:
                raise UnreadableWorkbook("unpacked it is too large: save it as CSV")
            for member in members:
                _require_true(archive, member)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
        raise UnreadableWorkbook("it is damaged") from None


def _require_true(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Unpack a member without keeping it: zipfile ends where the size is another than told."""
    with archive.open(member) as file:
        unpacked = 0
        while piece := file.read(_PIECE):
            unpacked += len(piece)
            if unpacked > member.file_size:
                raise UnreadableWorkbook("it is larger than it says")
