"""Mails as no program should write them: whole ones, changed at random in ways that hurt a reader."""

import random
from collections.abc import Sequence
from pathlib import Path

from tests.durability.load import mail

_CORPUS = Path(__file__).parents[1] / "corpus"
_HEADERS = (
    b"Content-Type: multipart/mixed; boundary=b",
    b'Content-Type: text/plain; charset="x-unknown"',
    b"Content-Type: text/html; charset=utf-16",
    b"Content-Type: message/rfc822",
    b"Content-Transfer-Encoding: base64",
    b"Content-Transfer-Encoding: quoted-printable",
    b"Content-Disposition: attachment; filename*0*=utf-8''%FF; filename*1=../../x",
    b"Subject: =?utf-8?b?w==?= =?x?q?=",
    b'From: <<a@b>, "c" <d@[::1]>, ;:',
    b"Date: Mon, 32 Foo 99999 25:61:61 +9999",
    b"References: " + b"<a@b> " * 300,
    b"Message-ID: <\xff\x00>",
    b"Received: from x by y; z",
    b"\xef\xbb\xbfTo: \xe4\xf6\xfc@m\xfcller.example",
)
_SIGNS = (
    b"\x00",
    b"\r",
    b"\n",
    b"--",
    b"=",
    b"=?",
    b"?=",
    b"\x1b$B",
    b"\xff\xfe",
    b"\xc3",
    b"{\\rtf1",
    b"%PDF-1.7",
)
_LINES = (b"\r\n\r\n", b"\r\n.\r", b"\r\n..\r\n", b"From \r\n", b"begin 644 x\r\n")
_BLOCKS = (b"<div>" * 200, b">" * 300, b"x" * 2000, b"-----BEGIN PGP MESSAGE-----\r\n")
_PIECES = (*_SIGNS, *_LINES, *_BLOCKS)


def originals() -> list[bytes]:
    """Return the mails that are changed: those of our own collection, and some with a known correspondent."""
    by = random.Random(1)
    known = [mail(f"letter {number}", size=by.randint(200, 3_000), by=by).octets for number in range(30)]
    paths = [*(_CORPUS / "reading").glob("*.eml"), *(_CORPUS / "hostile").glob("*.eml")]
    return known + [path.read_bytes() for path in sorted(paths)]


def mutated(mails: Sequence[bytes], by: random.Random) -> bytes:
    """Return one of *mails* after some changes."""
    octets = bytearray(by.choice(mails))
    for _ in range(by.choice((1, 1, 2, 3, 5, 8, 20))):
        by.choice(_CHANGES)(octets, mails, by)
    return bytes(octets)


def _flip(octets: bytearray, _: Sequence[bytes], by: random.Random) -> None:
    if octets:
        octets[by.randrange(len(octets))] = by.randrange(256)


def _insert(octets: bytearray, _: Sequence[bytes], by: random.Random) -> None:
    at = by.randint(0, len(octets))
    octets[at:at] = by.choice(_PIECES)


def _cut_out(octets: bytearray, _: Sequence[bytes], by: random.Random) -> None:
    begin = by.randint(0, len(octets))
    del octets[begin : begin + by.choice((1, 2, 20, 200))]


def _cut_off(octets: bytearray, _: Sequence[bytes], by: random.Random) -> None:
    del octets[by.randint(0, len(octets)) :]


def _repeat(octets: bytearray, _: Sequence[bytes], by: random.Random) -> None:
    begin = by.randint(0, len(octets))
    piece = octets[begin : begin + by.choice((4, 40, 400))]
    octets[begin:begin] = piece * by.choice((1, 2, 10))


def _splice(octets: bytearray, mails: Sequence[bytes], by: random.Random) -> None:
    other = by.choice(mails)
    octets[by.randint(0, len(octets)) :] = other[by.randint(0, len(other)) :]


def _add_header(octets: bytearray, _: Sequence[bytes], by: random.Random) -> None:
    octets[0:0] = by.choice(_HEADERS) + by.choice((b"\r\n", b"\n"))


def _swap_lines(octets: bytearray, _: Sequence[bytes], by: random.Random) -> None:
    lines = bytes(octets).split(b"\r\n")
    one, two = by.randrange(len(lines)), by.randrange(len(lines))
    lines[one], lines[two] = lines[two], lines[one]
    octets[:] = b"\r\n".join(lines)


_CHANGES = (_flip, _flip, _insert, _insert, _cut_out, _cut_off, _repeat, _splice, _add_header, _swap_lines)
