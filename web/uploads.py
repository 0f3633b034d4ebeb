"""How does a file come in that is larger than a form may be?  By pieces to the disk, the form's token before it."""

import asyncio
import hashlib
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from aiohttp import BodyPartReader, web

from ingest.correspondents.own_files import folder_of
from web.config import CONFIG
from web.session import FORM_TOKEN, is_our_token

_Route = TypeVar("_Route", bound=Callable[..., Awaitable[Any]])
_MARK = "__postbuch_own_form__"
_PIECE, _LONGEST_VALUE = 64 * 1024, 4096
SILENT_SECONDS = 60.0


class TooLarge(Exception):
    """The file is larger than the settings allow."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that came whole: where it lies, its digest (SHA-256), how long it is."""

    path: Path
    digest: str
    size: int


def own_form(route: _Route) -> _Route:
    """Mark a page that reads its form itself, and looks at the form's token itself."""
    setattr(route, _MARK, True)
    return route


def reads_its_form_itself(route: Any) -> bool:
    """Tell whether a page was marked so."""
    return getattr(route, _MARK, False) is True


async def uploaded(request: web.Request) -> tuple[Kept | None, str]:
    """Return the file of a form and its name; None where none was chosen.

    TooLarge, HTTPForbidden: what came until then is forgotten.  The token stands before the
    file: of a form that is not ours nothing is kept.
    """
    if request.content_type != "multipart/form-data":
        raise web.HTTPForbidden
    reader = await request.multipart()
    is_ours = False
    while (part := await reader.next()) is not None:
        if not isinstance(part, BodyPartReader):
            raise web.HTTPForbidden
        if part.name == FORM_TOKEN:
            is_ours = is_our_token(
                request, (await part.read_chunk(_LONGEST_VALUE)).decode("utf-8", "replace")
            )
        elif not is_ours:
            raise web.HTTPForbidden
        elif part.name == "file":
            name = part.filename or ""
            kept = await keep(request, pieces_of(part))
            if kept.size:
                return kept, name
            await asyncio.to_thread(kept.path.unlink)
            return None, name
    if not is_ours:
        raise web.HTTPForbidden
    return None, ""


async def pieces_of(part: BodyPartReader) -> AsyncIterator[bytes]:
    """Yield a part of a form as it comes."""
    while piece := await part.read_chunk(_PIECE):
        yield piece


async def pieces_of_body(request: web.Request) -> AsyncIterator[bytes]:
    """Yield the body of a request as it comes.  TimeoutError if nothing more does."""
    while True:
        async with asyncio.timeout(SILENT_SECONDS):
            piece = await request.content.read(_PIECE)
        if not piece:
            return
        yield piece


async def keep(request: web.Request, pieces: AsyncIterator[bytes], *, most: int = 0) -> Kept:
    """Write a file to the disk as it comes, of at most *most* octets or else those of an import.  TooLarge."""
    config = request.app[CONFIG]
    largest = most or config.largest_import
    folder = await asyncio.to_thread(folder_of, config.data_folder)
    path = folder / secrets.token_hex(16)
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("xb") as file:
            async for piece in pieces:
                size += len(piece)
                if size > largest:
                    raise TooLarge
                await asyncio.to_thread(_take, file.write, digest.update, piece)
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise
    return Kept(path, digest.hexdigest(), size)


def _take(write: Callable[[bytes], Any], update: Callable[[bytes], Any], piece: bytes) -> None:
    write(piece)
    update(piece)
