"""What holds for whatever looks like the mail of a machine: it is read, without an error, and in time."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mail.as_json import as_json
from mail.parse import parse

_MARKS = [
    b"Return-Path: <>\n", b"From: MAILER-DAEMON@x.example\n", b"From: <>\n", b"Subject: Undeliverable\n",
    b"To: a@b.example\n", b"X-Failed-Recipients: a@b.example\n", b"Auto-Submitted: auto-replied\n",
    b"Precedence: bulk\n", b"List-Id: <a>\n",
    b"Content-Type: multipart/report; report-type=delivery-status; boundary=x\n",
    b"Content-Type: text/calendar; method=REQUEST\n", b"\n--x\nContent-Type: message/delivery-status\n\n",
    b"\n--x\nContent-Type: message/rfc822\n\n", b"\n--x--\n", b"\n\n", b"\n",
    b"Final-Recipient: rfc822; ", b"Original-Recipient: ", b"Action: failed\n", b"Action: delivered\n",
    b"Status: 5.1.1\n", b"Status: ", b"Diagnostic-Code: smtp; ", b"could not be delivered to",
    b"The following addresses failed:\n\n", b"<a@b.example>: ", b"a@b", b"550 5.1.1 User unknown\n",
    b">>> RCPT TO:<", b"<<< 550", b"(expanded from: ", b"--- Original message\n", b"Received: ", b"+2B",
    b"BEGIN:VCALENDAR\r\n", b"BEGIN:VEVENT\r\n", b"UID:1\r\n", b"DTSTART:", b"20261201T1300", b";TZID=",
    b"ATTENDEE;CN=", b"mailto:", b"END:VEVENT\r\n", b"END:VCALENDAR\r\n", b"X-Spam-Status: ",
    b"score=9 required=", b"X-MS-Exchange-Organization-SCL: ", b"999", b"Ich bin bis 31.02. abwesend ",
    b"wieder am 3.", b"{\"notificationType\":\"Bounce\",", b"\"bouncedRecipients\":[", b"\xff\xd8", b"\0",
]  # fmt: skip
mails_of_machines = st.lists(st.sampled_from(_MARKS) | st.binary(max_size=8), max_size=60).map(b"".join)


@settings(max_examples=600, deadline=None)
@given(mails_of_machines)
def test_whatever_a_machine_writes_is_read(raw: bytes) -> None:
    json.dumps(as_json(parse(raw)), ensure_ascii=False).encode()


_HEADER = b"Return-Path: <>\nFrom: MAILER-DAEMON@x.example\nTo: a@b.example\nSubject: Undeliverable\n\n"
_HOSTILE = [
    b"could not deliver to the recipient ", b"a@b.example ", b"could not be delivered\nfoo@bar.example\n",
    b"x" * 50 + b" ", b"To: a@b.example\n", b"user " * 10 + b"\n", b" " * 200 + b"\n",
    b"(((((<<<<<[[[[[\n", b"konnte nicht ne peut pas\n", b"a.a.a.a.a.a.a.a.a.a.",
    b"Final-Recipient: rfc822; a@b.example\nAction: failed\n", b"the message the copy the copy\n",
    b"host a a a host b b b ", b"for " * 20 + b"\n", b"the domain unknown user mailbox account the ",
    b"\xd0\xbd\xd0\xb5 ",
]  # fmt: skip


@pytest.mark.parametrize("piece", _HOSTILE)
def test_a_long_notice_takes_no_longer_than_its_length(piece: bytes) -> None:
    started = time.perf_counter()
    parse(_HEADER + piece * (500_000 // len(piece)))
    assert time.perf_counter() - started < 20
