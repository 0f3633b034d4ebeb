"""What do the office files say that are zip archives of XML?  Those of Microsoft (ISO 29500) and OpenDocument."""

import re
import zipfile
from collections.abc import Iterator

from ingest.files.gathering import Gathering
from ingest.files.told import FileDefect
from ingest.files.xml import BrokenXml, Vocabulary, xml_texts
from mail.file_marks import FileMark

_WORD = Vocabulary(within=("t", "delText"), paragraphs=("p",), blanks=("tab", "br", "cr"))
_SLIDE = Vocabulary(within=("t",), paragraphs=("p",), blanks=("br",))
_STRINGS = Vocabulary(within=("t",), paragraphs=("si", "text"))
# A cell of type "s" holds the number of a shared string.
_SHEET = Vocabulary(
    within=("v", "t"), paragraphs=("row",), blanks=("c",), left_out=("f",), pointing=("c", "t", "s")
)
_OPEN = Vocabulary(
    paragraphs=("p", "h", "table-row"),
    blanks=("s", "tab", "line-break", "table-cell"),
    left_out=("binary-data",),
)
# In the order in which a person would read them.
_MEMBERS = (
    (re.compile(r"word/document\d*\.xml"), _WORD),
    (re.compile(r"word/(?:header|footer|footnotes|endnotes|comments)\d*\.xml"), _WORD),
    (re.compile(r"ppt/slides/slide\d+\.xml"), _SLIDE),
    (re.compile(r"ppt/notesSlides/notesSlide\d+\.xml"), _SLIDE),
    (re.compile(r"xl/sharedStrings\.xml"), _STRINGS),
    (re.compile(r"xl/worksheets/sheet\d+\.xml"), _SHEET),
    (re.compile(r"xl/(?:comments|threadedComments/threadedComment)\d+\.xml"), _STRINGS),
    (re.compile(r"(?:word|ppt|xl)/diagrams/data\d+\.xml"), _SLIDE),
    (re.compile(r"content\.xml"), _OPEN),
)
_MACRO_NAMES = re.compile(r"(?:.*/)?vbaProject\.bin|(?:Basic|Scripts)/.+/.+|xl/macrosheets/.+", re.IGNORECASE)
_DIGITS = re.compile(r"(\d+)")
_MANIFEST = "META-INF/manifest.xml"
_MOST_MANIFEST = 1024 * 1024


def is_office(names: set[str]) -> bool:
    """Tell an office file from any other zip archive by the names in it."""
    return "[Content_Types].xml" in names or {"mimetype", "content.xml"} <= names


def read_office(archive: zipfile.ZipFile, gathering: Gathering) -> None:
    """Gather the text of an office file, and whether it has macros or is encrypted."""
    told = gathering.told
    if any(_MACRO_NAMES.fullmatch(name) for name in archive.namelist()):
        told.marks.add(FileMark.MACROS)
    if _is_encrypted(archive):
        told.marks.add(FileMark.ENCRYPTED)
        told.defects.add(FileDefect.ENCRYPTED)
        return
    for name, vocabulary in _members(archive):
        try:
            with archive.open(name) as member:
                gathering.say_all(xml_texts(member, vocabulary, gathering))  # type: ignore[arg-type]
        except (BrokenXml, zipfile.BadZipFile):
            told.defects.add(FileDefect.BROKEN)


def _members(archive: zipfile.ZipFile) -> Iterator[tuple[str, Vocabulary]]:
    names = sorted(archive.namelist(), key=_by_number)
    for pattern, vocabulary in _MEMBERS:
        for name in names:
            if pattern.fullmatch(name):
                yield name, vocabulary
    if "mimetype" in names and "styles.xml" in names:  # headers and footers of OpenDocument
        yield "styles.xml", Vocabulary(within=("header", "footer"), paragraphs=("p",))


def _by_number(name: str) -> list[tuple[int, str]]:
    """Return what sorts slide 10 behind slide 9."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in _DIGITS.split(name[:200])]


def _is_encrypted(archive: zipfile.ZipFile) -> bool:
    try:
        with archive.open(_MANIFEST) as manifest:
            return b"encryption-data" in manifest.read(_MOST_MANIFEST)
    except (KeyError, RuntimeError, zipfile.BadZipFile):
        return False
