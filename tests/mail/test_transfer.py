"""Content as it was before transfer, whole or broken."""

import base64
import binascii

import pytest

from mail.defects import Defects
from mail.message import DefectCode
from mail.parse import attachment_content, parse
from mail.transfer import decoded_pieces, encoding_of, uuencoded, without_uuencoded
from tests.mail.letters import codes, letter


def read(body: bytes, encoding: bytes) -> tuple[bytes, set[DefectCode]]:
    defects = Defects()
    content = b"".join(decoded_pieces(memoryview(body), encoding, defects))
    return content, {defect.code for defect in defects.found()}


def uu(content: bytes, name: str = "liste.txt") -> bytes:
    lines = [binascii.b2a_uu(content[start : start + 45]) for start in range(0, len(content), 45)]
    return b"begin 644 " + name.encode() + b"\n" + b"".join(lines) + b"`\nend\n"


@pytest.mark.parametrize(
    ("body", "encoding", "content"),
    [
        (b"SGFsbG8=", b"base64", b"Hallo"),
        (b"SGFs\r\nbG8=\r\n", b"base64", b"Hallo"),
        (b"SGFs!*bG8=", b"base64", b"Hallo"),
        (b"SGFsbG8=\r\n-- \r\nA footer of the list", b"base64", b"Hallo"),
        (b"", b"base64", b""),
        (b"a=3Db=C3=BC", b"quoted-printable", b"a=b\xc3\xbc"),
        (b"soft=\r\nbreak", b"quoted-printable", b"softbreak"),
        (b"lower=c3=bc", b"quoted-printable", b"lower\xc3\xbc"),
        (b"as it is\xff", b"8bit", b"as it is\xff"),
        (b"as it is", b"", b"as it is"),
        (uu(b"Schrauben 0.12\n" * 9), b"x-uuencode", b"Schrauben 0.12\n" * 9),
    ],
)
def test_sound_content_comes_out_as_it_went_in(body: bytes, encoding: bytes, content: bytes) -> None:
    assert read(body, encoding) == (content, set())


@pytest.mark.parametrize(
    ("body", "encoding", "content", "code"),
    [
        (b"SGFsbG8", b"base64", b"Hallo", DefectCode.BASE64_BROKEN),
        (b"SGFsbG8gV", b"base64", b"Hallo ", DefectCode.BASE64_BROKEN),
        (b"1 = 1", b"quoted-printable", b"1 = 1", DefectCode.QUOTED_PRINTABLE_BROKEN),
        (b"soft= \r\nbreak", b"quoted-printable", b"softbreak", DefectCode.QUOTED_PRINTABLE_BROKEN),
        (b"text", b"secret", b"text", DefectCode.TRANSFER_ENCODING_UNKNOWN),
        (uu(bytes(90))[:100], b"uuencode", bytes(45), DefectCode.UUENCODE_BROKEN),
    ],
)
def test_broken_content_gives_what_can_be_read(
    body: bytes, encoding: bytes, content: bytes, code: DefectCode
) -> None:
    assert read(body, encoding) == (content, {code})


def test_content_is_the_same_whatever_the_size_of_its_pieces() -> None:
    content = bytes(range(256)) * 20_000
    for body in (base64.encodebytes(content), base64.b64encode(content)):
        assert read(body, b"base64") == (content, set())


@pytest.mark.parametrize(
    ("field", "name"),
    [
        (b"base64", b"base64"),
        (b" Quoted-Printable ", b"quoted-printable"),
        (b'"base64"', b"base64"),
        (b"BASE64; x=y", b"base64"),
        (b"", b""),
        (None, b""),
    ],
)
def test_the_name_of_an_encoding_is_found(field: bytes | None, name: bytes) -> None:
    assert encoding_of(field) == name


def test_files_within_a_text_become_attachments_and_leave_it() -> None:
    first, second = b"Eins" * 30, bytes(range(256))
    raw = letter(b"Vor.\n" + uu(first, "eins.txt") + b"Zwischen.\n" + uu(second, "zwei.bin") + b"Nach.\n")
    message = parse(raw)
    assert message.text == "Vor.\nZwischen.\nNach."
    assert [(a.name, a.size) for a in message.attachments] == [("eins.txt", 120), ("zwei.bin", 256)]
    assert [attachment_content(raw, a.number) for a in message.attachments] == [first, second]


def test_files_within_an_encoded_text_become_attachments_too() -> None:
    body = base64.encodebytes(b"Vor.\n" + uu(b"Eins" * 30))
    message = parse(letter(body, b"Content-Transfer-Encoding: base64"))
    assert (message.text, [a.size for a in message.attachments]) == ("Vor.", [120])


def test_a_file_whose_end_is_missing_is_read_as_far_as_it_goes() -> None:
    message = parse(letter(b"Vor.\n" + uu(bytes(200))[:-20]))
    assert message.text == "Vor."
    assert [a.size for a in message.attachments] == [180]
    assert codes(message) == {DefectCode.UUENCODE_BROKEN}


def test_a_sentence_that_begins_like_a_file_is_text() -> None:
    text = b"begin 644 is how such files start\nand this is none\n"
    assert not list(uuencoded(text))
    assert without_uuencoded(text) == text
