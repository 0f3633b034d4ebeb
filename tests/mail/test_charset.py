"""Which characters octets stand for, whatever a mail declares them to be."""

import encodings.aliases

import pytest

from mail.charset import decode
from mail.defects import Defects
from mail.message import DefectCode

UMLAUTS = "Grüße aus Zürich"


def read(octets: bytes, declared: str | None) -> tuple[str, set[DefectCode]]:
    defects = Defects()
    text = decode(octets, declared, defects)
    return text, {defect.code for defect in defects.found()}


@pytest.mark.parametrize(
    ("declared", "octets", "text"),
    [
        ("utf-8", "Zürich – 20 €".encode(), "Zürich – 20 €"),
        ("UTF8", "Zürich".encode(), "Zürich"),
        ('"utf-8"', "Zürich".encode(), "Zürich"),
        ("iso-8859-1", "Zürich".encode("latin-1"), "Zürich"),
        ("iso-8859-1", b"20 \x80 \x96 \x84Zitat\x93", "20 € – „Zitat“"),
        ("windows-1252", b"20 \x80", "20 €"),
        ("iso-8859-15", b"20 \xa4", "20 €"),
        ("us-ascii", b"plain", "plain"),
        (None, b"plain", "plain"),
        ("utf-16", "Zürich".encode("utf-16"), "Zürich"),
        ("utf-7", b"Z+APw-rich", "Zürich"),
        ("iso-2022-jp", "見積り".encode("iso-2022-jp"), "見積り"),
        ("shift_jis", "見積り①".encode("cp932"), "見積り①"),
        ("gb2312", "價格".encode("gb18030"), "價格"),
        ("ks_c_5601-1987", "견적".encode("cp949"), "견적"),
        ("koi8-r", "Цена".encode("koi8-r"), "Цена"),
        ("macintosh", b"Z\x9frich", "Zürich"),
        ("x-unknown", "Zürich".encode(), "Zürich"),
        ("utf-8", b"\xef\xbb\xbfZeichen", "Zeichen"),
    ],
)
def test_a_declared_charset_is_read_as_mailers_mean_it(
    declared: str | None, octets: bytes, text: str
) -> None:
    assert read(octets, declared) == (text, set())


@pytest.mark.parametrize(
    ("declared", "octets", "code"),
    [
        ("us-ascii", UMLAUTS.encode("cp1252"), DefectCode.CHARSET_WRONG),
        ("utf-8", UMLAUTS.encode("cp1252"), DefectCode.CHARSET_WRONG),
        (None, UMLAUTS.encode("cp1252"), DefectCode.CHARSET_WRONG),
        ("iso-8859-1", UMLAUTS.encode(), DefectCode.CHARSET_WRONG),
        ("iso-2022-jp", UMLAUTS.encode(), DefectCode.CHARSET_WRONG),
        ("klingon", UMLAUTS.encode(), DefectCode.CHARSET_UNKNOWN),
        ("rot13", UMLAUTS.encode(), DefectCode.CHARSET_UNKNOWN),
        ("base64", UMLAUTS.encode(), DefectCode.CHARSET_UNKNOWN),
        ("unicode_escape", UMLAUTS.encode(), DefectCode.CHARSET_UNKNOWN),
        ("../../etc/passwd", UMLAUTS.encode(), DefectCode.CHARSET_UNKNOWN),
    ],
)
def test_a_wrong_or_unknown_charset_is_named_and_the_text_is_read(
    declared: str | None, octets: bytes, code: DefectCode
) -> None:
    assert read(octets, declared) == (UMLAUTS, {code})


def test_text_pasted_in_another_charset_is_read_octet_by_octet() -> None:
    octets = "Zürich, ".encode() + "Genève".encode("cp1252")
    assert read(octets, "utf-8")[0] == "Zürich, Genève"


def test_a_character_cut_off_at_the_end_is_not_taken_for_another_one() -> None:
    assert read("Zürich ü".encode()[:-1], "utf-8")[0] == "Zürich \ufffd"


def test_octets_that_cp1252_leaves_open_are_no_error() -> None:
    assert read(b"a\x81b", "windows-1252")[0] == "a\x81b"


def test_ascii_declared_as_utf_16_is_read_as_ascii() -> None:
    assert read(b"Guten Tag", "utf-16") == ("Guten Tag", {DefectCode.CHARSET_WRONG})


def test_nul_characters_are_taken_out_and_named() -> None:
    assert read(b"a\0b", "utf-8") == ("ab", {DefectCode.NUL_REMOVED})


def test_lone_surrogates_do_not_come_through() -> None:
    text, _ = read(b"+2AA-", "utf-7")
    text.encode("utf-8")


@pytest.mark.parametrize(
    "declared", sorted(set(encodings.aliases.aliases) | set(encodings.aliases.aliases.values()))
)
def test_no_codec_fails_whatever_the_octets_are(declared: str) -> None:
    for octets in (bytes(range(256)) * 3, b"+AGE-\xff\x1b$B~{", b"\xff\xfe\x00\xd8", b"&#1;\\ud800\\x"):
        text, _ = read(octets, declared)
        assert "\0" not in text
        text.encode("utf-8")
