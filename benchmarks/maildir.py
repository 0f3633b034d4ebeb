"""A Maildir of an office's mail to measure with: text, HTML, attachments, threads, 50 kB on average.

The same every time: all that is random comes from one seed.  Words are made of syllables,
so that an index has as many different ones to hold as real mail gives it.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

FIRM, STAFF = "firma.example", ("eva", "urs", "rita", "marco")
_SYLLABLES = (
    *("ba", "lo", "mi", "ster", "un", "gen", "ro", "cha", "ver"),
    *("lü", "pel", "kön", "ta", "re", "schi", "won", "é", "qui"),
)
_ANSWERS_OF_TEN, _HTML_OF_TEN, _FILES_OF_TEN = 4, 5, 3
_BEGUN = datetime(2025, 1, 6, 8, 0, tzinfo=UTC)


def write(folder: Path, number: int, *, seed: int = 1) -> None:
    """Write *number* mails into *folder* as a Maildir."""
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True)
    for position, raw in enumerate(mails(number, seed=seed)):
        (folder / "cur" / f"{position:06}.bench:2,S").write_bytes(raw)


def mails(number: int, *, seed: int = 1) -> Iterator[bytes]:
    """Yield *number* mails between staff and customers, the oldest first."""
    chance = random.Random(seed)
    vocabulary = ["".join(chance.choices(_SYLLABLES, k=chance.randint(1, 4))) for _ in range(20_000)]
    sent: list[EmailMessage] = []
    for position in range(number):
        answered = chance.choice(sent[-50:]) if sent and chance.randrange(10) < _ANSWERS_OF_TEN else None
        mail = _mail(chance, vocabulary, position, answered)
        sent.append(mail)
        yield mail.as_bytes()


def _mail(
    chance: random.Random, vocabulary: list[str], position: int, answered: EmailMessage | None
) -> EmailMessage:
    customer = f"person{chance.randrange(600)}@kunde{chance.randrange(120)}.example"
    colleague = f"{chance.choice(STAFF)}@{FIRM}"
    author, reader = (customer, colleague) if chance.random() < 0.5 else (colleague, customer)
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"] = author, reader
    mail["Date"] = _BEGUN + timedelta(minutes=17 * position)
    mail["Message-ID"] = f"<{position}.{chance.getrandbits(64):x}@{author.partition('@')[2]}>"
    if answered:
        mail["In-Reply-To"], mail["References"] = answered["Message-ID"], answered["Message-ID"]
        mail["Subject"] = f"AW: {answered['Subject'].removeprefix('AW: ')}"
    else:
        mail["Subject"] = " ".join(chance.choices(vocabulary, k=5))
    paragraphs = [
        " ".join(chance.choices(vocabulary, k=chance.randint(20, 80))) for _ in range(chance.randint(2, 9))
    ]
    mail.set_content("\n\n".join(paragraphs) + "\n")
    if chance.randrange(10) < _HTML_OF_TEN:
        mail.add_alternative(_html(paragraphs), subtype="html")
    if chance.randrange(10) < _FILES_OF_TEN:
        content = chance.randbytes(chance.randint(20_000, 180_000))
        mail.add_attachment(
            content, maintype="application", subtype="pdf", filename=f"Beilage {position}.pdf"
        )
    return mail


def _html(paragraphs: list[str]) -> str:
    shown = "".join(
        f'<p style="margin:0 0 1em;font-family:Arial">{paragraph}</p>' for paragraph in paragraphs
    )
    return f"<html><head><style>p {{ color: #222 }}</style></head><body><div>{shown}</div></body></html>\n"
