"""A day in the life of an office: what the timeline says in the evening is what a person would have entered by hand."""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from mail.address import Address
from storage import roster
from storage.connect import connected
from storage.leaving_out import LeftOutCount, LeftOutReason
from storage.messages import Message
from storage.schema import migrate
from storage.secrets import Seal
from tests.durability.books import opened
from tests.durability.load import RECIPIENT as ANNA
from tests.durability.load import SENDER as EVA
from tests.end_to_end.senders import neomutt, swaks
from tests.ingest.reading_mailboxes import added
from tests.ingest.speaking import DOMAIN
from tests.running import command, running
from tests.servers import postfix
from tests.servers.dovecot import Dovecot, dovecot

URS, BERT, BEAT = "urs@firm.example", "bert@mueller.example", "beat@mueller.example"
_SECONDS = 90
_PRIVATE = "Geburtstagsfest im Seerestaurant"

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture
def imap() -> Iterator[Dovecot]:
    """A mail server with the mailboxes of Eva and Urs."""
    with dovecot() as server:
        server.add_user("eva")
        server.add_user("urs")
        yield server


async def test_the_timeline_of_a_day_is_what_a_person_would_have_entered(
    tmp_path: Path, imap: Dovecot
) -> None:
    url = f"sqlite:///{tmp_path / 'postbuch.db'}"
    await migrate(url)
    capture = await opened(url)
    async with connected(url):
        eva = await roster.find(EVA)
        urs = await roster.add(roster.NewStaff("Urs Graf", Address("urs", "firm.example")), by=None)
        assert eva
        for owner, login in ((eva, "eva"), (urs, "urs")):
            await added(imap, Seal(tmp_path), login, staff_id=owner.id)
    async with running(tmp_path, capture_domain=DOMAIN) as service:
        with postfix.smtpd(**{DOMAIN: f"smtp:[127.0.0.1]:{service.smtp_port}"}) as relay:
            write = partial(neomutt, tmp_path, relay, sender=EVA, to=ANNA, bcc=capture)
            await write(subject="Offerte Lüftung", text="Guten Tag, hier die Offerte.\n")
            (offer,) = await _until_filed(url, 1)
            await write(subject="Fest #privat", text=f"{_PRIVATE}\n")
            await _until_left_out(url)
        answer = _mail(ANNA, EVA, "Re: Offerte Lüftung", "Danke, wir nehmen an.", cc=URS, answers=offer)
        imap.put("urs", [answer], start=100)
        imap.put("eva", [answer, _out_of_office(), _bounce()], start=200)
        imap.put("eva", [_mail(EVA, BERT, "Rechnung 4711", "Anbei die Rechnung.")], "Sent", start=300)
        await swaks(
            service.smtp_port,
            *("--body", _FORWARD),
            recipient=capture,
            sender=EVA,
            headers={"From": EVA, "To": capture, "Subject": "WG: Lieferfrist", "Date": _FORWARDED},
        )
        await _until_filed(url, 6)
        await service.settled()
    code, printed, _ = await command(tmp_path, "history", "Müller & Söhne", "--json")
    assert code == 0
    entries = json.loads(printed)["entries"]
    assert sorted(map(_in_short, entries)) == sorted(_BY_HAND)
    assert min(entry["at"] for entry in entries) == "2026-03-02T08:15:00+00:00"
    threads = {entry["subject"]: entry["thread"] for entry in entries}
    assert threads["Offerte Lüftung"] == threads["Re: Offerte Lüftung"]
    await _require_private_is_gone(url, tmp_path)


_BY_HAND = [
    ("outgoing", "Offerte Lüftung", ["Anna Müller"], ["Eva Muster"]),
    ("incoming", "Re: Offerte Lüftung", ["Anna Müller"], ["Eva Muster", "Urs Graf"]),
    ("incoming", "Abwesend: Offerte Lüftung", ["Anna Müller"], ["Eva Muster"]),
    ("outgoing", "Rechnung 4711", [BERT], ["Eva Muster"]),
    ("incoming", "Undelivered Mail Returned to Sender", [BERT], ["Eva Muster"]),
    ("incoming", "Lieferfrist", [BEAT], ["Eva Muster"]),
]


def _in_short(entry: dict[str, Any]) -> tuple[str, str, list[str], list[str]]:
    """Return what matters of an entry: which way, about what, with whom, and by which colleagues."""
    assert (entry["kind"], entry["held"]) == ("email", None)
    assert all(one["organisation"] == "Müller & Söhne AG" for one in entry["participants"])
    who = [one["person"] or one["address"] for one in entry["participants"]]
    return entry["direction"], entry["subject"], who, sorted(entry["staff"])


async def _require_private_is_gone(url: str, folder: Path) -> None:
    async with connected(url):
        assert await LeftOutCount.all().values_list("rule", "number") == [(LeftOutReason.MARKED_PRIVATE, 1)]
        assert await Message.all().count() == len(_BY_HAND)
    for path in folder.glob("postbuch.db*"):
        assert _PRIVATE.encode() not in path.read_bytes(), path


def _mail(author: str, to: str, subject: str, text: str, *, cc: str = "", answers: str = "") -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = author, to, subject
    if cc:
        message["Cc"] = cc
    if answers:
        message["In-Reply-To"] = message["References"] = f"<{answers}>"
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = f"<{abs(hash((author, subject)))}@mail.example>"
    message.set_content(text)
    return message.as_bytes().replace(b"\n", b"\r\n")


def _out_of_office() -> bytes:
    text = (
        "Guten Tag\n\nIch bin bis am 3. Dezember 2026 abwesend.\nIn dringenden Fällen: beat@mueller.example\n"
    )
    raw = _mail(ANNA, EVA, "Abwesend: Offerte Lüftung", text)
    return b"Auto-Submitted: auto-replied\r\n" + raw


def _bounce() -> bytes:
    return _BOUNCE.format(date=format_datetime(datetime.now(UTC))).replace("\n", "\r\n").encode()


_FORWARDED = "Tue, 10 Mar 2026 10:00:00 +0100"
_FORWARD = """Zur Info, das war die Zusage von damals.

Von: Beat Keller <beat@mueller.example>
Gesendet: Montag, 2. März 2026 09:15
An: Eva Muster <eva@firm.example>
Betreff: Lieferfrist

Guten Tag Frau Muster

Wir brauchen die Geräte bis Ende Mai.

Freundliche Grüsse
Beat Keller
"""
_BOUNCE = """\
Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mail.firm.example>
To: eva@firm.example
Date: {date}
Subject: Undelivered Mail Returned to Sender
Message-ID: <bounce-1@mail.firm.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=us-ascii

I could not deliver your message to bert@mueller.example: user unknown.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.firm.example

Final-Recipient: rfc822; bert@mueller.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 user unknown

--b
Content-Type: message/rfc822-headers

From: eva@firm.example
To: bert@mueller.example
Subject: Rechnung 4711

--b--
"""


async def _until_left_out(url: str) -> None:
    async with connected(url), asyncio.timeout(_SECONDS):
        while not await LeftOutCount.exists():
            await asyncio.sleep(0.2)


async def _until_filed(url: str, number: int) -> list[str]:
    """Return the Message-IDs of the messages that are filed, once there are so many."""
    async with connected(url), asyncio.timeout(_SECONDS):
        while len(filed := await Message.filter(entry_id__not_isnull=True).order_by("id")) < number:
            await asyncio.sleep(0.2)
    return [message.message_id or "" for message in filed]
