"""What was learnt, by the API: listed in pages, shown, taken back."""

from storage.entries import Entry, Participant
from tests.web.api.conftest import Program
from tests.web.correspondence import entered, firm, mail, somebody


async def _held(program: Program, subject: str = "Offerte") -> tuple[Entry, Participant]:
    assert program.staff
    entry = await entered(mail(subject), staff=program.staff, held="unknown-address")
    return entry, await Participant.get(entry_id=entry.id)


async def test_what_was_decided_is_listed_and_taken_back(program: Program):
    person = await somebody(await firm(), address="other@mueller.example")
    entry, participant = await _held(program)
    body = {"participant": participant.id, "person": person.id, "remember": True}
    await program.done("POST", f"/held/{entry.id}/assign", json=body)
    (row,) = (await program.got("/facts?kind=person&q=mueller.example"))["rows"]
    assert (row["about"], row["person"]["id"], row["entry"]) == ("anna@mueller.example", person.id, entry.id)
    assert await program.got(f"/facts/{row['id']}") == row
    assert (await program.got("/facts?kind=address-ignored"))["rows"] == []
    assert await program.done("POST", f"/facts/{row['id']}/take-back") == {"entries": [entry.id]}
    assert (await program.problem("POST", f"/facts/{row['id']}/take-back")).status == 404


async def test_facts_come_in_pages(program: Program):
    entries = [(await _held(program, str(number)))[0] for number in range(3)]
    for entry in entries:
        await program.done("POST", f"/held/{entry.id}/ignore")
    first = await program.got("/facts?limit=2")
    assert [row["entry"] for row in first["rows"]] == [entries[2].id, entries[1].id]
    second = await program.got(f"/facts?limit=2&after={first['after']}")
    assert ([row["entry"] for row in second["rows"]], second["after"]) == ([entries[0].id], None)


async def test_an_address_is_an_organisations_or_ignored(program: Program):
    organisation = await firm("Muster AG", "muster.example")
    (first, one), (second, two) = await _held(program, "1"), await _held(program, "2")
    body = {"participant": one.id, "organisation": organisation.id}
    shared = await program.done("POST", f"/held/{first.id}/assign-organisation", json=body)
    assert shared["participants"][0]["organisation"]["id"] == organisation.id
    unknown = await program.problem(
        "POST", f"/held/{second.id}/assign-organisation", json=body | {"organisation": 999}
    )
    assert (unknown.status, unknown.errors[0]["pointer"]) == (422, "/organisation")
    path, ignoring = f"/held/{second.id}/ignore-always", {"participant": two.id, "whole_domain": True}
    assert (await program.done("POST", path, json=ignoring))["held"] is None
    assert (await program.problem("POST", path, json=ignoring)).status == 409
