"""What of a subject is the same in a conversation, and whether it says that it answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from history.subjects import is_answer, subject_key

ANSWERS = [
    "Re: {}",
    "AW: {}",
    "WG: {}",
    "RE : {}",
    "Re[2]: {}",
    "AW: Re: Fwd: {}",
    "R: {}",
    "SV:{}",
    "RE：{}",
    "  re:  {} ",
]


@pytest.mark.parametrize("form", ANSWERS)
@pytest.mark.parametrize("subject", ["Offerte  März", "OFFERTE MÄRZ", "offerte\tmärz"])
def test_subjects_of_one_conversation_have_one_key(form: str, subject: str) -> None:
    assert subject_key(form.format(subject)) == "offerte märz"
    assert is_answer(form.format(subject))


@pytest.mark.parametrize(
    "subject",
    ["Offerte März", "Reklamation: Lüftung", "Award: 2026", "[Extern] Re: x", "Treffen", "", "Re", "12: x"],
)
def test_other_subjects_answer_nothing(subject: str) -> None:
    assert not is_answer(subject)
    assert subject_key(subject) == " ".join(subject.split()).casefold()


@given(st.text(max_size=2000))
def test_any_subject_has_a_key_that_is_not_too_long(subject: str) -> None:
    assert len(subject_key(subject)) <= 300
    assert subject_key(f"Re: {subject}") == subject_key(f"AW: {subject}")
