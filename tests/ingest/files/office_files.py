"""Files of office programs, made here: as small as they may be, and as programs write them."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from html import escape

from pypdf import PdfWriter

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """Return a zip archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def docx(*paragraphs: str, more: Mapping[str, str | bytes] | None = None) -> bytes:
    """Return a text document of Word."""
    body = "".join(f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" for text in paragraphs)
    document = f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": _TYPES, "word/document.xml": document, **(more or {})})


def xlsx(rows: Sequence[Sequence[str | float]]) -> bytes:
    """Return a spreadsheet of Excel: texts are shared strings, numbers stand in their cells."""
    texts = list(dict.fromkeys(cell for row in rows for cell in row if isinstance(cell, str)))
    shared = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
    cells = "".join(f"<row>{''.join(_cell(cell, texts) for cell in row)}</row>" for row in rows)
    return zipped(
        {
            "[Content_Types].xml": _TYPES,
            "xl/sharedStrings.xml": f'<sst xmlns="{_SHEET}">{shared}</sst>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_SHEET}"><sheetData>{cells}</sheetData></worksheet>',
        }
    )


def _cell(cell: str | float, texts: list[str]) -> str:
    if isinstance(cell, str):
        return f'<c t="s"><v>{texts.index(cell)}</v></c>'
    return f"<c><f>SUM(A1:A9)</f><v>{cell}</v></c>"


def pptx(*slides: str) -> bytes:
    """Return a presentation of PowerPoint, a line a slide."""
    written = {
        f"ppt/slides/slide{number}.xml": f'<p xmlns:a="{_DRAWING}"><a:p><a:r><a:t>{escape(text)}</a:t></a:r></a:p></p>'
        for number, text in enumerate(slides, start=1)
    }
    return zipped({"[Content_Types].xml": _TYPES, **written})


def opendocument(*paragraphs: str, kind: str = "text", manifest: str = "") -> bytes:
    """Return a file of LibreOffice: text, spreadsheet or presentation."""
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    body = "".join(f"<t:p>{escape(one)}<t:s/>·</t:p>" for one in paragraphs)
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": f'<d xmlns:t="{text}">{body}</d>',
            "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
        }
    )


def pdf(*pages: str, root: str = "") -> bytes:
    """Return a PDF with a page for each text, uncompressed (ISO 32000-1, 7.5)."""
    numbers = range(4, 4 + 2 * len(pages), 2)
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {root} >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{number} 0 R' for number in numbers)}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, text in zip(numbers, pages, strict=True):
        shown = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET"
        font = "/Resources << /Font << /F1 3 0 R >> >>"
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {font} /Contents {number + 1} 0 R >>",
            f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream",
        ]
    return _assembled([one.encode("cp1252") for one in objects])


def pdf_bomb(octets: int) -> bytes:
    """Return a small PDF whose page unpacks to so many octets of numbers."""
    packed = zlib.compress(b"0 " * (octets // 2))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        b"<< /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (len(packed), packed),
    ]
    return _assembled(objects)


def zip_of_names(count: int) -> bytes:
    """Return a zip archive that lists one and the same empty file so many times."""
    file = zipped({"a.txt": ""})
    start = file.index(b"PK\x01\x02")
    end = file.index(b"PK\x05\x06")
    listed = file[start:end] * count
    numbers = struct.pack("<HHII", 0xFFFF, 0xFFFF, len(listed), start)
    return file[:start] + listed + file[end : end + 8] + numbers + b"\x00\x00"


def encrypted_pdf(text: str, *, password: str) -> bytes:
    """Return a PDF that opens with a password; the empty one only forbids to change it."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf(text)))
    writer.encrypt(password, "owner", algorithm="AES-256")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def _assembled(objects: Sequence[bytes]) -> bytes:
    file, places = bytearray(b"%PDF-1.4\n"), []
    for number, one in enumerate(objects, start=1):
        places.append(len(file))
        file += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    start, count = len(file), len(objects) + 1
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    file += f"xref\n0 {count}\n0000000000 65535 f \n{table}".encode()
    file += f"trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(file)
