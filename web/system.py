"""How the service runs: version, database, jobs, disk."""

import asyncio
import shutil

from aiohttp import web

from storage import jobs, schema, state
from web.config import CONFIG, HEALTH
from web.forms import posted_form
from web.page import page
from web.rights import Right, allowed

routes = web.RouteTableDef()
LEAST_FREE = 2_000_000_000  # octets of disk below which it is time to do something
_MOST_DEAD = 100


@routes.get("/system")
@allowed(Right.ADMINISTER)
async def show(request: web.Request) -> web.Response:
    """All that one looks at when something seems wrong."""
    disk = await asyncio.to_thread(shutil.disk_usage, request.app[CONFIG].data_folder)
    return page(
        request,
        "system.html",
        health=await request.app[HEALTH](),
        database=await state.database_version(),
        migrations=schema.all_migrations(),
        jobs=await jobs.waiting(),
        dead=await jobs.dead_jobs(most=_MOST_DEAD),
        received=await state.received(),
        disk=disk,
        disk_is_short=disk.free < LEAST_FREE,
    )


@routes.post("/system/retry")
@allowed(Right.ADMINISTER)
async def retry(request: web.Request) -> web.Response:
    """Queue given-up jobs anew: one, or all."""
    number = (await posted_form(request)).text("job", most=18)
    await jobs.retry_dead([int(number)] if number.isascii() and number.isdigit() else None)
    raise web.HTTPSeeOther("/system")
