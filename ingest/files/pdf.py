"""What does a PDF say?  Its text layer, page by page; a scan without one says nothing."""

import io
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.errors import PdfReadError, PyPdfError

from ingest.files.gathering import Gathering
from ingest.files.told import FileDefect
from mail.file_marks import FileMark


def read_pdf(content: bytes, gathering: Gathering) -> None:
    """Gather the text of a PDF.

    One that only forbids to print or change it is opened with the empty password that it
    has then; one that nobody can read without a password is encrypted.
    """
    reader = PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted and not _opens(reader):
        gathering.told.marks.add(FileMark.ENCRYPTED)
        gathering.told.defects.add(FileDefect.ENCRYPTED)
        return
    gathering.say_all(_pages(reader, gathering))


def _opens(reader: PdfReader) -> bool:
    try:
        return bool(reader.decrypt(""))
    except (PyPdfError, NotImplementedError, ValueError):
        return False


def _pages(reader: PdfReader, gathering: Gathering) -> Iterator[str]:
    broken = 0
    for number, page in enumerate(reader.pages):
        if number >= gathering.limits.pages:
            raise gathering.enough(FileDefect.TRUNCATED)
        try:
            text = page.extract_text()
        except (PdfReadError, KeyError, ValueError, TypeError, AttributeError, IndexError, RecursionError):
            broken += 1
            gathering.told.defects.add(FileDefect.BROKEN)
            if broken > 20:  # a file of nothing else
                return
            continue
        yield text
