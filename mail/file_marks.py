"""What is dangerous about an attached file?  Told by its name, its type and what it really is.

A mark is a code that pages put into words.  None says that a file is harmless: that
nobody can tell.
"""

from collections.abc import Iterable
from enum import StrEnum

from mail.file_kinds import FileKind


class FileMark(StrEnum):
    """What somebody should know before they open a file."""

    PROGRAM = "program"
    MACROS = "macros"
    DOUBLE_ENDING = "double-ending"
    TURNED_NAME = "turned-name"
    DISGUISED = "disguised"
    PROGRAM_INSIDE = "program-inside"
    ENCRYPTED = "encrypted"

    @property
    def is_dangerous(self) -> bool:
        """Whether such a file is handed out only to who has read a warning."""
        return self is not FileMark.ENCRYPTED


# What systems run when it is opened, or mount so that something runs.
_PROGRAMS = frozenset(
    """
    apk app appimage application appref-ms appx appxbundle bas bash bat bin chm cmd com command cpl csh deb desktop
    diagcab dll dmg exe gadget hlp hta img inf ins iqy iso isp jar jnlp js jse ksh library-ms lnk mde mobileconfig
    msc msh msi msix msixbundle msp mst mpkg ocx pif pkg pl prg ps1 ps1xml psc1 psd1 psm1 py pyc pyw pyz rb reg
    rpm run scf scpt scr sct search-ms settingcontent-ms sh shb shs slk sys terminal url vb vbe vbs vhd vhdx vxd
    workflow ws wsc wsf wsh xbap xll zsh
    """.split()
)
_MACROS = frozenset("docm dotm xlsm xltm xlam xla pptm potm ppam ppsm sldm odb wll".split())
# What people take for harmless: before the real ending it makes a file look like it.
_HARMLESS = frozenset(
    """
    pdf doc docx xls xlsx ppt pptx odt ods odp rtf txt csv htm html jpg jpeg png gif tif tiff bmp webp svg heic mp3
    mp4 mov avi wav zip rar 7z eml msg ics vcf
    """.split()
)
# Characters that turn the direction of writing (Unicode Bidirectional Algorithm, 2).
_TURNING = frozenset("\u202b\u202d\u202e\u2067\u2068")
_PROGRAM_TYPES = frozenset(
    (
        "application/x-msdownload",
        "application/x-ms-dos-executable",
        "application/x-dosexec",
        "application/vnd.microsoft.portable-executable",
        "application/x-executable",
        "application/x-mach-binary",
        "application/x-msi",
        "application/x-sh",
        "application/hta",
        "application/java-archive",
        "application/x-iso9660-image",
        "application/x-apple-diskimage",
        "application/vnd.android.package-archive",
        "text/javascript",
        "application/javascript",
        "application/x-javascript",
        "text/vbscript",
    )
)
_RUNNING = frozenset((FileKind.PROGRAM, FileKind.SCRIPT, FileKind.SHORTCUT, FileKind.DISC_IMAGE))
_PACKED = frozenset(
    (
        FileKind.ZIP, FileKind.GZIP, FileKind.TAR, FileKind.BZIP2, FileKind.XZ, FileKind.SEVEN_ZIP, FileKind.RAR,
        FileKind.CABINET,
    )
)  # fmt: skip
_WRITTEN = frozenset((FileKind.HTML, FileKind.XML))
# Programs of the eighties and exports of bookkeeping name all that Excel or Word opens after them.
_OLD_OFFICE = frozenset((FileKind.OLE, FileKind.ZIP, FileKind.RTF, *_WRITTEN))
# Which contents a name may stand for.
_FITS: dict[str, frozenset[FileKind]] = {
    "pdf": frozenset({FileKind.PDF}),
    **dict.fromkeys(
        "docx xlsx pptx docm xlsm pptm xlsb".split(),
        frozenset((FileKind.ZIP, FileKind.OLE)),
    ),
    **dict.fromkeys("odt ods odp odg".split(), frozenset((FileKind.ZIP, FileKind.XML))),
    **dict.fromkeys("doc xls ppt dot xlt pps".split(), _OLD_OFFICE),
    "rtf": frozenset((FileKind.RTF, FileKind.ZIP, FileKind.OLE)),
    **dict.fromkeys("jpg jpeg png gif tif tiff bmp webp heic".split(), frozenset({FileKind.PICTURE})),
    **dict.fromkeys("mp3 mp4 mov avi wav m4a".split(), frozenset({FileKind.SOUND})),
    **dict.fromkeys("txt csv log md ics vcf".split(), _WRITTEN | {FileKind.RTF}),
    **dict.fromkeys("htm html".split(), _WRITTEN),
    **dict.fromkeys("zip gz tgz tar 7z rar bz2 xz".split(), _PACKED),
}


def ending(name: str) -> str:
    """Return what systems go by: what stands behind the last point, in lower case.

    Blanks and points at the end count for nothing where Windows opens the file.

    >>> ending("Rechnung.PDF"), ending("Rechnung.exe. "), ending("README")
    ('pdf', 'exe', '')
    """
    base = name.replace("\\", "/").rpartition("/")[2].rstrip(" .\u00a0\t")
    stem, point, last = base.rpartition(".")
    return last.strip().lower() if point and stem else ""


def is_program(name: str, type_: str = "") -> bool:
    """Tell whether a system runs the file when it is opened, by its name or declared type."""
    return ending(straight(name)) in _PROGRAMS or type_ in _PROGRAM_TYPES


def marks_of(
    name: str, type_: str, kind: FileKind | None, inside: Iterable[str] = ()
) -> tuple[FileMark, ...]:
    """Return what is to be known of a file.

    *kind* is what its content shows, None before somebody has looked; *inside* are the
    marks that were found within it.
    """
    found = {FileMark(code) for code in inside}
    shown = straight(name)
    last = ending(shown)
    if is_program(name, type_) or kind in _RUNNING:
        found.add(FileMark.PROGRAM)
    if last in _MACROS:
        found.add(FileMark.MACROS)
    if any(character in _TURNING for character in name):
        found.add(FileMark.TURNED_NAME)
    if last in _PROGRAMS | _MACROS and ending(shown.rstrip(" .")[: -len(last) - 1]) in _HARMLESS:
        found.add(FileMark.DOUBLE_ENDING)
    if kind is not None and kind is not FileKind.EMPTY and not _fits(last, type_, kind):
        found.add(FileMark.DISGUISED)
    return tuple(mark for mark in FileMark if mark in found)


def _fits(last: str, type_: str, kind: FileKind) -> bool:
    """Tell whether the content can be what the name says; without a name, what the type says."""
    if kind in {FileKind.TEXT, FileKind.OTHER}:  # shows nothing that could be held against a name
        return True
    if last in _FITS:
        return kind in _FITS[last]
    if type_ == "application/pdf" and not last:
        return kind in _FITS["pdf"]
    if type_.startswith("image/") and kind in _RUNNING:
        return False
    # A program that is named as what nobody knows, or not at all, does not say what it is.
    return kind is not FileKind.PROGRAM or last in _PROGRAMS or type_ in _PROGRAM_TYPES or not last


def straight(name: str) -> str:
    """Return a name without what turns the direction of writing, as systems read it."""
    return "".join(character for character in name if character not in _TURNING)
