"""What becomes of a scan is put right by hand: letters split and joined, pages dropped, restored, turned."""

from collections.abc import Awaitable

from aiohttp import web

from ingest.letters import correcting
from ingest.letters.filing import FilingMeans
from storage import letters
from storage.entries import Direction
from storage.scans import Letter, Scan
from web.config import CONFIG
from web.found import NotFound, id_in
from web.i18n import N_
from web.rights import Right, allowed
from web.scan_files import scan_in
from web.scans import shown_scan
from web.session import STAFF

routes = web.RouteTableDef()
_CANNOT = N_(
    "This cannot be done: the scan has changed meanwhile, or the letter would be left without pages."
)
_QUARTER = 90
_LARGEST_NUMBER = 2**31 - 1


@routes.post(r"/scans/{scan:\d+}/pages/{number:\d+}/split")
@allowed(Right.EDIT)
async def split(request: web.Request) -> web.Response:
    """Let a new letter begin with this page."""
    scan, number = await scan_in(request), _number_in(request)
    letter = await _letter_of_page(scan, number)
    doing = correcting.split_letter(letter.id, number, by=_by(request), means=_means(request))
    return await _done(request, scan, doing, number)


@routes.post(r"/scans/{scan:\d+}/letters/{letter:\d+}/join")
@allowed(Right.EDIT)
async def join(request: web.Request) -> web.Response:
    """Let a letter be part of the one before it."""
    scan = await scan_in(request)
    letter = _letter_in(request, scan)
    before = await correcting.letter_before(letter.id)
    if before is None:
        raise NotFound
    doing = correcting.join_letters(before, by=_by(request), means=_means(request))
    return await _done(request, scan, doing, letter.first_page)


@routes.post(r"/scans/{scan:\d+}/pages/{number:\d+}/drop")
@allowed(Right.EDIT)
async def drop(request: web.Request) -> web.Response:
    """Take a page out of its letter."""
    scan, number = await scan_in(request), _number_in(request)
    doing = correcting.drop_page(scan.id, number, by=_by(request), means=_means(request))
    return await _done(request, scan, doing, number)


@routes.post(r"/scans/{scan:\d+}/pages/{number:\d+}/restore")
@allowed(Right.EDIT)
async def restore(request: web.Request) -> web.Response:
    """Put a page that was dropped into the letter before it."""
    scan, number = await scan_in(request), _number_in(request)
    doing = correcting.restore_page(scan.id, number, by=_by(request), means=_means(request))
    return await _done(request, scan, doing, number)


@routes.post(r"/scans/{scan:\d+}/pages/{number:\d+}/turn")
@allowed(Right.EDIT)
async def turn(request: web.Request) -> web.Response:
    """Turn a page clockwise by a right angle."""
    scan, number = await scan_in(request), _number_in(request)
    return await _done(
        request, scan, correcting.turn_page(scan.id, number, _QUARTER, by=_by(request)), number
    )


@routes.post(r"/scans/{scan:\d+}/letters/{letter:\d+}/direction")
@allowed(Right.EDIT)
async def direction(request: web.Request) -> web.Response:
    """Let a letter have come in that had gone out, or the other way round."""
    scan = await scan_in(request)
    letter = _letter_in(request, scan)
    wanted = (await request.post()).get("direction")
    if wanted not in {Direction.INCOMING, Direction.OUTGOING}:
        raise NotFound
    doing = correcting.set_direction(
        letter.id, Direction(str(wanted)), by=_by(request), means=_means(request)
    )
    return await _done(request, scan, doing, letter.first_page)


async def _done(request: web.Request, scan: Scan, doing: Awaitable[object], number: int) -> web.Response:
    """Do it and go back to the page of the scan, to where it was done."""
    try:
        await doing
    except correcting.CannotCorrect:
        return await shown_scan(request, await scan_in(request), problem=_CANNOT, status=409)
    raise web.HTTPSeeOther(f"/scans/{scan.id}#page-{number}")


async def _letter_of_page(scan: Scan, number: int) -> Letter:
    """Return the letter of a scan to which a page belongs."""
    side = await letters.side(scan.id, number)
    for letter in scan.letters:
        if side is not None and side.letter_id == letter.id:
            return letter
    raise NotFound


def _letter_in(request: web.Request, scan: Scan) -> Letter:
    for letter in scan.letters:
        if letter.id == id_in(request, "letter"):
            return letter
    raise NotFound


def _number_in(request: web.Request) -> int:
    return min(id_in(request, "number"), _LARGEST_NUMBER)


def _by(request: web.Request) -> int:
    return int(request[STAFF].id)


def _means(request: web.Request) -> FilingMeans:
    return request.app[CONFIG].filing_letters
