"""Letters: what was read on one, its PDF, and putting right by hand into which letters a scan was parted."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from aiohttp import web
from pydantic import Field

from ingest.letters import correcting
from ingest.letters.correcting import CannotCorrect
from storage import letters
from storage.entries import Direction
from storage.scans import Letter
from web.api.fields import Given
from web.api.operation import Area
from web.api.problem import Problem
from web.api.scan_answers import LetterInFull, ScanInFull, letter_in_full, scan_in_full
from web.api.scans import scan_in, side_in
from web.blob_answers import send_joined
from web.config import CONFIG
from web.found import found, id_in
from web.rights import Right
from web.session import STAFF

area = Area("letters", "Letters that were scanned: what stands on them, and of which pages they are.")
PDF = "application/pdf"


class WhereToSplit(Given):
    """From which page on (its number in the scan) another letter begins."""

    page: int = Field(ge=1, le=2**31 - 1)


class WhichNeighbour(Given):
    """Whether the letter becomes one with the one before it or after it in its scan."""

    with_: Literal["before", "after"] = Field(alias="with")


class WhichWay(Given):
    """Which way the letter went."""

    direction: Literal["incoming", "outgoing"]


class HowToTurn(Given):
    """By how many degrees clockwise a page is turned."""

    degrees: Literal[90, 180, 270]


@area.operation("GET", "/letters/{letter}", Right.READ)
async def show_letter(request: web.Request) -> LetterInFull:
    """Show a letter: its pages, what was read on it, and what spoke for whom"""
    return letter_in_full(await letter_in(request))


@area.operation("GET", "/entries/{entry}/letter", Right.READ)
async def show_letter_of_entry(request: web.Request) -> LetterInFull:
    """Show the letter of which an entry was made"""
    entry_id = id_in(request, "entry")
    return letter_in_full(found(await letters.letter_of_entry(entry_id, request[STAFF].id)))


@area.operation("GET", "/letters/{letter}/pdf", Right.READ, gives=PDF)
async def fetch_letter(request: web.Request) -> web.StreamResponse:
    """Fetch a letter as a PDF that can be searched"""
    letter = await letter_in(request)
    digests = await letters.searchable_of(letter.id)
    return await send_joined(request, digests, {"Content-Type": PDF, "Cache-Control": "private, no-cache"})


@area.operation("POST", "/letters/{letter}/split", Right.EDIT, problems=[409])
async def split_letter(request: web.Request, body: WhereToSplit) -> LetterInFull:
    """Let the pages from one on be a letter of their own; that one is answered"""
    letter = await letter_in(request)
    with _told():
        made = await correcting.split_letter(
            letter.id, body.page, by=request[STAFF].id, means=request.app[CONFIG].filing_letters
        )
    return await _shown(request, made)


@area.operation("POST", "/letters/{letter}/join", Right.EDIT, problems=[409])
async def join_letters(request: web.Request, body: WhichNeighbour) -> LetterInFull:
    """Let a letter become one with the one before or after it in its scan"""
    letter = await letter_in(request)
    first: int | None = letter.id
    if body.with_ == "before":
        first = await correcting.letter_before(letter.id)
    with _told():
        if first is None:
            raise CannotCorrect(str(letter.id))
        means = request.app[CONFIG].filing_letters
        made = await correcting.join_letters(first, by=request[STAFF].id, means=means)
    return await _shown(request, made)


@area.operation("POST", "/letters/{letter}/match", Right.EDIT, problems=[409])
async def match_letter(request: web.Request) -> LetterInFull:
    """Read and match a letter anew, with what is known now; what a person decided of it stays"""
    letter = await letter_in(request)
    with _told():
        means = request.app[CONFIG].filing_letters
        await correcting.match_again(letter.id, by=request[STAFF].id, means=means)
    return await _shown(request, letter.id)


@area.operation("POST", "/letters/{letter}/direction", Right.EDIT, problems=[409])
async def set_direction(request: web.Request, body: WhichWay) -> LetterInFull:
    """Say that a letter came in or went out; it is matched anew with its sender or addressee"""
    letter = await letter_in(request)
    with _told():
        await correcting.set_direction(
            letter.id,
            Direction(body.direction),
            by=request[STAFF].id,
            means=request.app[CONFIG].filing_letters,
        )
    return await _shown(request, letter.id)


@area.operation("POST", "/scans/{scan}/pages/{number}/drop", Right.EDIT, problems=[409])
async def drop_page(request: web.Request) -> ScanInFull:
    """Take a page out of its letter; it is kept, and can be brought back"""
    side = await side_in(request)
    with _told():
        means = request.app[CONFIG].filing_letters
        await correcting.drop_page(side.scan_id, side.number, by=request[STAFF].id, means=means)
    return await _scan(request)


@area.operation("POST", "/scans/{scan}/pages/{number}/restore", Right.EDIT, problems=[409])
async def restore_page(request: web.Request) -> ScanInFull:
    """Put a dropped page back into the letter before it; where there is none, it is a letter of its own"""
    side = await side_in(request)
    with _told():
        means = request.app[CONFIG].filing_letters
        await correcting.restore_page(side.scan_id, side.number, by=request[STAFF].id, means=means)
    return await _scan(request)


@area.operation("POST", "/scans/{scan}/pages/{number}/turn", Right.EDIT, problems=[409])
async def turn_page(request: web.Request, body: HowToTurn) -> ScanInFull:
    """Turn how a page is shown; what was read on it stays"""
    side = await side_in(request)
    with _told():
        await correcting.turn_page(side.scan_id, side.number, body.degrees, by=request[STAFF].id)
    return await _scan(request)


async def letter_in(request: web.Request) -> Letter:
    """Return the letter that the path names; NotFound unless it may be seen."""
    return found(await letters.letter(id_in(request, "letter"), request[STAFF].id))


async def _shown(request: web.Request, letter_id: int) -> LetterInFull:
    return letter_in_full(found(await letters.letter(letter_id, request[STAFF].id)))


async def _scan(request: web.Request) -> ScanInFull:
    scan = await scan_in(request)
    return scan_in_full(scan, await letters.sides(scan.id))


@contextmanager
def _told() -> Iterator[None]:
    """Say what hinders a correction."""
    try:
        yield
    except CannotCorrect:
        problem = "The letter or page is gone or has changed, or this would leave a letter without pages."
        raise Problem(409, problem) from None
