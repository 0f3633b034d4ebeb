"""Mails made to exhaust a reader: each is read within a limit that only a wrong algorithm exceeds."""

import base64
import time
from collections.abc import Callable, Mapping
from functools import partial

import pytest

from mail.limits import LIMITS
from mail.message import DefectCode, ParsedMessage
from mail.parse import attachment_content, parse
from tests.mail.letters import codes, defect_codes, letter, multipart, part

SECONDS = 10.0
N = 100_000
MANY = 100_000


def nested(depth: int) -> bytes:
    """Return a mail of multiparts within multiparts, the text innermost."""
    opening = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (i, i) for i in range(depth)
    )
    closing = b"".join(b"--b%d--\r\n" % i for i in reversed(range(depth)))
    return b"From: a@b.example\r\n" + opening + b"\r\nzuinnerst\r\n" + closing


def enclosed(depth: int) -> bytes:
    """Return a mail with a mail inside, and so on."""
    return b"From: a@b.example\r\nContent-Type: message/rfc822\r\n\r\n" * depth + b"\r\nzuinnerst\r\n"


def without_boundaries(parts: int) -> bytes:
    """Return a multipart of multiparts that have not the boundaries that they declare."""
    inner = b"Content-Type: multipart/mixed; boundary=nowhere\r\n\r\n--unlike\r\n" + b"x" * 2_000
    return multipart(*[inner] * parts)


def html(markup: str) -> bytes:
    return letter(markup.encode(), b"Content-Type: text/html; charset=utf-8")


def repeated(markup: str) -> bytes:
    return html(markup * MANY)


def addressed(to: bytes) -> bytes:
    return letter(b"", b"To: " + to)


def declared(charset: bytes) -> bytes:
    return letter(b"+\x1b$B~{\xff" * 600_000, b"Content-Type: text/plain; charset=" + charset)


def subject(text: bytes) -> bytes:
    return letter(b"", b"Subject: " + text)


def typed(parameters: bytes) -> bytes:
    return letter(b"", b"Content-Type: text/plain" + parameters)


Makers = Mapping[str, Callable[[], bytes]]

STRUCTURES: Makers = {
    "1,000 nested parts": lambda: nested(1_000),
    "100,000 nested parts": lambda: nested(N),
    "100,000 nested mails": lambda: enclosed(N),
    "100,000 parts": lambda: multipart(*[part(b"x")] * N),
    "100,000 parts with names": lambda: multipart(*[part(b"x", b"Content-Type: a/b; name=x")] * N),
    "boundaries that are declared and missing": lambda: without_boundaries(3_900),
    "a million lines that could be boundaries": lambda: multipart(part(b"--x\r\n" * 1_000_000)),
    "boundaries that begin with one another": lambda: multipart(part(b"--grenze1\r\n" * MANY)),
    "uuencoded files that never end": lambda: letter(b"begin 644 a\r\n" * 300_000),
    "uuencoded files without content": lambda: letter(b"begin 644 a\r\nend\r\n" * 300_000),
    "uuencoded lines without end": lambda: letter(b"begin 644 a\r\n" + b"#0V%T\r\n" * 1_000_000),
    "flowed text": lambda: letter(b"> x \r\n" * MANY, b"Content-Type: text/plain; format=flowed"),
}
SIZES: Makers = {
    "25 MB of base64 in one line": lambda: letter(
        base64.b64encode(bytes(18_000_000)), b"Content-Transfer-Encoding: base64", b"Content-Type: a/b"
    ),
    "25 MB of text": lambda: letter(b"Zeile \xfc\r\n" * 2_800_000),
    "25 MB of quoted-printable": lambda: letter(
        b"=FC= \r\n=" * 3_000_000, b"Content-Transfer-Encoding: quoted-printable"
    ),
    "25 MB without a line end": lambda: b"x" * 25_000_000,
    "25 MB of carriage returns": lambda: b"\r" * 25_000_000,
    "25 MB of NULs": lambda: bytes(25_000_000),
    "25 MB of blank lines": lambda: b" \n" * 12_000_000,
    **{
        f"4 MB declared as {charset.decode()}": partial(declared, charset)
        for charset in b"utf-7 utf-16 iso-2022-jp iso-2022-kr hz gb18030 big5 punycode idna".split()
    },
}
HEADERS: Makers = {
    "a header line of 1 MB": lambda: subject(b"x" * 1_000_000),
    "a header of folded blanks": lambda: subject(b"\t" + b" " * 400_000 + b"x\x01y"),
    "a header of empty folds": lambda: subject(b"x" + b"\r\n " * N),
    "a million header fields": lambda: b"X: y\r\n" * 1_000_000,
    "a header of lines that are no fields": lambda: b"A: b\r\n" + b"no field\r\nX: y\r\n" * MANY,
    "10,000 encoded words": lambda: subject(b"=?utf-8?q?=C3=BC?= " * 10_000),
    "encoded words of changing charsets": lambda: subject(b"=?a?q?x?= =?utf-8?b?eA?= " * 10_000),
    "encoded words that never end": lambda: subject(b"=?utf-8?q?" * 40_000),
    "encoded words that end once": lambda: subject(b"=?utf-8?" * 40_000 + b"?="),
    "question marks": lambda: subject(b"=?a?q?" + b"?" * 400_000 + b"?="),
    "a list of 40,000 addresses": lambda: addressed(b"a@b.example, " * 40_000),
    "a list of 20,000 other addresses": lambda: addressed(b"A (b) <@c:a@b.example>; " * 20_000),
    "80,000 references": lambda: letter(b"", b"References: " + b"<a@b> " * 80_000),
    "one endless reference": lambda: letter(b"", b"References: <" + b"a " * MANY),
    "a date of digits": lambda: letter(b"", b"Date: " + b"1" * 400_000),
    "parameters without end": lambda: typed(b'; x="' + b"\\" * 400_000),
    "100,000 parameters": lambda: typed(b"; a=b" * N),
    "parameters in pieces": lambda: typed(b"".join(b"; n*%d*=%%e4" % (i % 10_000) for i in range(30_000))),
}
ADDRESS_MARKS = {
    "comments": b"(", "quotes": b'"', "angle brackets": b"<", "ends of angle brackets": b">", "commas": b",",
    "at signs": b"@", "colons": b":", "semicolons": b";", "square brackets": b"[", "backslashes": b"\\",
    "blanks": b" ", "quotes and comments": b'"(', "comments and commas": b"(,", "addresses torn apart": b"a@ ",
    "names torn apart": b"a,", "encoded words": b"=?", "comments in brackets": b"<(", "bracketed addresses": b"<a@b>",
}  # fmt: skip
ADDRESSES: Makers = {
    f"a list of {name}": partial(addressed, mark * N) for name, mark in ADDRESS_MARKS.items()
} | {
    f"a list of {name} and an address": partial(addressed, mark * 20_000 + b" a@b.example")
    for name, mark in ADDRESS_MARKS.items()
}
MARKUP: Makers = {
    f"HTML of {name}": partial(repeated, markup)
    for name, markup in {
        "opening brackets": "<", "tags that open": "<div>", "quotes that nest": "<blockquote>", "lists": "<ul><li>",
        "tags that close": "</p>", "quotes in tags": "<a b='", "comments": "<!-- ", "comment ends": "<!-->",
        "declarations": "<!", "links": "<a href=http://x.example/>", "cells": "<td>", "rules": "<hr>", "breaks": "<br>",
        "entities": "&amp", "numbers": "&#", "preformatted": "<pre>\n", "blanks": " \t", "attributes": "<a href ",
        "ends of scripts": "</script", "scripts": "<script>", "no-break spaces": "&nbsp;",
        "alternatives": "<img alt=' ", "content ids": "<img src=cid:",
    }.items()
} | {
    "HTML with an attribute without end": lambda: html("<a " + "href = " * MANY + ">"),
    "HTML with a number of a million digits": lambda: html("&#" + "9" * 1_000_000 + ";"),
    "HTML with a hexadecimal number of a million digits": lambda: html("&#x" + "f" * 1_000_000 + ";"),
}  # fmt: skip
HOSTILE: Makers = {**STRUCTURES, **SIZES, **HEADERS, **ADDRESSES, **MARKUP}


def timed(raw: bytes) -> ParsedMessage:
    started = time.process_time()
    message = parse(raw)
    assert time.process_time() - started < SECONDS
    return message


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_mail_is_read_in_bounded_time(name: str) -> None:
    timed(HOSTILE[name]())


def test_a_thousand_nested_parts_are_read_to_the_innermost() -> None:
    message = timed(nested(1_000))
    assert message.text == "zuinnerst"
    assert DefectCode.DEPTH_EXCEEDED not in codes(message)


def test_what_is_nested_deeper_than_is_read_is_a_defect() -> None:
    assert DefectCode.DEPTH_EXCEEDED in defect_codes(nested(LIMITS.depth + 1))


def test_more_parts_than_are_read_are_a_defect_and_the_first_are_read() -> None:
    message = timed(multipart(*[part(b"x", b"Content-Type: a/b; name=x")] * N))
    assert DefectCode.PARTS_EXCEEDED in codes(message)
    assert LIMITS.parts - 2 <= len(message.attachments) <= LIMITS.parts


def test_an_attachment_of_25_megabytes_is_measured_and_given_back() -> None:
    content = bytes(range(256)) * 100_000
    raw = multipart(
        part(b"Beiliegend der Plan."),
        part(
            base64.encodebytes(content),
            b"Content-Type: application/pdf; name=Plan.pdf",
            b"Content-Transfer-Encoding: base64",
        ),
    )
    message = timed(raw)
    assert [(a.name, a.size) for a in message.attachments] == [("Plan.pdf", len(content))]
    assert attachment_content(raw, 1) == content
    assert message.defects == ()


def test_text_beyond_the_limit_is_cut_off_and_named() -> None:
    message = timed(letter(b"Zeile\r\n" * 1_000_000))
    assert len(message.text) <= LIMITS.text_octets
    assert DefectCode.TEXT_TRUNCATED in codes(message)


def test_the_html_of_a_mail_does_not_take_the_room_of_its_plain_text() -> None:
    wide = part(b"<p>x</p>" * 600_000, b"Content-Type: text/html")
    message = timed(multipart(part(b"Kurz und gut."), wide, kind=b"alternative"))
    assert message.text == "Kurz und gut."


@pytest.mark.parametrize("markup", ["<p>x", "<ol><li>x", "<hr>x", "<div>x"])
def test_marks_of_quotes_cannot_blow_up_the_text(markup: str) -> None:
    message = timed(html("<blockquote>" * 10 + markup * 200_000))
    assert len(message.text) <= LIMITS.text_octets
    assert DefectCode.TEXT_TRUNCATED in codes(message)


def test_more_addresses_than_are_read_are_a_defect_and_the_first_are_read() -> None:
    message = timed(letter(b"", b"To: " + b"a@b.example, " * 30_000))
    assert len(message.to) == LIMITS.mailboxes
    assert DefectCode.ADDRESSES_TOO_MANY in codes(message)


def test_of_too_many_references_the_first_and_the_last_are_kept() -> None:
    ids = [b"<%d@a.example>" % number for number in range(5_000)]
    kept = timed(letter(b"", b"References: " + b" ".join(ids))).references
    assert len(kept) == LIMITS.references
    assert (kept[0], kept[-1]) == ("0@a.example", "4999@a.example")


def test_a_header_larger_than_is_read_is_a_defect_and_the_body_is_found() -> None:
    message = timed(letter(b"Der Text.", *[b"X-Filler: " + b"x" * 900] * 1_000))
    assert DefectCode.HEADER_TOO_LARGE in codes(message)
    assert message.text == "Der Text."
    assert str(message.from_[0]) == "Eva Meier <eva@firma.example>"
