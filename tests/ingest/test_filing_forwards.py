"""What staff forward to be captured is entered as the original; what others forward is their own mail."""

from email.message import EmailMessage

from storage.entries import Direction, EntryStaff, StaffPart, Strength
from tests.ingest.office import Office, participants, with_whom
from tests.matcher.people import capture_address, colleague, firm, person

ORIGINAL = """\
Bitte ablegen.

-----Ursprüngliche Nachricht-----
Von: Anna Muster <anna@muster.example>
Gesendet: Dienstag, 3. März 2026 14:02
An: Eva Graf <eva@firma.example>
Betreff: Offerte Lüftung

Guten Tag Frau Graf

Können wir am Donnerstag darüber reden?
"""


def forward(
    sender: str = "eva@firma.example", to: str = "capture@postbuch.test", body: str = ORIGINAL
) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, "WG: Offerte Lüftung"
    mail["Date"], mail["Message-ID"] = (
        "Wed, 04 Mar 2026 09:00:00 +0100",
        f"<fwd.{hash(sender + to)}@firma.example>",
    )
    mail.set_content(body)
    return mail.as_bytes()


def attached() -> tuple[bytes, bytes]:
    """Return a mail, and the forward that has it attached."""
    original = EmailMessage()
    original["From"], original["To"] = "Anna Muster <anna@muster.example>", "eva@firma.example"
    original["Subject"], original["Date"] = "Offerte Lüftung", "Tue, 03 Mar 2026 14:02:00 +0100"
    original["Message-ID"] = "<offerte.1@muster.example>"
    original.set_content("Können wir am Donnerstag darüber reden?\n")
    forward = EmailMessage()
    forward["From"], forward["To"] = "eva@firma.example", "capture@postbuch.test"
    forward["Subject"], forward["Date"] = "WG: Offerte Lüftung", "Wed, 04 Mar 2026 09:00:00 +0100"
    forward["Message-ID"] = "<fwd.2@firma.example>"
    forward.set_content("Bitte ablegen.\n")
    forward.add_attachment(original)
    return original.as_bytes(), forward.as_bytes()


async def test_a_colleagues_forward_is_entered_as_the_original(office: Office) -> None:
    eva = await colleague("eva@firma.example")
    await capture_address(eva)
    anna = await person("Anna Muster", "anna@muster.example", at=await firm("Muster AG", "muster.example"))
    (entry,) = await office.enter(forward(), staff=eva.id)
    assert (entry.direction, entry.subject) == (Direction.INCOMING, "Offerte Lüftung")
    assert (entry.at.date().isoformat(), entry.held_reason) == ("2026-03-03", None)
    assert "Donnerstag" in entry.text
    assert "Bitte ablegen" not in entry.text
    assert entry.kind_fields["comment"].strip() == "Bitte ablegen."
    (author,) = await participants(entry)
    # What is typed in a body is evidence, never certainty.
    assert (author.person_id, author.strength) == (anna.id, Strength.STRONG)
    parts = {one.part for one in await EntryStaff.filter(entry_id=entry.id, staff_id=eva.id)}
    assert parts == {StaffPart.RECIPIENT, StaffPart.CAPTURED}


async def test_an_attached_original_and_the_mail_itself_are_one_entry(office: Office) -> None:
    eva = await colleague("eva@firma.example")
    await capture_address(eva)
    original, forwarded = attached()
    first, second = await office.enter_in_turn(original, forwarded, staff=eva.id)
    assert first.id == second.id
    assert await with_whom(first) == {"anna@muster.example": (None, None)}


async def test_a_customers_forward_is_the_customers_own_mail(office: Office) -> None:
    await colleague("eva@firma.example")
    (entry,) = await office.enter(forward("bruno@kunde.example", "eva@firma.example"))
    assert (entry.subject, entry.direction) == ("WG: Offerte Lüftung", Direction.INCOMING)
    assert list(await with_whom(entry)) == ["bruno@kunde.example"]
    assert "forwarded" not in entry.kind_fields


async def test_a_forward_to_a_customer_is_a_mail_to_that_customer(office: Office) -> None:
    eva = await colleague("eva@firma.example")
    await capture_address(eva)
    (entry,) = await office.enter(forward(to="bruno@kunde.example"), staff=eva.id)
    assert entry.direction is Direction.OUTGOING
    assert list(await with_whom(entry)) == ["bruno@kunde.example"]


async def test_a_reply_that_quotes_is_no_forward(office: Office) -> None:
    eva = await colleague("eva@firma.example")
    await capture_address(eva)
    body = "Gerne, am Donnerstag um zehn.\n\nAm 3. März 2026 schrieb Anna Muster:\n> Können wir reden?\n"
    (entry,) = await office.enter(forward(to="anna@muster.example", body=body), staff=eva.id)
    assert "forwarded" not in entry.kind_fields
