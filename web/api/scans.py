"""Scans: hand one in, see how far it is, its pages, and put right into which letters it was parted."""

import asyncio
from contextlib import aclosing, closing
from datetime import UTC, datetime
from tempfile import TemporaryFile

from aiohttp import web
from pydantic import Field, field_validator

from ingest.letters.intake import Intake, NoScan, ScanNote
from ingest.letters.refusals import reason_of
from storage import letters, scan_reading
from storage.connect import transaction
from storage.jobs import ReadScan
from storage.page_words import unpacked_lines
from storage.scans import Scan, ScanPage, ScanSource, ScanState
from storage.storable import storable
from web.api.fields import Given, Paging
from web.api.messages import pieces
from web.api.operation import Area
from web.api.problem import Problem, wrong_field
from web.api.scan_answers import (
    ScanInFull,
    ScanRows,
    TakenScan,
    WordOnPage,
    WordsOfPage,
    scan_in_full,
    scan_summary,
)
from web.blob_answers import send_blob
from web.config import CONFIG, QUEUE
from web.forms import cleaned
from web.found import found, id_in
from web.rights import Right
from web.session import STAFF

area = Area("scans", "Files from the scanner: handed in, read page by page, and parted into letters.")
OCTETS = "application/octet-stream"
_LARGEST_NUMBER = 2**31 - 1


class HowToScan(Given):
    """What is known of a file besides its octets."""

    name: str = Field("", max_length=500, description="of the file")
    outgoing: bool = Field(False, strict=False, description="whether the letters are ours to others")

    @field_validator("name")
    @classmethod
    def _printable(cls, name: str) -> str:
        return cleaned(name)


class WhichScans(Paging):
    """Which scans."""

    state: ScanState | None = Field(None, strict=False)
    after: str | None = Field(None, pattern="^[0-9]{1,18}$", description="`after` of the page before")


@area.operation("POST", "/scans", Right.EDIT, status=202, takes=OCTETS, problems=[408])
async def add_scan(request: web.Request, query: HowToScan) -> TakenScan:
    """Hand in a PDF, TIFF, JPEG or PNG file; it is kept when this answers, and read soon after"""
    largest = request.app[CONFIG].largest_scan
    if request.content_length is not None and request.content_length > largest:
        raise _too_large(largest)
    with closing(TemporaryFile(dir=request.app[CONFIG].data_folder)) as file:
        size = 0
        async with aclosing(pieces(request)) as coming:
            async for octets in coming:
                size += len(octets)
                if size > largest:
                    raise _too_large(largest)
                await asyncio.to_thread(file.write, octets)
        note = ScanNote(
            name=storable(query.name, most=500),
            source=ScanSource.UPLOAD,
            received_at=datetime.now(UTC),
            is_outgoing=query.outgoing,
            staff_id=request[STAFF].id,
        )
        try:
            kept = await Intake(request.app[QUEUE], largest)(file, note)
        except NoScan as refused:
            raise wrong_field("", reason_of(refused.code, refused.parameters, "en")) from None
    return TakenScan(id=kept.scan_id, digest=kept.digest, known=kept.known, state=kept.state)


@area.operation("GET", "/scans", Right.READ)
async def list_scans(request: web.Request, query: WhichScans) -> ScanRows:
    """List scans, the newest first"""
    before = int(query.after) if query.after else None
    listed = await letters.scans(
        state=query.state, before=before, most=query.limit + 1, viewer=request[STAFF].id
    )
    page = listed[: query.limit]
    after = str(page[-1].id) if len(listed) > query.limit else None
    return ScanRows(rows=[scan_summary(one) for one in page], after=after)


@area.operation("GET", "/scans/{scan}", Right.READ)
async def show_scan(request: web.Request) -> ScanInFull:
    """Show how far a scan is, its pages, and the letters it became"""
    return await _answer(request)


@area.operation("POST", "/scans/{scan}/retry", Right.EDIT, problems=[409])
async def retry_scan(request: web.Request) -> ScanInFull:
    """Read a scan anew that failed or was rejected"""
    scan = await scan_in(request)
    async with transaction():
        if not await scan_reading.set_waiting(scan.id):
            raise Problem(409, "This scan neither failed nor was rejected.")
        await request.app[QUEUE].enqueue([ReadScan(scan.id)])
    return await _answer(request)


@area.operation("GET", "/scans/{scan}/original", Right.READ, gives=OCTETS)
async def fetch_scan(request: web.Request) -> web.StreamResponse:
    """Fetch the file byte for byte"""
    scan = await scan_in(request)
    return await send_blob(request, scan.digest, scan.size, OCTETS)


@area.operation("GET", "/scans/{scan}/pages/{number}/picture", Right.READ, gives="image/*")
async def fetch_page(request: web.Request) -> web.StreamResponse:
    """Fetch the picture of a page, upright as it was read"""
    side = await side_in(request)
    return await send_blob(request, side.image, side.image_size, side.image_type)


@area.operation("GET", "/scans/{scan}/pages/{number}/words", Right.READ)
async def show_words(request: web.Request) -> WordsOfPage:
    """Show the words of a page with their places, in millimetres from its upper left corner"""
    side = await side_in(request)
    return WordsOfPage(
        number=side.number,
        width=side.width,
        height=side.height,
        lines=[
            [
                WordOnPage(
                    text=word.text,
                    left=word.box.left,
                    top=word.box.top,
                    width=word.box.width,
                    height=word.box.height,
                    confidence=word.confidence,
                )
                for word in line.words
            ]
            for line in unpacked_lines(side.words)
        ],
    )


async def scan_in(request: web.Request) -> Scan:
    """Return the scan that the path names; NotFound unless all of it may be seen."""
    return found(await letters.scan(id_in(request, "scan"), request[STAFF].id))


async def side_in(request: web.Request) -> ScanPage:
    """Return the page that the path names."""
    scan, number = await scan_in(request), id_in(request, "number")
    return found(await letters.side(scan.id, min(number, _LARGEST_NUMBER)))


async def _answer(request: web.Request) -> ScanInFull:
    scan = await scan_in(request)
    return scan_in_full(scan, await letters.sides(scan.id))


def _too_large(largest: int) -> Problem:
    return Problem(413, f"The file has more than {largest} octets, which is the most that is taken.")
