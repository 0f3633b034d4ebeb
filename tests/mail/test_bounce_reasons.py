"""Is an address dead?  What servers answer, and what it means."""

import pytest

from mail.bounce_reasons import Refused, judged
from mail.message import BounceKind

HARD, SOFT, UNKNOWN = BounceKind.HARD, BounceKind.SOFT, BounceKind.UNKNOWN

ANSWERS = {
    "550 5.1.1 <lea@kunde.example>: Recipient address rejected: User unknown": (HARD, "5.1.1"),
    "550 No such user here": (HARD, "5.0.0"),
    "551 lea has moved; please try lea@neu.example": (HARD, "5.0.0"),
    "553 5.1.2 We are unable to route messages to this domain": (HARD, "5.1.2"),
    "Host or domain name not found. Name service error for name=kunde.example type=A: Host not found": (
        HARD,
        None,
    ),
    "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup": (HARD, "5.1.10"),
    "550 5.1.1 User unknown; our policy is at https://kunde.example/policy": (HARD, "5.1.1"),
    "556 5.1.10 Recipient address has null MX": (HARD, "5.1.10"),
    "552 5.2.2 Mailbox full": (SOFT, "5.2.2"),
    "550 5.1.1 mailbox is full": (SOFT, "5.1.1"),
    "552 5.3.4 Message size exceeds fixed limit": (SOFT, "5.3.4"),
    "550 5.7.1 Message rejected as spam by content filtering": (SOFT, "5.7.1"),
    "550 5.7.26 Unauthenticated mail is not accepted due to the domain's DMARC policy": (SOFT, "5.7.26"),
    "554 5.7.1 Service unavailable; Client host [10.1.2.3] blocked using a blacklist": (SOFT, "5.7.1"),
    "550 5.1.8 Sender address rejected: Domain not found": (SOFT, "5.1.8"),
    "550 5.2.1 The email account that you tried to reach is disabled": (SOFT, "5.2.1"),
    "450 4.1.1 <lea@kunde.example>: Recipient address rejected: unverified address": (SOFT, "4.1.1"),
    "451 4.7.1 Greylisting in action, please come back later": (SOFT, "4.7.1"),
    "connect to mx.kunde.example[10.1.2.3]:25: Connection timed out": (SOFT, None),
    "It did not work out": (UNKNOWN, None),
    "": (UNKNOWN, None),
}


@pytest.mark.parametrize("words", ANSWERS)
def test_the_words_of_a_server_tell_whether_an_address_is_dead(words: str) -> None:
    assert judged(words) == ANSWERS[words]


def test_a_telling_code_in_the_words_beats_a_general_status() -> None:
    assert judged("452 4.2.2 Mailbox full", "5.0.0") == (SOFT, "4.2.2")
    assert judged("452 Mailbox full", "5.0.0") == (SOFT, "4.0.0")
    assert judged("something", "5.1.1") == (HARD, "5.1.1")


def test_an_address_of_the_network_is_no_status() -> None:
    assert judged("host mx[5.1.1.10] did not answer") == (UNKNOWN, None)


def test_who_refuses_the_sender_or_the_text_says_nothing_of_the_recipient() -> None:
    assert judged("550 User unknown", refused=Refused.TEXT) == (SOFT, "5.0.0")
    assert judged("550 5.1.2 No such domain", refused=Refused.SENDER) == (SOFT, "5.1.2")
    assert judged("550 5.1.1 User unknown", refused=Refused.TEXT) == (HARD, "5.1.1")
