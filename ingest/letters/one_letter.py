"""A scan file that holds one letter: its pages and its fields, without keeping anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.letters.fields.of_letter import fields_of
from ingest.letters.reading import ScanReader
from mail.letter import LetterFields, Page


@dataclass(frozen=True, slots=True)
class OneLetter:
    """What a file says: *pages* that are not blank, *fields*, and what was met on the way (*problems*)."""

    pages: tuple[Page, ...]
    fields: LetterFields
    problems: tuple[str, ...]


async def read_letter(scan: Path, *, today: date) -> OneLetter:
    """Return the letter in a scan file; all its pages are one letter.  ScanRefused where it cannot be read."""
    pages, problems = [], []
    with TemporaryDirectory(prefix="postbuch-letter-") as folder:
        async with ScanReader() as reader:
            async for read in reader.read(scan, Path(folder)):
                if read.problem:
                    problems.append(f"page-{read.problem}")
                elif read.page.is_blank:
                    problems.append("blank-page")
                    continue
                pages.append(read.page)
    return OneLetter(tuple(pages), _fields(pages, today), tuple(problems))


def _fields(pages: Sequence[Page], today: date) -> LetterFields:
    return fields_of(pages, today=today)
