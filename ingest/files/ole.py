"""What is in the compound files of older office programs (MS-CFB): macros, encryption, text where it is cheap."""

import io
import struct
from collections.abc import Iterator

from olefile.olefile import DEFECT_INCORRECT, OleFileIO
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from ingest.files.gathering import Gathering
from ingest.files.told import FileDefect
from mail.file_marks import FileMark, ending

_ENCRYPTED_WORD = 0x0100  # fEncrypted of the file information block (MS-DOC, 2.5.1)
_FILE_PASS = 0x2F  # the record of a workbook that says how it is encrypted (MS-XLS, 2.4.117)
_MOST_ROWS = 200_000
_PACKAGE = "EncryptedPackage"  # a modern office file that is encrypted whole (MS-OFFCRYPTO, 2.3.4)


def read_ole(content: bytes, name: str, gathering: Gathering) -> None:
    """Gather what is to be known of an old office file; of spreadsheets also the text."""
    with OleFileIO(io.BytesIO(content), raise_defects=DEFECT_INCORRECT) as ole:
        streams = {"/".join(path).lower() for path in ole.listdir(streams=True, storages=True)}
        if _has_macros(streams):
            gathering.told.marks.add(FileMark.MACROS)
        if _is_encrypted(ole, streams):
            gathering.told.marks.add(FileMark.ENCRYPTED)
            gathering.told.defects.add(FileDefect.ENCRYPTED)
            return
    if "workbook" in streams or "book" in streams:
        gathering.say_all(sheets(content, gathering))
    elif ending(name) in {"msi", "msp"}:
        gathering.told.marks.add(FileMark.PROGRAM)
    else:
        gathering.told.defects.add(FileDefect.NOT_READ)


def sheets(content: bytes, gathering: Gathering) -> Iterator[str]:
    """Yield the rows of a spreadsheet in a binary format (.xls, .xlsb)."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError:
        gathering.told.marks.add(FileMark.ENCRYPTED)
        gathering.told.defects.add(FileDefect.ENCRYPTED)
        return
    except CalamineError:
        gathering.told.defects.add(FileDefect.BROKEN)
        return
    for name in workbook.sheet_names:
        yield name
        try:
            rows = workbook.get_sheet_by_name(name).to_python(nrows=_MOST_ROWS)
        except CalamineError:
            gathering.told.defects.add(FileDefect.BROKEN)
            continue
        for row in rows:
            yield " ".join(shown for cell in row if (shown := _shown(cell)))


def _shown(cell: object) -> str:
    """Return a cell as people write it: 3 is no 3.0."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _has_macros(streams: set[str]) -> bool:
    return any(
        "_vba_project" in stream or stream.endswith("/vba/dir") or stream in {"macros", "_vba_project_cur"}
        for stream in streams
    )


def _is_encrypted(ole: OleFileIO, streams: set[str]) -> bool:
    if _PACKAGE.lower() in streams or "encryptedsummary" in streams:
        return True
    if "worddocument" in streams:
        with ole.openstream("WordDocument") as stream:
            start = stream.read(12)
        return len(start) == 12 and bool(struct.unpack_from("<H", start, 10)[0] & _ENCRYPTED_WORD)
    for name in ("Workbook", "Book"):
        if name.lower() in streams:
            with ole.openstream(name) as stream:
                return _FILE_PASS in _first_records(stream.read(4096))
    return False


def _first_records(start: bytes) -> Iterator[int]:
    """Yield the kinds of the records with which a workbook begins."""
    position = 0
    while position + 4 <= len(start):
        kind, length = struct.unpack_from("<HH", start, position)
        yield kind
        position += 4 + length
