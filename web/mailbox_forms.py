"""Setting up a mailbox: which provider, which login, and does it work?"""

import hmac
from datetime import date, timedelta

from aiohttp import web

from storage import mailboxes, roster
from storage.mailboxes import Mailbox, MailboxSetting
from storage.secrets import Seal
from web.config import CONFIG
from web.formats import today
from web.forms import Form, posted_form
from web.mailbox_fields import Filling, empty_form, filled_form, setting_in
from web.mailbox_steps import Taken, steps_to, works
from web.mailboxes import named
from web.page import page
from web.providers import PROVIDERS, Provider, provider_of
from web.rights import Right, allowed
from web.session import SESSION, STAFF

routes = web.RouteTableDef()
_BACK = timedelta(days=365)


@routes.get("/mailboxes/new")
@allowed(Right.ACCOUNT)
async def new(request: web.Request) -> web.Response:
    """Choose the provider, then fill in the form for it."""
    provider = PROVIDERS.get(request.query.get("provider", ""))
    if provider is None:
        return page(request, "mailboxes/providers.html", providers=PROVIDERS.values())
    form = empty_form(provider, request[STAFF], only_from=_a_year_ago(request))
    return await _form_page(request, form, provider)


@routes.post("/mailboxes/new")
@allowed(Right.ACCOUNT)
async def add(request: web.Request) -> web.Response:
    """Add a mailbox, once its steps work or somebody wants it all the same."""
    form, filling = await posted_form(request), _filling(request)
    setting = setting_in(form, filling, await roster.present())
    taken = await _tested(request, form, setting)
    if not form.ok or not works(taken):
        provider = PROVIDERS.get(request.query.get("provider", ""), provider_of(setting.host))
        return await _form_page(request, form, provider, setting=setting, taken=taken)
    added = await mailboxes.add(setting, by=request[STAFF].id)
    raise web.HTTPSeeOther(f"/mailboxes/{added.id}?saved={'tested' if taken else 'untested'}")


@routes.get("/mailboxes/{mailbox}/edit")
@allowed(Right.ACCOUNT)
async def edit(request: web.Request) -> web.Response:
    """The form that shows a mailbox, all but its secret."""
    mailbox = await named(request)
    return await _form_page(request, filled_form(mailbox), provider_of(mailbox.host), before=mailbox)


@routes.post("/mailboxes/{mailbox}/edit")
@allowed(Right.ACCOUNT)
async def change(request: web.Request) -> web.Response:
    """Change a mailbox, once its steps work or somebody wants it all the same."""
    mailbox, form = await named(request), await posted_form(request)
    setting = setting_in(form, _filling(request, mailbox), await roster.present())
    taken = await _tested(request, form, setting)
    if not form.ok or not works(taken):
        provider = provider_of(setting.host)
        return await _form_page(request, form, provider, before=mailbox, setting=setting, taken=taken)
    await mailboxes.change(mailbox.id, setting, by=request[STAFF].id)
    raise web.HTTPSeeOther(f"/mailboxes/{mailbox.id}?saved={'tested' if taken else 'untested'}")


@routes.post("/mailboxes/{mailbox}/test")
@allowed(Right.ACCOUNT)
async def test(request: web.Request) -> web.Response:
    """Take the steps to the mailbox one by one, and show which of them fails."""
    mailbox = await named(request)
    taken = await steps_to(request, mailbox)
    return page(request, "mailboxes/test.html", mailbox=mailbox, taken=taken, works=works(taken))


async def _tested(request: web.Request, form: Form, setting: MailboxSetting) -> list[Taken]:
    """Return the steps that were taken; none where the form is wrong, or nobody wants them."""
    if not form.ok or form.values.get("act") == "save":
        return []
    return await steps_to(request, setting)


async def _form_page(
    request: web.Request,
    form: Form,
    provider: Provider,
    *,
    before: Mailbox | None = None,
    setting: MailboxSetting | None = None,
    taken: list[Taken] | None = None,
) -> web.Response:
    """Return the form; with what was typed as secret, sealed, where it has to be sent once more."""
    kept = ""
    if setting and setting.secret and not (before and setting.secret == before.secret):
        kept = _filling(request).kept(setting.secret_kind, setting.secret)
    return page(
        request,
        "mailboxes/form.html",
        status=200 if setting is None else 422,
        form=form,
        provider=provider,
        mailbox=before,
        kept=kept,
        taken=taken or [],
        colleagues=await roster.present(),
    )


def _filling(request: web.Request, before: Mailbox | None = None) -> Filling:
    config, session = request.app[CONFIG], request[SESSION]
    mark_key = hmac.digest(config.secret_key, f"mailbox:{session.token_digest}".encode(), "sha256")
    return Filling(request[STAFF], Seal(config.data_folder), mark_key, before)


def _a_year_ago(request: web.Request) -> date:
    return today(request.app[CONFIG].zone) - _BACK
