"""Style, script and pictures of the pages, from memory, named by what they hold."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from aiohttp import web

from web.found import NotFound
from web.rights import Right, allowed

routes = web.RouteTableDef()
_FOLDER = Path(__file__).parent / "static"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_FOR_A_YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that pages refer to."""

    content: bytes
    type: str
    digest: str


def asset_url(name: str) -> str:
    """Return the address of an asset; it changes with the content, so that browsers may keep it."""
    return f"/static/{_assets()[name].digest}/{name}"


@routes.get("/static/{digest}/{name}")
@allowed(Right.PUBLIC)
async def static(request: web.Request) -> web.Response:
    """An asset, to be kept for a year where its digest is the one asked for."""
    asset = _assets().get(request.match_info["name"])
    if asset is None:
        raise NotFound
    headers = {}
    if asset.digest == request.match_info["digest"]:
        headers["Cache-Control"] = _FOR_A_YEAR
    response = web.Response(body=asset.content, content_type=asset.type, charset="utf-8", headers=headers)
    response.enable_compression()
    return response


@cache
def _assets() -> dict[str, Asset]:
    """Return all assets.  The style is written in several files and sent as one."""
    style = b"\n".join(path.read_bytes() for path in sorted((_FOLDER / "style").glob("*.css")))
    files = {"postbuch.css": style}
    files |= {path.name: path.read_bytes() for path in _FOLDER.iterdir() if path.is_file()}
    return {
        name: Asset(content, _TYPES[Path(name).suffix], hashlib.sha256(content).hexdigest()[:16])
        for name, content in files.items()
    }
