"""What is left out: the rules, what they would have left out of late, and how much they did."""

from itertools import groupby

from aiohttp import web

from history.timeline import lines
from ingest.left_out_preview import preview
from storage import leaving_out
from storage.leaving_out import LeftOutReason, SensitivityRule
from web.forms import Form, posted_form
from web.i18n import N_
from web.left_out_rules import form_with, rules_in
from web.page import page
from web.rights import Right, allowed
from web.session import STAFF

routes = web.RouteTableDef()
MOST_MONTHS = 36
RULE_NAMES = {
    LeftOutReason.AMONG_STAFF: N_("Only among colleagues"),
    LeftOutReason.MARKED_PRIVATE: N_("Marked as private"),
    LeftOutReason.SENSITIVE: N_("By its sensitivity"),
    LeftOutReason.BLOCKED: N_("Blocked"),
    LeftOutReason.TAKEN_BACK: N_("Taken back"),
}
SENSITIVITY_NAMES = {
    SensitivityRule.NONE: N_("is not looked at"),
    SensitivityRule.PRIVATE: N_("leaves private and personal mail out"),
    SensitivityRule.CONFIDENTIAL: N_("leaves private, personal and confidential mail out"),
}


@routes.get("/left-out")
@allowed(Right.ADMINISTER)
async def show(request: web.Request) -> web.Response:
    """The rules that hold now."""
    return _form_page(request, form_with(await leaving_out.rules()))


@routes.post("/left-out/change")
@allowed(Right.ADMINISTER)
async def change(request: web.Request) -> web.Response:
    """The form once more, after a look at what it would do."""
    return _form_page(request, await posted_form(request))


@routes.post("/left-out/preview")
@allowed(Right.ADMINISTER)
async def show_preview(request: web.Request) -> web.Response:
    """What the rules would have left out of the last messages, before they are saved; changes nothing."""
    form = await posted_form(request)
    rules = rules_in(form)
    if not form.ok:
        return _form_page(request, form)
    found = await preview(rules)
    return page(
        request,
        "left_out/preview.html",
        form=form_with(rules),
        looked_at=found.looked_at,
        reasons=found.left_out,
        entries=await lines(list(found.left_out)),
        rule_names=RULE_NAMES,
    )


@routes.post("/left-out")
@allowed(Right.ADMINISTER)
async def save(request: web.Request) -> web.Response:
    """Let the rules hold from now on."""
    form = await posted_form(request)
    rules = rules_in(form)
    if not form.ok:
        return _form_page(request, form)
    await leaving_out.set_rules(rules, by=request[STAFF].id)
    raise web.HTTPSeeOther("/left-out")


@routes.get("/left-out/counts")
@allowed(Right.ADMINISTER)
async def counts(request: web.Request) -> web.Response:
    """How many messages each rule left out, by month."""
    counted = await leaving_out.counts(most_months=MOST_MONTHS)
    months = [(month, list(those)) for month, those in groupby(counted, key=lambda line: line.month)]
    return page(request, "left_out/counts.html", months=months, rule_names=RULE_NAMES)


def _form_page(request: web.Request, form: Form) -> web.Response:
    return page(
        request,
        "left_out/form.html",
        status=200 if form.ok else 422,
        form=form,
        sensitivity_names=SENSITIVITY_NAMES,
    )
