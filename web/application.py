"""All pages and the API as one application."""

from aiohttp import web

from ingest.budget import Budget
from ingest.source import Accept
from storage.jobs import JobQueue
from web import (
    account,
    belongings,
    bulk,
    capture_addresses,
    decide,
    duplicates,
    enquiries,
    enquiries_public,
    entries,
    forwards,
    health,
    held,
    imports,
    learnt,
    left_out,
    login,
    mailbox_forms,
    mailboxes,
    moving,
    notices,
    organisations,
    originals,
    own_fields,
    persons,
    search,
    sheets,
    signatures,
    staff,
    start,
    static,
    system,
    taking_back,
    threads,
    welcome,
)
from web.api import areas
from web.api.edge import answer_programs
from web.config import ACCEPT, BUDGET, CONFIG, HEALTH, QUEUE, HealthCheck, WebConfig
from web.guard import bind_browser, let_in, show_errors

_LARGEST_FORM = 1024 * 1024
_MIDDLEWARES = (answer_programs, show_errors, let_in)
_PAGES = (
    account,
    bulk,
    capture_addresses,
    decide,
    enquiries,
    enquiries_public,
    duplicates,
    entries,
    forwards,
    health,
    held,
    imports,
    learnt,
    left_out,
    login,
    mailbox_forms,
    mailboxes,
    moving,
    notices,
    organisations,
    originals,
    own_fields,
    persons,
    search,
    sheets,
    signatures,
    staff,
    start,
    static,
    system,
    taking_back,
    threads,
    welcome,
    belongings,  # last: its addresses have places for names
)


def application(
    config: WebConfig, *, accept: Accept, queue: JobQueue, budget: Budget, check_health: HealthCheck
) -> web.Application:
    """Return what serves every address of the installation; *budget* is the process's one for mail in memory.

    Start it inside `storage.connect.connected`: requests use the tables of the
    task that started the server.
    """
    app = web.Application(middlewares=_MIDDLEWARES, client_max_size=_LARGEST_FORM)
    app[CONFIG], app[ACCEPT], app[QUEUE], app[HEALTH] = config, accept, queue, check_health
    app[BUDGET] = budget
    app.on_response_prepare.append(bind_browser)
    for pages in _PAGES:
        app.add_routes(pages.routes)
    app.add_routes(areas.routes())
    return app
