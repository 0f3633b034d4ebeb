"""What no person wrote, told by its fields; and what persons wrote, though it looks like it."""

import pytest

from mail.message import Automatic
from mail.parse import parse

EVA = b"From: Eva Meier <eva@firma.example>\nTo: tim@kunde.example\n"


def mail(*fields: str, body: str = "Guten Tag\n") -> bytes:
    return EVA + "".join(f"{field}\n" for field in fields).encode() + b"\n" + body.encode()


ANSWERS = (
    ("Auto-Submitted: auto-replied", "Subject: Re: Offerte"),
    ("Auto-Submitted: auto-replied (vacation)", "Subject: Offerte"),
    ("Precedence: auto_reply", "Subject: Danke"),
    ("X-Autoreply: yes", "Subject: Danke"),
    ("X-Autorespond: Offerte", "Subject: Danke"),
    ("X-Apple-Action: VACATION", "Subject: Weg"),
    ("X-MS-Exchange-Inbox-Rules-Loop: eva@firma.example", "Subject: Danke"),
    ("X-Auto-Response-Suppress: All", "Subject: Abwesend"),
    ("Subject: Automatic reply: Offerte",),
    ("Subject: Automatische Antwort: Offerte",),
    ("Subject: Réponse automatique : Offre",),
    ("Subject: Risposta automatica: Offerta",),
    ("Subject: Automatisch antwoord: Offerte",),
    ("Subject: Out of Office: Offerte",),
    ("Return-Path: <>", "Subject: Re: Offerte", "In-Reply-To: <1@kunde.example>"),
    ("Precedence: bulk", "Subject: Out of office"),
)
MANY: dict[tuple[str, ...], Automatic] = {
    ("List-Id: <rundbrief.verein.example>", "Subject: Rundbrief"): Automatic.LIST,
    ("List-Unsubscribe: <https://verein.example/u>", "Subject: Rundbrief"): Automatic.LIST,
    ("Precedence: list", "Subject: Rundbrief"): Automatic.LIST,
    ("Precedence: bulk", "Subject: Angebot"): Automatic.BULK,
    ("Precedence: junk", "Subject: Angebot"): Automatic.BULK,
    ("Auto-Submitted: auto-generated", "Subject: Sicherung fertig"): Automatic.BULK,
    ("X-Campaign: 12", "Subject: Angebot"): Automatic.BULK,
}
BY_PERSONS = (
    ("Subject: Offerte",),
    ("Auto-Submitted: no", "Subject: Offerte"),
    ("X-Auto-Response-Suppress: All", "Subject: Offerte"),
    ("Subject: Re: Automatic reply: Offerte",),
    ("Subject: Abwesend nächste Woche",),
    ("Subject: Ferien",),
    ("Subject: Vacation plans",),
    ("Precedence: bulk", "Subject: Re: Rundbrief", "In-Reply-To: <1@verein.example>"),
    ("List-Id: <verein.example>", "References: <1@verein.example>", "Subject: Rundbrief"),
    ("List-Id: <verein.example>", "X-Mailer: Apple Mail (2.3774)", "Subject: Wer kommt am Freitag?"),
    ("Subject: Delivery of the goods on Monday",),
    ("Subject: Lu: der neue Prospekt",),
)


@pytest.mark.parametrize("fields", ANSWERS)
def test_an_answer_that_a_machine_gave_is_told(fields: tuple[str, ...]) -> None:
    assert parse(mail(*fields)).automatic is Automatic.AUTO_REPLY


@pytest.mark.parametrize("fields", MANY)
def test_lists_and_bulk_mail_are_told(fields: tuple[str, ...]) -> None:
    assert parse(mail(*fields)).automatic is MANY[fields]


@pytest.mark.parametrize("fields", BY_PERSONS)
def test_what_a_person_wrote_is_not_automatic(fields: tuple[str, ...]) -> None:
    message = parse(mail(*fields))
    assert (message.automatic, message.bounces) == (None, ())


def test_an_absence_is_read_from_an_answer_and_from_nothing_else() -> None:
    body = "Ich bin bis 3. August 2026 abwesend, ab 4. August 2026 wieder da.\n"
    body += "Stellvertretung: tim@firma.example\n"
    away = parse(mail("Subject: Abwesenheitsnotiz: Offerte", body=body)).out_of_office
    assert away is not None
    assert (str(away.returns), str(away.substitute)) == ("2026-08-04", "tim@firma.example")
    assert parse(mail("Subject: Offerte", body=body)).out_of_office is None


SPAM: dict[tuple[str, ...], bool | None] = {
    ("X-Spam-Flag: YES",): True,
    ("X-Spam-Flag: NO",): False,
    ("X-Spam-Status: Yes, score=7.1 required=5.0 tests=BAYES_99",): True,
    ("X-Spam-Status: No, score=-1.9 required=5.0",): False,
    ("X-MS-Exchange-Organization-SCL: 9",): True,
    ("X-MS-Exchange-Organization-SCL: -1",): False,
    ("X-Forefront-Antispam-Report: CIP:10.1.2.3;SCL:5;SRV:",): True,
    ("X-Rspamd-Action: add header",): True,
    ("X-Rspamd-Action: no action",): False,
    ("X-Spamd-Result: default: True [15.0 / 10.0]",): True,
    ("X-Bogosity: Ham, tests=bogofilter",): False,
    ("X-Spam-Flag: NO", "X-MS-Exchange-Organization-SCL: 6"): True,
    ("X-MS-Exchange-Organization-SCL: viel",): None,
    (): None,
}


@pytest.mark.parametrize("fields", SPAM)
def test_what_the_filter_in_front_says_is_read(fields: tuple[str, ...]) -> None:
    assert parse(mail(*fields)).spam is SPAM[fields]
