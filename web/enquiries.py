"""Web sites that may send enquiries: which there are, making and revoking them."""

from urllib.parse import urlsplit

from aiohttp import web

from storage import integrations
from storage.enquiries import EnquiryIntegration
from storage.integrations import NewIntegration
from storage.secrets import Seal
from web.config import CONFIG
from web.enquiry_fields import HONEYPOT
from web.forms import Form, form_of, posted_form
from web.found import found, id_in
from web.i18n import LANGUAGES, N_, translations
from web.page import page
from web.rights import Right, allowed
from web.session import STAFF

routes = web.RouteTableDef()


@routes.get("/enquiries")
@allowed(Right.ADMINISTER)
async def index(request: web.Request) -> web.Response:
    """The web sites that send enquiries, and the form of a new one."""
    return await _list_page(request, form_of({"language": request[STAFF].language}))


@routes.post("/enquiries/new")
@allowed(Right.ADMINISTER)
async def make(request: web.Request) -> web.Response:
    """Make one and show its secret, this once."""
    form = await posted_form(request)
    new = NewIntegration(
        form.text("name", required=True, most=100),
        _return_to(form),
        form.choice("language", LANGUAGES, otherwise="de"),
    )
    if not form.ok:
        return await _list_page(request, form)
    seal = Seal(request.app[CONFIG].data_folder)
    row, secret = await integrations.make(new, seal=seal, staff_id=request[STAFF].id)
    return _show_page(request, row, secret)


@routes.get("/enquiries/{integration}")
@allowed(Right.ADMINISTER)
async def show(request: web.Request) -> web.Response:
    """How the web site sends enquiries: the form to paste, and an example of a signed request."""
    return _show_page(request, found(await integrations.integration(id_in(request, "integration"))), "")


@routes.post("/enquiries/{integration}/revoke")
@allowed(Right.ADMINISTER)
async def revoke(request: web.Request) -> web.Response:
    """Take nothing more from it."""
    await integrations.revoke(id_in(request, "integration"), staff_id=request[STAFF].id)
    raise web.HTTPSeeOther("/enquiries")


def _return_to(form: Form) -> str:
    address = form.text("return_to", most=500)
    parts = urlsplit(address)
    if address and (parts.scheme not in {"https", "http"} or not parts.hostname or not address.isascii()):
        form.wrong("return_to", N_("This is no address of a page. One begins with https://."))
    return address


async def _list_page(request: web.Request, form: Form) -> web.Response:
    status = 200 if form.ok else 422
    rows = await integrations.integrations()
    return page(request, "enquiries/list.html", status=status, form=form, rows=rows)


def _show_page(request: web.Request, row: EnquiryIntegration, secret: str) -> web.Response:
    config = request.app[CONFIG]
    return page(
        request,
        "enquiries/show.html",
        row=row,
        secret=secret,
        url=(config.public_url or config.staff_url).rstrip("/") + "/p/enquiry",
        honeypot=HONEYPOT,
        say=translations(row.language).gettext,
    )
