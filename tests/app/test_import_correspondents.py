"""`postbuch import correspondents`: each row once, however often and however it ends; wrong lines to a file."""

import asyncio
import json
from collections import Counter
from pathlib import Path

import pytest

from storage.connect import connected
from storage.correspondents import EmailAddress, Organisation, Person, PhoneNumber, Role
from storage.imports import ImportRun
from tests.running import PROGRAM, command, environment

HEADER = "Nr;Vorname;Nachname;Firma;Funktion;E-Mail;Telefon"


def _row(number: int) -> str:
    return (
        f"{number};Anna{number};Müller;Firma {number // 10} AG;Einkauf;"
        f"anna{number}@firma{number // 10}.example;044 {number:07d}"
    )


def _file(folder: Path, numbers: range, *more: str) -> Path:
    path = folder / "contacts.csv"
    path.write_text("\n".join([HEADER, *map(_row, numbers), *more]) + "\n")
    return path


async def _require_each_once(url: str, number: int) -> None:
    async with connected(url):
        keys = Counter([one.external_key for one in await Person.all().only("id", "external_key")])
        assert keys == {str(each): 1 for each in range(number)}
        for model in (EmailAddress, PhoneNumber, Role):
            owners = Counter([one.person_id for one in await model.all()])
            assert set(owners.values()) == {1}, model
            assert len(owners) == number, model
        assert await Organisation.all().count() == (number + 9) // 10


async def test_a_file_is_imported_once_however_often(database_url: str, tmp_path: Path) -> None:
    path = _file(tmp_path, range(30), "30;Eva;Graf;;;eva at x;")
    wrong = tmp_path / "wrong.csv"
    arguments = ("import", "correspondents", str(path), "--key", "Nr", "--wrong-lines", str(wrong))
    for counts in ("30 new, 0 changed, 0 the same, 1 wrong", "0 new, 0 changed, 30 the same, 1 wrong"):
        code, printed, errors = await command(tmp_path, *arguments, database_url=database_url)
        assert (code, errors) == (0, "")
        assert printed == f"contacts.csv: {counts}.\n"
    await _require_each_once(database_url, 30)
    corrected = wrong.read_text("utf-8-sig").replace(";eva at x;", ";eva@x.example;")
    assert "32: “eva at x” is no e-mail address." in corrected
    wrong.write_text(corrected)
    code, printed, _ = await command(
        tmp_path, "import", "correspondents", str(wrong), "--key", "Nr", "--json", database_url=database_url
    )
    assert code == 0
    assert (json.loads(printed)["new"], json.loads(printed)["wrong"]) == (1, 0)


@pytest.mark.parametrize("after", [0.0, 0.3])
async def test_killed_in_the_middle_and_begun_again_nothing_is_half_done_and_nothing_twice(
    database_url: str, tmp_path: Path, after: float
) -> None:
    path = _file(tmp_path, range(4000))
    arguments = ("import", "correspondents", str(path), "--key", "Nr")
    process = await asyncio.create_subprocess_exec(
        *PROGRAM, *arguments, env=environment(tmp_path, database_url=database_url)
    )
    async with asyncio.timeout(120), connected(database_url):
        while not await Person.all().count():
            await asyncio.sleep(0.01)
    await asyncio.sleep(after)
    process.kill()
    await process.wait()
    async with connected(database_url):
        run = await ImportRun.get()
        done = await Person.all().count()
        assert 0 < done < 4000
        assert (run.new, run.position) == (done, done + 1)
        assert await Role.all().count() == done
    code, printed, errors = await command(tmp_path, *arguments, database_url=database_url)
    assert (code, errors) == (0, "")
    assert printed == "contacts.csv: 4000 new, 0 changed, 0 the same, 0 wrong.\n"
    await _require_each_once(database_url, 4000)


async def test_a_dry_run_tells_columns_and_counts_and_writes_nothing(
    database_url: str, tmp_path: Path
) -> None:
    path = _file(tmp_path, range(10))
    arguments = ("import", "correspondents", str(path), "--key", "Nr", "--column", "Funktion=", "--dry-run")
    code, printed, _ = await command(tmp_path, *arguments, database_url=database_url)
    assert code == 0
    assert printed.startswith("contacts.csv: 10 would be new, 0 would be changed, 0 the same, 0 wrong.\n")
    assert "  Nr: external_key\n" in printed
    assert "  Funktion: (left out)\n" in printed
    async with connected(database_url):
        assert await Person.all().count() == 0


async def test_what_cannot_be_done_is_said(tmp_path: Path, sqlite_template: Path) -> None:
    (tmp_path / "postbuch.db").write_bytes(sqlite_template.read_bytes())
    path = _file(tmp_path, range(3))
    empty = tmp_path / "empty.csv"
    empty.touch()
    for arguments, said in (
        ((str(path), "--key", "Id"), "there is no column Id"),
        ((str(empty),), "there is nothing in it"),
        ((str(path), "--column", "Nr=nothing"), "write TITLE=MEANING"),
        ((str(path), "--encoding", "klingon"), "there is no such encoding"),
        ((str(tmp_path / "none.csv"),), "No such file"),
    ):
        code, _, errors = await command(tmp_path, "import", "correspondents", *arguments)
        assert code == 1
        assert said in errors


async def test_everything_is_exported_and_imported_into_another_postbuch(
    tmp_path: Path, sqlite_template: Path
) -> None:
    folders = [tmp_path / name for name in ("one", "two")]
    for folder in folders:
        folder.mkdir()
        (folder / "postbuch.db").write_bytes(sqlite_template.read_bytes())
    await command(folders[0], "import", "correspondents", str(_file(tmp_path, range(25))))
    exports = [folder / "export.csv" for folder in folders]
    for folder, export in zip(folders, exports, strict=True):
        code, _, errors = await command(folder, "export", "correspondents", "--to", str(export))
        assert (code, errors) == (0, "")
        await command(folders[1], "import", "correspondents", str(export))
    assert exports[0].read_bytes() == exports[1].read_bytes()
    assert exports[0].stat().st_mode & 0o077 == 0
