"""Pages of those entered twice: a list with reasons, side by side, merged, and two again."""

from storage.correspondents import EmailAddress, Organisation, Party, Person
from storage.duplicates import Pair, PairState
from storage.entries import Strength
from storage.jobs import Job
from storage.merges import Merge
from storage.staff import AccessRole
from tests.matcher.people import firm, person
from tests.web.conftest import Browser, NewBrowser, staff_member


async def pair_of(one: Person | Organisation, other: Person | Organisation) -> Pair:
    """Let two be found to be one."""
    party = Party.PERSON if isinstance(one, Person) else Party.ORGANISATION
    return await Pair.create(
        party=party,
        first_id=one.id,
        second_id=other.id,
        strength=Strength.CERTAIN,
        findings=[["spelling", 7], ["email", 6], ["other-address", -1]],
    )


async def two() -> tuple[Person, Person, Pair]:
    """Enter somebody twice."""
    one = await person("Jürg Müller", "jm@muster.example", at=await firm("Muster AG"))
    other = await person("Juerg Mueller", "jm@home.example")
    await Person.filter(id=one.id).update(note="Mag Kaffee")
    await Person.filter(id=other.id).update(note="Kein Zucker", title="Dr.")
    return one, other, await pair_of(one, other)


async def test_the_list_tells_who_and_why(browser: Browser):
    _, _, pair = await two()
    text = await browser.text("/duplicates")
    assert "Jürg Müller" in text
    assert "Juerg Mueller" in text
    assert "The same name in another spelling" in text
    assert f"/duplicates/{pair.id}" in text
    assert "Nobody is entered twice" in await browser.text("/duplicates?party=organisation")


async def test_a_pair_stands_side_by_side_with_what_differs(browser: Browser):
    _, _, pair = await two()
    text = (await browser.text(f"/duplicates/{pair.id}")).replace("<wbr>", "")
    for shown in (
        "jm@muster.example",
        "jm@home.example",
        "Muster AG",
        "Mag Kaffee",
        "Kein Zucker",
        "Dr.",
        "Both",
    ):
        assert shown in text


async def test_merged_with_the_fields_that_were_chosen_and_made_two_again(browser: Browser):
    one, other, pair = await two()
    response = await browser.post(
        f"/duplicates/{pair.id}/merge",
        stays=str(other.id),
        given_name=str(one.id),
        family_name=str(one.id),
        note="both",
    )
    assert response.headers["Location"] == f"/persons/{other.id}"
    survivor = await Person.get(id=other.id)
    assert survivor.name == "Dr. Jürg Müller"
    assert survivor.note == "Kein Zucker\n\nMag Kaffee"
    assert await EmailAddress.filter(person_id=other.id).count() == 2
    assert (await browser.get(f"/persons/{one.id}")).headers["Location"] == f"/persons/{other.id}"
    shown = await browser.text(f"/persons/{other.id}")
    assert "merged on" in shown
    done = await Merge.get()
    assert f"/merges/{done.id}/undo" in shown
    assert (await browser.post(f"/merges/{done.id}/undo")).headers["Location"] == f"/persons/{one.id}"
    assert (await Person.get(id=one.id)).name == "Jürg Müller"
    assert (await Person.get(id=other.id)).name == "Dr. Juerg Mueller"
    assert (await browser.post(f"/merges/{done.id}/undo")).status == 409


async def test_two_stay_two_and_are_listed_no_more(browser: Browser):
    _, _, pair = await two()
    await browser.post(f"/duplicates/{pair.id}/two")
    assert (await Pair.get(id=pair.id)).state is PairState.TWO
    assert "Jürg" not in await browser.text("/duplicates")


async def test_organisations_are_merged_and_found_by_their_old_link(browser: Browser):
    one, other = await firm("Müller Bau AG", "mb.example"), await firm("Mueller Bau", "bau.example")
    pair = await pair_of(one, other)
    assert "bau.example" in await browser.text(f"/duplicates/{pair.id}")
    await browser.post(f"/duplicates/{pair.id}/merge", stays=str(one.id), name=str(one.id))
    assert (await browser.get(f"/organisations/{other.id}")).headers["Location"] == f"/organisations/{one.id}"
    assert "Mueller Bau" in await browser.text(f"/organisations/{one.id}")


async def test_nothing_is_merged_before_it_is_said_which_one_stays(browser: Browser):
    one, other, pair = await two()
    response = await browser.post(f"/duplicates/{pair.id}/merge", stays="7777")
    assert response.status == 422
    assert await Person.filter(id__in=[one.id, other.id]).count() == 2


async def test_a_pair_of_which_one_is_gone_is_no_page(browser: Browser):
    one, _, pair = await two()
    await Person.filter(id=one.id).delete()
    assert (await browser.get(f"/duplicates/{pair.id}")).status == 404
    assert "Juerg" not in await browser.text("/duplicates")


async def test_the_search_is_begun_by_a_button(browser: Browser):
    response = await browser.post("/duplicates/search", party="organisation")
    assert response.headers["Location"] == "/duplicates?party=organisation&searching=1"
    assert await Job.filter(kind="find-duplicates").count() == 2


async def test_a_reader_sees_pairs_and_merges_nothing(new_browser: NewBrowser):
    await staff_member("Rolf Leser", "rolf@muster.ch", AccessRole.READER)
    browser = await new_browser()
    await browser.log_in("rolf@muster.ch")
    _, _, pair = await two()
    assert "They are two" not in await browser.text(f"/duplicates/{pair.id}")
    for path in ("merge", "two"):
        assert (await browser.post(f"/duplicates/{pair.id}/{path}")).status == 403
    assert (await browser.get(f"/persons/{pair.first_id}/same")).status == 403
    path = f"/persons/{pair.first_id}/same/{pair.second_id}"
    assert (await browser.get(path)).status == 403
    assert (await browser.post(f"{path}/merge", stays=str(pair.first_id))).status == 403
    assert await Person.all().count() == 2


async def test_any_two_persons_are_chosen_compared_merged_and_made_two_again(browser: Browser):
    one = await person("Anna Muster", "anna@muster.example", at=await firm("Muster AG"))
    other = await person("Carla Weg", "carla@weg.example")
    path = f"/persons/{one.id}/same"
    assert f'href="{path}"' in await browser.text(f"/persons/{one.id}")
    chosen = await browser.post(path, person="Carla Weg")
    assert chosen.headers["Location"] == f"{path}/{other.id}"
    text = (await browser.text(f"{path}/{other.id}")).replace("<wbr>", "")
    assert "anna@muster.example" in text
    assert "carla@weg.example" in text
    assert "They are two" not in text
    done = await browser.post(f"{path}/{other.id}/merge", stays=str(one.id), family_name=str(other.id))
    assert done.headers["Location"] == f"/persons/{one.id}"
    assert (await Person.get()).name == "Anna Weg"
    assert "can be undone until" in await browser.text(f"/persons/{one.id}")
    merge = await Merge.get()
    assert (await browser.post(f"/merges/{merge.id}/undo")).headers["Location"] == f"/persons/{other.id}"
    assert [one.name for one in await Person.all().order_by("id")] == ["Anna Muster", "Carla Weg"]


async def test_nobody_is_merged_with_themselves_and_namesakes_are_asked_for(browser: Browser):
    one, other = await person("Anna Muster"), await person("Anna Muster")
    path = f"/persons/{one.id}/same"
    # Of the namesakes the other one alone can be meant.
    assert (await browser.post(path, person="Anna Muster")).headers["Location"] == f"{path}/{other.id}"
    itself = await browser.post(path, person_id=str(one.id))
    assert (itself.status, "This is the same entry" in await itself.text()) == (422, True)
    assert (await browser.get(f"{path}/{one.id}")).status == 404
    await person("Anna Muster")
    asked = await browser.post(path, person="Anna Muster")
    assert (asked.status, "Several fit" in await asked.text()) == (422, True)
    assert await Person.all().count() == 3


async def test_two_organisations_that_were_found_too_are_merged_by_hand_and_decided(browser: Browser):
    one, other = await firm("Müller Bau AG", "mb.example"), await firm("Mueller Bau", "bau.example")
    pair = await pair_of(one, other)
    path = f"/organisations/{other.id}/same"
    assert (await browser.post(path, organisation="Müller Bau")).headers["Location"] == f"{path}/{one.id}"
    assert "The same name in another spelling" in await browser.text(f"{path}/{one.id}")
    await browser.post(f"{path}/{one.id}/merge", stays=str(other.id))
    assert (await Pair.get(id=pair.id)).state is PairState.MERGED
    assert [one.name for one in await Organisation.all()] == ["Mueller Bau"]
