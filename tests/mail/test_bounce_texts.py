"""Bounces that are but words: each family of mailers in its own form, with addresses of ours."""

import json
from pathlib import Path

import pytest

from mail.message import Automatic, Bounce, BounceKind
from mail.parse import parse

HARD, UNKNOWN = BounceKind.HARD, BounceKind.UNKNOWN

RETURNED = """Return-Path: <rundbrief@verein.example>
Received: from mail.verein.example by relay.verein.example with ESMTP
Received: from buero (localhost) by mail.verein.example
\tfor <lea@kunde.example>; Tue, 24 Nov 2026 09:00:00 +0100
From: Verein <rundbrief@verein.example>
To: lea@kunde.example
Subject: Rundbrief
Message-ID: <rundbrief.1@verein.example>

Liebe Mitglieder
"""


def notice(
    text: str, *, subject: str = "Mail delivery failed", author: str = "MAILER-DAEMON@mx.kunde.example"
) -> bytes:
    """Return the notice of a mailer in plain text."""
    header = f"From: {author}\nTo: rundbrief@verein.example\nSubject: {subject}\n"
    typed = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
    return (header + typed + text.replace("RETURNED\n", RETURNED)).encode()


def failed(raw: bytes) -> list[tuple[str, BounceKind, str | None]]:
    return [(bounce.address, bounce.kind, bounce.status) for bounce in parse(raw).bounces]


# Each file is what a mailer of that kind writes; a line RETURNED stands for the message that it returns.
NOTICES = Path(__file__).parents[1] / "corpus" / "notices"
EXPECTED = json.loads((NOTICES / "expected.json").read_text(encoding="utf-8"))


def written(form: str) -> bytes:
    return notice((NOTICES / f"{form}.txt").read_text(encoding="utf-8"))


@pytest.mark.parametrize("form", EXPECTED)
def test_the_words_of_a_mailer_tell_whom_it_did_not_reach(form: str) -> None:
    message = parse(written(form))
    found = [{"address": b.address, "kind": b.kind, "status": b.status} for b in message.bounces]
    assert found == EXPECTED[form]
    assert message.automatic is Automatic.BOUNCE


def test_what_a_mailer_says_of_an_address_is_the_reason() -> None:
    first, second = parse(written("qmail")).bounces
    assert first == Bounce(
        "lea@kunde.example", HARD, "5.1.1", "Sorry, no mailbox here by that name. (#5.1.1)"
    )
    assert "over quota" in second.reason
    assert "over quota" not in first.reason


def test_the_returned_message_names_nobody_who_failed() -> None:
    text = "Your message could not be delivered to the following addresses:\n\n<lea@kunde.example>: user unknown\n\n"
    returned = (
        "---- Original message ----\nReceived: from a by b\nTo: lea@kunde.example\n\n"
        "Could not be delivered to:\n\n<eva@firma.example>:\n"
    )
    assert failed(notice(text + returned)) == [("lea@kunde.example", HARD, None)]


def test_addresses_to_ask_for_help_did_not_fail() -> None:
    text = "Your message could not be delivered to:\n\nlea@kunde.example\n\n"
    text += "For questions please contact\nhelp@kunde.example\n"
    assert failed(notice(text)) == [("lea@kunde.example", UNKNOWN, None)]


def test_an_address_that_an_archive_has_shortened_is_no_address() -> None:
    message = parse(
        notice("Your message could not be delivered to:\n\n  lea...@kunde.example\n    user unknown\n")
    )
    assert (message.automatic, message.bounces) == (Automatic.BOUNCE, ())


def test_a_list_that_returns_its_own_mail_names_nobody() -> None:
    returned = RETURNED.replace("To: lea@kunde.example", "To: liste@verein.example")
    message = parse(notice(f"A message that you sent could not be delivered.\n\n{returned}"))
    assert (message.automatic, message.bounces) == (Automatic.BOUNCE, ())
