"""Importing in the pages: a file is handed in, its columns corrected, tried, imported by a job; and all taken out."""

import re
from pathlib import Path

import aiohttp
import pytest

from ingest.correspondents.own_files import own_tag
from ingest.correspondents.running import RunImports
from storage.correspondents import Organisation, Person
from storage.imports import ImportRun, ImportState
from storage.jobs import TableQueue
from tests.web.conftest import Browser
from web.config import WebConfig

CONTACTS = (
    "Vorname;Nachname;Firma;Kürzel;E-Mail\n"
    "Anna;Muster;Muster AG;Dr.;anna@muster.example\n"
    "Urs;Meier;Muster AG;;urs at muster\n"
)


async def _upload(browser: Browser, content: bytes, name: str = "kontakte.csv", token: str | None = None):
    form = aiohttp.FormData()
    form.add_field("form_token", browser.token if token is None else token)
    form.add_field("file", content, filename=name, content_type="text/csv")
    return await browser.client.post("/imports", data=form, headers=browser.own_origin, allow_redirects=False)


async def _jobs_done(config: WebConfig) -> None:
    queue = TableQueue(only=frozenset({"run-import"}))
    imports = RunImports(config.data_folder, own_tag(config.secret_key))
    while jobs := await queue.claim(10):
        await imports(jobs, queue=queue)


async def test_a_file_goes_from_its_columns_over_a_trial_into_the_register(
    administrators: Browser, web_config: WebConfig
):
    response = await _upload(administrators, CONTACTS.encode())
    path = response.headers["Location"]
    columns = await administrators.text(path)
    assert re.search(r'name="column0".*?<option value="given_name" selected>', columns, re.DOTALL)
    assert "anna@muster.example" in columns
    assert (await administrators.post(f"{path}/try", column3="title")).headers["Location"] == path
    assert "data-live" in await administrators.text(path)
    await _jobs_done(web_config)
    tried = await administrators.text(path)
    assert "Import now" in tried
    assert "“urs at muster” is no e-mail address." in tried
    assert await Person.all().count() == 0
    await administrators.post(f"{path}/run")
    await _jobs_done(web_config)
    assert "The file is imported." in await administrators.text(path)
    anna = await Person.get()
    assert (anna.title, anna.given_name) == ("Dr.", "Anna")
    run = await ImportRun.get()
    assert (run.state, run.new, run.wrong) == (ImportState.DONE, 1, 1)
    assert not list((web_config.data_folder / "imports").iterdir())
    wrong = await (await administrators.get(f"{path}/wrong-lines")).text()
    assert "Urs;Meier;Muster AG;;urs at muster;3: “urs at muster” is no e-mail address." in wrong
    # What was corrected is known of the next file with these columns.
    again = await _upload(administrators, CONTACTS.encode())
    columns = await administrators.text(again.headers["Location"])
    assert re.search(r'name="column3".*?<option value="title" selected>', columns, re.DOTALL)


async def test_a_long_import_goes_on_from_job_to_job(administrators: Browser, web_config: WebConfig):
    lines = "".join(f"Anna{n};Muster;Muster AG;;anna{n}@muster.example\n" for n in range(1200))
    path = (await _upload(administrators, (CONTACTS.splitlines()[0] + "\n" + lines).encode())).headers[
        "Location"
    ]
    await administrators.post(f"{path}/try")
    queue = TableQueue(only=frozenset({"run-import"}))
    imports = RunImports(web_config.data_folder, "own", seconds=0)
    turns = 0
    for begin in ("", "run"):
        if begin:
            await administrators.post(f"{path}/run")
        while jobs := await queue.claim(10):
            await imports(jobs, queue=queue)
            turns += 1
    assert turns > 4
    assert await Person.all().count() == 1200
    assert await Organisation.all().count() == 1


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 ...", b"PK\x03\x04 no zip"])
async def test_what_is_no_table_is_refused_with_the_reason(administrators: Browser, content: bytes):
    response = await _upload(administrators, content)
    assert response.status == 422
    assert await ImportRun.all().count() == 0


async def test_a_form_that_is_not_ours_and_a_file_too_large_leave_nothing(
    administrators: Browser, web_config: WebConfig
):
    assert (await _upload(administrators, CONTACTS.encode(), token="")).status == 403
    object.__setattr__(web_config, "largest_import", 100)
    assert (await _upload(administrators, CONTACTS.encode())).status == 422
    folder = web_config.data_folder / "imports"
    assert not folder.exists() or not list(folder.iterdir())


async def test_only_administrators_import_and_export(browser: Browser):
    for path in ("/imports", "/export"):
        assert (await browser.get(path)).status == 403
    assert (await _upload(browser, CONTACTS.encode())).status == 403


async def test_everything_is_taken_out_as_a_file(administrators: Browser, tmp_path: Path):
    await Organisation.create(name="Muster AG")
    for kind in ("csv", "xlsx", "vcard", "json"):
        response = await administrators.get(f"/export?format={kind}")
        assert response.status == 200
        assert "attachment" in response.headers["Content-Disposition"]
        assert await response.read()
    assert "Muster AG" in await administrators.text("/export?format=csv")
    assert (await administrators.get("/export?format=exe")).status == 404
