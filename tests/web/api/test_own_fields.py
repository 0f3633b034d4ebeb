"""Own fields by the API: defined, changed, archived and taken away, with the rules and rights of the pages."""

from typing import Any

import pytest

from storage.audit import Audit, Change
from storage.correspondents import Person
from storage.own_fields import OwnField
from storage.staff import AccessRole
from tests.web.api.conftest import NewProgram, Program

SEGMENT: dict[str, Any] = {
    "party": "person",
    "name": "Segment",
    "kind": "choice",
    "choices": ["A", "B", "A"],
    "place": 2,
}


@pytest.fixture
async def administrator(new_program: NewProgram) -> Program:
    """A program of an administrator."""
    return await new_program(AccessRole.ADMINISTRATOR)


async def test_a_field_is_defined_changed_filled_in_and_archived(administrator: Program):
    made = await administrator.done("POST", "/own-fields", status=201, json=SEGMENT)
    assert made == SEGMENT | {"id": made["id"], "choices": ["A", "B"], "archived": False}
    path = f"/own-fields/{made['id']}"
    assert await administrator.got(path) == made
    changed = await administrator.done("PATCH", path, json={"name": "Stufe", "choices": ["A"]})
    assert changed == made | {"name": "Stufe", "choices": ["A"]}
    anna = {"family_name": "Muster", "own_fields": {"Stufe": "A"}}
    await administrator.done("POST", "/persons", status=201, json=anna)
    problem = await administrator.problem("DELETE", path)
    assert (problem.status, "archive it" in problem.detail) == (409, True)
    assert (await administrator.done("PATCH", path, json={"archived": True}))["archived"] is True
    assert (await administrator.got("/own-fields"))["rows"] == [changed | {"archived": True}]


async def test_what_was_defined_by_mistake_is_taken_away_and_all_of_it_is_noted(administrator: Program):
    await Person.create(family_name="Muster", own_fields={"99": "x"})
    made = await administrator.done("POST", "/own-fields", status=201, json=SEGMENT)
    await administrator.done("PATCH", f"/own-fields/{made['id']}", json={"place": 3})
    await administrator.done("DELETE", f"/own-fields/{made['id']}", status=204)
    assert (await administrator.problem("GET", f"/own-fields/{made['id']}")).status == 404
    assert not await OwnField.all().exists()
    assert await Audit.filter(act="own-field-defined").count() == 1
    changes = await Change.filter(subject="own_field").order_by("id")
    assert [one.after.get("place") for one in changes] == [3, None]
    assert (changes[1].before["name"], changes[1].staff_id) == (
        "Segment",
        administrator.staff and administrator.staff.id,
    )


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        (SEGMENT | {"choices": []}, 422, "/choices"),
        ({"party": "person", "name": "A", "kind": "choice"}, 422, "/choices"),
        (SEGMENT | {"kind": "text"}, 422, "/choices"),
        (SEGMENT | {"name": "Segment"}, 409, "/name"),
        (SEGMENT | {"name": " "}, 422, "/name"),
        (SEGMENT | {"kind": "colour"}, 422, "/kind"),
    ],
)
async def test_what_pages_refuse_is_refused(
    administrator: Program, body: dict[str, Any], status: int, pointer: str
):
    await administrator.done("POST", "/own-fields", status=201, json=SEGMENT)
    problem = await administrator.problem("POST", "/own-fields", json=body)
    assert (problem.status, problem.errors[0]["pointer"]) == (status, pointer)


async def test_a_change_must_fit_the_kind_and_no_other_field(administrator: Program):
    choice = await administrator.done("POST", "/own-fields", status=201, json=SEGMENT)
    text = {"party": "person", "name": "Text", "kind": "text"}
    other = await administrator.done("POST", "/own-fields", status=201, json=text)
    refused: list[tuple[int, dict[str, Any], int]] = [
        (choice["id"], {"choices": []}, 422),
        (other["id"], {"choices": ["A"]}, 422),
        (other["id"], {"kind": "date"}, 422),
        (other["id"], {"name": "Segment"}, 409),
    ]
    for field, body, status in refused:
        assert (await administrator.problem("PATCH", f"/own-fields/{field}", json=body)).status == status
    # Of organisations it is another field.
    body = SEGMENT | {"party": "organisation"}
    await administrator.done("POST", "/own-fields", status=201, json=body)


async def test_staff_see_fields_and_define_none(administrator: Program, program: Program):
    made = await administrator.done("POST", "/own-fields", status=201, json=SEGMENT)
    path = f"/own-fields/{made['id']}"
    assert (await program.got(path))["name"] == "Segment"
    assert (await program.problem("POST", "/own-fields", json=SEGMENT | {"name": "B"})).status == 403
    assert (await program.problem("PATCH", path, json={"name": "B"})).status == 403
    assert (await program.problem("DELETE", path)).status == 403
