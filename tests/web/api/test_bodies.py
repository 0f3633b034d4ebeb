"""Bodies that are not as they must be: what is told, in which shape."""

from io import BytesIO
from typing import Any

import pytest

from tests.web.api.conftest import Program

JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize("octets", [b"", b"{", b'{"name": "\xff"}', b'{"name": "\\ud800"}', b"[" * 5000])
async def test_what_is_no_json_is_told_so(program: Program, octets: bytes):
    problem = await program.problem("POST", "/organisations", data=octets, headers=JSON)
    assert problem.status == 400


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({}, ["/name"]),
        ([], [""]),
        ({"name": 5}, ["/name"]),
        ({"name": None}, ["/name"]),
        ({"name": "A", "colour": "red"}, ["/colour"]),
        ({"name": "A", "a/b~c": 1}, ["/a~1b~0c"]),
        ({"name": "A" * 301, "language": "rm"}, ["/name", "/language"]),
        ({"name": "A", "domains": [{"domain": "muster.ch"}, {"domain": "gmx.ch"}]}, ["/domains/1/domain"]),
        ({"name": "A", "owner_id": "1"}, ["/owner_id"]),
        ({"name": "A", "owner_id": 2**63}, ["/owner_id"]),
    ],
)
async def test_each_wrong_field_is_pointed_to(program: Program, body: Any, pointers: list[str]):
    problem = await program.problem("POST", "/organisations", json=body)
    assert (problem.status, [one["pointer"] for one in problem.errors]) == (422, pointers)
    assert all(one["detail"] for one in problem.errors)


async def test_a_correction_sets_nothing_to_null_that_needs_a_value(program: Program):
    made = await program.done("POST", "/organisations", status=201, json={"name": "A"})
    problem = await program.problem("PATCH", f"/organisations/{made['id']}", json={"name": None})
    assert (problem.status, problem.errors[0]["pointer"]) == (422, "/name")


async def test_another_media_type_is_not_read(program: Program):
    for headers in (
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {},
    ):
        problem = await program.problem("POST", "/organisations", data=b'{"name": "A"}', headers=headers)
        assert (problem.status, problem.headers["Accept"]) == (415, "application/json")


async def test_a_body_without_end_is_not_read_to_it(program: Program):
    problem = await program.problem("POST", "/organisations", data=BytesIO(b" " * 1_100_000), headers=JSON)
    assert problem.status == 413


async def test_texts_lose_what_no_database_keeps(program: Program):
    body = {"name": "A\u0000B", "note": "one\r\ntwo\u0007"}
    made = await program.done("POST", "/organisations", status=201, json=body)
    assert (made["name"], made["note"]) == ("AB", "one\ntwo")
