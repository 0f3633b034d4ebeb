"""Which way a message went, and who took part: colleagues, teams and forms told from outsiders."""

import pytest

from mail.parse import parse
from matcher.parties import Parties, parties_of
from storage.entries import Direction
from storage.lookups import Own, OwnAddress
from storage.reasons import Reason
from tests.matcher.people import read

EVA, URS = 1, 2
SECRET = "eva.secret@postbuch.test"
OWN = Own(
    staff={
        "eva@firm.example": OwnAddress(EVA, is_personal=True),
        "e.muster@firm.example": OwnAddress(EVA, is_personal=True),
        "eva.private@gmx.ch": OwnAddress(EVA, is_personal=True),
        "eva@verband.example": OwnAddress(EVA, is_personal=True),
        "urs@firm.example": OwnAddress(URS, is_personal=True),
        "info@firm.example": OwnAddress(None, is_personal=False),
    },
    captures={SECRET: EVA, "old.secret@postbuch.test": EVA, "capture@postbuch.test": None},
    closed=frozenset({"old.secret@postbuch.test"}),
    domains=frozenset({"firm.example", "postbuch.test"}),
)


def parties(author: str = "eva@firm.example", to: str = "anna@muster.example", **fields: str) -> Parties:
    return parties_of(read(author, to, **fields), OWN)


def outside(found: Parties) -> list[tuple[str, str]]:
    return [(one.role.value, one.key) for one in found.outsiders]


@pytest.mark.parametrize(
    ("author", "who"),
    [
        ("eva@firm.example", {EVA}),
        ("Eva <E.Muster@Firm.Example>", {EVA}),
        ("eva.private@gmx.ch", {EVA}),
        ("eva@verband.example", {EVA}),
        ("info@firm.example", set()),
        ("new.colleague@firm.example", set()),
        ("invoices@erp.firm.example", set()),
    ],
)
def test_what_one_of_ours_wrote_is_outgoing(author: str, who: set[int]) -> None:
    found = parties(author)
    assert (found.direction, set(found.authors)) == (Direction.OUTGOING, who)
    assert outside(found) == [("to", "anna@muster.example")]
    assert found.held is None


@pytest.mark.parametrize(
    "author", ["anna@muster.example", "somebody@gmx.ch", "chef@firm.example.evil.example"]
)
def test_what_anybody_else_wrote_is_incoming(author: str) -> None:
    found = parties(author, "eva@firm.example, info@firm.example", Cc="urs@firm.example")
    assert (found.direction, set(found.authors), set(found.recipients)) == (
        Direction.INCOMING,
        set(),
        {EVA, URS},
    )
    assert outside(found) == [("from", author)]


def test_who_sent_it_for_a_colleague_is_an_author_too() -> None:
    found = parties("eva@firm.example", Sender="urs@firm.example")
    assert (found.direction, set(found.authors)) == (Direction.OUTGOING, {EVA, URS})


def test_a_colleague_sends_for_an_outsider() -> None:
    found = parties("president@verein.example", Sender="urs@firm.example")
    assert (found.direction, set(found.authors)) == (Direction.OUTGOING, {URS})
    assert outside(found) == [("from", "president@verein.example"), ("to", "anna@muster.example")]


@pytest.mark.parametrize("sender", ["info@firm.example", "webform@firm.example", "assistant@muster.example"])
def test_a_sender_who_is_no_colleague_makes_nothing_outgoing(sender: str) -> None:
    found = parties("anna@muster.example", "info@firm.example", Sender=sender)
    assert found.direction is Direction.INCOMING
    assert outside(found) == [("from", "anna@muster.example")]


def test_everybody_outside_takes_part_once_and_where_they_stand_first() -> None:
    found = parties(
        "eva@firm.example",
        "Anna <anna@muster.example>, urs@firm.example",
        Cc="beat@holz.example, ANNA@muster.example",
        Bcc=f"carla@bank.example, {SECRET}, old.secret@postbuch.test, unknown@postbuch.test",
    )
    assert outside(found) == [
        ("to", "anna@muster.example"),
        ("cc", "beat@holz.example"),
        ("bcc", "carla@bank.example"),
    ]
    assert found.recipients == {URS}


def test_a_mail_among_colleagues_is_held() -> None:
    found = parties("eva@firm.example", f"urs@firm.example, {SECRET}")
    assert (found.direction, found.held) == (Direction.INTERNAL, Reason.NO_OUTSIDE_PARTICIPANT)


@pytest.mark.parametrize(
    ("to", "leaked"),
    [
        (f"eva@firm.example, {SECRET}", SECRET),
        (SECRET.upper(), SECRET),
        ("eva@firm.example, old.secret@postbuch.test", None),  # it is closed already
        ("eva@firm.example, capture@postbuch.test", None),  # it is no secret
        ("eva@firm.example", None),
    ],
)
def test_an_outsider_who_answers_to_a_capture_address_is_no_colleague(to: str, leaked: str | None) -> None:
    found = parties("anna@muster.example", to)
    assert (found.direction, set(found.authors), found.leaked_capture_address) == (
        Direction.INCOMING,
        set(),
        leaked,
    )
    assert outside(found) == [("from", "anna@muster.example")]


FORMS = {
    "a form of ours": {"author": "form@firm.example"},
    "a team's mailbox": {"author": "info@firm.example"},
    "a form that sends to itself": {"author": "info@firm.example", "to": "info@firm.example"},
    "a list of ours": {"author": "Anna via Verkauf <verkauf@firm.example>"},
    "a list of ours with outsiders on it": {
        "author": "Anna via Verkauf <verkauf@firm.example>",
        "to": "verkauf@firm.example, beat@holz.example",
    },
    "a portal": {"author": "Anna via Portal <post@portal.example>"},
    "a robot": {"author": "no-reply@portal.example"},
    "a robot in German": {"author": "nicht-antworten@portal.example"},
    "nobody": {"author": ""},
}


@pytest.mark.parametrize("fields", FORMS.values(), ids=FORMS.keys())
def test_the_author_stands_in_reply_to_where_from_names(fields: dict[str, str]) -> None:
    found = parties(**({"to": "info@firm.example", "Reply-To": "Anna <anna@muster.example>"} | fields))
    assert (found.direction, set(found.authors)) == (Direction.INCOMING, set())
    assert ("from", "anna@muster.example") in outside(found)
    assert {key for _, key in outside(found)} <= {"anna@muster.example", "beat@holz.example"}


@pytest.mark.parametrize(
    ("author", "reply_to"),
    [
        ("anna@muster.example", "anna.private@gmx.ch"),
        ("noreply@portal.example", "info@firm.example"),
        ("noreply@portal.example", ""),
        ("Silvia <silvia@muster.example>", "office@muster.example"),  # "via" is part of a name
    ],
)
def test_elsewise_the_author_is_who_stands_in_from(author: str, reply_to: str) -> None:
    found = parties(author, "info@firm.example", **{"Reply-To": reply_to})
    assert [name for name, _ in outside(found)] == ["from"]
    assert outside(found)[0][1] in author


def test_a_team_that_writes_to_outsiders_is_the_author_whoever_shall_be_answered() -> None:
    found = parties("info@firm.example", **{"Reply-To": "partner@holz.example"})
    assert found.direction is Direction.OUTGOING
    assert outside(found) == [("to", "anna@muster.example")]


def test_a_colleague_is_the_author_whoever_shall_be_answered() -> None:
    found = parties("eva@firm.example", "urs@firm.example", **{"Reply-To": "anna@muster.example"})
    assert (found.direction, set(found.authors)) == (Direction.INTERNAL, {EVA})


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", Reason.UNREADABLE),
        (b"\x00\xff\xfe", Reason.UNREADABLE),
        (b"To: eva@firm.example\r\nSubject: x\r\n\r\n", Reason.NO_AUTHOR),
        (b"From: undisclosed\r\nTo: anna@muster.example\r\n\r\n", Reason.NO_AUTHOR),
    ],
)
def test_what_does_not_say_who_wrote_it_is_held(raw: bytes, reason: Reason) -> None:
    found = parties_of(parse(raw), OWN)
    assert (found.direction, found.held, found.outsiders) == (Direction.INCOMING, reason, ())


BOUNCE = b"""\
Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@%b>
To: eva@firm.example
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

I could not deliver your mail.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

%b
--b--
"""
FAILED = b"""\
Final-Recipient: rfc822; %b
Action: failed
Status: 5.1.1

"""


def bounced(daemon: bytes, *failed: bytes) -> Parties:
    told = b"".join(FAILED % one for one in failed)
    return parties_of(parse((BOUNCE % (daemon, told)).replace(b"\n", b"\r\n")), OWN)


@pytest.mark.parametrize("daemon", [b"mail.firm.example", b"mx.muster.example"])
def test_a_bounce_is_with_whom_the_mail_did_not_reach(daemon: bytes) -> None:
    found = bounced(daemon, b"anna@muster.example", b"beat@muster.example")
    assert outside(found) == [("to", "anna@muster.example"), ("to", "beat@muster.example")]
    assert (found.direction, set(found.recipients), found.held) == (Direction.INCOMING, {EVA}, None)


def test_a_bounce_of_a_mail_to_colleagues_is_with_nobody_outside() -> None:
    assert bounced(b"mail.firm.example", b"urs@firm.example").held is Reason.NO_OUTSIDE_PARTICIPANT


def test_a_person_who_writes_of_a_failed_delivery_stays_the_author() -> None:
    found = parties("anna@muster.example", "eva@firm.example", text="I could not deliver to x@y.example")
    assert outside(found) == [("from", "anna@muster.example")]
