"""What holds for every mail, and for whatever comes in the place of one."""

import dataclasses
import email
import email.policy
import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from email.headerregistry import Address as StdlibAddress
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mail.as_json import as_json
from mail.message import Attachment, ParsedMessage
from mail.parse import NoSuchAttachment, attachment_content, content_by_id, parse
from tests.mail.letters import composed

READING = Path(__file__).parents[1] / "corpus" / "reading"
SHAPES = [path.read_bytes() for path in sorted(READING.glob("*.eml"))]

# Pieces that mean something to a reader of mail; put together at random they reach far into it.
_MARKS = [
    b"From: ", b"To: ", b"Subject: ", b"Date: ", b"Content-Type: ", b"Content-Disposition: attachment; ",
    b"Content-Transfer-Encoding: ", b"base64", b"quoted-printable", b"x-uuencode", b"multipart/mixed; boundary=x",
    b"multipart/alternative; boundary=\"x\"", b"text/html; charset=", b"utf-7", b"utf-16", b"iso-2022-jp", b"hz",
    b"message/rfc822", b"filename*0*=utf-8''%e4%", b"filename=\"", b"\r\n--x\r\n", b"\n--x--\n", b"\r\n\r\n", b"\n\n",
    b"\r\n ", b"=?utf-8?q?", b"=?utf-7?b?", b"?=", b"=FC=", b"=\n", b"=00", b"\0", b"<", b">", b"@", b"\"", b"(", b")",
    b",", b";", b":", b"begin 644 a\n", b"\n`\nend\n", b"#0V%T\n", b"<p>", b"<a href='", b"&#", b"&#xD800;", b"&#0;",
    b"99999999999", b"\xfc", b"\xc3\xbc", b"\xff\xfe", b"+2AAAAA-", b"Tue, 24 Nov 9999 23:59:59 -1200", b"a@b.example",
    b"Message-ID: <", b"References: <a@b> <", b"format=flowed", b"> ", b"-- \n", b"Content-ID: <c>", b"From x\n",
]  # fmt: skip
near_mails = st.lists(st.sampled_from(_MARKS) | st.binary(max_size=12), max_size=60).map(b"".join)
LIVELY = settings(max_examples=250, deadline=None)


def texts_of(value: object) -> Iterator[str]:
    """Yield every text in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from texts_of(getattr(value, field.name))
    elif isinstance(value, tuple):
        for each in value:
            yield from texts_of(each)


def assert_sound(raw: bytes) -> ParsedMessage:
    message = parse(raw)
    for text in texts_of(message):
        assert "\0" not in text
        text.encode("utf-8")  # raises for lone surrogates
    assert message.date is None or message.date.utcoffset() is not None
    if message.date:
        message.date.astimezone(UTC)
    json.dumps(as_json(message)).encode("ascii")
    assert parse(raw) == message
    for attachment in message.attachments:
        assert_content(raw, attachment)
    return message


def assert_content(raw: bytes, attachment: Attachment) -> None:
    content = attachment_content(raw, attachment.number)
    assert (len(content), hashlib.sha256(content).hexdigest()) == (attachment.size, attachment.digest)


@LIVELY
@given(st.binary(max_size=2_000))
def test_any_octets_are_a_message(raw: bytes) -> None:
    assert_sound(raw)


@LIVELY
@given(near_mails)
def test_whatever_resembles_a_mail_is_a_message(raw: bytes) -> None:
    assert_sound(raw)


@LIVELY
@given(st.data())
def test_a_mail_with_random_changes_is_a_message(draw: st.DataObject) -> None:
    raw = bytearray(draw.draw(st.sampled_from(SHAPES)))
    for _ in range(draw.draw(st.integers(1, 6))):
        start = draw.draw(st.integers(0, len(raw)))
        end = draw.draw(st.integers(start, min(len(raw), start + 40)))
        raw[start:end] = draw.draw(st.sampled_from(_MARKS) | st.binary(max_size=6))
    assert_sound(bytes(raw))


@pytest.mark.parametrize("path", sorted(READING.glob("*.eml")), ids=lambda path: path.stem)
def test_a_mail_cut_off_anywhere_is_a_message(path: Path) -> None:
    raw = path.read_bytes()
    cuts = 80 if len(raw) < 10_000 else 8
    for end in range(0, len(raw), max(1, len(raw) // cuts)):
        assert_sound(raw[:end])
        assert_sound(raw[end:])


def test_a_short_mail_cut_off_at_every_octet_is_a_message() -> None:
    raw = min(SHAPES, key=lambda shape: abs(len(shape) - 900))
    for end in range(len(raw)):
        assert_sound(raw[:end])
        assert_sound(raw[end:])


words = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"), exclude_characters="\xa0"),
    max_size=60,
)
names = st.text(
    st.characters(codec="utf-8", categories=("L", "N"), include_characters="-&!"), min_size=1, max_size=20
)
local_parts = st.from_regex(r"[a-z0-9]{1,12}(?:[.+_-][a-z0-9]{1,8}){0,2}", fullmatch=True)
domains = st.from_regex(r"[a-z0-9]{1,10}(?:-[a-z0-9]{1,5})?\.example", fullmatch=True)
parties = st.lists(st.builds(StdlibAddress, names, local_parts, domains), min_size=1, max_size=4)
moments = st.builds(
    lambda when, minutes: when.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes))),
    st.datetimes(datetime(1990, 1, 2), datetime(2100, 1, 1)),  # noqa: DTZ001
    st.integers(-12 * 60, 14 * 60),
)
lines = st.lists(
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), max_size=120), max_size=12
)
files = st.lists(st.tuples(names, st.binary(max_size=3_000)), max_size=3)


def reads_back(
    raw: bytes, subject: str, authors: list[StdlibAddress], recipients: list[StdlibAddress]
) -> bool:
    """Tell whether the standard library reads what it wrote: it folds some names so that nobody can."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    same = all(
        [(a.display_name, a.addr_spec) for a in message[field].addresses]
        == [(a.display_name, a.addr_spec) for a in written]
        for field, written in (("From", authors), ("To", recipients))
    )
    return same and str(message["Subject"]).split() == subject.split()


@settings(max_examples=120, deadline=None)
@given(words, parties, parties, moments, lines, files)
def test_what_was_composed_is_what_is_read(
    subject: str,
    authors: list[StdlibAddress],
    recipients: list[StdlibAddress],
    when: datetime,
    body: list[str],
    attached: list[tuple[str, bytes]],
) -> None:
    message = EmailMessage(policy=SMTP)
    message["Subject"] = subject
    message["From"], message["To"] = authors, recipients
    message["Date"] = when
    message.set_content("\n".join(body))
    for name, content in attached:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    raw = composed(message)
    assume(reads_back(raw, subject, authors, recipients))
    read = assert_sound(raw)
    assert read.subject.split() == subject.split()
    assert [(m.name, str(m.address)) for m in read.from_] == [(a.display_name, a.addr_spec) for a in authors]
    assert [(m.name, str(m.address)) for m in read.to] == [(a.display_name, a.addr_spec) for a in recipients]
    assert (read.date, read.date and read.date.utcoffset()) == (when, when.utcoffset())
    assert read.text.strip("\n") == "\n".join(body).strip("\n")
    assert [a.name for a in read.attachments] == [name for name, _ in attached]
    assert [attachment_content(raw, a.number) for a in read.attachments] == [
        content for _, content in attached
    ]


def test_an_attachment_that_is_not_there_is_named_in_the_error() -> None:
    with pytest.raises(NoSuchAttachment, match="attachment 7"):
        attachment_content(SHAPES[0], 7)
    with pytest.raises(NoSuchAttachment, match="content id"):
        content_by_id(SHAPES[0], "nobody")
