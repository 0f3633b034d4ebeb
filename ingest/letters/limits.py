"""How much of a scan is read, so that none can exhaust time, memory or disk."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ScanLimits:
    """Limits of reading one scan.

    *octets* and *pages* are of the file, *pixels* of one picture, *seconds* of one page those of
    the processor, *memory* that of one process in octets (a reader has *workers* of
    them, each with one tesseract beside it).
    *languages* are those that letters may be in, by tesseract's names; the first is taken where nothing tells.
    """

    octets: int = 300_000_000
    pages: int = 1_000
    pixels: int = 150_000_000
    seconds: float = 60.0
    memory: int = 1024 * 1024 * 1024
    workers: int = 2
    languages: tuple[str, ...] = ("deu", "fra", "ita", "eng")


FOLDER_PREFIX = "postbuch-scans-"  # of where its processes keep what they are at
SCAN_LIMITS = ScanLimits()
