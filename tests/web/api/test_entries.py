"""The contact history by the API: lists, one entry, files."""

from datetime import timedelta

import pytest

from storage.entries import Entry, Thread
from tests.web.api.conftest import Program, colleague
from tests.web.correspondence import NOON, entered, firm, mail, somebody


async def _subjects(program: Program, filters: str = "") -> list[str]:
    return [row["subject"] for row in (await program.got(f"/entries{filters}"))["rows"]]


async def test_an_entry_is_shown_with_who_took_part_and_why(program: Program):
    assert program.staff
    organisation = await firm()
    person = await somebody(organisation)
    entry = await entered(
        mail(attachment=b"%PDF-1.7"), staff=program.staff, person=person, organisation=organisation
    )
    shown = await program.got(f"/entries/{entry.id}")
    (participant,) = shown["participants"]
    assert participant["person"] == {"id": person.id, "name": "Anna Müller"}
    assert participant["organisation"] == {"id": organisation.id, "name": "Müller & Söhne AG"}
    assert participant["reason"] == {
        "code": "exact-address",
        "parameters": {"address": "anna@mueller.example", "person": "Anna Müller"},
        "sentence": "anna@mueller.example is entered as an address of Anna Müller.",
    }
    assert (participant["role"], participant["strength"]) == ("from", "certain")
    assert shown["staff"] == [{"id": program.staff.id, "name": "Somebody, staff", "part": "captured"}]
    assert (shown["direction"], shown["at"], shown["held"]) == ("incoming", "2026-03-03T12:00:00Z", None)
    assert "Hier ist die Offerte." in shown["text"]


async def test_the_links_of_an_entry_lead_to_its_files_and_messages(program: Program):
    assert program.staff
    raw = mail(attachment=b"%PDF-1.7")
    entry = await entered(raw, staff=program.staff)
    shown = await program.got(f"/entries/{entry.id}")
    (file,), (message,) = shown["attachments"], shown["messages"]
    response = await program.call("GET", file["content"])
    assert (response.status, response.content_type) == (200, "application/pdf")
    assert await response.read() == b"%PDF-1.7"
    assert "Offerte%20f%C3%BCr%20Sie.pdf" in response.headers["Content-Disposition"]
    assert await (await program.call("GET", message["raw"])).read() == raw


async def test_what_is_not_there_is_not_found(program: Program):
    assert program.staff
    entry = await entered(mail(), staff=program.staff)
    for path in ("/entries/999", "/entries/999/attachments/1", f"/entries/{entry.id}/attachments/{2**62}"):
        assert (await program.problem("GET", path)).status == 404


async def test_entries_are_listed_along_whom_they_are_with(program: Program):
    assert program.staff
    organisation = await firm()
    person = await somebody(organisation)
    thread = await Thread.create(subject_key="x")
    other = await colleague("Urs", "urs@muster.ch")
    await entered(mail("one"), staff=program.staff, person=person, organisation=organisation)
    await entered(mail("two"), staff=other, thread=thread, at=NOON + timedelta(days=1))
    assert await _subjects(program) == ["two", "one"]
    assert await _subjects(program, f"?organisation={organisation.id}") == ["one"]
    assert await _subjects(program, f"?person={person.id}") == ["one"]
    assert await _subjects(program, f"?staff={other.id}") == ["two"]
    assert await _subjects(program, f"?thread={thread.id}") == ["two"]
    assert await _subjects(program, "?person=999") == []


async def test_entries_are_listed_by_time_direction_kind_and_words(program: Program):
    assert program.staff
    await entered(mail("Offerte Dach"), staff=program.staff)
    await entered(mail("Rechnung"), staff=program.staff, at=NOON + timedelta(days=1))
    assert await _subjects(program, "?until=2026-03-03T23:00:00Z") == ["Offerte Dach"]
    assert await _subjects(program, "?since=2026-03-04T00:00:00%2B01:00") == ["Rechnung"]
    assert await _subjects(program, "?direction=outgoing") == []
    assert await _subjects(program, "?direction=incoming&kind=email") == ["Rechnung", "Offerte Dach"]
    assert await _subjects(program, "?q=dach") == ["Offerte Dach"]
    assert await _subjects(program, "?q=dach%00") == ["Offerte Dach"]
    assert await _subjects(program, "?q=!!!") == []


async def test_a_list_goes_along_one_thing_at_a_time(program: Program):
    problem = await program.problem("GET", "/entries?organisation=1&person=1")
    assert (problem.status, problem.errors[0]["parameter"]) == (422, "person")


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=x", "limit"),
        ("since=yesterday", "since"),
        ("since=1700000000", "since"),
        ("since=0.5", "since"),
        ("since=2026-01-01T00:00:00", "since"),
        ("until=0001-01-01T00:00:00%2B14:00", "until"),
        ("direction=up", "direction"),
        ("organisation=0", "organisation"),
        (f"person={2**63}", "person"),
        ("page=2", "page"),
        ("q=a&q=b", "q"),
    ],
)
async def test_a_wrong_parameter_is_named(program: Program, query: str, parameter: str):
    problem = await program.problem("GET", f"/entries?{query}")
    assert (problem.status, [one["parameter"] for one in problem.errors]) == (422, [parameter])


async def test_looking_changes_nothing(program: Program):
    assert program.staff
    entry = await entered(mail(attachment=b"x"), staff=program.staff, held="unknown-address")
    before = await Entry.all().values()
    for path in (
        f"/entries/{entry.id}",
        "/entries",
        "/held",
        f"/held/{entry.id}",
        "/organisations",
        "/persons",
        "/me",
    ):
        await program.got(path)
        assert (await program.call("HEAD", path)).status == 200
    assert await Entry.all().values() == before
