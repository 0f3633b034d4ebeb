"""Lists of organisations and persons with filters, own fields, and one change for many."""

from datetime import date

import pytest

from storage import many, own_fields
from storage.audit import Change
from storage.bulk_edits import BulkEdit, BulkState
from storage.correspondents import Organisation, Party, Person, Role
from storage.jobs import TableQueue
from storage.own_fields import OwnField, OwnFieldKind
from tests.web.conftest import Browser
from tests.web.correspondence import firm


async def _field(party: Party, name: str, kind: OwnFieldKind, *choices: str) -> OwnField:
    return await OwnField.create(party=party, name=name, kind=kind, choices=list(choices))


async def test_an_administrator_defines_a_field_that_is_asked_for_checked_and_shown(administrators: Browser):
    await administrators.post(
        "/own-fields/new", party="organisation", kind="choice", name="Segment", choices="A\nB", place="1"
    )
    field = await OwnField.get(name="Segment")
    assert field.choices == ["A", "B"]
    wrong = await administrators.post("/organisations/new", name="Glas AG", **{f"own-{field.id}": "C"})
    assert wrong.status == 422
    assert "Choose one of the list." in await wrong.text()
    await administrators.post("/organisations/new", name="Glas AG", **{f"own-{field.id}": "B"})
    organisation = await Organisation.get(name="Glas AG")
    assert organisation.own_fields == {str(field.id): "B"}
    assert "Segment" in await administrators.text(f"/organisations/{organisation.id}")
    await administrators.post(
        f"/own-fields/{field.id}", name="Segment", choices="A", place="1", archived="yes"
    )
    await administrators.post(f"/organisations/{organisation.id}/edit", name="Glas & Co AG")
    assert (await Organisation.get(id=organisation.id)).own_fields == {str(field.id): "B"}


async def test_a_field_defined_by_mistake_is_removed_and_one_filled_in_is_kept(administrators: Browser):
    mistake = await _field(Party.PERSON, "Stfue", OwnFieldKind.TEXT)
    used = await _field(Party.PERSON, "Stufe", OwnFieldKind.TEXT)
    await Person.create(family_name="Muster", own_fields={str(used.id): "Gold"})
    assert (await administrators.post(f"/own-fields/{mistake.id}/remove")).status == 303
    refused = await administrators.post(f"/own-fields/{used.id}/remove")
    assert (refused.status, "archive it instead" in await refused.text()) == (422, True)
    assert [one.name for one in await OwnField.all()] == ["Stufe"]


async def test_own_fields_are_the_administrators_alone(browser: Browser):
    assert (await browser.get("/own-fields")).status == 403


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (OwnFieldKind.NUMBER, "1'250.50", 1250.5), (OwnFieldKind.NUMBER, "12,0", 12),
        (OwnFieldKind.DATE, "2026-03-01", "2026-03-01"), (OwnFieldKind.TEXT, "  a  b ", "a b"),
        (OwnFieldKind.TEXT, " ", None),
    ],
)  # fmt: skip
def test_a_value_is_kept_as_what_it_is(kind: OwnFieldKind, text: str, value: object):
    assert own_fields.value_of(OwnField(kind=kind, choices=[]), text) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (OwnFieldKind.NUMBER, "viel"), (OwnFieldKind.NUMBER, "NaN"), (OwnFieldKind.NUMBER, "1e99"),
        (OwnFieldKind.DATE, "31.02.2026"), (OwnFieldKind.CHOICE, "X"), (OwnFieldKind.TEXT, "x" * 301),
    ],
)  # fmt: skip
def test_a_value_of_another_kind_is_refused(kind: OwnFieldKind, text: str):
    with pytest.raises(own_fields.WrongValue):
        own_fields.value_of(OwnField(kind=kind, choices=["A"]), text)


async def test_the_list_shows_what_its_filters_leave(browser: Browser):
    field = await _field(Party.PERSON, "Stufe", OwnFieldKind.CHOICE, "Gold", "Silber")
    await Person.create(
        family_name="Abt", language="de", interests=["Wein"], own_fields={str(field.id): "Gold"}
    )
    await Person.create(family_name="Beck", language="fr", interests=["Wein"])
    text = await browser.text(f"/persons?interest=Wein&own-{field.id}=Gold&sort=last_contact")
    assert "Abt" in text
    assert "Beck" not in text
    assert "Edit all that are found" in text
    assert "Beck" in await browser.text("/persons?language=fr")


async def test_persons_are_filtered_by_their_roles(browser: Browser):
    glas = await firm("Glaswerk AG", "glas.example")
    for name, function, until in (
        ("Abt", "Einkauf", date(2020, 1, 1)),
        ("Beck", "Einkauf", None),
        ("Cadonau", "Rat", None),
    ):
        person = await Person.create(family_name=name)
        await Role.create(person=person, organisation=glas, function=function, until=until)
    for query, shown in (
        ("function=einkauf", {"Abt", "Beck"}), ("function=einkauf&role=open", {"Beck"}),
        ("organisation=glas&role=ended", {"Abt"}), ("organisation=glaswerk+ag&function=rat", {"Cadonau"}),
    ):  # fmt: skip
        text = await browser.text(f"/persons?{query}")
        assert {name for name in ("Abt", "Beck", "Cadonau") if f"<b>{name}" in text} == shown, query


async def test_many_are_changed_at_once_each_with_its_line_in_the_journal_and_taken_back(browser: Browser):
    for number in range(4):
        await firm(f"Firma {number}", f"firma-{number}.example")
    await Organisation.filter(name="Firma 3").update(interests=["Wein"])
    assert "4 organisations will be changed" in await browser.text("/organisations/bulk?all=1&q=firma")
    response = await browser.post(
        "/organisations/bulk", act="add-interest", interest_to="Wein", all="1", q="firma", expected="4"
    )
    row = await BulkEdit.get()
    assert response.headers["Location"] == f"/bulk/{row.id}"
    assert (row.state, row.changed) == (BulkState.DONE, 3)
    assert [one.interests for one in await Organisation.all()] == [["Wein"]] * 4
    changes = await Change.filter(bulk_id=row.id)
    assert [change.after for change in changes] == [{"interests": ["Wein"]}] * 3
    await Organisation.filter(name="Firma 0").update(interests=["Wein", "Golf"])
    await browser.post(f"/bulk/{row.id}/undo")
    await row.refresh_from_db()
    assert (row.state, row.skipped) == (BulkState.UNDONE, 1)
    kept = {one.name: one.interests for one in await Organisation.all()}
    assert kept == {"Firma 0": ["Wein", "Golf"], "Firma 1": [], "Firma 2": [], "Firma 3": ["Wein"]}


async def test_nothing_is_changed_when_others_fit_than_were_seen(browser: Browser):
    await firm("Firma 0")
    response = await browser.post(
        "/organisations/bulk", act="industry", industry_to="Glas", all="1", expected="7"
    )
    assert response.status == 422
    assert "Meanwhile others fit" in await response.text()
    assert not await BulkEdit.all().exists()


async def test_only_those_ticked_are_changed(browser: Browser):
    one, other = await Person.create(family_name="Abt"), await Person.create(family_name="Beck")
    assert "1 person will be changed" in await browser.text(f"/persons/bulk?id={one.id}")
    await browser.post("/persons/bulk", act="language", language_to="it", id=str(one.id), expected="1")
    assert (await Person.get(id=one.id)).language == "it"
    assert (await Person.get(id=other.id)).language == ""


async def test_many_batches_are_a_job_that_goes_on_after_a_break(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(many, "BATCH", 2)
    monkeypatch.setattr(many, "BATCHES_OF_JOB", 1)
    for number in range(5):
        await Person.create(family_name=f"P{number}")
    await browser.post("/persons/bulk", act="language", language_to="it", all="1", expected="5")
    row = await BulkEdit.get()
    assert (row.state, row.changed) == (BulkState.DOING, 0)
    queue = TableQueue()
    rounds = 0
    while jobs := await queue.claim(5):
        await many.work_on(jobs, queue=queue)
        rounds += 1
    assert rounds == 4
    assert await Person.filter(language="it").count() == 5
    assert (await BulkEdit.get()).state is BulkState.DONE
    assert await Change.filter(bulk_id=row.id).count() == 5


async def test_an_organisation_belongs_to_another_but_never_to_itself(browser: Browser):
    parent, child = await firm("Mutter AG", "mutter.example"), await firm("Tochter AG", "tochter.example")
    await browser.post(f"/organisations/{child.id}/edit", name="Tochter AG", organisation="Mutter AG")
    assert (await Organisation.get(id=child.id)).parent_id == parent.id
    assert "Tochter AG" in await browser.text(f"/organisations/{parent.id}")
    wrong = await browser.post(
        f"/organisations/{parent.id}/edit", name="Mutter AG", organisation="Tochter AG"
    )
    assert "It belongs to this one itself." in await wrong.text()
    assert (await Organisation.get(id=parent.id)).parent_id is None
