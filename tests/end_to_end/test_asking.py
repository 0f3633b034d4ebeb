"""Staff ask Postbuch by mail, and it answers by a relay: real services, real SMTP."""

import asyncio
import re
import smtplib
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path

import aiohttp
import pytest

from storage import capturing
from storage.connect import connected
from storage.entries import Entry
from storage.messages import Message
from storage.notices import Notice, NoticeState
from storage.schema import migrate
from tests.matcher.people import colleague, firm, person
from tests.running import Postbuch, running
from tests.servers.ports import free_port
from tests.servers.sink import Sink, sink

pytestmark = pytest.mark.timeout(300)
_SECONDS = 60
DOMAIN = "capture.firm.example"


def _mail(
    subject: str, text: str, to: str, author: str = "eva@firm.example", answers: str = ""
) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = author, to, subject
    mail["Date"], mail["Message-ID"] = format_datetime(datetime.now(UTC)), make_msgid(domain="firm.example")
    if answers:
        mail["In-Reply-To"] = answers
    mail.set_content(text or "\n")
    return mail


async def _send(port: int, mail: EmailMessage) -> None:
    def send() -> None:
        with smtplib.SMTP("127.0.0.1", port, timeout=_SECONDS) as server:
            server.send_message(mail)

    await asyncio.to_thread(send)


async def _number(relay: Sink, number: int) -> None:
    async with asyncio.timeout(_SECONDS):
        while len(relay.taken) < number:
            await asyncio.sleep(0.1)


async def _settled_for(service: Postbuch, seconds: float) -> None:
    await service.settled(seconds=_SECONDS)
    await asyncio.sleep(seconds)
    await service.settled(seconds=_SECONDS)


async def _office(url: str) -> str:
    """Set up an office with Eva, Anna Muster and her firm; return Eva's own capture address."""
    await migrate(url)
    async with connected(url):
        eva = await colleague()
        await capturing.everybodys(DOMAIN)
        await person("Anna Muster", at=await firm("Muster AG"))
        return (await capturing.make_for(eva.id, DOMAIN)).key


async def test_commands_digest_and_decisions_by_mail_and_link(tmp_path: Path) -> None:
    url, to = f"sqlite:///{tmp_path / 'postbuch.db'}", f"capture@{DOMAIN}"
    evas = await _office(url)
    at = (datetime.now(UTC) - timedelta(minutes=1)).strftime("%H:%M")
    every_day = {"digest_at": at, "digest_weekdays": "mon,tue,wed,thu,fri,sat,sun", "zone": "UTC"}
    async with sink() as relay:
        settings: dict[str, object] = {
            "relay_host": "127.0.0.1", "relay_port": relay.port, "relay_tls": "none", "capture_domain": DOMAIN,
        }  # fmt: skip
        async with running(tmp_path, digest_enabled="false", **settings) as service:
            await _send(service.smtp_port, _mail("#call from Anna Muster: offer", "She wants one.", to))
            await _send(service.smtp_port, _mail("#cal Anna Muster", "", to))
            await _send(service.smtp_port, _mail("Hallo", "Text", evas, author="muster@new.example"))
            await _number(relay, 1)
            await service.settled()
        assert relay.taken[0].mail["Subject"] == "Nicht verstanden: #cal Anna Muster"
        assert relay.taken[0].recipients == ["eva@firm.example"]
        for _ in range(2):  # the second start gives no second digest
            async with running(tmp_path, **settings, **every_day) as service:
                await _number(relay, 2)
                await _settled_for(service, 1.5)
        assert len(relay.taken) == 2
        digest = relay.taken[1]
        assert "2 Einträge warten" in str(digest.mail["Subject"])
        async with running(tmp_path, **settings, **every_day) as service:
            await _decide(service.web_url, digest.text)
            number = _number_of(digest.text, "Anna Muster\n")
            answer = _mail("Re: digest", f"{number} ignorieren", to, answers=str(digest.mail["Message-ID"]))
            await _send(service.smtp_port, answer)
            await _number(relay, 3)
            assert f"Entschieden: {number}." in relay.taken[2].text
            await service.settled()
    async with connected(url):
        assert not await Entry.filter(held_reason__isnull=False).exists()
        assert {entry.kind for entry in await Entry.all()} == {"call", "note", "email"}
        assert {notice.state for notice in await Notice.all()} == {NoticeState.SENT}


async def _decide(web_url: str, digest: str) -> None:
    """Open the link of the mail from outside, and press the button, as somebody without a login."""
    link, *_ = re.findall(r"/decide/\w+", digest[digest.index("Hallo") :])
    async with aiohttp.ClientSession() as stranger:
        async with stranger.get(web_url + link) as shown:
            assert "Anna Muster" in await shown.text()
        async with stranger.post(web_url + link, data={"choice": "a"}) as decided:
            assert decided.status == 200


def _number_of(text: str, subject: str) -> str:
    found = re.search(rf"^(\d+)  {subject}", text, re.MULTILINE)
    assert found is not None
    return found[1]


async def test_two_that_answer_each_other_end_after_two_mails(tmp_path: Path) -> None:
    """The staff of each have the address of the other, and each one's relay is the other."""
    folders, ports = (tmp_path / "a", tmp_path / "b"), (free_port(), free_port())
    domains = ("a.example", "b.example")
    for folder, other in zip(folders, reversed(domains), strict=True):
        folder.mkdir()
        await migrate(f"sqlite:///{folder / 'postbuch.db'}")
        async with connected(f"sqlite:///{folder / 'postbuch.db'}"):
            await colleague(f"capture@{other}")
    settings = [
        {"smtp_port": own, "relay_host": "127.0.0.1", "relay_port": other, "relay_tls": "none",
         "capture_domain": domain, "digest_enabled": "false"}
        for own, other, domain in zip(ports, reversed(ports), domains, strict=True)
    ]  # fmt: skip
    async with running(folders[0], **settings[0]) as one, running(folders[1], **settings[1]) as two:
        first = _mail("#nothing that anybody knows", "", "capture@a.example", author="capture@b.example")
        await _send(one.smtp_port, first)
        for _ in range(3):
            await _settled_for(one, 1.5)
            await _settled_for(two, 1.5)
        assert (await one.stop(), await two.stop()) == (0, 0)
    counts = []
    for folder in folders:
        async with connected(f"sqlite:///{folder / 'postbuch.db'}"):
            counts.append((await Message.all().count(), await Notice.filter(state=NoticeState.SENT).count()))
            assert await Notice.all().count() == counts[-1][1]
    assert counts == [(1, 1), (1, 0)]
