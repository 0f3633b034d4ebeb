"""Is the service well?  For those who watch it, without login: nothing of the firm is told."""

from aiohttp import web

from web.config import HEALTH
from web.rights import Right, allowed

routes = web.RouteTableDef()


@routes.get("/health")
@allowed(Right.PUBLIC)
async def health(request: web.Request) -> web.Response:
    """200 while it runs, else 503; the checks as JSON."""
    state = await request.app[HEALTH]()
    status = {"status": state.word, "checks": dict(state.checks)}
    return web.json_response(status, status=200 if state.ok else 503)
