"""What holds for every text: its parts hold each line once, in order, and time grows with its length alone."""

import time
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mail.reply import StretchKind, split_reply, stretches
from tests.mail.reply_shapes import ATTRIBUTIONS, DEVICE_LINES, HEADER_BLOCKS, SEPARATORS, SHORT_ATTRIBUTIONS

UNSEEN = "\u200b\ufeff"
SHAPES = [
    *ATTRIBUTIONS, *SHORT_ATTRIBUTIONS, *HEADER_BLOCKS, *SEPARATORS, *DEVICE_LINES,
    "> Zitat", ">", ">:", ">>> a 1 >>>", "-- ",
    "--", "_" * 40, "Freundliche Grüsse", "Tel. +41 31 300 00 00", "www.muster.example",
    "", "  ", "Ja, gut.", "Von: a", "@",
    ":",
    "confidential recipient " * 5,
]  # fmt: skip
texts = st.lists(st.sampled_from(SHAPES) | st.text(max_size=30), max_size=25).map("\n".join)


def written(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip().strip(UNSEEN)]


def is_merged(whole: list[str], parts: list[list[str]]) -> bool:
    """Tell whether the lines of the parts, each in order, make the whole."""
    reached: set[tuple[int, ...]] = {(0, 0, 0)}
    for line in whole:
        reached = {
            tuple(position + (n == part) for n, position in enumerate(at))
            for at in reached
            for part in range(3)
            if at[part] < len(parts[part]) and parts[part][at[part]].rstrip() == line.rstrip()
        }
    return tuple(map(len, parts)) in reached


@settings(max_examples=600, deadline=None)
@given(texts)
@example("\x1f\n>\r\n\u3000")
def test_every_written_line_stands_in_one_part_in_its_order(text: str) -> None:
    reply = split_reply(text)
    assert is_merged(written(text), [written(part) for part in (reply.new, reply.quoted, reply.signature)])


@settings(max_examples=600, deadline=None)
@given(texts)
@example("> a\n \n> b\n\nc")
def test_stretches_are_the_whole_text_from_its_first_line_to_its_last(text: str) -> None:
    found = stretches(text)
    assert [line for one in found for line in written(one.text)] == written(text)
    assert all(one.kind is not other.kind for one, other in pairwise(found))
    reply = split_reply(text)
    for kind, part in zip(StretchKind, (reply.new, reply.quoted, reply.signature), strict=True):
        of_kind = [line.rstrip() for one in found if one.kind is kind for line in written(one.text)]
        assert of_kind == [line.rstrip() for line in written(part)]


@settings(max_examples=200, deadline=None)
@given(texts)
def test_the_new_text_has_nothing_more_to_take_away_or_is_text(text: str) -> None:
    reply = split_reply(text)
    assert "\n> Zitat" not in f"\n{reply.new}"
    assert all(part == part.rstrip() for part in (reply.new, reply.quoted, reply.signature))


@pytest.mark.parametrize(
    "line",
    [
        "> a\nb\n", "Von: a\n", "schrieb Eva um 14:02:\n", "a\n" * 3 + ":\n", "-----\n",
        "Freundliche Grüsse\n", "_" * 30 + "\n",
        "Sent from my iPhone\n\n", "a" * 100, "1" * 80 + " ", "<" * 50, "[" * 50, "\n",
        "- " * 40, "@", "Am 3. ", "+41 ",
        "confidential ", "\xa0", ": ", "------ a ",
    ],
)  # fmt: skip
def test_time_grows_with_the_length_alone(line: str) -> None:
    short, long = (line * (size // len(line)) for size in (40_000, 320_000))
    assert _seconds(long) < 30 * _seconds(short) + 0.2


def _seconds(text: str) -> float:
    started = time.perf_counter()
    split_reply(text)
    return time.perf_counter() - started
