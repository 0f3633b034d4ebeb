"""What we print on paper names its recipient, and nobody else can make it."""

from dataclasses import replace

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from mail.reply_code import MOST_NUMBER, RecipientKind, ReplyCode, ReplyPurpose, read, written
from mail.separator import is_separator_text, separator_text

KEY = b"k" * 32
numbers = st.integers(min_value=0, max_value=MOST_NUMBER)
codes = st.builds(ReplyCode, numbers, numbers, st.sampled_from(RecipientKind), st.sampled_from(ReplyPurpose))


@given(codes)
def test_what_was_written_is_read(code: ReplyCode) -> None:
    text = written(code, key=KEY)
    assert read(text, key=KEY) == read(text.lower(), key=KEY) == read(f" {text}\n", key=KEY) == code


@settings(deadline=None, max_examples=20)
@given(codes)
def test_every_code_fits_the_same_small_qr_code(code: ReplyCode) -> None:
    text = written(code, key=KEY)
    assert len(text) == 61
    assert segno.make_qr(text, error="q", boost_error=False).version == 4


@given(codes, st.binary(min_size=1, max_size=40).filter(lambda other: other != KEY))
def test_a_code_of_another_installation_is_none_of_ours(code: ReplyCode, other: bytes) -> None:
    assert read(written(code, key=other), key=KEY) is None


@given(codes, st.integers(min_value=0, max_value=60), st.characters())
def test_an_altered_code_is_refused(code: ReplyCode, at: int, other: str) -> None:
    text = written(code, key=KEY)
    altered = text[:at] + other + text[at + 1 :]
    if altered.upper() != text:
        assert read(altered, key=KEY) is None


def test_each_bit_of_a_code_counts() -> None:
    text = written(ReplyCode(7, 42, RecipientKind.PERSON, ReplyPurpose.CARD), key=KEY)
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    for at in range(len("POSTBUCH:"), len(text)):
        for other in alphabet.replace(text[at], ""):
            assert read(text[:at] + other + text[at + 1 :], key=KEY) is None


@given(codes, codes)
def test_a_signature_fits_no_other_code(one: ReplyCode, another: ReplyCode) -> None:
    if one != another:
        first, second = written(one, key=KEY), written(another, key=KEY)
        # 16 octets of numbers take 25.6 characters: the boundary lies within one.
        assert read(first[: 9 + 25] + second[9 + 25 :], key=KEY) in {None, one, another}
        assert first != second


@given(st.text())
def test_any_text_is_read_without_an_error(text: str) -> None:
    assert read(text, key=KEY) is None
    assert read(f"POSTBUCH:{text}", key=KEY) is None
    assert not is_separator_text(text, key=KEY)


@pytest.mark.parametrize(
    "text", ["POSTBUCH:", "POSTBUCH:" + "A" * 52, "POSTBUCH:" + "Ａ" * 52, "\ud800", "x" * 10**6]
)
def test_odd_texts_are_no_codes(text: str) -> None:
    assert read(text, key=KEY) is None


def test_numbers_that_do_not_fit_are_told_when_a_code_is_made() -> None:
    code = ReplyCode(1, 1, RecipientKind.PERSON, ReplyPurpose.LETTER)
    for wrong in (replace(code, campaign=-1), replace(code, recipient=MOST_NUMBER + 1)):
        with pytest.raises(ValueError, match="numbers of a reply code"):
            written(wrong, key=KEY)


def test_the_sheets_of_an_installation_have_a_text_of_their_own() -> None:
    text = separator_text(key=KEY)
    assert is_separator_text(text, key=KEY)
    assert is_separator_text(text.lower(), key=KEY)
    assert not is_separator_text(text, key=b"another")
    assert not is_separator_text(text[:-1] + "_", key=KEY)
    assert read(text, key=KEY) is None
