"""Letters are scored fairly: by what they say, not by the order or the spelling in which it was read."""

import asyncio
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from benchmarks.__main__ import names
from benchmarks.letters.batches import batches
from benchmarks.letters.error_rate import Errors, errors
from benchmarks.letters.make import letters_in, write
from benchmarks.letters.processes import Memory, memory_of_processes, work_below
from benchmarks.letters.scoring import is_same_firm, is_same_party
from benchmarks.letters.truth import TrueParty
from mail.letter import LetterParty

_PRINTED = """Odermatt Pumpen GmbH
Unser Zeichen: ON1621
Datum: 26. März 2025
Wir bitten um Verständnis für die Unannehmlichkeiten während der Bauzeit.
Freundliche Grüsse"""
_ADDRESS = TrueParty("Jost Haustechnik AG", "Denis Quartier", "Rebhaldenweg 36", "2502", "Biel/Bienne", "CH")


def test_what_was_read_as_printed_has_no_errors() -> None:
    assert errors(_PRINTED, _PRINTED) == Errors(0, len(_PRINTED) - 4)


def test_another_order_of_lines_and_lines_in_one_are_no_errors() -> None:
    backwards = "\n".join(reversed(_PRINTED.splitlines()))
    side_by_side = _PRINTED.replace("GmbH\nUnser", "GmbH Unser").replace("ON1621\nDatum", "ON1621   Datum")
    assert errors(_PRINTED, backwards).wrong == 0
    assert errors(_PRINTED, side_by_side).wrong == 0


def test_a_line_read_in_two_pieces_costs_the_blank_between_at_most() -> None:
    assert errors(_PRINTED, _PRINTED.replace("Unannehmlichkeiten", "\nUnannehmlichkeiten")).wrong <= 1


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        (_PRINTED.replace("Bauzeit", "Rauzeit"), 1),
        (_PRINTED.replace("\nDatum: 26. März 2025", ""), 20),
        (f"{_PRINTED}\n# # &", 3),
        ("", len(_PRINTED) - 4),
    ],
)
def test_what_is_missed_misread_or_made_up_is_wrong(said: str, wrong: int) -> None:
    assert errors(_PRINTED, said).wrong == wrong


def test_a_stamp_may_be_read_or_not() -> None:
    assert (
        errors(_PRINTED, f"EINGEGANGEN\n28. MRZ. 2025\n{_PRINTED}", ["EINGEGANGEN", "28. MRZ. 2025"]).wrong
        == 0
    )
    assert errors(_PRINTED, _PRINTED, ["EINGEGANGEN", "28. MRZ. 2025"]).wrong == 0


@pytest.mark.parametrize("read", ["Odermatt Pumpen GmbH", "ODERMATT PUMPEN", "Odermatt-Pumpen GmbH."])
def test_a_firm_is_the_same_with_its_form_or_without(read: str) -> None:
    assert is_same_firm("Odermatt Pumpen GmbH", read)


@pytest.mark.parametrize("read", ["", "Odermatt", "Odermatt Papier GmbH", "Odermatt Pumpen Im Grund 1"])
def test_a_firm_is_another_by_any_other_name(read: str) -> None:
    assert not is_same_firm("Odermatt Pumpen GmbH", read)


def test_an_address_is_right_only_as_a_whole() -> None:
    right = LetterParty(
        "Jost Haustechnik", "Dr. Denis Quartier", "Rebhaldenweg 36", "CH-2502", "Biel / Bienne"
    )
    assert is_same_party(_ADDRESS, right)
    assert not is_same_party(_ADDRESS, replace(right, street="Rebhaldenweg 86"))
    assert not is_same_party(_ADDRESS, replace(right, postcode="2503"))
    assert not is_same_party(_ADDRESS, replace(right, town="Biel"))
    assert not is_same_party(_ADDRESS, replace(right, person=""))
    double = "Anna Keller-Frei"
    assert is_same_party(replace(_ADDRESS, person=double), replace(right, person=double))


def test_letters_are_scanned_in_batches_with_their_pictures_as_they_are(tmp_path: Path) -> None:
    for number in (6, 13, 32):
        write(tmp_path, 3, number)
    made = letters_in(tmp_path)
    pages = len(made[0].truth.pages)
    found = list(batches(made, pages + 1, tmp_path, "SHEET"))
    assert [len(batch.letters) for batch in found] == [2, 1]
    assert sum(batch.pages for batch in found) == sum(len(one.truth.pages) for one in made)
    texts = ["one"] * pages + ["sheet", "two"]
    assert found[0].without_sheets(texts) == ["one"] * pages + ["two"]
    with Image.open(made[1].scan) as fax:
        assert f"/Width {fax.width}".encode() in found[0].scan.read_bytes()


def test_both_measures_of_letters_are_found() -> None:
    assert {"letters", "letters-quality"} <= set(names())


async def test_processes_below_are_watched_by_what_they_run() -> None:
    memory, before = Memory({}), work_below(os.getpid())
    asleep = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "sum(range(2_000_000)); import time; time.sleep(60)", "ingest.letters.child"
    )
    try:
        async with memory_of_processes(memory), asyncio.timeout(60):
            while memory.of_worker < 1 or work_below(os.getpid()) <= before:
                await asyncio.sleep(0.05)
    finally:
        asleep.kill()
        await asleep.wait()
    assert str(memory).startswith("worker ")
