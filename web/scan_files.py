"""The files of scans and letters: pictures of their pages, the PDF that can be searched, the file as it came.

Each is shown to those alone who see the letter; a browser asks every time whether that is still so.
"""

import asyncio

from aiohttp import web

from ingest.letters.kinds import LOOKED_AT, ScanKind, scan_kind
from ingest.letters.shown import SMALL, shown_picture
from storage import blobs, letters
from storage.scans import Letter, Scan, ScanPage
from web.blob_answers import FEW_THREADS, send_blob, send_joined
from web.found import found, id_in
from web.originals import download_headers
from web.rights import Right, allowed
from web.session import STAFF

routes = web.RouteTableDef()
_ASKED_EACH_TIME = "private, no-cache"
_LARGEST_NUMBER = 2**31 - 1
_TYPES = {
    ScanKind.PDF: ("application/pdf", ".pdf"),
    ScanKind.TIFF: ("image/tiff", ".tif"),
    ScanKind.JPEG: ("image/jpeg", ".jpg"),
    ScanKind.PNG: ("image/png", ".png"),
}


@routes.get(r"/scans/{scan:\d+}/pages/{number:\d+}/picture")
@allowed(Right.READ)
async def picture_of_scan(request: web.Request) -> web.StreamResponse:
    """The picture of a page of a scan; ?size=small for a list."""
    scan = await scan_in(request)
    return await _picture(request, found(await letters.side(scan.id, _number_in(request))))


@routes.get(r"/letters/{letter:\d+}/pages/{number:\d+}/picture")
@allowed(Right.READ)
async def picture_of_letter(request: web.Request) -> web.StreamResponse:
    """The picture of a page of a letter, by its number in the scan."""
    letter = await letter_in(request)
    return await _picture(request, found(await letters.side_of_letter(letter.id, _number_in(request))))


@routes.get(r"/letters/{letter:\d+}/pdf")
@allowed(Right.READ)
async def searchable(request: web.Request) -> web.StreamResponse:
    """The letter as a PDF that can be searched, to be kept."""
    letter = await letter_in(request)
    digests = await letters.searchable_of(letter.id)
    headers = download_headers(f"{_title(letter)}.pdf", "application/pdf")
    return await send_joined(request, digests, headers)


@routes.get(r"/scans/{scan:\d+}/original")
@allowed(Right.READ)
async def original(request: web.Request) -> web.StreamResponse:
    """The file as the scanner made it, to be kept."""
    scan = await scan_in(request)
    beginning = (await blobs.beginnings([scan.digest])).get(scan.digest)
    kind = scan_kind(found(beginning)[:LOOKED_AT])
    type_, ending = _TYPES[kind] if kind else ("application/octet-stream", "")
    headers = download_headers(scan.name or f"scan-{scan.id}{ending}", type_)
    return await send_blob(request, scan.digest, scan.size, type_, headers)


async def scan_in(request: web.Request) -> Scan:
    """Return the scan that the path names; NotFound unless all of it may be seen."""
    return found(await letters.scan(id_in(request, "scan"), request[STAFF].id))


async def letter_in(request: web.Request) -> Letter:
    """Return the letter that the path names; NotFound unless it may be seen."""
    return found(await letters.letter(id_in(request, "letter"), request[STAFF].id))


def _number_in(request: web.Request) -> int:
    return min(id_in(request, "number"), _LARGEST_NUMBER)


async def _picture(request: web.Request, page: ScanPage) -> web.StreamResponse:
    longest = SMALL if request.query.get("size") == "small" else 0
    tag = f"{page.image[:32]}-{page.turned_by_hand}-{longest}"
    headers = {"Cache-Control": _ASKED_EACH_TIME, "ETag": f'"{tag}"'}
    if any(one.value == tag for one in request.if_none_match or ()):
        return web.Response(status=304, headers=headers)
    if not page.turned_by_hand and not longest:
        return await send_blob(request, page.image, page.image_size, page.image_type, headers)
    octets = await blobs.read(page.image)
    loop = asyncio.get_running_loop()
    made = await loop.run_in_executor(FEW_THREADS, _made, octets, page.turned_by_hand, longest)
    return web.Response(body=made, content_type="image/jpeg", headers=headers)


def _made(octets: bytes, turned: int, longest: int) -> bytes:
    return shown_picture(octets, turned=turned, longest=longest)


def _title(letter: Letter) -> str:
    entry = letter.entry
    return f"{entry.at:%Y-%m-%d} {entry.subject}".strip() if entry else f"postbuch-letter-{letter.id}"
