"""May a PDF be read as a scan, and how many pages has it?"""

from pathlib import Path

import pypdfium2
from pypdfium2 import raw as pdfium

from ingest.letters.limits import ScanLimits
from ingest.letters.pdf_dangers import refuse_dangers
from ingest.letters.refusal import Refusal, ScanRefused

_TAIL = 64 * 1024


def pdf_pages(scan: Path, limits: ScanLimits) -> int:
    """Return how many pages a PDF has; ScanRefused where it is locked, cut off, a bomb, or would do something."""
    with scan.open("rb") as file:
        file.seek(max(0, scan.stat().st_size - _TAIL))
        if b"startxref" not in file.read():
            raise ScanRefused(Refusal.DAMAGED, {"how": "truncated"})
    with open_pdf(scan) as document:
        pages = len(document)
    if not pages:
        raise ScanRefused(Refusal.DAMAGED, {"how": "no pages"})
    if pages > limits.pages:
        raise ScanRefused(Refusal.TOO_MANY_PAGES, {"pages": f"{pages}", "most": f"{limits.pages}"})
    refuse_dangers(scan, limits)
    return pages


def open_pdf(scan: Path) -> pypdfium2.PdfDocument:
    """Return a PDF opened, with the empty password where it has one that only forbids to print or change it."""
    try:
        return pypdfium2.PdfDocument(scan)
    except pypdfium2.PdfiumError as error:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD:
            raise ScanRefused(Refusal.ENCRYPTED) from error
        raise ScanRefused(Refusal.DAMAGED, {"how": "structure"}) from error
