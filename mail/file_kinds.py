"""What is a file really?  Told by its first octets, and not by its name."""

from enum import StrEnum

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DISC_MARK, _DISC_AT = b"CD001", (0x8001, 0x8801, 0x9001)
_TAR_MARK, _TAR_AT = b"ustar", 257
_HEIF = frozenset((b"ftypheic", b"ftypavif", b"ftypmif1"))
_HEAD = 1024


class FileKind(StrEnum):
    """What the content of a file shows it to be."""

    EMPTY = "empty"
    PROGRAM = "program"
    SCRIPT = "script"
    SHORTCUT = "shortcut"
    DISC_IMAGE = "disc-image"
    PDF = "pdf"
    RTF = "rtf"
    ZIP = "zip"
    OLE = "ole"
    TAR = "tar"
    GZIP = "gzip"
    BZIP2 = "bzip2"
    XZ = "xz"
    SEVEN_ZIP = "7z"
    RAR = "rar"
    CABINET = "cabinet"
    PICTURE = "picture"
    SOUND = "sound"
    HTML = "html"
    XML = "xml"
    TEXT = "text"
    OTHER = "other"


_BEGINNINGS = (
    (b"%PDF-", FileKind.PDF),
    (b"{\\rtf", FileKind.RTF),
    (b"PK\x03\x04", FileKind.ZIP),
    (b"PK\x05\x06", FileKind.ZIP),
    (_OLE, FileKind.OLE),
    (b"\x1f\x8b", FileKind.GZIP),
    (b"BZh", FileKind.BZIP2),
    (b"\xfd7zXZ\x00", FileKind.XZ),
    (b"7z\xbc\xaf\x27\x1c", FileKind.SEVEN_ZIP),
    (b"Rar!\x1a\x07", FileKind.RAR),
    (b"MSCF\x00\x00\x00\x00", FileKind.CABINET),
    (b"\x7fELF", FileKind.PROGRAM),
    (b"\xca\xfe\xba\xbe", FileKind.PROGRAM),  # Mach-O for several processors, and classes of Java
    (b"\xfe\xed\xfa\xce", FileKind.PROGRAM),
    (b"\xfe\xed\xfa\xcf", FileKind.PROGRAM),
    (b"\xce\xfa\xed\xfe", FileKind.PROGRAM),
    (b"\xcf\xfa\xed\xfe", FileKind.PROGRAM),
    (b"dex\n03", FileKind.PROGRAM),
    (b"\x00asm", FileKind.PROGRAM),
    (b"#!", FileKind.SCRIPT),
    (b"L\x00\x00\x00\x01\x14\x02\x00", FileKind.SHORTCUT),
    (b"[InternetShortcut]", FileKind.SHORTCUT),
    (b"\x89PNG\r\n\x1a\n", FileKind.PICTURE),
    (b"\xff\xd8\xff", FileKind.PICTURE),
    (b"GIF87a", FileKind.PICTURE),
    (b"GIF89a", FileKind.PICTURE),
    (b"II*\x00", FileKind.PICTURE),
    (b"MM\x00*", FileKind.PICTURE),
    (b"ID3", FileKind.SOUND),
    (b"OggS", FileKind.SOUND),
    (b"fLaC", FileKind.SOUND),
)
_MARKUP = (
    (b"<!doctype html", FileKind.HTML),
    (b"<html", FileKind.HTML),
    (b"<?xml", FileKind.XML),
    (b"<svg", FileKind.XML),
)
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def kind_of(content: bytes) -> FileKind:
    """Return what a file is, as far as it shows.

    >>> kind_of(b"%PDF-1.7 ...").value, kind_of(b"Guten Tag").value
    ('pdf', 'text')
    """
    head = content[:_HEAD]
    if not head:
        return FileKind.EMPTY
    return _by_beginning(head, content) or _by_place(content) or _of_characters(head)


def _by_beginning(head: bytes, content: bytes) -> FileKind | None:
    if head.startswith(b"MZ") and _is_windows_program(content):
        return FileKind.PROGRAM
    if head[8:12] == b"WEBP" or head[4:12] in _HEIF:
        return FileKind.PICTURE
    return next((kind for beginning, kind in _BEGINNINGS if head.startswith(beginning)), None)


def _by_place(content: bytes) -> FileKind | None:
    """Return what a file is that is marked further back."""
    if content[_TAR_AT : _TAR_AT + len(_TAR_MARK)] == _TAR_MARK:
        return FileKind.TAR
    if content[-512:-508] == b"koly" or any(content.startswith(_DISC_MARK, at) for at in _DISC_AT):
        return FileKind.DISC_IMAGE
    return None


def _is_windows_program(content: bytes) -> bool:
    """Tell a program of DOS or Windows from a text that begins with the same two letters."""
    if len(content) < 64 or b"\x00" not in content[:64]:
        return False
    header = int.from_bytes(content[60:64], "little")
    return content[header : header + 2] in {b"PE", b"NE", b"LE", b"LX"} or content[2:4] != b"\x00\x00"


def _of_characters(head: bytes) -> FileKind:
    for mark in _BYTE_ORDER_MARKS:
        if head.startswith(mark):
            head = head[len(mark) :].replace(b"\x00", b"")
            break
    start = head.lstrip().lower()
    if b"%pdf-" in start:  # some put a few octets before it, and readers take it
        return FileKind.PDF
    for beginning, kind in _MARKUP:
        if start.startswith(beginning):
            return kind
    odd = sum(octet < 32 and octet not in b"\t\n\r\f\x1b" for octet in head)
    return FileKind.TEXT if odd == 0 else FileKind.OTHER
