"""Those entered twice, for programs: the pairs, merging, undoing."""

from storage.correspondents import EmailAddress, Party, Person
from storage.duplicates import Pair, PairState
from storage.entries import Strength
from storage.jobs import Job
from tests.matcher.people import firm, person
from tests.web.api.conftest import Program


async def pair() -> Pair:
    """Enter somebody twice, and let them be found."""
    one, other = await person("Jürg Müller", "jm@x.example"), await person("Juerg Mueller", "jm@y.example")
    return await Pair.create(
        party=Party.PERSON,
        first_id=one.id,
        second_id=other.id,
        strength=Strength.STRONG,
        findings=[["spelling", 7]],
    )


async def test_pairs_are_listed_with_reasons_and_in_pages(program: Program):
    pairs = [await pair(), await pair(), await pair()]
    first = await program.got("/duplicates?limit=2")
    assert [row["id"] for row in first["rows"]] == [pairs[0].id, pairs[1].id]
    assert first["rows"][0]["first"]["name"] == "Jürg Müller"
    assert first["rows"][0]["reasons"] == [{"likeness": "spelling", "points": 7}]
    rest = await program.got(f"/duplicates?limit=2&after={first['after']}")
    assert [row["id"] for row in rest["rows"]] == [pairs[2].id]
    assert (await program.got("/duplicates?party=organisation"))["rows"] == []


async def test_two_are_merged_by_fields_and_made_two_again(program: Program):
    found = await pair()
    body = {
        "party": "person",
        "survivor_id": found.second_id,
        "gone_id": found.first_id,
        "take": {"given_name": "gone", "note": "both"},
    }
    done = await program.done("POST", "/merges", status=201, json=body)
    assert (await Person.get(id=found.second_id)).name == "Jürg Mueller"
    assert await EmailAddress.filter(person_id=found.second_id).count() == 2
    assert (await Pair.get(id=found.id)).state is PairState.MERGED
    assert (await program.got(f"/merges/{done['id']}"))["undo_until"]
    assert (await program.got(f"/persons/{found.first_id}"))["id"] == found.second_id
    undone = await program.done("POST", f"/merges/{done['id']}/undo")
    assert undone["undone_at"]
    assert (await Person.get(id=found.second_id)).name == "Juerg Mueller"
    assert (await program.problem("POST", f"/merges/{done['id']}/undo")).status == 409


async def test_any_two_are_merged_without_having_been_found(program: Program):
    one, other = await firm("Muster AG"), await firm("Holz GmbH")
    body = {"party": "organisation", "survivor_id": one.id, "gone_id": other.id}
    done = await program.done("POST", "/merges", status=201, json=body)
    assert not await Pair.all().exists()
    assert (await program.got(f"/organisations/{other.id}"))["id"] == one.id
    await program.done("POST", f"/merges/{done['id']}/undo")
    assert (await program.got(f"/organisations/{other.id}"))["name"] == "Holz GmbH"


async def test_what_cannot_be_merged_is_named(program: Program):
    one = await firm("Muster AG")
    body = {"party": "organisation", "survivor_id": one.id, "gone_id": one.id}
    assert (await program.problem("POST", "/merges", json=body)).errors[0]["pointer"] == "/gone_id"
    body = {"party": "organisation", "survivor_id": 4711, "gone_id": one.id}
    assert (await program.problem("POST", "/merges", json=body)).errors[0]["pointer"] == "/survivor_id"
    body = {"party": "organisation", "survivor_id": one.id, "gone_id": 4711, "take": {"name": "both"}}
    assert "only one" in (await program.problem("POST", "/merges", json=body)).errors[0]["detail"]


async def test_a_pair_that_are_two_is_listed_no_more(program: Program):
    found = await pair()
    await program.done("POST", f"/duplicates/{found.id}/two", status=204)
    assert (await program.got("/duplicates"))["rows"] == []
    assert (await program.problem("POST", f"/duplicates/{found.id}/two")).status == 404


async def test_a_search_is_begun(program: Program):
    await program.done("POST", "/duplicates/search", status=204)
    assert await Job.filter(kind="find-duplicates").count() == 2
