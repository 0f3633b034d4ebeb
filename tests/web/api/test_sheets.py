"""Sheets to print, for programs."""

from storage.staff import AccessRole
from tests.web.api.conftest import NewProgram, Program


async def test_a_program_fetches_sheets(program: Program):
    for path in ("/sheets/separator?copies=1", "/sheets/sample-card?size=third-of-a4&language=fr"):
        response = await program.call("GET", path)
        assert (response.status, response.content_type) == (200, "application/pdf"), path
        assert (await response.read()).startswith(b"%PDF-")


async def test_wrong_wishes_are_told(program: Program):
    for path in ("/sheets/separator?copies=0", "/sheets/separator?copies=101", "/sheets/sample-card?size=a0"):
        assert (await program.call("GET", path)).status == 422, path


async def test_a_readers_program_prints_none(new_program: NewProgram):
    reader = await new_program(AccessRole.READER)
    assert (await reader.call("GET", "/sheets/separator")).status == 403
