"""Letters without paper: pages as a reader would give them, and scans whose file says what stands on them."""

import json
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from pypdf import PdfWriter

from ingest.letters.filing import FilingMeans
from ingest.letters.intake import Intake, ScanNote
from ingest.letters.reading import ReadPage, ScanRefused
from ingest.letters.work import ReadScans
from mail.letter import Box, Code, Line, Page, TextSource, Word
from mail.separator import separator_text
from storage.jobs import ReadScan, TableQueue
from storage.scan_intake import KeptScan
from storage.scans import Scan, ScanSource

SECRET = b"s" * 32
_PER_SIGN, _HIGH = 2.0, 4.0  # mm
Placed = tuple[float, float, str]


def line_at(left: float, top: float, text: str) -> Line:
    """Return a line of words that stands there."""
    words, at = [], left
    for written in text.split():
        words.append(Word(written, Box(at, top, len(written) * _PER_SIGN, _HIGH)))
        at += (len(written) + 1) * _PER_SIGN
    return Line(tuple(words))


def page_with(number: int, lines: Sequence[Placed], codes: Sequence[str] = ()) -> Page:
    """Return an A4 page with lines and QR codes on it; one without either is blank."""
    return Page(
        number,
        210,
        297,
        tuple(line_at(*line) for line in sorted(lines, key=lambda line: line[1])),
        tuple(Code("qr", code, Box(150, 20, 25, 25)) for code in codes),
        TextSource.LAYER,
        is_blank=not lines and not codes,
    )


SHEET: tuple[list[Placed], list[str]] = (
    [(60, 140, "Trennblatt")],
    [separator_text(key=SECRET)],
)
Side = tuple[list[Placed], list[str]]


def letter(
    sender: Sequence[str] = ("Muster Treuhand AG", "Bahnhofstrasse 1", "8001 Zürich"),
    addressee: Sequence[str] = ("Postbuch AG", "Marktgasse 4", "3011 Bern"),
    date: str = "Zürich, 2. März 2026",
    subject: str = "Offerte für das neue Dach",
    closing: str = "",
    text: Sequence[str] = ("Sehr geehrte Damen und Herren", "Gerne senden wir Ihnen unser Angebot."),
    foot: Sequence[str] = (),
    codes: Sequence[str] = (),
) -> Side:
    """Return the only side of a letter: Swiss, window on the right."""
    lines: list[Placed] = [(20, 15 + 5 * row, line) for row, line in enumerate(sender)]
    lines += [(120, 52 + 5 * row, line) for row, line in enumerate(addressee)]
    lines += [(20, 92, date), (20, 106, subject)] if subject else [(20, 92, date)]
    lines += [(20, 120 + 8 * row, line) for row, line in enumerate(text)]
    lines += [(20, 160, "Freundliche Grüsse"), (20, 175, closing)] if closing else []
    lines += [(20, 280 + 5 * row, line) for row, line in enumerate(foot)]
    return lines, list(codes)


def scan_of(*sides: Side, refused: str = "") -> bytes:
    """Return the file of a scan that `StandIn` reads."""
    return json.dumps({"sides": sides, "refused": refused}).encode()


@dataclass(slots=True)
class StandIn:
    """Reads such files; pages in *failing* have a problem, and it breaks off before page *break_at*."""

    failing: set[int] = field(default_factory=set)
    break_at: int = 0
    read_pages: list[int] = field(default_factory=list)

    async def read(
        self, scan: Path, folder: Path, *, told: Callable[[int, int], None], first: int = 1
    ) -> AsyncIterator[ReadPage]:
        """See `ingest.letters.work.Reader`."""
        said = json.loads(scan.read_bytes())
        if said["refused"]:
            raise ScanRefused(said["refused"])
        sides = said["sides"]
        for number, (lines, codes) in enumerate(sides, start=1):
            if number < first:
                continue
            if number == self.break_at:
                raise RuntimeError("killed")
            image, pdf = folder / f"{number}.jpg", folder / f"{number}.pdf"
            image.write_bytes(b"picture %d" % number)
            blank = PdfWriter()
            blank.add_blank_page(595, 842)
            blank.write(pdf)
            self.read_pages.append(number)
            told(number, len(sides))
            page = page_with(number, lines, codes)
            yield ReadPage(page, image, pdf, "failed" if number in self.failing else "")


@dataclass(slots=True)
class Desk:
    """Takes scans, and reads and files them at once."""

    folder: Path
    reader: StandIn = field(default_factory=StandIn)
    means: FilingMeans = field(default_factory=lambda: FilingMeans(SECRET, ("Postbuch AG",)))
    rejected: list[tuple[int, str]] = field(default_factory=list)

    async def take(self, *sides: Side, refused: str = "", **note: Any) -> KeptScan:
        """Take a scan that came on 5 March 2026."""
        told: dict[str, Any] = {
            "name": "scan.pdf",
            "source": ScanSource.UPLOAD,
            "received_at": datetime(2026, 3, 5, 9, tzinfo=UTC),
        }
        raw = BytesIO(scan_of(*sides, refused=refused))
        return await Intake(TableQueue(), 10_000_000)(raw, ScanNote(**(told | note)))

    async def work(self) -> None:
        """Read and file what waits."""
        queue = TableQueue(only=frozenset({ReadScan.kind}))
        while jobs := await queue.claim(1):
            await self.scans(jobs, queue=queue)

    @property
    def scans(self) -> ReadScans:
        """What does the jobs."""
        return ReadScans(self.reader, self.means, self.folder, self._reject)

    async def file(self, *sides: Side, **note: Any) -> int:
        """Take a scan and file it; return its number."""
        kept = await self.take(*sides, **note)
        await self.work()
        return kept.scan_id

    async def _reject(self, scan: Scan, refused: ScanRefused) -> None:
        self.rejected.append((scan.id, refused.code))
