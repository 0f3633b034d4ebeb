"""A mail's text as it is set: what is quoted stands apart, and no word gets lost."""

from hypothesis import given
from hypothesis import strategies as st

from web.passages import Passage, passages

ANSWER = """Guten Tag

Das passt.

--\N{SPACE}
Anna Müller
+41 55 555 00 00

Am 18. November schrieb Eva:
> Passt der 3. März?
>
> > Wann kommen Sie?
> Grüsse
"""


def test_an_answer_is_taken_apart() -> None:
    assert passages(ANSWER) == [
        Passage("Guten Tag\n\nDas passt."),
        Passage("Anna Müller\n+41 55 555 00 00", signature=True),
        Passage("Am 18. November schrieb Eva:"),
        Passage("Passt der 3. März?", 1),
        Passage("Wann kommen Sie?", 2),
        Passage("Grüsse", 1),
    ]


def test_what_only_looks_like_a_mark_stays() -> None:
    assert passages("--- 8< ---\n  > no quote\n--x") == [Passage("--- 8< ---\n  > no quote\n--x")]


@given(st.text(st.sampled_from("> -\n:ab"), max_size=60))
def test_no_word_gets_lost(text: str) -> None:
    kept = "".join(passage.text for passage in passages(text))
    assert sorted(c for c in kept if c in "ab") == sorted(c for c in text if c in "ab")
