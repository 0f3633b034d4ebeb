"""Every address: who may open it, and what keeps browsers in check."""

import re
from itertools import pairwise

import pytest
from aiohttp.test_utils import TestServer

from storage.staff import AccessRole
from tests.web.conftest import Browser, NewBrowser, staff_member
from web.rights import RIGHTS, MissingRight, Right, right_of

_PLACES = re.compile(r"\{(\w+)(?::[^}]*)?\}")
_EXAMPLES = {"owners": "organisations", "belonging": "emails"}


def _addresses(server: TestServer) -> list[tuple[str, str, Right]]:
    """Return method, an example path, and right of every route that is a page."""
    found = []
    for route in server.app.router.routes():
        path = route.resource.canonical if route.resource else ""
        if path.startswith("/api/"):
            continue
        example = _PLACES.sub(lambda place: _EXAMPLES.get(place[1], "1"), path)
        found.append((route.method, example, right_of(route.handler)))
    return found


async def test_without_login_there_is_nothing_but_the_login(server: TestServer, new_browser: NewBrowser):
    browser = await new_browser()
    open_to_all = set()
    for method, path, right in _addresses(server):
        response = await browser.client.request(method, path, allow_redirects=False)
        if right is Right.PUBLIC:
            open_to_all.add(path)
        elif method in {"GET", "HEAD"}:
            assert response.headers["Location"].startswith("/login?next="), path
        else:
            assert response.status == 401, path
    assert open_to_all == {"/login", "/health", "/static/1/1", "/decide/1", "/p/enquiry", "/p/enquiry/1"}


async def test_an_unknown_address_tells_a_stranger_nothing(new_browser: NewBrowser):
    browser = await new_browser()
    assert (await browser.get("/no/such/page")).status == 303


async def test_an_unknown_address_is_told_to_staff(browser: Browser):
    response = await browser.get("/no/such/page")
    assert response.status == 404
    assert "There is no such page" in await response.text()


@pytest.mark.parametrize(
    "path",
    [
        "/organisations/1",
        "/persons/0",
        "/entries/99999999999999999999",
        "/held/x",
        "/threads/9",
        "/entries/1/html",
    ],
)
async def test_what_is_not_there_is_not_found(browser: Browser, path: str):
    assert (await browser.get(path)).status == 404


async def test_a_reader_may_look_and_change_nothing(server: TestServer, new_browser: NewBrowser):
    await staff_member("Leo Leser", "leo@muster.ch", AccessRole.READER)
    browser = await new_browser()
    await browser.log_in("leo@muster.ch")
    for method, path, right in _addresses(server):
        if right in {Right.EDIT, Right.DECIDE, Right.ADMINISTER}:
            send = browser.post if method == "POST" else browser.get
            assert (await send(path)).status == 403, path
    assert "New organisation" not in await browser.text("/organisations")


async def test_staff_may_not_administer(server: TestServer, browser: Browser):
    for method, path, right in _addresses(server):
        if right is Right.ADMINISTER:
            send = browser.post if method == "POST" else browser.get
            assert (await send(path)).status == 403, path


def test_each_role_may_what_the_one_before_it_may():
    roles = list(AccessRole)
    for lower, higher in pairwise(roles):
        assert RIGHTS[lower] <= RIGHTS[higher]


def test_a_page_without_a_right_is_served_to_nobody():
    async def forgotten(request: object) -> None: ...

    with pytest.raises(MissingRight):
        right_of(forgotten)


@pytest.mark.parametrize("path", ["/login", "/organisations", "/no/such/page", "/health"])
async def test_every_answer_binds_the_browser(browser: Browser, path: str):
    response = await browser.get(path)
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "private, no-store"


async def test_pages_hold_no_script_and_no_style_of_their_own(browser: Browser):
    for path in ("/", "/organisations", "/account", "/staff", "/persons/new", "/account/capture"):
        text = await browser.text(path)
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?! src=)", text), path


async def test_assets_are_kept_by_browsers_and_change_their_address_with_their_content(browser: Browser):
    text = await browser.text("/organisations")
    found = re.search(r'href="(/static/\w+/postbuch.css)"', text)
    assert found
    response = await browser.get(found[1])
    assert "immutable" in response.headers["Cache-Control"]
    assert (await browser.get("/static/0/postbuch.css")).headers["Cache-Control"] == "private, no-store"
    assert (await browser.get("/static/0/../../config.py")).status in {303, 404}
