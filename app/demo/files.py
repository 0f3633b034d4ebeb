"""What is attached to letters of the demonstration: small, but real files."""

import struct
import zlib
from dataclasses import dataclass

_PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>"


@dataclass(frozen=True, slots=True)
class File:
    """An attachment: its name, its MIME type, its octets."""

    name: str
    type: str
    octets: bytes


def file_named(name: str, lines: list[str]) -> File:
    """Return a file of the type that its name says, showing *lines*."""
    ending = name.rpartition(".")[2]
    if ending == "pdf":
        return File(name, "application/pdf", pdf(lines))
    if ending == "png":
        return File(name, "image/png", picture())
    return File(name, "text/csv", "\r\n".join(";".join(line.split()) for line in lines).encode())


def pdf(lines: list[str]) -> bytes:
    """Return a PDF of one page with *lines* of text (ISO 32000-1, 7.5)."""
    shown = "\n".join(f"({_escaped(line)}) Tj T*" for line in lines)
    text = f"BT /F1 12 Tf 16 TL 72 770 Td\n{shown}\nET".encode("cp1252", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        _PAGE.encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(text), text),
    ]
    return _assembled(objects)


def _assembled(objects: list[bytes]) -> bytes:
    octets, places = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(octets))
        octets += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return octets + (
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, len(octets))
    )


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def picture(width: int = 240, height: int = 160) -> bytes:
    """Return a PNG with a slope of browns, as a scratched table top looks from near (RFC 2083)."""
    rows = b"".join(
        b"\0" + b"".join(bytes((150 + (x * y) % 40, 110 + y // 4, 80 + x // 8)) for x in range(width))
        for y in range(height)
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(octets)) + kind + octets + struct.pack(">I", zlib.crc32(kind + octets))
        for kind, octets in chunks
    )
