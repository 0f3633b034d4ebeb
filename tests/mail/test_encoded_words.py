"""Encoded words, sound and broken."""

import pytest

from mail.defects import Defects
from mail.encoded_words import header_text
from mail.message import DefectCode


def read(value: bytes) -> tuple[str, set[DefectCode]]:
    defects = Defects()
    return header_text(value, defects), {defect.code for defect in defects.found()}


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (b"plain", "plain"),
        (b"=?utf-8?q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        (b"=?UTF-8?B?R3LDvMOfZQ==?=", "Grüße"),
        (b"=?iso-8859-1?Q?Gr=FC=DFe?=", "Grüße"),
        (b"=?utf-8?q?a_b?=", "a b"),
        (b"=?utf-8?q?a?= =?utf-8?q?b?=", "ab"),
        (b"=?utf-8?q?a?=\r\n =?utf-8?q?b?=", "ab"),
        (b"=?utf-8?q?a?= c =?utf-8?q?b?=", "a c b"),
        (b"Re: =?utf-8?q?a?=", "Re: a"),
        (b"(=?utf-8?q?a?=)", "(a)"),
        (b"=?utf-8?b?R3LDvA==?= =?iso-8859-1?q?=DF?=", "Grüß"),
        (b"=?utf-8?b?R3LD?= =?utf-8?b?vMOf?=", "Grüß"),  # a character torn in two
        (b"=?utf-8?q?Gr=C3?= =?utf-8?q?=BC?=", "Grü"),
        (b"=?utf-8*de?q?Gr=C3=BC?=", "Grü"),  # with a language (RFC 2231, 5)
        (b"=?utf-8?q?mit Leerzeichen?=", "mit Leerzeichen"),
        (b"=?utf-8?q?Frage??=", "Frage?"),
        (b"=?utf-8?b?R3LDvMOfZQ?=", "Grüße"),  # without padding
        (b"=?utf-8?b?R3LD\r\n vMOfZQ==?=", "Grüße"),
        (b"=?utf-8?q?=zz?=", "=zz"),
        (b"=?utf-8?x?abc?=", "=?utf-8?x?abc?="),
        (b"=?utf-8?q?unfinished", "=?utf-8?q?unfinished"),
        (b"folded\r\n\tline", "folded line"),
        (b"a\x07b", "a b"),
        (b"", ""),
    ],
)
def test_header_text_is_read_as_it_was_meant(written: bytes, text: str) -> None:
    assert read(written) == (text, set())


@pytest.mark.parametrize(
    ("written", "text", "code"),
    [
        ("Grüße".encode(), "Grüße", DefectCode.HEADER_8BIT),
        (b"Gr\xfc\xdfe", "Grüße", DefectCode.HEADER_8BIT),
        (b"=?utf-8?b?R3LDvMOfZWUxM?=", "Grüßee1", DefectCode.ENCODED_WORD_BROKEN),
        (b"=?klingon?q?abc?=", "abc", DefectCode.CHARSET_UNKNOWN),
        (b"=?utf-8?q?=FC?=", "ü", DefectCode.CHARSET_WRONG),
        (b"a\0b", "ab", DefectCode.NUL_REMOVED),
        (b"=?utf-8?q?a=00b?=", "ab", DefectCode.NUL_REMOVED),
    ],
)
def test_what_is_wrong_is_named_and_the_text_is_read(written: bytes, text: str, code: DefectCode) -> None:
    read_text, codes = read(written)
    assert read_text == text
    assert code in codes
