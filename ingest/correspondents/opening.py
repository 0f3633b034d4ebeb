"""What kind of file is this, and what are its columns?  Told by its content, not by its name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from pathlib import Path

from ingest.correspondents.columns import Column
from ingest.correspondents.csv_rows import CsvFile
from ingest.correspondents.guessing import Heading, guess
from ingest.correspondents.said import RawRow
from ingest.correspondents.vcards import CardFile, card_heading
from ingest.correspondents.workbook_rows import WorkbookFile

SAMPLE_ROWS = 50
_BEGINNING = 4096


class FileKind(StrEnum):
    """The kinds of files that are read."""

    CSV = "csv"
    XLSX = "xlsx"
    VCARD = "vcard"


class UnreadableFile(ValueError):
    """A file from which no correspondents can be read; the text says why."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file whose columns are known; *first* is how many rows stand before those of correspondents."""

    kind: FileKind
    file: CsvFile | WorkbookFile | CardFile
    heading: Heading
    first: int

    def rows(self, after: int = 0) -> Iterator[RawRow]:
        """Yield the rows of correspondents behind the row numbered *after*."""
        return self.file.rows(max(after, self.first))

    @property
    def octets(self) -> int:
        """How long the file is."""
        return self.file.octets

    def sample(self, most: int) -> list[RawRow]:
        """Return the first rows of correspondents."""
        rows = self.rows()
        try:
            return list(islice(rows, most))
        finally:
            rows.close()  # type: ignore[attr-defined]

    def mapped(self, meanings: Mapping[str, str]) -> "Opened":
        """Return the file with other meanings for some of its columns, by title."""
        chosen = tuple(
            Column(meanings.get(title, meaning))
            for title, meaning in zip(self.heading.titles, self.heading.meanings, strict=True)
        )
        return replace(self, heading=replace(self.heading, meanings=chosen))

    def with_key(self, title: str) -> "Opened":
        """Return the file with *title* as the column of external keys.  UnreadableFile if there is none."""
        if title not in self.heading.titles:
            raise UnreadableFile(f"there is no column {title}")
        others = {
            one: Column.NONE.value
            for one, meaning in zip(self.heading.titles, self.heading.meanings, strict=True)
            if meaning is Column.KEY
        }
        return self.mapped({**others, title: Column.KEY.value})


def open_file(path: Path, *, encoding: str | None = None) -> Opened:
    """Return the file at *path*.  UnreadableFile, UnreadableWorkbook, UnknownEncoding, OSError."""
    with path.open("rb") as file:
        beginning = file.read(_BEGINNING)
    if not beginning.strip():
        raise UnreadableFile("there is nothing in it")
    if beginning.startswith(b"PK\x03\x04"):
        return _table(FileKind.XLSX, WorkbookFile(path))
    if beginning.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFile(
            "this is an old or encrypted Excel file: save it as XLSX or CSV, without a password"
        )
    if b"BEGIN:VCARD" in beginning.upper():
        return Opened(FileKind.VCARD, CardFile(path, encoding), card_heading(), 0)
    if beginning.startswith((b"%PDF", b"\x89PNG", b"\x1f\x8b")):
        raise UnreadableFile("this is no table: save the addresses as CSV, XLSX or vCard")
    return _table(FileKind.CSV, CsvFile.at(path, encoding))


def _table(kind: FileKind, file: CsvFile | WorkbookFile) -> Opened:
    rows = file.rows()
    try:
        sample = list(islice(rows, SAMPLE_ROWS))
    finally:
        rows.close()  # type: ignore[attr-defined]
    if not sample or len(sample[0].cells) > 2000:
        raise UnreadableFile("there is no table in it")
    heading = guess(sample[0].cells, [row.cells for row in sample[1:]])
    return Opened(kind, file, heading, 1 if heading.is_there else 0)
