"""What is printed for the scanner: separator sheets, and a card to try it with."""

from collections.abc import Awaitable

import structlog
from aiohttp import web

from mail.reply_card import CardSize
from outbound.sheets.printed import NotPrinted
from outbound.sheets.reply_card import sample_card
from outbound.sheets.separator import MOST_COPIES, separator_sheets
from web.config import CONFIG
from web.found import NotFound
from web.page import language_of
from web.rights import Right, allowed

routes = web.RouteTableDef()
SIZES = {"a6": CardSize.A6, "a5": CardSize.A5, "third-of-a4": CardSize.THIRD_OF_A4, "a4": CardSize.A4}
PDF = "application/pdf"
_USUAL_COPIES = "10"
_log = structlog.get_logger(__name__)


@routes.get("/scans/separator-sheets.pdf")
@allowed(Right.EDIT)
async def separators(request: web.Request) -> web.Response:
    """So many separator sheets as `copies` says."""
    copies = request.query.get("copies", _USUAL_COPIES)
    if not (copies.isascii() and copies.isdigit() and len(copies) <= 3 and 1 <= int(copies) <= MOST_COPIES):
        raise NotFound
    key = request.app[CONFIG].secret_key
    return pdf_response(await or_later(separator_sheets(int(copies), key=key)), "postbuch-separator-sheets")


@routes.get("/scans/sample-card.pdf")
@allowed(Right.EDIT)
async def sample(request: web.Request) -> web.Response:
    """A reply card to try printer and scanner with, in the reader's language."""
    size = SIZES.get(request.query.get("size", "a6"))
    if size is None:
        raise NotFound
    key = request.app[CONFIG].secret_key
    return pdf_response(
        await or_later(sample_card(size, language_of(request), key=key)), "postbuch-sample-card"
    )


async def or_later(printing: Awaitable[bytes]) -> bytes:
    """Return what was printed; 503 where it cannot be, with the reason in the log."""
    try:
        return await printing
    except NotPrinted as error:
        _log.error("not printed", reason=str(error))
        raise web.HTTPServiceUnavailable from None


def pdf_response(octets: bytes, name: str) -> web.Response:
    """Return a PDF that the browser may show, and keeps under this name."""
    shown = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return web.Response(body=octets, content_type=PDF, headers=shown)
