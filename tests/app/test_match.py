"""postbuch match: each rule's evidence and the decision, read and never written."""

import json
from pathlib import Path

import pytest

from storage.connect import connected, rows
from storage.schema import migrate
from tests.matcher.people import colleague, firm, letter, person
from tests.running import command


@pytest.fixture
async def folder(tmp_path: Path) -> Path:
    """A data folder with a firm of two persons, and mails."""
    url = f"sqlite:///{tmp_path / 'postbuch.db'}"
    await migrate(url)
    async with connected(url):
        await colleague()
        muster = await firm("Muster AG", "muster.example")
        await person("Anna Muster", "anna@gmx.ch", at=muster)
        await person("Beat Muster", at=muster)
    (tmp_path / "new.eml").write_bytes(letter("Beat Muster <bm@muster.example>", Cc="x@gmx.ch"))
    (tmp_path / "ours.eml").write_bytes(letter("eva@firm.example", "urs@firm.example"))
    original = "\r\n".join(
        ["Zur Ablage", "", "-----Ursprüngliche Nachricht-----", "Von: Anna Muster <anna@gmx.ch>",
         "Gesendet: Montag, 2. März 2026 10:00", "An: Eva <eva@firm.example>", "Betreff: Offerte", "", "Grüezi"]
    )  # fmt: skip
    (tmp_path / "forward.eml").write_bytes(letter("eva@firm.example", "eva@firm.example", text=original))
    return tmp_path


async def test_each_rule_says_what_it_found_and_what_it_comes_to(folder: Path) -> None:
    code, printed, errors = await command(folder, "match", str(folder / "new.eml"), "--explain")
    assert (code, errors) == (0, "")
    assert printed.splitlines() == [
        "incoming mail",
        "from: bm@muster.example (Beat Muster)",
        "  reply_code: -",
        "  exact_address: -",
        "  letterhead: -",
        "  own_thread: -",
        (
            "  employee [strong]: bm@muster.example is new, but is used at Muster AG and gives the name of Beat Muster."
            " -> Beat Muster (person 2)"
        ),
        "  organisation_domain [strong]: muster.example is a mail domain of Muster AG. -> Muster AG (organisation 1)",
        "  registered_number: -",
        "  phone_number: -",
        "  customer_number: -",
        "  organisation_name: -",
        "  ignored: -",
        (
            "  = Beat Muster (person 2) at Muster AG (organisation 1), strong: bm@muster.example is new, but is used at"
            " Muster AG and gives the name of Beat Muster."
        ),
        "cc: x@gmx.ch",
        *[f"  {rule}: -" for rule in RULE_NAMES],
        "  = nobody; a person decides: x@gmx.ch is not entered anywhere yet.",
    ]


RULE_NAMES = (
    "reply_code",
    "exact_address",
    "letterhead",
    "own_thread",
    "employee",
    "organisation_domain",
    "registered_number",
    "phone_number",
    "customer_number",
    "organisation_name",
    "ignored",
)


async def test_the_same_for_programs(folder: Path) -> None:
    code, printed, _ = await command(folder, "match", str(folder / "new.eml"), "--json")
    assert code == 0
    answer = json.loads(printed)
    beat, stranger = answer["participants"]
    assert [one["rule"] for one in beat["evidence"]] == ["employee", "organisation_domain"]
    assert beat["decision"]["person"] == {"id": 2, "name": "Beat Muster"}
    assert [one["name"] for one in beat["candidates"]] == ["Beat Muster", "Muster AG"]
    assert (stranger["evidence"], stranger["decision"]["reason"]) == ([], "unknown-address")


async def test_of_a_colleagues_forward_the_original_counts(folder: Path) -> None:
    _, printed, _ = await command(folder, "match", str(folder / "forward.eml"))
    assert printed.splitlines() == [
        "incoming mail (the original inside a forward)",
        "from: anna@gmx.ch (Anna Muster)",
        (
            "  = Anna Muster (person 1) at Muster AG (organisation 1), certain: anna@gmx.ch is entered as an address of"
            " Anna Muster."
        ),
    ]


async def test_mail_among_colleagues_is_held_and_says_why(folder: Path) -> None:
    _, printed, _ = await command(folder, "match", str(folder / "ours.eml"))
    assert printed.splitlines() == ["internal mail", "  held: Only colleagues took part."]


async def test_nothing_is_written(folder: Path) -> None:
    url = f"sqlite:///{folder / 'postbuch.db'}"
    await command(folder, "match", str(folder / "new.eml"), "--explain")
    async with connected(url):
        tables = ("message", "entry", "participant", "job", "thread", "blob_part")
        counts = [(await rows(f"SELECT count(*) AS n FROM {table}"))[0]["n"] for table in tables]
    assert counts == [0] * len(tables)


async def test_a_domain_that_the_settings_call_shared_names_nobody(folder: Path) -> None:
    (folder / "postbuch.toml").write_text(
        '[matching]\nshared_domains = ["Muster.example"]\n', encoding="utf-8"
    )
    _, printed, _ = await command(folder, "match", str(folder / "new.eml"))
    assert (
        "  = nobody; a person decides: bm@muster.example is not entered anywhere yet." in printed.splitlines()
    )
