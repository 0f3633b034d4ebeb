"""A page: a template in the reader's language, with what every page shows."""

from functools import cache, partial
from typing import Any

from aiohttp import web
from jinja2 import Environment, PackageLoader, StrictUndefined

from storage.roster import FIRST_LOGIN
from storage.salutations import list_name
from storage.staff import Staff
from web import formats, import_words, mailbox_words, reasons, scan_words
from web.config import CONFIG, WebConfig
from web.i18n import LANGUAGES, accepted_language, translations
from web.names import (
    ACCESS_NAMES,
    KIND_NAMES,
    NOTICE_NAMES,
    NOTICE_PROBLEMS,
    NOTICE_STATES,
    STATE_NAMES,
)
from web.rights import Right, may
from web.session import STAFF, form_token
from web.static import asset_url


def page(
    request: web.Request, template: str, *, status: int = 200, spoken: str = "", **values: Any
) -> web.Response:
    """Return the response that shows *template*, in the language *spoken* or else the reader's."""
    staff = request.get(STAFF)
    language = spoken or language_of(request)
    html = (
        _environment(language, request.app[CONFIG])
        .get_template(template)
        .render(
            staff=staff,
            may=_may(staff),
            form_token=form_token(request),
            path=request.path,
            query=request.query,
            status=status,
            **values,
        )
    )
    return web.Response(text=html, content_type="text/html", charset="utf-8", status=status)


def language_of(request: web.Request) -> str:
    """Return the staff member's language; before they have chosen one, that of the login or the browser."""
    staff = request.get(STAFF)
    has_chosen = staff is not None and not (staff.login == FIRST_LOGIN and staff.password_is_temporary)
    chosen = staff.language if staff and has_chosen else request.query.get("language", "")
    return chosen if chosen in LANGUAGES else accepted_language(request)


def _may(staff: Staff | None) -> Any:
    return lambda right: staff is not None and may(staff.access, Right(right))


@cache
def _environment(language: str, config: WebConfig) -> Environment:
    """Return the templates in one language; `_` in them is that language's."""
    environment = Environment(
        loader=PackageLoader("web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    environment.filters.update(formats.filters(language, config.zone))
    environment.filters["reason"] = partial(reasons.sentence, translations(language).gettext)
    environment.filters["in_words"] = partial(mailbox_words.told, translations(language).gettext)
    environment.filters["wrong_line"] = partial(import_words.reason_in_words, translations(language).gettext)
    environment.filters["no_scan"] = partial(scan_words.refused_because, translations(language).gettext)
    environment.filters["list_name"] = list_name
    environment.filters["standing"] = mailbox_words.standing
    environment.filters["silent_since"] = mailbox_words.silent_since
    environment.globals.update(
        asset=asset_url,
        config=config,
        language=language,
        languages=LANGUAGES,
        access_names=ACCESS_NAMES,
        import_states=import_words.STATES,
        kind_names=KIND_NAMES,
        notice_names=NOTICE_NAMES,
        notice_problems=NOTICE_PROBLEMS,
        notice_states=NOTICE_STATES,
        page_problems=scan_words.PAGE_PROBLEMS,
        state_names=STATE_NAMES,
    )
    return environment
