"""Which areas does the API have?  A new one is one file, and one line here."""

from functools import cache

from aiohttp import web

from web.api import (
    belongings,
    duplicates,
    entries,
    facts,
    forwards,
    held,
    imports,
    left_out,
    letters,
    mailboxes,
    me,
    messages,
    organisations,
    own_fields,
    persons,
    scans,
    sheets,
)
from web.api.openapi import Schema, document
from web.api.operation import PREFIX
from web.config import CONFIG
from web.rights import Right, allowed

AREAS = (
    me.area,
    organisations.area,
    persons.area,
    belongings.area,
    own_fields.area,
    duplicates.area,
    entries.area,
    forwards.area,
    messages.area,
    held.area,
    scans.area,
    letters.area,
    facts.area,
    mailboxes.area,
    left_out.area,
    imports.area,
    sheets.area,
)


def routes() -> list[web.RouteDef]:
    """Return every operation, and the document of all."""
    operations = [operation.route() for area in AREAS for operation in area.operations]
    return [web.get(f"{PREFIX}/openapi.json", openapi), *operations]


@allowed(Right.PUBLIC)
async def openapi(request: web.Request) -> web.Response:
    """The document of the API; it tells nothing of the firm."""
    return web.json_response(_document(request.app[CONFIG].staff_url))


@cache
def _document(staff_url: str) -> Schema:
    return document(AREAS, staff_url=staff_url)
