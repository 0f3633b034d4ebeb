"""Importing and exporting by the API."""

from ingest.correspondents.own_files import own_tag
from ingest.correspondents.running import RunImports
from storage.correspondents import Person
from storage.jobs import TableQueue
from storage.staff import AccessRole
from tests.web.api.conftest import NewProgram
from web.config import WebConfig

OCTETS = {"Content-Type": "application/octet-stream"}
CONTACTS = "Nr;Vorname;Nachname;E-Mail\n7;Anna;Muster;anna@muster.example\n8;Urs;Meier;urs at muster\n"


async def test_a_file_is_handed_in_tried_taken_over_and_taken_out_again(
    new_program: NewProgram, web_config: WebConfig
):
    program = await new_program(AccessRole.ADMINISTRATOR)
    queue = TableQueue(only=frozenset({"run-import"}))
    imports = RunImports(web_config.data_folder, own_tag(web_config.secret_key))
    for dry_run, state, ends in (("true", "trying", "tried"), ("false", "running", "done")):
        begun = await program.done(
            "POST",
            f"/imports?name=a.csv&key=Nr&dry_run={dry_run}",
            status=202,
            data=CONTACTS.encode(),
            headers=OCTETS,
        )
        assert (begun["name"], begun["state"], begun["columns"]["Nr"]) == ("a.csv", state, "external_key")
        await imports(await queue.claim(10), queue=queue)
        told = await program.got(f"/imports/{begun['id']}")
        assert (told["state"], told["new"], told["wrong"]) == (ends, 1, 1)
        wrong = await program.got(f"/imports/{begun['id']}/wrong-lines")
        assert [(one["line"], one["reason"]) for one in wrong["rows"]] == [(3, "no-email")]
        assert wrong["after"] is None
    response = await program.call("GET", "/export")
    assert "anna@muster.example" in await response.text()
    assert await Person.filter(external_key="7").exists()


async def test_what_cannot_be_read_is_a_problem_and_leaves_nothing(
    new_program: NewProgram, web_config: WebConfig
):
    program = await new_program(AccessRole.ADMINISTRATOR)
    for query, body, status in (
        ("", b"", 422),
        ("?key=Nummer", CONTACTS.encode(), 422),
        ("?encoding=klingon", CONTACTS.encode(), 422),
        ("", b"x" * 2000, 413),
    ):
        object.__setattr__(web_config, "largest_import", 1000)
        problem = await program.problem("POST", f"/imports{query}", data=body, headers=OCTETS)
        assert problem.status == status
    assert not list((web_config.data_folder / "imports").iterdir())
    assert (await (await new_program(AccessRole.STAFF)).problem("GET", "/export")).status == 403
