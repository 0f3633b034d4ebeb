"""postbuch organisation and postbuch person: enter, list, show, move."""

import json
from pathlib import Path

import pytest

from storage.connect import connected
from storage.correspondents import EmailAddress, Role
from storage.schema import migrate
from tests.running import command


@pytest.fixture
async def folder(tmp_path: Path) -> Path:
    """A data folder with a database without rows."""
    await migrate(f"sqlite:///{tmp_path / 'postbuch.db'}")
    return tmp_path


async def test_organisations_and_persons_are_entered_listed_and_shown(folder: Path) -> None:
    assert (await command(folder, "organisation", "add", "Muster AG", "--domain", "muster.example"))[0] == 0
    given = (
        "von Gunten",
        "Anna",
        "--email",
        "anna@muster.example",
        "--phone",
        "044 123 45 67",
        "--at",
        "Muster AG",
    )
    code, printed, _ = await command(folder, "person", "add", *given, "--json")
    assert code == 0
    number = json.loads(printed)["id"]
    _, printed, _ = await command(folder, "person", "list", "gunten", "--json")
    (line,) = json.loads(printed)
    assert (line["name"], line["works_at"]) == ("Gunten, Anna von", "Muster AG")
    _, printed, _ = await command(folder, "person", "show", str(number), "--json")
    assert json.loads(printed)["phones"] == ["+41441234567"]
    _, printed, _ = await command(folder, "organisation", "show", "muster.example")
    assert "Anna von Gunten" in printed
    code, _, errors = await command(folder, "organisation", "add", "Andere AG", "--domain", "muster.example")
    assert code == 1
    assert "Another organisation has this domain already." in errors


async def test_persons_are_listed_by_role_and_organisations_have_numbers(folder: Path) -> None:
    number = "CH93 0076 2011 6238 5295 7"
    assert (await command(folder, "organisation", "add", "Muster AG", "--number", number))[0] == 0
    code, _, errors = await command(folder, "organisation", "add", "X AG", "--number", "CHE-116.281.711")
    assert (code, "its check digits do not fit" in errors) == (1, True)
    _, printed, _ = await command(folder, "organisation", "show", "Muster AG", "--json")
    assert json.loads(printed)["numbers"] == ["CH9300762011623852957"]
    await command(folder, "person", "add", "Abt", "--at", "Muster AG", "--function", "Einkauf")
    await command(folder, "person", "add", "Beck", "--at", "Muster AG", "--function", "Rat")
    listed = ("person", "list", "--function", "einkauf", "--at", "muster", "--role", "open", "--json")
    _, printed, _ = await command(folder, *listed)
    assert [line["name"] for line in json.loads(printed)] == ["Abt"]


async def test_a_person_moves_by_command(folder: Path) -> None:
    await command(folder, "organisation", "add", "Alt AG", "--domain", "alt.example")
    await command(folder, "organisation", "add", "Neu AG")
    await command(folder, "person", "add", "Muster", "--at", "Alt AG", "--email", "m@alt.example")
    code, printed, _ = await command(
        folder, "person", "move", "m@alt.example", "Neu AG", "--since", "2026-07-01"
    )
    assert code == 0
    assert "from 2026-07-01 on" in printed
    async with connected(f"sqlite:///{folder / 'postbuch.db'}"):
        assert [str(role.until) for role in await Role.all().order_by("id")] == ["2026-06-30", "None"]
        assert str((await EmailAddress.get()).until) == "2026-06-30"


async def test_a_name_that_several_have_is_asked_back(folder: Path) -> None:
    for name in ("Glas Nord AG", "Glas Süd AG"):
        await command(folder, "organisation", "add", name)
    code, _, errors = await command(folder, "organisation", "show", "Glas")
    assert code == 1
    assert "several fit" in errors
