"""What is exported and imported into an empty Postbuch is exported again as the same file."""

import json
from datetime import date
from pathlib import Path

import pytest

from ingest.correspondents.opening import open_file
from ingest.correspondents.writing import ExportKind
from storage import directory_edits
from storage.connect import transaction
from storage.correspondents import (
    EmailAddress,
    FormerName,
    Organisation,
    OrganisationDomain,
    OrganisationNumber,
    Person,
    PhoneKind,
    PhoneNumber,
    PostalAddress,
    Role,
)
from tests.ingest.correspondents.conftest import Importing, counts

CHILD = {
    "name": "Muster Bern AG",
    "note": 'Two\r\nlines; "quoted"',
    "interests": ["Wein; rot", "Art\\Kunst"],
}
PARENT = {
    "name": '=HYPERLINK("http://evil.example")',
    "external_key": "crm:1",
    "customer_number": "K-9",
    "legal_form": "AG",
    "industry": "@Bau",
    "language": "fr",
    "own_fields": {"Region": "+Ost", "Rang": 3, "Text": "3"},
}
ANNA = {
    "given_name": "Anna",
    "family_name": "'=Müller",
    "title": "Dr.",
    "salutation": "Frau",
    "note": "\tTab",
}


async def _everything() -> None:
    child = await directory_edits.add(
        Organisation,
        CHILD,
        staff_id=None,
        belongings=[
            (OrganisationDomain, {"domain": "muster.example"}),
            (OrganisationDomain, {"domain": "muster-bern.example"}),
            (FormerName, {"name": "Alt AG", "until": date(2019, 12, 31)}),
            (FormerName, {"name": "MB", "is_short": True}),
            (FormerName, {"name": "MBAG", "is_short": True, "until": date(2020, 12, 31)}),
            (OrganisationNumber, {"value": "CHE-116.281.710"}),
            (OrganisationNumber, {"value": "CH93 0076 2011 6238 5295 7"}),
            (EmailAddress, {"written": "info@muster.example"}),
        ],
    )
    gone = await Organisation.create(name="Gone")
    await gone.delete()
    parent = await directory_edits.add(Organisation, PARENT, staff_id=None)
    child.parent_id = parent.id
    await child.save()
    past = {"since": date(2020, 1, 1), "until": date(2021, 1, 1)}
    anna = await directory_edits.add(
        Person,
        ANNA,
        staff_id=None,
        belongings=[
            (EmailAddress, {"written": "Anna@muster.example", **past}),
            (EmailAddress, {"written": "anna@muster-bern.example"}),
            (PhoneNumber, {"written": "+41 44 123 45 67"}),
            (PhoneNumber, {"written": "079 123 45 67", "kind": PhoneKind.MOBILE}),
            (PostalAddress, {"street": "-Weg 1", "postcode": "8001", "place": "Zürich", "country": "CH"}),
            (Role, {"organisation_id": parent.id, "function": "Einkauf", "until": date(2022, 5, 31)}),
            (Role, {"organisation_id": child.id, "function": "Leitung", "since": date(2022, 6, 1)}),
            (Role, {"organisation_id": child.id, "function": "Rat"}),
        ],
    )
    assert anna.external_key is None
    for _ in range(2):
        await directory_edits.add(Person, {"family_name": "Müller"}, staff_id=None)


async def _emptied() -> None:
    async with transaction():
        belongings = (Role, EmailAddress, PhoneNumber, PostalAddress, OrganisationDomain, FormerName)
        for model in (*belongings, OrganisationNumber, Person):
            await model.all().delete()
        await Organisation.all().update(parent_id=None)
        await Organisation.all().delete()


@pytest.mark.parametrize("kind", [ExportKind.CSV, ExportKind.XLSX])
async def test_export_import_export_gives_the_same_file(
    importing: Importing, kind: ExportKind, tmp_path: Path
):
    await _everything()
    first, shown = await importing.export(kind), await importing.export()
    await _emptied()
    # Another installation: what has no external key of its own is known by the key in the file.
    other = Importing(tmp_path, own="ffffffff")
    run = await other.run(importing.file(first, f"export.{kind.ending}"))
    assert run.wrong == 0, await importing.wrong(run)
    assert (await other.export()).decode("utf-8-sig").splitlines() == shown.decode("utf-8-sig").splitlines()
    child = await Organisation.get(name="Muster Bern AG")
    assert child.parent_id == (await Organisation.get(external_key="crm:1")).id


async def test_an_export_imported_where_it_comes_from_changes_nothing(importing: Importing):
    await _everything()
    before = await importing.export()
    run = await importing.run(before)
    assert (run.new, run.changed, run.wrong) == (0, 0, 0)
    assert await importing.export() == before
    assert await Person.filter(external_key__isnull=False).count() == 0


async def test_no_cell_of_an_export_begins_as_a_formula(importing: Importing):
    await _everything()
    opened = open_file(importing.file(await importing.export()))
    cells = [cell for row in opened.rows() for cell in row.cells]
    assert '\'=HYPERLINK("http://evil.example")' in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


async def test_json_has_numbers_with_their_kind_and_short_names(importing: Importing):
    await _everything()
    (child,) = [
        one
        for one in json.loads(await importing.export(ExportKind.JSON))["organisations"]
        if "organisation_numbers" in one
    ]
    assert child["organisation_numbers"][0] == {"kind": "uid", "value": "CHE116281710"}
    assert child["former_names"][1] == {"name": "MB", "until": None, "is_short": True}


@pytest.mark.parametrize("kind", list(ExportKind))
async def test_an_empty_postbuch_is_exported_too(importing: Importing, kind: ExportKind):
    assert bool(await importing.export(kind)) is (kind is not ExportKind.VCARD)


async def test_vcards_say_who_is_there_today(importing: Importing):
    await _everything()
    text = (await importing.export(ExportKind.VCARD)).decode()
    await _emptied()
    run = await importing.run(text)
    assert run.wrong == 0, await importing.wrong(run)
    assert counts(run)[0] == 5
    anna = await Person.get(given_name="Anna").prefetch_related("emails")
    assert [one.written for one in anna.emails] == ["anna@muster-bern.example"]
    assert (await PostalAddress.get()).place == "Zürich"
    numbers = [(one.kind, one.value) for one in await OrganisationNumber.all().order_by("id")]
    assert numbers == [("uid", "CHE116281710"), ("iban", "CH9300762011623852957")]
    assert [(one.name, one.is_short) for one in await FormerName.all()] == [("MB", True), ("MBAG", True)]
    assert {one.kind for one in await PhoneNumber.all()} == {PhoneKind.OFFICE, PhoneKind.MOBILE}
