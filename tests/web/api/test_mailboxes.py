"""Mailboxes by programs: the same rules as in the pages, and no secret in any answer."""

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.credentials import Password, Token, read
from storage.mailboxes import Mailbox, SecretKind
from storage.secrets import Seal
from storage.staff import AccessRole
from tests.ingest.reading_mailboxes import added
from tests.servers.dovecot import dovecot
from tests.web.api.conftest import NewProgram, Program, colleague
from tests.web.mailboxes import mailbox, silent

NEW: dict[str, Any] = {"host": "imap.muster.ch", "login": "rita@muster.ch", "password": "ganz geheim"}
TOKEN: dict[str, Any] = {
    "token_url": "https://login.example/token",
    "client_id": "app-17",
    "client_secret": "of the app",
    "refresh_token": "0.AXo",
}


@pytest.fixture
async def administrator(new_program: NewProgram) -> Program:
    """A program of an administrator."""
    return await new_program(AccessRole.ADMINISTRATOR)


async def test_a_mailbox_is_added_shown_and_listed_without_its_secret(program: Program, tmp_path: Path):
    assert program.staff
    made = await program.done("POST", "/mailboxes", json=NEW | {"folders": ["Kunden"]}, status=201)
    one = await Mailbox.get()
    assert read(one.secret_kind, Seal(tmp_path).opened(one.secret)) == Password("ganz geheim")
    assert made["name"] == "rita@muster.ch"
    assert made["staff"] == {"id": program.staff.id, "name": program.staff.name}
    assert (made["port"], made["tls"], made["folders"], made["silent"]) == (993, "tls", ["Kunden"], False)
    shown = await program.got(f"/mailboxes/{one.id}")
    assert shown == made
    assert await program.got("/mailboxes") == {"rows": [made], "after": None}
    assert "geheim" not in json.dumps(made)
    assert one.secret not in json.dumps(made)


async def test_a_list_goes_on_where_its_page_ended(administrator: Program, tmp_path: Path):
    for _ in range(3):
        await mailbox(tmp_path, None)
    first = await administrator.got("/mailboxes", params={"limit": 2})
    rest = await administrator.got("/mailboxes", params={"limit": 2, "after": first["after"]})
    assert [len(first["rows"]), len(rest["rows"]), rest["after"]] == [2, 1, None]
    assert (await administrator.problem("GET", "/mailboxes", params={"after": "x"})).status == 400


async def test_a_silent_mailbox_tells_why(program: Program, tmp_path: Path):
    one = await mailbox(tmp_path, program.staff, **silent(said="NO"))
    told = await program.got(f"/mailboxes/{one.id}")
    assert (told["silent"], told["state"], told["problem"]) == (True, "failed", "login_refused")
    assert told["problem_parameters"] == {"said": "NO"}


async def test_a_program_sees_its_own_mailboxes_only(
    program: Program, administrator: Program, tmp_path: Path
):
    strange = await mailbox(tmp_path, await colleague("Leo Frei", "leo@muster.ch"))
    assert await program.got("/mailboxes") == {"rows": [], "after": None}
    calls: list[tuple[str, str, Any]] = [
        ("GET", "", None),
        ("PATCH", "", {"name": "x"}),
        ("DELETE", "", None),
        ("POST", "/pause", None),
        ("POST", "/resume", None),
        ("POST", "/test", None),
    ]
    for method, path, body in calls:
        problem = await program.problem(method, f"/mailboxes/{strange.id}{path}", json=body)
        assert problem.status == 404, (method, path)
    assert len((await administrator.got("/mailboxes"))["rows"]) == 1


async def test_a_change_keeps_what_is_not_given(program: Program, tmp_path: Path):
    one = await mailbox(tmp_path, program.staff)
    changed = await program.done("PATCH", f"/mailboxes/{one.id}", json={"name": "Büro", "folders": ["A"]})
    assert (changed["name"], changed["folders"], changed["host"]) == ("Büro", ["A"], one.host)
    now = await Mailbox.get()
    assert (now.secret, now.staff_id) == (one.secret, one.staff_id)
    await program.done("PATCH", f"/mailboxes/{one.id}", json={"token": TOKEN})
    now = await Mailbox.get()
    assert now.secret_kind is SecretKind.XOAUTH2
    assert read(now.secret_kind, Seal(tmp_path).opened(now.secret)) == Token(**TOKEN)


async def test_a_secret_goes_nowhere_else_without_being_given_again(administrator: Program, tmp_path: Path):
    one = await mailbox(tmp_path, await colleague("Leo Frei", "leo@muster.ch"))
    for elsewhere in ({"host": "evil.example"}, {"login": "x"}, {"tls": "none"}, {"port": 4993}):
        problem = await administrator.problem("PATCH", f"/mailboxes/{one.id}", json=elsewhere)
        assert (problem.status, problem.errors[0]["pointer"]) == (422, "/password"), elsewhere
    assert (await Mailbox.get()).host == one.host
    given = {"host": "new.example", "password": "new"}
    assert (await administrator.done("PATCH", f"/mailboxes/{one.id}", json=given))["host"] == "new.example"


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"host": "imap muster"}, "/host"),
        ({"port": 22}, "/port"),
        ({"port": 0}, "/port"),
        ({"after": "move"}, "/after_folder"),
        ({"password": None}, "/password"),
        ({"token": TOKEN}, "/token"),
        ({"password": None, "token": TOKEN | {"token_url": "http://login.example/"}}, "/token/token_url"),
        ({"staff_id": 4711}, "/staff_id"),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_is_wrong_is_told_with_its_place(program: Program, wrong: dict[str, Any], pointer: str):
    problem = await program.problem("POST", "/mailboxes", json=NEW | wrong)
    assert (problem.status, [error["pointer"] for error in problem.errors]) == (422, [pointer])
    assert not await Mailbox.exists()


async def test_administrators_set_up_shared_mailboxes_and_those_of_others(administrator: Program):
    leo = await colleague("Leo Frei", "leo@muster.ch")
    shared = await administrator.done("POST", "/mailboxes", json=NEW | {"port": 10993}, status=201)
    own = await administrator.done("POST", "/mailboxes", json=NEW | {"staff_id": leo.id}, status=201)
    assert (shared["staff"], own["staff"]) == (None, {"id": leo.id, "name": "Leo Frei"})
    problem = await administrator.problem("POST", "/mailboxes", json=NEW | {"staff_id": 4711})
    assert problem.errors[0]["pointer"] == "/staff_id"
    changed = await administrator.done("PATCH", f"/mailboxes/{own['id']}", json={"staff_id": None})
    assert changed["staff"] is None


async def test_a_mailbox_is_paused_resumed_and_removed(program: Program, tmp_path: Path):
    one = await mailbox(tmp_path, program.staff)
    assert (await program.done("POST", f"/mailboxes/{one.id}/pause"))["paused"]
    assert not (await program.done("POST", f"/mailboxes/{one.id}/resume"))["paused"]
    await program.done("DELETE", f"/mailboxes/{one.id}", status=204)
    assert not await Mailbox.exists()


async def test_a_program_is_told_each_step_to_a_mailbox(administrator: Program, tmp_path: Path):
    with dovecot() as server:
        server.add_user("eva")
        one = await added(server, Seal(tmp_path))
        told: dict[str, Any] = await administrator.done("POST", f"/mailboxes/{one.id}/test")
        assert told["works"]
        assert [step["part"] for step in told["steps"][:4]] == ["reached", "logged_in", "folders", "idle"]
        await Mailbox.filter(id=one.id).update(folders=["Kunden"])
        told = await administrator.done("POST", f"/mailboxes/{one.id}/test")
        assert not told["works"]
    assert [(step["part"], step["works"]) for step in told["steps"]] == [
        ("reached", True),
        ("logged_in", True),
        ("folders", False),
        ("idle", None),
        ("mails", None),
    ]
    assert told["steps"][2]["problem"] == "folder_missing"
    assert told["steps"][2]["parameters"] == {"folder": "Kunden"}
