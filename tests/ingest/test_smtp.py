"""What a mail server finds that brings us mail: RFC 5321 to the letter where letters matter."""

import asyncio
import hashlib
import shutil
import smtplib
from email.message import EmailMessage

import pytest

from ingest.smtp import SmtpSource
from storage import capturing
from storage.jobs import Job
from storage.messages import Capture, CaptureSource, Message
from tests.ingest.speaking import DOMAIN, MAIL, SENDER, capture_address, kept, listening, peer
from tests.servers.absent import absent


async def test_what_is_offered_in_the_greeting(database: str) -> None:
    async with listening() as source, peer(source.port, greet="") as speaking:
        offers = (await speaking.say("EHLO peer.example")).splitlines()
        assert offers[0] == f"250-{DOMAIN}"
        assert {line[4:] for line in offers[1:]} == {"SIZE 50000000", "8BITMIME", "SMTPUTF8", "PIPELINING"}
        assert (await speaking.say("HELO peer.example")).startswith("250 ")
        assert (await speaking.say("NOOP")).startswith("250 ")
        assert (await speaking.say("QUIT")).startswith("221 ")
        assert await speaking.answer() == ""


async def test_a_mail_is_kept_byte_for_byte_before_it_is_answered(database: str) -> None:
    address = await capture_address()
    mail = MAIL + bytes(range(256)) + b"\n.\nbare\r\r\n" + b"x" * 5000 + b"\r\n"
    async with listening() as source, peer(source.port) as speaking:
        answer = await speaking.send(mail, address, options=" BODY=8BITMIME SIZE=5500")
        assert answer == f"250 2.6.0 kept as {hashlib.sha256(mail).hexdigest()[:12]}"
        assert await kept() == [mail]
        capture = await Capture.get().select_related("capture_address")
    assert capture.source is CaptureSource.SMTP
    assert capture.capture_address is not None
    assert capture.capture_address.key == address
    assert (capture.envelope_sender, capture.envelope_recipients) == (SENDER, [address])
    assert (capture.peer, capture.held_because) == ("127.0.0.1", "")
    assert await Job.all().count() == 1


@pytest.mark.parametrize("mail", [b"", b"\r\n", b".\r\n", b"\r\n..\r\n", b"x"])
async def test_the_shortest_mails(database: str, mail: bytes) -> None:
    address = await capture_address()
    sent = (b"\r\n" + mail).replace(b"\r\n.", b"\r\n..")[2:]
    whole = mail if not mail or mail.endswith(b"\r\n") else mail + b"\r\n"
    async with listening() as source, peer(source.port) as speaking:
        await speaking.begin(address)
        speaking.write(sent + (b"" if sent.endswith(b"\r\n") or not sent else b"\r\n") + b".\r\n")
        assert (await speaking.answer()).startswith("250 2.6.0")
    assert await kept() == [whole]


async def test_commands_and_mails_in_one_write_are_answered_in_order(database: str) -> None:
    address = await capture_address()
    one = f"MAIL FROM:<{SENDER}>\r\nRCPT TO:<{address}>\r\nRCPT TO:<nobody@{DOMAIN}>\r\nDATA\r\n".encode()
    async with listening() as source, peer(source.port) as speaking:
        speaking.write(one + MAIL + b".\r\n" + one + b"second\r\n.\r\nNOOP\r\nQUIT\r\n")
        answers = [(await speaking.answer())[:3] for _ in range(12)]
    assert answers == ["250", "250", "550", "354", "250", "250", "250", "550", "354", "250", "250", "221"]
    assert await kept() == [MAIL, b"second\r\n"]


async def test_what_pretends_to_end_a_mail_does_not(database: str) -> None:
    address = await capture_address()
    smuggled = b"first\n.\r\nMAIL FROM:<boss@firm.example>\r\nDATA\r\n.\nsecond\r\n"
    async with listening() as source, peer(source.port) as speaking:
        assert (await speaking.send(smuggled.replace(b"\r\n.", b"\r\n.."), address)).startswith("250 2.6.0")
        assert (await speaking.say("NOOP")).startswith("250 ")
    assert await kept() == [smuggled]


@pytest.mark.parametrize("size", [70_000, 1_500_000, 6_000_000])
@pytest.mark.parametrize("tell_size", [True, False])
async def test_large_mails_come_whole(database: str, size: int, tell_size: bool) -> None:
    address = await capture_address()
    line = b".." + b"%07d" * 10 % tuple(range(10)) + b"\r\n"
    mail = line * (size // len(line))
    options = f" SIZE={len(mail)}" if tell_size else ""
    async with listening() as source, peer(source.port) as speaking:
        await speaking.begin(address, options=options)
        speaking.write((b"\r\n" + mail).replace(b"\r\n.", b"\r\n..")[2:] + b".\r\n")
        assert (await speaking.answer()).startswith("250 2.6.0")
        assert (await speaking.say("NOOP")).startswith("250 ")
    assert await kept() == [mail]


async def test_the_same_mail_to_two_of_us_is_one_message(database: str) -> None:
    eva, otto = await capture_address(), await capture_address("Otto", "otto@firm.example")
    async with listening() as source, peer(source.port) as speaking:
        assert (await speaking.send(MAIL, eva, otto, eva.upper())).startswith("250")
        assert (await speaking.send(MAIL, otto)).startswith("250")
    assert await Message.all().count() == 1
    assert await Capture.all().count() == 2


async def test_after_a_mail_that_is_too_large_a_smaller_one_is_taken(database: str) -> None:
    address = await capture_address()
    async with listening() as source, peer(source.port) as speaking:
        assert (await speaking.say(f"MAIL FROM:<{SENDER}> SIZE=50000001")).startswith("552")
        assert (await speaking.send(MAIL, address)).startswith("250")
        assert (await speaking.say(f"MAIL FROM:<{SENDER}> SIZE=50000001 SMTPUTF8")).startswith("552")
        assert (await speaking.send(MAIL, address, options=" SMTPUTF8")).startswith("250")


async def test_a_bounce_has_no_sender(database: str) -> None:
    address = await capture_address()
    async with listening() as source, peer(source.port) as speaking:
        assert (await speaking.send(MAIL, address, sender="")).startswith("250")
    assert (await Capture.get()).envelope_sender == ""


async def test_addresses_and_mail_in_utf_8(database: str) -> None:
    address = await capture_address()
    mail = "Subject: Grüße\r\n\r\nüber\r\n".encode()
    async with listening() as source, peer(source.port) as speaking:
        answer = await speaking.send(mail, address, sender="jörg@bücher.example", options=" SMTPUTF8")
        assert answer.startswith("250")
        speaking.write(b"MAIL FROM:<j\xf6rg@firm.example> SMTPUTF8\r\n")
        assert (await speaking.answer()).startswith("501 5.1.7")
    assert (await Capture.get()).envelope_sender == "jörg@bücher.example"


async def test_other_recipients_are_refused_with_one_text(database: str) -> None:
    address = await capture_address()
    revoked = await capture_address("Otto", "otto@firm.example")
    row = (await capturing.capture_addresses_by_key([revoked]))[revoked]
    await capturing.revoke(row.id)
    wrong = [
        "nobody@postbuch.test",
        "eva@firm.example",
        address.replace("@", "x@"),
        revoked,
        "not-an-address",
        "@",
    ]
    async with listening() as source, peer(source.port) as speaking:
        await speaking.say(f"MAIL FROM:<{SENDER}>")
        refusals = {await speaking.say(f"RCPT TO:<{recipient}>") for recipient in wrong[:5]}
        assert len(refusals) == 1
        assert refusals.pop().startswith("550 5.7.1 ")
        assert (await speaking.say("DATA")).startswith("503")


async def test_a_new_address_takes_mail_at_once_and_a_revoked_one_soon_no_more(database: str) -> None:
    async with listening() as source, peer(source.port) as speaking:
        address = await capture_address()
        assert (await speaking.send(MAIL, address)).startswith("250")
        found = (await capturing.capture_addresses_by_key([address]))[address]
        await capturing.revoke(found.id)
        await asyncio.sleep(0.3)
        await speaking.say(f"MAIL FROM:<{SENDER}>")
        assert (await speaking.say(f"RCPT TO:<{address}>")).startswith("550")


async def test_by_lmtp_each_recipient_has_its_answer(database: str) -> None:
    eva, otto = await capture_address(), await capture_address("Otto", "otto@firm.example")
    async with (
        listening(kind=CaptureSource.LMTP) as source,
        peer(source.port, greet="LHLO relay.example") as speaking,
    ):
        assert (await speaking.say("EHLO peer.example")).startswith("500")
        assert (await speaking.send(MAIL, eva, f"nobody@{DOMAIN}", otto)).startswith("250 2.6.0")
        assert (await speaking.answer()).startswith("250 2.6.0")
        assert (await speaking.say("NOOP")).startswith("250 OK")
    assert {capture.source for capture in await Capture.all()} == {CaptureSource.LMTP}


async def test_pythons_own_client_brings_mail(database: str) -> None:
    address = await capture_address()
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = SENDER, "anna@muster.example", "Offer"
    mail.set_content("Grüße\n.\n..\nEnd")
    async with listening() as source:
        await asyncio.to_thread(_send_by_smtplib, source, mail, address)
    (raw,) = await kept()
    assert raw == mail.as_bytes().replace(b"\n", b"\r\n")


def _send_by_smtplib(source: SmtpSource, mail: EmailMessage, address: str) -> None:
    with smtplib.SMTP("127.0.0.1", source.port, timeout=20) as client:
        client.send_message(mail, to_addrs=[address])


async def test_swaks_brings_mail(database: str) -> None:
    if shutil.which("swaks") is None:
        absent("swaks")
    address = await capture_address()
    async with listening() as source:
        swaks = await asyncio.create_subprocess_exec(
            *("swaks", "--server", "127.0.0.1", "--port", str(source.port), "--pipeline"),
            *("--from", SENDER, "--to", address, "--body", "Good morning"),
            stdout=asyncio.subprocess.PIPE,
        )
        said, _ = await swaks.communicate()
        assert swaks.returncode == 0, said.decode()
    assert len(await kept()) == 1
