"""Organisations by what is nearly their name."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from storage.connect import rows
from storage.correspondents import FormerName, Organisation
from storage.near_names import NearNames, letters_of, nearly_named, pieces, probes, slips_allowed
from storage.sort_keys import sort_key

_LETTERS = "abcde"


@given(st.text(_LETTERS, min_size=4, max_size=40), st.randoms(use_true_random=False))
@settings(max_examples=500)
def test_a_name_with_as_many_slips_as_are_allowed_keeps_a_piece(name: str, chance: random.Random) -> None:
    written = name
    for _ in range(chance.randint(0, slips_allowed(len(name)))):
        written = _slipped(written, chance)
    assert probes(written) & set(pieces(name)), written


def _slipped(text: str, chance: random.Random) -> str:
    at, letter = chance.randrange(len(text) + 1), chance.choice(_LETTERS)
    kind = chance.choice("drop change add swap".split())
    if kind == "swap":
        return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]
    rest = text[at:] if kind == "add" else text[at + 1 :]
    return text[:at] + ("" if kind == "drop" else letter) + rest


def test_what_is_asked_for_is_little() -> None:
    assert len(probes("musterbauunternehmungag")) < 200


async def test_the_database_writes_the_pieces_of_names_and_keeps_them_true(database: str) -> None:
    one = await _organisation("Müller & Söhne Bau AG")
    short = await _organisation("Bär")
    former = await FormerName.create(
        organisation=one, name="Huber Tiefbau", sort_key=sort_key("Huber Tiefbau")
    )
    assert await _marks("called", one.id) == sorted(pieces("mullersohnebauag"))
    assert await _marks("called", short.id) == []
    assert await _marks("was_called", former.id) == sorted(pieces("hubertiefbau"))
    one.interests, one.note = ["Wein"], "anders"
    await one.save()
    assert await _marks("called", one.id) == sorted(pieces("mullersohnebauag"))
    one.name, one.sort_key = "Meier AG", sort_key("Meier AG")
    await one.save()
    assert await _marks("called", one.id) == sorted(pieces("meierag"))
    await one.delete()
    assert await rows("SELECT * FROM mark WHERE key = 'piece'") == []


async def test_a_misspelt_name_is_found_and_others_are_not(database: str) -> None:
    one = await _organisation("Zürcher Brunnenbau AG")
    await _organisation("Basler Fensterbau GmbH")
    await FormerName.create(organisation=one, name="Brunnen Frei", sort_key=sort_key("Brunnen Frei"))
    found = await nearly_named([letters_of(sort_key("Zürcher Brunenbau AG"))])
    assert found == NearNames([one.id], ["zurcherbrunnenbauag"])
    assert await nearly_named(["brunnenfre1"]) == NearNames([], [])
    assert await nearly_named(["brunnenfre1"], was=True) == NearNames([one.id], ["brunnenfrei"])
    assert await nearly_named([]) == NearNames([], [])


async def _organisation(name: str) -> Organisation:
    return await Organisation.create(name=name, sort_key=sort_key(name))


async def _marks(party: str, row_id: int) -> list[str]:
    sql = f"SELECT value FROM mark WHERE party = '{party}' AND row_id = {row_id} AND key = 'piece' ORDER BY value"
    return sorted(row["value"] for row in await rows(sql))
