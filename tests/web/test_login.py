"""Who gets in, who does not, and how long guessing takes."""

from datetime import timedelta

import pytest
import time_machine
from aiohttp.test_utils import TestServer
from yarl import URL

from storage import logins, roster
from storage.staff import AccessRole, LoginFailure, Session
from tests.web.conftest import PASSWORD, Browser, NewBrowser, staff_member
from web.guessing import BY_ACCOUNT, BY_NETWORK, Limit
from web.password import hashed
from web.rights import right_of


async def test_the_right_password_opens_the_page_that_was_asked_for(new_browser: NewBrowser):
    await staff_member()
    browser = await new_browser()
    asked = await browser.get("/organisations?q=x")
    assert URL(asked.headers["Location"]).query["next"] == "/organisations?q=x"
    response = await browser.post(
        "/login", login="rita@muster.ch", password=PASSWORD, next="/organisations?q=x"
    )
    assert (response.status, response.headers["Location"]) == (303, "/organisations?q=x")
    assert (await browser.get("/organisations")).status == 200


@pytest.mark.parametrize(
    "path", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1"]
)
async def test_a_link_leads_through_the_login_to_no_other_site(new_browser: NewBrowser, path: str):
    await staff_member()
    browser = await new_browser()
    response = await browser.post("/login", login="rita@muster.ch", password=PASSWORD, next=path)
    assert response.headers["Location"] == "/"


async def test_an_unknown_account_and_a_wrong_password_get_the_same_answer(new_browser: NewBrowser):
    await staff_member()
    browser = await new_browser()
    wrong = await browser.post("/login", login="rita@muster.ch", password="wrong")
    unknown = await browser.post("/login", login="nobody@muster.ch", password="wrong")
    assert wrong.status == unknown.status == 401
    assert (await wrong.text()).replace("rita@", "nobody@") == await unknown.text()


async def test_guessing_makes_the_next_attempt_wait_and_recovers(new_browser: NewBrowser):
    await staff_member()
    browser = await new_browser()
    with time_machine.travel("2026-03-01T12:00:00Z", tick=False) as clock:
        for _ in range(BY_ACCOUNT.free):
            assert (await browser.post("/login", login="rita@muster.ch", password="x")).status == 401
        refused = await browser.log_in("rita@muster.ch")
        assert refused.status == 429
        clock.shift(int(refused.headers["Retry-After"]))
        assert (await browser.post("/login", login="rita@muster.ch", password="x")).status == 401
        assert int((await browser.log_in("rita@muster.ch")).headers["Retry-After"]) > 1
        clock.shift(BY_ACCOUNT.longest)
        assert (await browser.log_in("rita@muster.ch")).status == 303
        assert not await LoginFailure.filter(subject__startswith="account:").exists()


async def test_an_unknown_account_is_slowed_like_a_known_one(new_browser: NewBrowser):
    browser = await new_browser()
    statuses = [(await browser.post("/login", login="x@y.ch", password="x")).status for _ in range(9)]
    assert statuses[:5] == [401] * 5
    assert 429 in statuses[5:]  # not at once where each attempt takes longer than the first wait


async def test_one_password_tried_on_many_accounts_is_slowed_by_network(new_browser: NewBrowser):
    browser = await new_browser()
    statuses = {(await browser.post("/login", login=f"a{n}@y.ch", password="x")).status for n in range(20)}
    assert statuses == {401}
    assert (await browser.post("/login", login="other@y.ch", password="x")).status == 429


def test_waits_grow_up_to_a_limit():
    limit = Limit(free=3, longest=timedelta(seconds=10))
    waits = [limit.wait_after(failures).total_seconds() for failures in range(9)]
    assert waits == [0, 0, 0, 1, 2, 4, 8, 10, 10]
    assert BY_NETWORK.wait_after(10**9) == BY_NETWORK.longest


async def test_logging_in_replaces_a_session_that_was_there(browser: Browser):
    before = await Session.all().values_list("token_digest", flat=True)
    await browser.log_in("rita@muster.ch")
    after = await Session.all().values_list("token_digest", flat=True)
    assert len(before) == len(after) == 1
    assert before != after


async def test_logging_out_ends_the_session_for_good(browser: Browser, new_browser: NewBrowser):
    cookies = {cookie.key: cookie.value for cookie in browser.client.session.cookie_jar}
    assert (await browser.post("/logout")).status == 303
    thief = await new_browser()
    assert (await thief.get("/organisations", cookies=cookies)).status == 303


async def test_logging_out_by_a_link_does_nothing(browser: Browser):
    assert (await browser.get("/logout")).status == 405
    assert (await browser.get("/organisations")).status == 200


async def test_a_session_ends_when_it_is_not_used_and_at_the_latest_after_two_weeks(browser: Browser):
    with time_machine.travel(0, tick=False) as clock:
        clock.move_to((await Session.get()).seen_at + timedelta(hours=11))
        assert (await browser.get("/organisations")).status == 200
        clock.shift(timedelta(hours=11))
        assert (await browser.get("/organisations")).status == 200
        clock.shift(timedelta(hours=13))
        assert (await browser.get("/organisations")).status == 303
    with time_machine.travel((await Session.get()).created_at + timedelta(days=14, minutes=1), tick=False):
        await Session.filter(id__gt=0).update(seen_at=(await Session.get()).expires_at)
        assert (await browser.get("/organisations")).status == 303


async def test_who_has_left_is_logged_out_at_once(browser: Browser):
    await staff_member("Urs Chef", "urs@muster.ch", AccessRole.ADMINISTRATOR)
    found = await roster.find("rita@muster.ch")
    assert found
    await roster.leave(found.id, by=None)
    assert (await browser.get("/organisations")).status == 303


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(new_browser: NewBrowser):
    await staff_member()
    browser = await new_browser()
    response = await browser.post("/login", login="rita@muster.ch", password=PASSWORD)
    cookie = response.headers.getall("Set-Cookie")[-1]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert (await Session.get()).token_digest not in cookie


async def test_a_forged_cookie_is_worth_nothing(new_browser: NewBrowser):
    staff = await staff_member()
    token = await logins.open_session(staff, longest=timedelta(days=1))
    browser = await new_browser()
    assert (await browser.get("/organisations", cookies={"postbuch": f"{token}.forged"})).status == 303


async def test_a_form_of_another_site_changes_nothing(browser: Browser):
    for headers in (
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {**browser.own_origin, "Sec-Fetch-Site": "same-site"},
    ):
        response = await browser.client.post(
            "/organisations/new",
            data={"form_token": browser.token, "name": "Evil"},
            headers=headers,
            allow_redirects=False,
        )
        assert response.status == 403


async def test_a_form_without_its_token_changes_nothing(browser: Browser):
    browser.token = "0" * 64
    assert (await browser.post("/organisations/new", name="Evil")).status == 403


async def test_a_temporary_password_leads_to_the_welcome_page_and_nowhere_else(
    new_browser: NewBrowser,
):
    staff = await staff_member()
    await roster.set_password(staff.id, await hashed("temporary"), temporary=True, by=None)
    browser = await new_browser()
    await browser.log_in("rita@muster.ch", "temporary")
    assert (await browser.get("/organisations")).headers["Location"] == "/welcome"
    assert (await browser.get("/welcome")).status == 200


async def test_every_route_names_its_right(server: TestServer):
    for route in server.app.router.routes():
        assert right_of(route.handler), route
