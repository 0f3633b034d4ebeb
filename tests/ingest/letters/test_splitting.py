"""A scan becomes its letters: none lost, none empty, each page in its place."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.letters.splitting import Separators, is_separator, split
from mail.letter import Box, Code, Line, Page, Word
from mail.reply_code import SAMPLE, written
from mail.separator import separator_text

KEY = b"k" * 32
OURS = Separators(KEY)
ALSO_PLAIN = Separators(KEY, code128="NEXT LETTER", patch_t=True)
_BOX = Box(10, 10, 30, 30)
SHEET = Code("qr", separator_text(key=KEY), _BOX)
CODE128, PATCH_T = Code("code128", "NEXT LETTER", _BOX), Code("patch-t", "T", _BOX)
FOREIGN = (
    Code("qr", "https://firm.example/", _BOX),
    Code("qr", separator_text(key=b"another installation"), _BOX),
    Code("qr", written(SAMPLE, key=KEY), _BOX),
    Code("code128", separator_text(key=KEY), _BOX),
    Code("code128", "PARCEL 4711", _BOX),
    Code("datamatrix", "98.00.413005", _BOX),
)


def _page(number: int, *codes: Code, words: int = 0, is_blank: bool = False) -> Page:
    line = Line(tuple(Word("word", _BOX) for _ in range(words)))
    return Page(number, 210, 297, (line,) if words else (), codes, is_blank=is_blank)


def _split(*pages: Page, by: Separators = OURS) -> list[list[int]]:
    return [[page.number for page in letter] for letter in split(pages, by=by)]


def test_a_batch_is_parted_at_the_sheets_and_they_are_dropped_with_their_backs() -> None:
    batch = (
        _page(1, SHEET), _page(2, is_blank=True),
        _page(3), _page(4, is_blank=True), _page(5), _page(6),
        _page(7, SHEET, SHEET), _page(8, is_blank=True),
        _page(9),
    )  # fmt: skip
    assert _split(*batch) == [[3, 5, 6], [9]]


def test_two_sheets_in_a_row_make_no_empty_letter() -> None:
    assert _split(_page(1), _page(2, SHEET), _page(3, SHEET), _page(4), _page(5, SHEET)) == [[1], [4]]
    assert _split(_page(1, SHEET), _page(2, is_blank=True)) == []


@pytest.mark.parametrize("code", FOREIGN, ids=lambda code: code.text[:20])
def test_a_code_that_is_none_of_our_sheets_splits_nothing(code: Code) -> None:
    assert _split(_page(1), _page(2, code), _page(3)) == [[1, 2, 3]]
    assert _split(_page(1), _page(2, code), _page(3), by=ALSO_PLAIN) == [[1, 2, 3]]


@pytest.mark.parametrize("code", [CODE128, PATCH_T], ids=lambda code: code.symbology)
def test_plain_bar_codes_split_only_by_setting(code: Code) -> None:
    batch = (_page(1), _page(2, code, words=5), _page(3))
    assert _split(*batch) == [[1, 2, 3]]
    assert _split(*batch, by=ALSO_PLAIN) == [[1], [3]]


def test_a_letter_with_a_plain_bar_code_stuck_on_it_begins_there_and_keeps_the_page() -> None:
    assert _split(_page(1), _page(2, CODE128, words=200), _page(3), by=ALSO_PLAIN) == [[1], [2, 3]]


def test_without_a_text_no_code_128_splits() -> None:
    empty = Code("code128", "", _BOX)
    assert _split(_page(1), _page(2, empty), by=replace(ALSO_PLAIN, code128="")) == [[1, 2]]


codes = st.lists(st.sampled_from([SHEET, CODE128, PATCH_T, *FOREIGN]), max_size=2)
kinds = st.lists(st.tuples(codes, st.sampled_from([0, 3, 300]), st.booleans()), max_size=30)


@given(kinds, st.sampled_from([OURS, ALSO_PLAIN, Separators(b"another")]))
def test_each_page_that_says_something_is_in_exactly_one_letter_and_in_order(
    kinds: list[tuple[list[Code], int, bool]], by: Separators
) -> None:
    pages = [
        _page(number, *of_page, words=0 if is_blank else words, is_blank=is_blank)
        for number, (of_page, words, is_blank) in enumerate(kinds, start=1)
    ]
    letters = split(pages, by=by)
    kept = [page for page in pages if not page.is_blank and not is_separator(page, by=by)]
    assert [page for letter in letters for page in letter] == kept
    assert all(letters)


@given(kinds)
def test_letters_are_never_joined_over_a_sheet(kinds: list[tuple[list[Code], int, bool]]) -> None:
    pages = [_page(number, *of_page) for number, (of_page, _, _) in enumerate(kinds, start=1)]
    sheets = {page.number for page in pages if is_separator(page, by=OURS)}
    for letter in split(pages, by=OURS):
        assert not sheets & set(range(letter[0].number, letter[-1].number + 1))
