"""Setting up a mailbox: which provider, which login, and does it work?"""

import hmac
from dataclasses import replace
from datetime import date, timedelta

from aiohttp import web

from storage import mailboxes, roster
from storage.mailboxes import Mailbox, MailboxProblem, MailboxSetting
from storage.secrets import Seal
from web.config import CONFIG
from web.formats import today
from web.forms import Form, posted_form
from web.mailbox_fields import Filling, empty_form, filled_form, setting_in
from web.mailbox_steps import PARTS, Tried, tested
from web.mailboxes import named
from web.page import page
from web.providers import PROVIDERS, Provider, provider_of
from web.rights import Right, allowed
from web.session import SESSION, STAFF

routes = web.RouteTableDef()
_BACK = timedelta(days=365)
_REFUSED = frozenset({MailboxProblem.LOGIN_REFUSED, MailboxProblem.TOKEN_REFUSED})


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
    form = await posted_form(request)
    setting = setting_in(form, _filling(request), await roster.present())
    test = await _wanted_test(request, form, setting)
    if not form.ok or not test.works:
        provider = PROVIDERS.get(request.query.get("provider", ""), provider_of(setting.host))
        return await _form_page(request, form, provider, setting=setting, test=test)
    added = await mailboxes.add(replace(setting, secret=test.secret), by=request[STAFF].id)
    raise web.HTTPSeeOther(f"/mailboxes/{added.id}?saved={'tested' if test.taken else 'untested'}")


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
    test = await _wanted_test(request, form, setting, before=mailbox)
    if not form.ok or not test.works:
        provider = provider_of(setting.host)
        return await _form_page(request, form, provider, before=mailbox, setting=setting, test=test)
    await mailboxes.change(mailbox.id, replace(setting, secret=test.secret), by=request[STAFF].id)
    raise web.HTTPSeeOther(f"/mailboxes/{mailbox.id}?saved={'tested' if test.taken else 'untested'}")


@routes.post("/mailboxes/{mailbox}/test")
@allowed(Right.ACCOUNT)
async def test(request: web.Request) -> web.Response:
    """Take the steps to the mailbox one by one, and show which of them fails."""
    mailbox = await named(request)
    found = await tested(request, mailbox, kept_by=mailbox)
    return page(request, "mailboxes/test.html", mailbox=mailbox, test=found, parts=PARTS)


async def _wanted_test(
    request: web.Request, form: Form, setting: MailboxSetting, *, before: Mailbox | None = None
) -> Tried:
    """Return what came of the test; of none where the form is wrong, or nobody wants it."""
    if not form.ok or form.values.get("act") == "save":
        return Tried(secret=setting.secret)
    return await tested(request, setting, kept_by=before)


async def _form_page(
    request: web.Request,
    form: Form,
    provider: Provider,
    *,
    before: Mailbox | None = None,
    setting: MailboxSetting | None = None,
    test: Tried | None = None,
) -> web.Response:
    """Return the form; with what was typed as secret, sealed, where it has to be sent once more."""
    kept = ""
    if setting and test and test.problem not in _REFUSED and not (before and before.secret == setting.secret):
        kept = _filling(request).kept(setting.secret_kind, test.secret) if test.secret else ""
    return page(
        request,
        "mailboxes/form.html",
        status=422 if setting else 200,
        form=form,
        provider=provider,
        mailbox=before,
        kept=kept,
        test=test or Tried(),
        parts=PARTS,
        colleagues=await roster.present(),
    )


def _filling(request: web.Request, before: Mailbox | None = None) -> Filling:
    config, session = request.app[CONFIG], request[SESSION]
    mark_key = hmac.digest(config.secret_key, f"mailbox:{session.token_digest}".encode(), "sha256")
    return Filling(request[STAFF], Seal(config.data_folder), mark_key, before)


def _a_year_ago(request: web.Request) -> date:
    return today(request.app[CONFIG].zone) - _BACK
