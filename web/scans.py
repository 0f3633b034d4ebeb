"""The scans: what came in, how far each is, what was no scan; a form for more; one scan with its pages."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from aiohttp import web

from storage import letters, scan_reading
from storage.connect import transaction
from storage.jobs import ReadScan
from storage.scans import Letter, Scan, ScanPage, ScanState
from web.config import CONFIG, QUEUE
from web.found import NotFound
from web.page import page
from web.rights import Right, allowed
from web.scan_files import scan_in
from web.scan_uploads import NotTaken, handed_in
from web.scan_words import SOURCES, STATES
from web.session import STAFF
from web.uploads import own_form

routes = web.RouteTableDef()
_MOST = 30
_DIGITS = 18
BUSY = frozenset({ScanState.WAITING, ScanState.READING})


@dataclass(slots=True)
class _Group:
    """Pages that stand together on the page of a scan: those of a letter, or such as belong to none."""

    letter: Letter | None
    pages: list[ScanPage] = field(default_factory=list)


@routes.get("/scans")
@allowed(Right.READ)
async def index(request: web.Request) -> web.Response:
    """The scans, the newest first, and a form for more."""
    return await _list(request)


@routes.post("/scans")
@allowed(Right.EDIT)
@own_form
async def upload(request: web.Request) -> web.Response:
    """Take files over; what is no scan is told at once."""
    handed = await handed_in(request)
    if handed.refused or not handed.taken:
        return await _list(
            request, refused=handed.refused, taken=len(handed.taken), nothing=not handed.refused
        )
    known = len(handed.taken) - len(handed.new)
    raise web.HTTPSeeOther(f"/scans?taken={len(handed.new)}&known={known}")


@routes.get(r"/scans/{scan:\d+}")
@allowed(Right.READ)
async def show(request: web.Request) -> web.Response:
    """One scan: its letters, each with its pages as small pictures, and what became of them."""
    return await shown_scan(request, await scan_in(request))


@routes.post(r"/scans/{scan:\d+}/again")
@allowed(Right.EDIT)
async def again(request: web.Request) -> web.Response:
    """Read a scan anew that could not be read."""
    scan = await scan_in(request)
    async with transaction():
        if await scan_reading.set_waiting(scan.id):
            await request.app[QUEUE].enqueue([ReadScan(scan.id)])
    raise web.HTTPSeeOther(f"/scans/{scan.id}")


async def shown_scan(
    request: web.Request, scan: Scan, *, problem: str = "", status: int = 200
) -> web.Response:
    """Show a scan; *problem* is the message id of what could not be done."""
    sides = await letters.sides(scan.id)
    return page(
        request,
        "scans/show.html",
        status=status,
        scan=scan,
        groups=_grouped(sides, list(scan.letters)),
        letters_in_order=[one.id for one in scan.letters],
        busy=scan.state in BUSY,
        states=STATES,
        sources=SOURCES,
        problem=problem,
    )


def _grouped(sides: Sequence[ScanPage], those: Sequence[Letter]) -> list[_Group]:
    """Return pages by letter, in the order of the scan; what was dropped stands where it lay."""
    by_id = {one.id: one for one in those}
    groups: dict[object, _Group] = {}
    for side in sides:
        letter = by_id.get(side.letter_id or 0)
        key: object = ("letter", letter.id) if letter else ("none", side.number)
        groups.setdefault(key, _Group(letter)).pages.append(side)
    return list(groups.values())


async def _list(
    request: web.Request, *, refused: Sequence[NotTaken] = (), taken: int = 0, nothing: bool = False
) -> web.Response:
    listed = await letters.scans(before=_number(request, "before"), most=_MOST + 1, viewer=request[STAFF].id)
    shown = listed[:_MOST]
    return page(
        request,
        "scans/list.html",
        status=422 if refused or nothing else 200,
        scans=shown,
        before=shown[-1].id if len(listed) > _MOST else None,
        busy=any(one.state in BUSY for one in shown),
        states=STATES,
        sources=SOURCES,
        refused=refused,
        nothing=nothing,
        taken=taken or _number(request, "taken") or 0,
        known=_number(request, "known") or 0,
        largest=request.app[CONFIG].largest_scan,
    )


def _number(request: web.Request, name: str) -> int | None:
    text = request.query.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
        raise NotFound
    return int(text)
