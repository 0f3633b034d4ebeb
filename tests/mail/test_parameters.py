"""Parameters of a content type: in quotes, in pieces, and as nobody should write them."""

import pytest

from mail.defects import Defects
from mail.parameters import file_name, read_parameters


def name_in(value: str) -> str:
    return read_parameters(value, Defects())[1]["filename"]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("attachment; filename=plan.pdf", "plan.pdf"),
        ('attachment; filename="plan für alle.pdf"', "plan für alle.pdf"),
        ("attachment; filename=plan fuer alle.pdf", "plan fuer alle.pdf"),
        (r'attachment; filename="a \"b\".pdf"', 'a "b".pdf'),
        ('attachment; filename="without end.pdf', "without end.pdf"),
        ('ATTACHMENT ; FileName = "plan.pdf"', "plan.pdf"),
        ('attachment; filename="=?utf-8?q?Pl=C3=A4ne=2Epdf?="', "Pläne.pdf"),
        ("attachment; filename==?utf-8?q?Pl=C3=A4ne=2Epdf?=", "Pläne.pdf"),
        ('attachment; filename="=?utf-8?q?Pl=C3=A4?= =?utf-8?q?ne=2Epdf?="', "Pläne.pdf"),
        ("attachment; filename*=utf-8''Pl%C3%A4ne.pdf", "Pläne.pdf"),
        ("attachment; filename*=iso-8859-1'de'Pl%E4ne.pdf", "Pläne.pdf"),
        ("attachment; filename*0*=utf-8''Pl%C3%A4; filename*1=ne.pdf", "Pläne.pdf"),
        ("attachment; filename*1=ne.pdf; filename*0*=utf-8''Pl%C3%A4", "Pläne.pdf"),
        ("attachment; filename*0*=utf-8''Pl%C3; filename*1*=%A4ne.pdf", "Pläne.pdf"),
        ("attachment; filename*0=a; filename*1=b; filename*2=.pdf", "ab.pdf"),
        ("attachment; filename=fallback.pdf; filename*=utf-8''Pl%C3%A4ne.pdf", "Pläne.pdf"),
        ("attachment; filename*=Pl%C3%A4ne.pdf", "Pläne.pdf"),
        ("attachment; filename*=utf-8''%zz", "%zz"),
        ("attachment; filename=first.pdf; filename=second.pdf", "first.pdf"),
        ("attachment; size=3; ; filename=plan.pdf;", "plan.pdf"),
    ],
)
def test_a_file_name_is_read_in_every_way_of_writing_it(written: str, name: str) -> None:
    assert name_in(written) == name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        (r"C:\Eigene Dateien\plan.pdf", "plan.pdf"),
        ("../../etc/passwd", "passwd"),
        ("folder/", "folder"),
        ("plan\r\n\t.pdf", "plan .pdf"),
        ("plan\x00.pdf", "plan.pdf"),
        ("  plan.pdf ", "plan.pdf"),
        ("", ""),
    ],
)
def test_a_file_name_has_no_folders_and_control_characters(written: str, name: str) -> None:
    assert file_name(written) == name


@pytest.mark.parametrize(
    ("written", "kind", "charset"),
    [
        ("text/plain; charset=utf-8", "text/plain", "utf-8"),
        ("Text/HTML;CHARSET=UTF-8", "text/html", "UTF-8"),
        ('text/plain; charset = "utf-8" ; format=flowed', "text/plain", "utf-8"),
        ("text/plain charset=utf-8", "text/plain", "utf-8"),
        ("text/plain;\r\n\tcharset=utf-8", "text/plain", "utf-8"),
    ],
)
def test_a_content_type_is_read_with_its_parameters(written: str, kind: str, charset: str) -> None:
    value, parameters = read_parameters(written, Defects())
    assert (value, parameters["charset"]) == (kind, charset)
