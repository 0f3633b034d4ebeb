"""What is told of scans: how far they are, which way they came, why one is no scan, what became of a page."""

from collections.abc import Callable, Mapping

from storage.scans import ScanSource, ScanState
from web.i18n import N_

STATES: Mapping[ScanState, str] = {
    ScanState.WAITING: N_("waits"),
    ScanState.READING: N_("is being read"),
    ScanState.READ: N_("read"),
    ScanState.FAILED: N_("could not be read"),
    ScanState.REJECTED: N_("rejected"),
}
SOURCES: Mapping[ScanSource, str] = {
    ScanSource.FOLDER: N_("Folder"),
    ScanSource.UPLOAD: N_("Uploaded"),
    ScanSource.MAIL: N_("By e-mail"),
    ScanSource.ARCHIVE: N_("Archive"),
}
_OTHER = N_("This file cannot be read (%(code)s).")
_REFUSED: Mapping[str, str] = {
    "unknown-kind": N_("This is no PDF, TIFF, JPEG or PNG file."),
    "empty": N_("This file is empty."),
    "encrypted": N_("This PDF is protected by a password. Scan or save it without one."),
    "damaged": N_("This file is damaged and cannot be read. Scan it again."),
    "too-large": N_("This file is too large. At most %(most)s bytes are read."),
    "too-many-files": N_("These are too many files at once: at most %(most)s are taken."),
    "too-many-pages": N_("This file has too many pages: %(pages)s, at most %(most)s are read."),
    "too-many-pixels": N_(
        "A picture in this file is too large: %(pixels)s pixels, at most %(most)s are read."
    ),
    "bomb": N_("Opened, this file would grow beyond all measure. It is not read."),
    "active": N_("This PDF holds something that acts when it is opened (%(what)s). It is not read."),
    "too-long": N_("It took too long to open this file."),
    "only-blank": N_("All of its pages are blank."),
}
PAGE_PROBLEMS: Mapping[str, str] = {
    "too-long": N_("It took too long to read this page. Only its picture is kept."),
    "failed": N_("This page could not be read. Only its picture is kept."),
}
FIELDS: Mapping[str, str] = {
    "sender": N_("Sender"),
    "addressee": N_("Addressee"),
    "date_found": N_("Date"),
    "subject": N_("Subject"),
    "our_reference": N_("Our reference"),
    "your_reference": N_("Your reference"),
    "customer_number": N_("Customer number"),
    "salutation": N_("Salutation"),
    "phones": N_("Telephone"),
    "emails": N_("E-mail"),
    "webs": N_("Web site"),
    "ibans": N_("IBAN"),
    "tax_numbers": N_("UID or VAT number"),
}


class _Told(dict[str, str]):
    """What stands in a sentence; a question mark for what nobody told."""

    def __missing__(self, name: str) -> str:
        return "?"


def refused_because(gettext: Callable[[str], str], code: str, parameters: Mapping[str, str]) -> str:
    """Return the sentence that says why a file is no scan."""
    return gettext(_REFUSED.get(code, _OTHER)) % _Told({"code": code} | dict(parameters))
