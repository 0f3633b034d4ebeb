"""A mail that is attached to another: who wrote it, and what is in it?"""

import random
import struct
import time
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mail.message import Forwarded, ForwardKind
from mail.msg import read_msg
from mail.parse import attachment_content, parse
from mail.tnef import embedded_mail, read_tnef
from tests.mail.forwards import ADA, EVA, MAX, SUBJECT, TEXT, mail, read
from tests.mail.letters import composed
from tests.mail.outlook_files import Properties, embedded, msg, winmail

WHEN = datetime(2026, 3, 3, 13, 2, tzinfo=UTC)
EVA_S_MAIL: Properties = {
    0x37: SUBJECT,
    0x39: WHEN,
    0x42: "Eva Meier",
    0x5D02: "eva@firma.example",
    0x1000: TEXT.replace("\n", "\r\n"),
}
MAX_FREY: Properties = {0x3001: "Max Frey", 0x39FE: "max@kunde.example", 0x0C15: 1}
ADA_WEISS: Properties = {0x3001: "Ada Weiß", 0x39FE: "ada@kunde.example", 0x0C15: 2}
HIDDEN: Properties = {0x3001: "Hidden", 0x39FE: "hidden@kunde.example", 0x0C15: 3}
PLAN: Properties = {0x3707: "plän.pdf", 0x370E: "application/pdf", 0x3701: b"%PDF" * 1500, 0x3705: 1}
MSG = msg(EVA_S_MAIL, [MAX_FREY, ADA_WEISS, HIDDEN], [PLAN])
WINMAIL = winmail(EVA_S_MAIL, [PLAN])


def eva_s() -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Cc"], message["Subject"] = EVA, MAX, ADA, SUBJECT
    message["Date"] = "Tue, 03 Mar 2026 14:02:00 +0100"
    message["Message-ID"] = "<offerte@firma.example>"
    message.set_content(TEXT)
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="plän.pdf")
    return message


def with_attached(
    content: bytes,
    name: str,
    *,
    kind: str = "octet-stream",
    subject: str = f"WG: {SUBJECT}",
    text: str = "Bitte lesen",
) -> EmailMessage:
    message = mail(text, subject)
    message.add_attachment(content, maintype="application", subtype=kind, filename=name)
    return message


def original(message: EmailMessage) -> Forwarded:
    found = read(message).forwarded
    assert found is not None
    return found


def assert_eva_s(found: Forwarded) -> None:
    assert str(found.from_) == EVA
    assert [str(each) for each in found.to] == [MAX]
    assert [str(each) for each in found.cc] == [ADA]
    assert (found.date, found.subject, found.text) == (WHEN, SUBJECT, TEXT)
    assert [each.name for each in found.attachments] == ["plän.pdf"]
    assert (found.kind, found.comment) == (ForwardKind.ATTACHED, "Bitte lesen")


def test_an_attached_message_is_read_whole() -> None:
    message = mail("Bitte lesen", f"Fwd: {SUBJECT}")
    message.add_attachment(eva_s())
    found = original(message)
    assert_eva_s(found)
    assert found.attached is not None
    assert found.attached.message_id == "offerte@firma.example"


def test_an_eml_file_that_calls_itself_octets_is_read() -> None:
    assert_eva_s(original(with_attached(composed(eva_s()), "Offerte.eml")))


def test_a_msg_file_of_outlook_is_read_with_its_hidden_recipients() -> None:
    found = original(with_attached(MSG, "Offerte.msg", kind="vnd.ms-outlook"))
    assert_eva_s(found)
    assert [str(each) for each in found.bcc] == ["Hidden <hidden@kunde.example>"]


def test_a_msg_file_has_the_header_it_came_with() -> None:
    header = f"Microsoft Mail Internet Headers Version 2.0\r\nFrom: {EVA}\r\nMessage-ID: <offerte@firma.example>\r\n"
    properties: Properties = {**EVA_S_MAIL, 0x7D: header, 0x42: "/O=FIRMA/CN=EVA", 0x5D02: ""}
    found = original(with_attached(msg(properties, [MAX_FREY], []), "Offerte.msg"))
    assert str(found.from_) == EVA
    assert found.attached is not None
    assert found.attached.message_id == "offerte@firma.example"


def test_a_mail_inside_winmail_dat_is_read() -> None:
    inside = embedded(winmail({**EVA_S_MAIL, 0x0E04: "Max Frey"}, []))
    message = with_attached(
        winmail({0x37: f"WG: {SUBJECT}"}, [{0x3001: SUBJECT, 0x3701: inside}]), "winmail.dat", kind="ms-tnef"
    )
    found = original(message)
    assert (str(found.from_), found.date, found.subject, found.text) == (EVA, WHEN, SUBJECT, TEXT)
    assert [str(each) for each in found.to] == ["Max Frey"]


def test_files_come_out_of_winmail_dat_as_attachments_of_the_mail() -> None:
    raw = composed(with_attached(WINMAIL, "winmail.dat", kind="ms-tnef", subject=SUBJECT))
    found = parse(raw)
    assert [(each.name, each.type) for each in found.attachments] == [
        ("winmail.dat", "application/ms-tnef"),
        ("plän.pdf", "application/pdf"),
    ]
    assert attachment_content(raw, 2) == b"%PDF" * 1500
    assert found.forwarded is None


def test_the_text_of_winmail_dat_stands_where_the_mail_has_none() -> None:
    message = mail("", SUBJECT)
    message.clear_content()
    message.set_content(
        WINMAIL, maintype="application", subtype="ms-tnef", filename="winmail.dat", disposition="attachment"
    )
    assert read(message).text == TEXT


@pytest.mark.parametrize("subject", [f"Re: {SUBJECT}", f"AW: {SUBJECT}"])
def test_who_answers_with_a_mail_attached_sends_nothing_on(subject: str) -> None:
    assert read(with_attached(composed(eva_s()), "Offerte.eml", subject=subject)).forwarded is None


def test_a_returned_mail_is_not_sent_on() -> None:
    message = mail("Your message was not delivered.", "Undelivered Mail")
    message.add_attachment(eva_s())
    del message["From"]
    message["From"] = "MAILER-DAEMON@mx.example"
    assert read(message).forwarded is None


def test_an_attached_file_that_is_no_mail_tells_no_author() -> None:
    assert read(with_attached(b"\0\1\2", "Offerte.msg")).forwarded is None
    assert read(with_attached(b"no header here", "Offerte.eml")).forwarded is None


def test_mails_attached_to_attached_mails_are_read_to_a_limit() -> None:
    message = eva_s()
    for _ in range(30):
        outer = mail("Bitte lesen", f"Fwd: {SUBJECT}")
        outer.add_attachment(message)
        message = outer
    found, depth = read(message).forwarded, 0
    while found is not None:
        found, depth = found.attached.forwarded if found.attached else None, depth + 1
    assert depth == 3


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(st.integers(8, 13_000), st.sampled_from([0, 1, 0x7F, 0x80, 0xFF])), max_size=8),
    st.integers(8, 14_000),
)
def test_no_broken_file_of_outlook_is_an_error(changes: list[tuple[int, int]], length: int) -> None:
    for whole, reader in ((MSG, read_msg), (WINMAIL, read_tnef), (WINMAIL, embedded_mail)):
        broken = bytearray(whole)
        for position, octet in changes:
            broken[position % len(broken)] = octet
        reader(bytes(broken[:length]))


def test_a_winmail_dat_that_promises_too_much_is_told_off_at_once() -> None:
    began = time.process_time()
    for count in (0x10000, 0x7FFFFFFF, 0xFFFFFFFF):
        for prefix in (b"", b"\x02\x10\x37\x00", b"\x1e\x10\x37\x00", b"\x0d\x00\x01\x37"):
            value = (struct.pack("<I", 1) + prefix if prefix else b"") + struct.pack("<I", count) + bytes(64)
            for name in (0x9003, 0x9004, 0x9005):
                head = struct.pack("<IH", 0x223E9F78, 1) + struct.pack("<BHHI", 1, name, 6, len(value))
                read_tnef(head + value + bytes(14))
    many = struct.pack("<IH", 0x223E9F78, 1) + struct.pack("<BHHIBH", 1, 0x8004, 6, 1, 0, 0) * 400_000
    read_tnef(many)
    assert time.process_time() - began < 5


def test_a_random_compound_file_is_read_in_time() -> None:
    chance = random.Random(7)
    began = time.process_time()
    for _ in range(40):
        broken = bytearray(MSG)
        for _ in range(200):
            broken[chance.randrange(76, len(broken))] = chance.randrange(256)
        read_msg(bytes(broken))
    assert time.process_time() - began < 5
