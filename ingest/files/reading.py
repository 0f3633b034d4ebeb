"""What does this file say?  Any bytes in; what was found, and what is wrong, out."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field

from ingest.files.archives import has_reasonable_directory, list_gzip, list_single, list_tar, list_zip
from ingest.files.gathering import Enough, Gathering
from ingest.files.limits import FileLimits
from ingest.files.mails import read_mail, read_outlook
from ingest.files.office import is_office, read_office
from ingest.files.ole import read_ole, sheets
from ingest.files.pdf import read_pdf
from ingest.files.rtf import rtf_texts
from ingest.files.told import FileDefect, Told
from mail.charset import decode
from mail.defects import Defects
from mail.file_kinds import FileKind, kind_of
from mail.file_marks import FileMark, ending
from mail.text import html_text

_MAIL_TYPES = frozenset(("message/rfc822", "message/global"))
_MOST_TEXT = 4 * 1024 * 1024  # octets of a text that are looked at
_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was attached; *depth* is how many others it lies in."""

    name: str
    type: str
    content: bytes = field(repr=False)
    charset: str | None = None
    depth: int = 0


class TooSlow(BaseException):
    """The time for a file is over: raised by a clock, in the middle of anything.

    No reader of a format may take it for an error of the file.
    """


def read_file(file: File, limits: FileLimits) -> Told:
    """Return what a file says; never fails, whatever it is, and keeps what was read before a limit."""
    told = Told()
    try:
        _read(file, Gathering(limits, told))
    except Enough:
        pass
    except TooSlow:
        told.defects.add(FileDefect.TOO_SLOW)
    except MemoryError:
        told.defects.add(FileDefect.TOO_LARGE)
    return told


def _read(file: File, gathering: Gathering) -> None:
    """Gather what a file says; a broken one keeps nothing else from being read.  Enough at a limit."""
    try:
        _read_by_kind(file, gathering)
    except (Enough, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - readers of other people's formats raise anything on a hostile file
        gathering.told.defects.add(FileDefect.BROKEN)


def _read_by_kind(file: File, gathering: Gathering) -> None:
    kind = kind_of(file.content)
    if file.depth == 0:
        gathering.told.kind = kind
    elif kind is FileKind.PROGRAM:
        gathering.told.marks.add(FileMark.PROGRAM_INSIDE)
    if file.type in _MAIL_TYPES or ending(file.name) == "eml":
        _read_inside(file, gathering, read_mail)
    elif kind in _READERS:
        _READERS[kind](file, gathering)
    elif kind is not FileKind.EMPTY:
        gathering.told.defects.add(FileDefect.NOT_READ)


def _read_inside(
    file: File,
    gathering: Gathering,
    read: Callable[[bytes, Gathering, Callable[[str, str, bytes], None]], None],
) -> None:
    """Read a mail, and the files in it as far as it is not too deep."""
    if file.depth >= gathering.limits.depth:
        gathering.told.defects.add(FileDefect.TOO_DEEP)
        return

    def read_attached(name: str, type_: str, content: bytes) -> None:
        gathering.pack(name, len(content))
        gathering.say(name)
        gathering.unpack(len(content))
        _read(File(name, type_, content, depth=file.depth + 1), gathering)

    read(file.content, gathering, read_attached)


def _pdf(file: File, gathering: Gathering) -> None:
    read_pdf(file.content, gathering)


def _rtf(file: File, gathering: Gathering) -> None:
    gathering.say_all(rtf_texts(file.content))


def _zip(file: File, gathering: Gathering) -> None:
    if not has_reasonable_directory(file.content):
        raise gathering.enough(FileDefect.TOO_LARGE)
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        names = set(archive.namelist())
        if not is_office(names):
            list_zip(archive, gathering)
            return
        if "xl/workbook.bin" in names:
            gathering.say_all(sheets(file.content, gathering))
        read_office(archive, gathering)


def _ole(file: File, gathering: Gathering) -> None:
    if ending(file.name) == "msg" or file.type == "application/vnd.ms-outlook":
        _read_inside(file, gathering, read_outlook)
    else:
        read_ole(file.content, file.name, gathering)


def _tar(file: File, gathering: Gathering) -> None:
    list_tar(file.content, gathering)


def _gzip(file: File, gathering: Gathering) -> None:
    list_gzip(file.content, file.name, gathering)


def _single(file: File, gathering: Gathering) -> None:
    list_single(kind_of(file.content), file.name, gathering)


def _unlisted(_file: File, gathering: Gathering) -> None:
    gathering.told.defects.add(FileDefect.NOT_LISTED)


def _html(file: File, gathering: Gathering) -> None:
    gathering.say(html_text(_characters(file, gathering)))


def _text(file: File, gathering: Gathering) -> None:
    html = file.type == "text/html" or ending(file.name) in {"htm", "html"}
    text = _characters(file, gathering)
    gathering.say(html_text(text) if html else text)


def _characters(file: File, gathering: Gathering) -> str:
    octets, charset = file.content, file.charset
    if len(octets) > _MOST_TEXT:
        gathering.told.defects.add(FileDefect.TRUNCATED)
        octets = octets[:_MOST_TEXT]
    for mark, codec in _BYTE_ORDER_MARKS:
        if octets.startswith(mark):
            octets, charset = octets[len(mark) :], codec
    return decode(octets, charset, Defects())


_READERS: dict[FileKind, Callable[[File, Gathering], None]] = {
    FileKind.PDF: _pdf,
    FileKind.RTF: _rtf,
    FileKind.ZIP: _zip,
    FileKind.OLE: _ole,
    FileKind.TAR: _tar,
    FileKind.GZIP: _gzip,
    FileKind.BZIP2: _single,
    FileKind.XZ: _single,
    FileKind.SEVEN_ZIP: _unlisted,
    FileKind.RAR: _unlisted,
    FileKind.CABINET: _unlisted,
    FileKind.HTML: _html,
    FileKind.XML: _text,
    FileKind.TEXT: _text,
    FileKind.SCRIPT: _text,
}
