"""Mbox files of all dialects give back the mails that were written into them."""

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.mbox import Dialect, guessed, mails_of
from tests.ingest.archives import DATED, LARGEST, mail, mbox

NOT_REVERSIBLE = (Dialect.MBOXO, Dialect.MBOXCL)
LENGTH = re.compile(rb"(?m)^Content-Length:.*\n")
TRAPS = (
    "From here on it is easy.",
    "",
    "From the bottom of my heart",
    "",
    DATED,
    "Subject: not a mail",
    "",
    " From the side",
    "From",
)
QUOTED_TRAPS = ("> From x", ">From here he wrote", ">>From there", "", ">>>From", *TRAPS)


def read(octets: bytes, dialect: Dialect | None = None, largest: int = LARGEST) -> list[bytes | None]:
    dialect = dialect or guessed(io.BytesIO(octets), largest=largest)
    found = [piece.raw for piece in mails_of(io.BytesIO(octets), dialect, largest=largest)]
    return [
        LENGTH.sub(b"", raw) if raw and dialect in (Dialect.MBOXCL, Dialect.MBOXCL2) else raw for raw in found
    ]


@pytest.mark.parametrize("told", [True, False], ids=["told", "guessed"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("dialect", Dialect)
def test_each_dialect_gives_back_its_mails(dialect: Dialect, end: str, told: bool) -> None:
    traps = TRAPS if dialect in NOT_REVERSIBLE else QUOTED_TRAPS
    mails = [
        mail(1, *traps, end=end),
        mail(2, end=end),
        mail(3, "", *traps, "", "", end=end),
        mail(4, end=end),
    ]
    assert read(mbox(mails, dialect, end=end), dialect if told else None) == mails


def test_what_was_quoted_by_the_writer_is_undone_only_where_the_dialect_says_so() -> None:
    quoted = mail(1, ">From here", ">>From there")
    octets = DATED.encode() + b"\n" + quoted + b"\n"
    assert read(octets, Dialect.MBOXO) == [mail(1, "From here", ">>From there")]
    assert read(octets, Dialect.MBOXRD) == [mail(1, "From here", ">From there")]
    assert read(octets, Dialect.MBOXCL2) == [quoted]


def test_the_header_keeps_what_looks_quoted() -> None:
    raw = b">From uucp!eva\n" + mail(1)
    assert read(DATED.encode() + b"\n" + raw + b"\n", Dialect.MBOXRD) == [raw]


@pytest.mark.parametrize("length", [0, 3, 40, 9_999_999, 10**14])
def test_a_length_that_lies_is_not_believed(length: int) -> None:
    mails = [mail(number) for number in range(3)]
    lying = [raw.replace(b"To:", f"Content-Length: {length}\nTo:".encode(), 1) for raw in mails]
    octets = b"".join(DATED.encode() + b"\n" + raw + b"\n" for raw in lying)
    for dialect in Dialect:
        assert [LENGTH.sub(b"", raw or b"") for raw in read(octets, dialect)] == mails


@pytest.mark.parametrize(
    "line",
    [
        "From - Mon Jan 05 08:00:00 2026",
        "From ???@??? Mon Jan 05 08:00:00 2026",
        "From 1790000000000000000@xxx Mon Jan 05 08:00:00 +0000 2026",
        '"Eva Graf" <eva@firm.example> Mon, 5 Jan 2026 08:00:00 +0100',
        "From MAILER-DAEMON Mon Jan  5 08:00 2026",
        "From eva@firm.example",
        "From ",
    ],
)
def test_the_from_lines_of_many_programs_are_known(line: str) -> None:
    line = line if line.startswith("From ") else f"From {line}"
    mails = [mail(1), mail(2), mail(3)]
    assert read(mbox(mails, Dialect.MBOXRD, from_line=line)) == mails


def test_files_without_blank_lines_between_mails_are_read() -> None:
    mails = [mail(1, "Hello"), mail(2, "World")]
    assert read(b"".join(DATED.encode() + b"\n" + raw for raw in mails)) == mails


def test_a_mail_that_is_too_large_is_left_out_and_its_neighbours_are_not() -> None:
    mails = [mail(1), mail(2, *["x" * 70] * 60_000), mail(3), mail(4, *["y" * 70] * 1_600), mail(5)]
    for dialect in Dialect:
        octets = mbox(mails, dialect)
        pieces = list(mails_of(io.BytesIO(octets), dialect, largest=LARGEST))
        assert [piece.raw is None for piece in pieces] == [False, True, False, True, False]
        assert sum(piece.octets for piece in pieces) == len(octets)


def test_a_file_that_was_cut_off_gives_what_is_there() -> None:
    octets = mbox([mail(1), mail(2, *["line"] * 100)], Dialect.MBOXCL2)[:-200]
    first, second = read(octets, Dialect.MBOXCL2)
    assert first == mail(1)
    assert second
    assert mail(2, *["line"] * 100).startswith(second)


@given(
    texts=st.lists(
        st.lists(st.sampled_from([*QUOTED_TRAPS, "", "a", "x" * 3000]), min_size=1), min_size=1, max_size=5
    ),
    dialect=st.sampled_from([Dialect.MBOXRD, Dialect.MBOXCL2]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_what_was_written_is_what_is_read(texts: list[list[str]], dialect: Dialect, end: str) -> None:
    mails = [mail(number, *lines, end=end) for number, lines in enumerate(texts)]
    assert read(mbox(mails, dialect, end=end), dialect) == mails


@given(
    octets=st.binary(max_size=3000)
    | st.lists(st.sampled_from([DATED, *TRAPS, "Content-Length: 9", "\r"])).map("\n".join).map(str.encode)
)
def test_no_octet_is_lost_whatever_a_file_holds(octets: bytes) -> None:
    octets = b"From " + octets
    for dialect in Dialect:
        pieces = list(mails_of(io.BytesIO(octets), dialect, largest=LARGEST))
        assert sum(piece.octets for piece in pieces) == len(octets)
