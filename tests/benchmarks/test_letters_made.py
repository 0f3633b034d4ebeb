"""Letters of the benchmark are the same each time, and say what is said of them."""

import hashlib
from pathlib import Path

import pytest
from PIL import Image

from benchmarks.letters.make import letters_in, print_of, write
from benchmarks.letters.printing import page_texts
from benchmarks.letters.truth import truth_of

SEED = 7
NUMBERS = range(14)


def _one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("number", NUMBERS)
def test_a_letter_shows_every_field_of_its_truth(number: int) -> None:
    letter, design, wear, pdf = print_of(SEED, number)
    pages = page_texts(pdf)
    truth = truth_of(letter, design, wear.kind, pages, [])
    text = _one_line(" ".join(pages))
    folded = text.casefold()
    for party in (truth.sender, truth.addressee):
        for said in (party.organisation, party.person, party.postcode):
            assert said.casefold() in folded
        assert party.town.casefold() in folded
        assert party.street in text
    for said in (letter.day_text, truth.subject, *truth.references.values()):
        assert _one_line(said) in text
    assert 1 <= len(pages) <= 4


@pytest.mark.parametrize("number", NUMBERS)
def test_what_a_firm_prints_of_itself_is_in_its_truth(number: int) -> None:
    letter, design, wear, pdf = print_of(SEED, number)
    truth = truth_of(letter, design, wear.kind, page_texts(pdf), [])
    if letter.firm:
        assert truth.ibans == (letter.firm.iban,)
        assert truth.tax_numbers == (letter.firm.tax_number,)
        assert letter.firm.web in truth.webs


# A stamped one, a fax, and a coarse one with a stamp: they are quick to scan.
QUICK = (3, (6, 13, 32))


def _written(folder: Path) -> Path:
    seed, numbers = QUICK
    folder.mkdir()
    for number in numbers:
        write(folder, seed, number)
    return folder


def _digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_the_same_seed_gives_the_same_scans_to_the_bit(tmp_path: Path) -> None:
    once, again = _written(tmp_path / "once"), _written(tmp_path / "again")
    assert _digests(once) == _digests(again)
    made = letters_in(once)
    assert [one.truth.scan for one in made] == ["office", "fax", "coarse"]
    assert [bool(one.truth.marks[0]) for one in made] == [True, True, True]
    with Image.open(made[1].scan) as fax:
        assert (fax.mode, fax.width) == ("1", 1728)


def test_another_seed_gives_another_letter() -> None:
    assert print_of(3, 6)[0] != print_of(4, 6)[0]


def test_numbers_that_carry_a_check_pass_it() -> None:
    for number in range(40):
        letter, *_ = print_of(SEED, number)
        if letter.firm:
            bare = letter.firm.iban.replace(" ", "")
            assert int("".join(str(int(c, 36)) for c in bare[4:] + bare[:4])) % 97 == 1
