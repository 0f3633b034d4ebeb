"""What does a path or query name?  Ids and cursors as the browser sends them."""

from typing import TypeVar

from aiohttp import web

_Row = TypeVar("_Row")
_LARGEST_ID = 2**63 - 1


class NotFound(LookupError):
    """There is no such page, row or file."""


def found(row: _Row | None) -> _Row:
    """Return *row*; NotFound if there is none."""
    if row is None:
        raise NotFound
    return row


def id_in(request: web.Request, name: str) -> int:
    """Return the id in the path; NotFound where no row can have it."""
    text = request.match_info[name]
    if not (text.isascii() and text.isdigit()) or len(text) > 19 or int(text) > _LARGEST_ID:
        raise NotFound
    return int(text)
