"""What the firm's web site sends in: signed by its server, or as a form that a visitor fills in."""

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from aiohttp import web

from ingest.source import CaptureNote, RawMessage
from mail.enquiry import Enquiry, composed_enquiry
from storage import integrations, logins
from storage.blobs import digest_of
from storage.enquiries import EnquiryIntegration
from storage.messages import CaptureSource
from storage.secrets import Seal
from web.api.problem import Problem, Wrong
from web.config import ACCEPT, CONFIG
from web.enquiry_fields import PASS, enquiry_in, form_with, further, is_a_robots
from web.enquiry_proofs import form_pass, is_filled_in_by_hand, is_fresh, is_signed, seal_of
from web.forms import Form
from web.found import found
from web.guessing import network_of
from web.page import page
from web.rights import Right, allowed, from_anywhere

routes = web.RouteTableDef()
LARGEST_BODY = 100_000
MOST_AN_HOUR = 20  # of one network, by forms
_HOUR = timedelta(hours=1)
_ACCEPTED = 202


@routes.post("/p/enquiry")
@from_anywhere
@allowed(Right.PUBLIC)
async def take_signed(request: web.Request) -> web.Response:
    """Take an enquiry that a web site's server signed (see docs/web-enquiries.md)."""
    try:
        return await _taken_signed(request)
    except Problem as problem:
        return problem.response()


@routes.get("/p/enquiry/{token}")
@allowed(Right.PUBLIC)
async def ask(request: web.Request) -> web.Response:
    """The form itself, to be linked to."""
    site = found(await integrations.valid_by_token(request.match_info["token"]))
    return _form_page(request, site, Form())


@routes.post("/p/enquiry/{token}")
@from_anywhere
@allowed(Right.PUBLIC)
async def take_form(request: web.Request) -> web.Response:
    """Take what a visitor filled in; without our pass, as from a pasted form, ask them to send it off first."""
    site = found(await integrations.valid_by_token(request.match_info["token"]))
    form = form_with(await request.post())
    if is_a_robots(form):
        return _thanks(request, site)  # a robot learns nothing
    enquiry, given = enquiry_in(form, site=site.name), form.values.get(PASS, "")
    if enquiry is None or not is_filled_in_by_hand(request.app[CONFIG].secret_key, site.token, given):
        return _form_page(request, site, form)
    subject = f"enquiry:{network_of(request)}"
    before, _, _ = await logins.count_attempt(subject, within=_HOUR)
    if before >= MOST_AN_HOUR:
        return _form_page(request, site, form, too_many=True)
    # Sent off twice by an impatient visitor: once is enough, and both are thanked.
    await _take(request, site, enquiry, seal=seal_of("form", site.token, given))
    return _thanks(request, site)


async def _taken_signed(request: web.Request) -> web.Response:
    body = await request.read()
    if len(body) > LARGEST_BODY:
        raise Problem(413, f"An enquiry has at most {LARGEST_BODY} octets.")
    token, timestamp, signature = (
        request.headers.get(f"X-Postbuch-{name}", "") for name in ("Integration", "Timestamp", "Signature")
    )
    site = await integrations.valid_by_token(token)
    secret = Seal(request.app[CONFIG].data_folder).opened(site.secret) if site else ""
    if site is None or not is_signed(secret, timestamp, body, signature):
        raise Problem(401, "The integration is unknown or revoked, or the signature is wrong.")
    if not is_fresh(timestamp):
        raise Problem(401, "X-Postbuch-Timestamp is more than five minutes away from now.")
    enquiry = _read(body, site)
    if not await _take(request, site, enquiry, seal=seal_of("signed", site.token, signature.lower())):
        raise Problem(409, "This request was here before.")
    return web.json_response({"accepted": True}, status=_ACCEPTED)


def _read(body: bytes, site: EnquiryIntegration) -> Enquiry:
    try:
        values = json.loads(body)
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, dict):
        raise Problem(400, "The body is no JSON object in UTF-8.")
    form = form_with(values)
    enquiry = enquiry_in(form, site=site.name)
    if enquiry is None:
        errors = [
            Wrong(pointer=f"/{name}", detail=sentence % parameters)
            for name, (sentence, parameters) in form.errors.items()
        ]
        raise Problem(422, "The enquiry is not as it must be.", errors=errors)
    return enquiry


async def _take(request: web.Request, site: EnquiryIntegration, enquiry: Enquiry, *, seal: str) -> bool:
    """Keep an enquiry as mail is kept; False if it was here before."""
    if not await integrations.take_once(seal):
        return False
    now, domain = datetime.now(UTC), request.app[CONFIG].capture_domain
    raw = composed_enquiry(enquiry, message_id=f"enquiry.{seal[:40]}@{domain}", at=now)
    # Who they say they are, nobody proved: no command is obeyed, and they are no colleague of ours.
    note = CaptureNote(
        source=CaptureSource.ENQUIRY,
        staff_id=None,
        capture_address_id=None,
        envelope_sender="",
        envelope_recipients=(),
        peer=network_of(request),
        authenticated=False,
    )
    is_kept = False
    try:
        await request.app[ACCEPT](RawMessage(raw, digest_of(raw), len(raw), (note,), now))
        is_kept = True
    finally:
        if not is_kept:
            await integrations.give_back(seal)
    await integrations.count_received(site.id)
    return True


def _form_page(
    request: web.Request, site: EnquiryIntegration, form: Form, *, too_many: bool = False
) -> web.Response:
    answer = page(
        request,
        "enquiries/ask.html",
        status=429 if too_many else 200,
        site=site,
        form=form,
        further=further(form),
        too_many=too_many,
        given=form_pass(request.app[CONFIG].secret_key, site.token),
        spoken=site.language,
    )
    return _framed(answer, site)


def _thanks(request: web.Request, site: EnquiryIntegration) -> web.Response:
    if site.return_to:
        raise web.HTTPSeeOther(site.return_to)
    return _framed(page(request, "enquiries/thanks.html", site=site, spoken=site.language), site)


def _framed(answer: web.Response, site: EnquiryIntegration) -> web.Response:
    """Let the form lead where the web site wants its visitors afterwards: browsers hold a form to what it names."""
    leads_to = urlsplit(site.return_to)
    there = f" {leads_to.scheme}://{leads_to.netloc}" if leads_to.netloc else ""
    answer.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self';"
        f" form-action 'self'{there}; frame-ancestors 'none'; base-uri 'none'"
    )
    return answer
