"""What is held, by the API: listed, shown with candidates, decided."""

from storage.correspondents import EmailAddress, Person
from storage.entries import Entry, Participant
from tests.web.api.conftest import Program
from tests.web.correspondence import entered, firm, mail, somebody


async def _held(program: Program) -> tuple[Entry, Participant]:
    assert program.staff
    entry = await entered(mail(), staff=program.staff, held="unknown-address")
    return entry, await Participant.get(entry_id=entry.id)


async def test_what_waits_is_listed_with_the_reason(program: Program):
    assert program.staff
    await entered(mail("filed"), staff=program.staff, person=await somebody(await firm()))
    entry, _ = await _held(program)
    (row,) = (await program.got("/held"))["rows"]
    assert (row["id"], row["held"]["code"]) == (entry.id, "unknown-address")
    assert row["held"]["sentence"] == "anna@mueller.example is not entered anywhere yet."


async def test_a_held_entry_is_shown_with_persons_who_may_be_meant(program: Program):
    entry, participant = await _held(program)
    person = await somebody(await firm(), "Anna", "Annaheim", address="other@mueller.example")
    shown = await program.got(f"/held/{entry.id}")
    assert (shown["participant"], [one["id"] for one in shown["candidates"]]) == (participant.id, [person.id])
    assert (await program.got(f"/held/{entry.id}?q=xyzzy"))["candidates"] == []
    asked = await program.got(f"/held/{entry.id}?participant={participant.id}&q=annaheim")
    assert asked["candidates"][0]["roles"][0]["organisation"]["name"] == "Müller & Söhne AG"


async def test_a_decision_ends_the_wait(program: Program):
    entry, participant = await _held(program)
    person = await somebody(await firm(), address="other@mueller.example")
    body = {"participant": participant.id, "person": person.id, "remember": True}
    decided = await program.done("POST", f"/held/{entry.id}/assign", json=body)
    assert (decided["held"], decided["participants"][0]["person"]["id"]) == (None, person.id)
    assert decided["participants"][0]["reason"]["sentence"] == "Somebody, staff decided it."
    assert await EmailAddress.filter(person_id=person.id, key="anna@mueller.example").exists()
    assert (await program.problem("POST", f"/held/{entry.id}/assign", json=body)).status == 409
    assert (await program.problem("GET", f"/held/{entry.id}")).status == 404


async def test_a_decision_remembers_no_address_unasked(program: Program):
    entry, participant = await _held(program)
    person = await Person.create(family_name="Meier")
    await program.done(
        "POST", f"/held/{entry.id}/assign", json={"participant": participant.id, "person": person.id}
    )
    assert await EmailAddress.all().count() == 0


async def test_a_decision_that_cannot_be_is_refused(program: Program):
    entry, participant = await _held(program)
    person = await Person.create(family_name="Meier")
    path = f"/held/{entry.id}/assign"
    unknown = await program.problem("POST", path, json={"participant": participant.id, "person": 999})
    assert (unknown.status, unknown.errors[0]["pointer"]) == (422, "/person")
    assert (await program.problem("POST", path, json={"participant": 999, "person": person.id})).status == 409
    assert (await program.problem("POST", path, json={"participant": participant.id})).status == 422
    assert (await program.problem("POST", "/held/999/assign", json={"person": person.id})).status == 404
    assert (await Entry.get(id=entry.id)).held_reason == "unknown-address"


async def test_a_held_entry_is_let_go_once(program: Program):
    entry, _ = await _held(program)
    assert (await program.done("POST", f"/held/{entry.id}/ignore"))["held"] is None
    assert (await program.problem("POST", f"/held/{entry.id}/ignore")).status == 409
    assert (await program.problem("POST", "/held/999/ignore")).status == 404
