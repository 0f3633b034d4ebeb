"""Which kind of file is a scan?  Told by its first octets; what it is called says nothing."""

from enum import StrEnum

_PDF_BEGINS_WITHIN = 1024  # ISO 32000-1, annex H.3.4.1
LOOKED_AT = 2048


class ScanKind(StrEnum):
    """What scanners deliver."""

    PDF = "pdf"
    TIFF = "tiff"
    JPEG = "jpeg"
    PNG = "png"


_BEGINNINGS = (
    (b"II*\0", ScanKind.TIFF),
    (b"MM\0*", ScanKind.TIFF),
    (b"II+\0", ScanKind.TIFF),
    (b"MM\0+", ScanKind.TIFF),
    (b"\xff\xd8\xff", ScanKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", ScanKind.PNG),
)


def scan_kind(head: bytes) -> ScanKind | None:
    """Return the kind of the file that begins with *head*; None where it is none that is read.

    >>> scan_kind(b"%PDF-1.7")
    <ScanKind.PDF: 'pdf'>
    >>> scan_kind(b"Dear Sir")
    """
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return kind
    return ScanKind.PDF if b"%PDF-" in head[:_PDF_BEGINS_WITHIN] else None
