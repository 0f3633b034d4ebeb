"""Reports of a journal: the mail inside, and who really got it."""

from mail.message import Forwarded, ForwardKind
from tests.mail.forwards import ADA, EVA, MAX, SUBJECT, TEXT, mail, read
from tests.mail.test_attached import eva_s

ENVELOPE = f"""Sender: eva@firma.example
Subject: {SUBJECT}
Message-Id: <offerte@firma.example>
To: max@kunde.example
Cc: ada@kunde.example
Bcc: chef@firma.example
Recipient: lager@firma.example, Expanded: alle@firma.example
Recipient: MAX@kunde.example, Forwarded: alt@kunde.example
"""


def report(text: str = ENVELOPE, *fields: tuple[str, str]) -> Forwarded | None:
    message = mail(text, SUBJECT)
    for name, value in fields:
        message[name] = value
    message.add_attachment(eva_s())
    return read(message).forwarded


def test_a_report_of_exchange_shows_the_original_and_its_hidden_recipients() -> None:
    found = report(ENVELOPE, ("X-MS-Journal-Report", ""))
    assert found is not None
    assert (str(found.from_), found.subject, found.text) == (EVA, SUBJECT, TEXT)
    assert ([str(each) for each in found.to], [str(each) for each in found.cc]) == ([MAX], [ADA])
    assert [str(each) for each in found.bcc] == ["chef@firma.example", "lager@firma.example"]
    assert found.kind is ForwardKind.JOURNAL
    assert found.attached is not None
    assert found.attached.message_id == "offerte@firma.example"


def test_a_report_without_its_field_is_known_by_the_id_of_the_mail_it_is_about() -> None:
    found = report()
    assert found is not None
    assert found.kind is ForwardKind.JOURNAL


def test_the_text_of_a_report_about_another_mail_proves_nothing() -> None:
    found = report(ENVELOPE.replace("offerte@", "andere@"))
    assert found is not None
    assert (found.kind, found.bcc) == (ForwardKind.ATTACHED, ())


def test_a_text_with_one_such_line_is_no_report() -> None:
    found = report("Sender: siehe unten. Die Message-Id: fehlt.\n\nGruss")
    assert found is not None
    assert found.kind is ForwardKind.ATTACHED
