"""Paragraphs of flowed text."""

import pytest

from mail.flowed import unflowed
from mail.parse import parse
from tests.mail.letters import letter


@pytest.mark.parametrize(
    ("flowed", "text"),
    [
        ("one \ntwo\nthree", "one two\nthree"),
        (" space-stuffed\n From here", "space-stuffed\nFrom here"),
        ("> quoted \n> on\nanswer", "> quoted on\nanswer"),
        (">> deeper \n> less deep", ">> deeper \n> less deep"),
        (">>deep \n>> on", ">> deep on"),
        ("text \n-- \nEva \nMeier", "text \n-- \nEva Meier"),
        ("ends soft ", "ends soft "),
        ("one\n\ntwo", "one\n\ntwo"),
        ("", ""),
    ],
)
def test_soft_line_breaks_are_taken_out(flowed: str, text: str) -> None:
    assert unflowed(flowed, delete_space=False) == text


def test_the_blank_before_a_soft_break_goes_where_the_writer_says_so() -> None:
    assert unflowed("Zu \nsammen", delete_space=True) == "Zusammen"


def test_a_mail_is_unflowed_only_if_it_says_that_it_flows() -> None:
    body = b"one \r\ntwo\r\n"
    assert parse(letter(body)).text == "one \ntwo"
    assert parse(letter(body, b"Content-Type: text/plain; format=flowed")).text == "one two"
    delsp = letter(b"Zu \r\nsammen\r\n", b"Content-Type: text/plain; format=Flowed; DelSp=Yes")
    assert parse(delsp).text == "Zusammen"
