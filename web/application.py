"""All pages and the API as one application."""

from aiohttp import web

from ingest.source import Accept
from storage.jobs import JobQueue
from web import (
    account,
    belongings,
    capture_addresses,
    entries,
    health,
    held,
    login,
    organisations,
    originals,
    persons,
    search,
    staff,
    start,
    static,
    system,
    threads,
    welcome,
)
from web.config import ACCEPT, CONFIG, HEALTH, QUEUE, HealthCheck, WebConfig
from web.guard import bind_browser, let_in, show_errors

_LARGEST_FORM = 1024 * 1024
_PAGES = (
    account,
    capture_addresses,
    entries,
    health,
    held,
    login,
    organisations,
    originals,
    persons,
    search,
    staff,
    start,
    static,
    system,
    threads,
    welcome,
    belongings,  # last: its addresses have places for names
)


def application(
    config: WebConfig, *, accept: Accept, queue: JobQueue, check_health: HealthCheck
) -> web.Application:
    """Return what serves every address of the installation.

    Start it inside `storage.connect.connected`: requests use the tables of the
    task that started the server.
    """
    app = web.Application(middlewares=[show_errors, let_in], client_max_size=_LARGEST_FORM)
    app[CONFIG], app[ACCEPT], app[QUEUE], app[HEALTH] = config, accept, queue, check_health
    app.on_response_prepare.append(bind_browser)
    for pages in _PAGES:
        app.add_routes(pages.routes)
    return app
