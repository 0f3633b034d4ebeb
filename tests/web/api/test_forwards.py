"""Taking a forward as its sender's own mail, and back, by the API."""

import pytest

from tests.web.api.conftest import Program
from tests.web.test_forward_pages import forwarded


async def test_a_program_takes_a_forward_as_own_mail_and_back(program: Program):
    path = f"/entries/{(await forwarded()).id}/forward"
    own = await program.done("POST", path, json={"own_mail": True})
    assert (own["subject"], own["kind_fields"]["own_mail"]) == ("WG: Offerte Lüftung", True)
    problem = await program.problem("POST", path, json={"own_mail": True})
    assert problem.status == 409
    back = await program.done("POST", path, json={"own_mail": False})
    assert (back["subject"], back["kind_fields"]["forwarded"]) == ("Offerte Lüftung", "inline")


@pytest.mark.parametrize("body", [{}, {"own_mail": "yes"}])
async def test_a_program_must_say_which_way(program: Program, body: dict[str, str]):
    assert (await program.problem("POST", "/entries/1/forward", json=body)).status == 422
