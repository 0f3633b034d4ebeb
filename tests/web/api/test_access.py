"""Every operation: who may call it, and how the others are told."""

import re
from typing import Any

import pytest
import structlog.testing
from aiohttp import web
from aiohttp.test_utils import TestServer

from storage import logins, roster
from storage.connect import StorageUnavailable
from storage.staff import AccessRole
from tests.web.api.conftest import NewProgram, Program
from tests.web.conftest import Browser
from web.api.areas import AREAS
from web.api.operation import PREFIX
from web.rights import RIGHTS, Right, right_of

_PLACES = re.compile(r"\{\w+\}")
_EMPTY: dict[str, Any] = {"data": b"{}", "headers": {"Content-Type": "application/json"}}
OPERATIONS = [operation for area in AREAS for operation in area.operations]


def test_every_route_below_the_prefix_names_its_right(server: TestServer):
    routes = [
        route
        for route in server.app.router.routes()
        if route.resource and route.resource.canonical.startswith("/api/") and route.method != "HEAD"
    ]
    rights = {route.resource.canonical: right_of(route.handler) for route in routes if route.resource}
    assert [path for path, right in rights.items() if right is Right.PUBLIC] == [f"{PREFIX}/openapi.json"]
    assert len(routes) == len(OPERATIONS) + 1


async def test_without_a_token_nothing_is_told(new_program: NewProgram):
    stranger = await new_program(None)
    paths = {(one.method, _PLACES.sub("1", one.path)) for one in OPERATIONS} | {("GET", "/no/such/path")}
    for method, path in paths:
        problem = await stranger.problem(method, path)
        assert (problem.status, problem.headers["WWW-Authenticate"]) == (401, "Bearer"), path


@pytest.mark.parametrize("access", list(AccessRole))
async def test_each_role_may_do_what_its_rights_say(new_program: NewProgram, access: AccessRole):
    program = await new_program(access)
    for one in OPERATIONS:
        response = await program.call(
            one.method, _PLACES.sub("1", one.path), **({} if one.method == "GET" else _EMPTY)
        )
        assert (response.status == 403) is (one.right not in RIGHTS[access]), (one.method, one.path)


async def test_a_reader_is_told_which_right_is_lacking(new_program: NewProgram):
    problem = await (await new_program(AccessRole.READER)).problem(
        "POST", "/organisations", json={"name": "X"}
    )
    assert (problem.status, problem.detail) == (403, "Somebody, reader lacks the right to do this: edit.")


@pytest.mark.parametrize("header", ["Bearer wrong", "Bearer ", "Bearer pb_\xe9", "Basic cml0YTpy", "bearer"])
async def test_a_wrong_token_is_refused(new_program: NewProgram, header: str):
    stranger = await new_program(None)
    problem = await stranger.problem("GET", "/me", headers={"Authorization": header})
    assert problem.status == 401
    assert problem.headers["WWW-Authenticate"].startswith("Bearer")


async def test_a_revoked_token_is_refused(program: Program):
    assert program.staff
    (token,) = await logins.api_tokens_of(program.staff.id)
    await logins.revoke_api_token(token.id, staff_id=program.staff.id)
    problem = await program.problem("GET", "/me")
    assert (problem.status, problem.headers["WWW-Authenticate"]) == (401, 'Bearer error="invalid_token"')


async def test_the_token_of_somebody_who_left_is_refused(program: Program):
    assert program.staff
    await roster.leave(program.staff.id, by=None)
    assert (await program.problem("GET", "/me")).status == 401


async def test_a_cookie_is_no_token(browser: Browser):
    assert (await browser.get("/account")).status == 200
    assert (await browser.get(f"{PREFIX}/me")).status == 401


async def test_a_token_opens_no_page(program: Program):
    response = await program.client.get(
        "/organisations", headers={"Authorization": f"Bearer {program.token}"}, allow_redirects=False
    )
    assert response.headers["Location"].startswith("/login")


async def test_the_scheme_may_be_written_in_any_case(program: Program):
    assert await program.got("/me", headers={"Authorization": f"bearer {program.token}"})


async def test_it_tells_who_the_token_acts_as(new_program: NewProgram):
    reader = await new_program(AccessRole.READER)
    assert reader.staff
    assert await reader.got("/me") == {
        "id": reader.staff.id,
        "name": "Somebody, reader",
        "login": "reader@muster.ch",
        "language": "en",
        "access": "reader",
        "rights": ["public", "read", "account"],
    }


async def test_an_unknown_address_is_a_problem(program: Program):
    for path in (
        "/no/such/path",
        "/organisations/x",
        "/entries/0",
        "/persons/99999999999999999999",
        "/api/v2/me",
    ):
        assert (await program.problem("GET", path)).status == 404, path


async def test_a_wrong_method_is_told_which_ones_there_are(program: Program):
    problem = await program.problem("DELETE", "/organisations")
    assert (problem.status, problem.headers["Allow"]) == (405, "GET, HEAD, POST")


async def test_an_operation_without_a_right_is_served_to_nobody(program: Program, server: TestServer):
    async def forgotten(request: web.Request) -> web.Response:
        return web.Response()

    (route,) = [
        one for one in server.app.router.routes() if one.resource and one.resource.canonical.endswith("/me")
    ][-1:]
    route._handler = forgotten
    assert (await program.problem("GET", "/me")).status == 404


async def test_a_database_that_is_away_asks_to_come_back(program: Program, monkeypatch: pytest.MonkeyPatch):
    async def away(token: str) -> None:
        raise StorageUnavailable("locked")

    monkeypatch.setattr(logins, "api_token_of", away)
    problem = await program.problem("GET", "/me")
    assert (problem.status, problem.headers["Retry-After"]) == (503, "10")
    assert "locked" not in problem.detail


async def test_a_bug_is_logged_and_tells_nothing(program: Program, monkeypatch: pytest.MonkeyPatch):
    subject = "a secret"

    async def broken(token: str) -> None:
        raise ZeroDivisionError(subject)

    monkeypatch.setattr(logins, "api_token_of", broken)
    with structlog.testing.capture_logs() as log:
        problem = await program.problem("GET", "/organisations/1")
    assert (problem.status, "a secret" in problem.detail) == (500, False)
    (line,) = log
    assert (line["error"], line["route"]) == ("ZeroDivisionError", f"{PREFIX}/organisations/{{organisation}}")
    assert "a secret" not in str(line)
