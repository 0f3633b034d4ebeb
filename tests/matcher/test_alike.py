"""Organisations that are meant by a misspelt name."""

import pytest

from matcher.alike import alike
from storage.correspondents import FormerName, Organisation
from storage.sort_keys import sort_key


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Zürcher Brunenbau AG", ["Zürcher Brunnenbau AG"]),
        ("Zuercher Brunnenbau", ["Zürcher Brunnenbau AG"]),
        ("ZÜRCHER BRUNNEN BAU S.A.", ["Zürcher Brunnenbau AG"]),
        ("Zürcher Brnnenbau GmbH", []),  # another form is another firm
        ("Brunnen Frai", ["Zürcher Brunnenbau AG"]),  # as it was called before
        ("Meyer Hoizbau", ["Meyer Holzbau", "Meier Holzbau"]),  # who is the most alike first
        ("Bär", []),
        ("", []),
        ("% _ \x00", []),
    ],
)
async def test_who_is_called_nearly_so_is_found(database: str, written: str, names: list[str]) -> None:
    one = await _organisation("Zürcher Brunnenbau AG")
    await FormerName.create(organisation=one, name="Brunnen Frei", sort_key="brunnen frei")
    for name in ("Meier Holzbau", "Meyer Holzbau", "Basler Fensterbau GmbH"):
        await _organisation(name)
    assert [found.organisation.name for found in await alike(written)] == names


async def test_only_a_few_are_told_of_many_alike(database: str) -> None:
    for number in range(10, 30):
        await _organisation(f"Schulhaus {number}")
    assert len(await alike("Schulhaus 1x")) == 5


async def _organisation(name: str) -> Organisation:
    return await Organisation.create(name=name, sort_key=sort_key(name))
