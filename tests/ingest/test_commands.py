"""A mail to us alone makes an entry; what is not understood is kept, and answered to whom wrote it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from history import held
from history.kinds import EntryKind
from history.own_mail import own_message_id
from ingest import commands
from storage.connect import transaction
from storage.entries import Direction, Entry, EntryStaff, ParticipantRole, StaffPart
from storage.messages import Message, MessageState
from storage.notices import Notice, give_notice
from storage.staff import Staff
from tests.ingest.office import CAME, SECRET, Office, participants, with_whom
from tests.matcher.people import capture_address, colleague, firm, letter, person

AT = CAME - timedelta(hours=1)


@pytest.fixture
async def capture(eva: Staff) -> str:
    return await capture_address(eva)


async def _ask(office: Office, eva: Staff, to: str, subject: str, text: str = "", **fields: str) -> Entry:
    (entry,) = await office.enter(
        letter("eva@firm.example", to, subject=subject, text=text or "\n", at=AT, **fields), staff=eva.id
    )
    return entry


async def _told() -> list[tuple[str, str, str]]:
    return [
        (one.code, one.parameters.get("problem", ""), one.parameters.get("word", ""))
        for one in await Notice.all()
    ]


async def test_a_call_is_entered_with_whom_it_was(office: Office, eva: Staff, capture: str) -> None:
    muster = await firm("Muster AG")
    await person("Anna Muster", at=muster)
    text = "Sie will bis Freitag eine Offerte.\n\n-- \nEva Graf\nFirma AG\n"
    entry = await _ask(office, eva, capture, "#anruf von Anna Muster: Offerte", text)
    assert (entry.kind, entry.direction, entry.at) == (EntryKind.CALL, Direction.INCOMING, AT)
    assert (entry.subject, entry.text) == ("Offerte", "Sie will bis Freitag eine Offerte.")
    assert (entry.held_reason, entry.due_on) == (None, None)
    (who,) = await participants(entry)
    assert await with_whom(entry) == {"": ("Anna Muster", "Muster AG")}
    assert who.role is ParticipantRole.FROM
    parts = {(one.staff_id, one.part) for one in await EntryStaff.filter(entry_id=entry.id)}
    assert parts == {(eva.id, StaffPart.AUTHOR), (eva.id, StaffPart.CAPTURED)}
    assert await _told() == []


async def test_a_task_is_due_on_its_day(office: Office, eva: Staff, capture: str) -> None:
    await firm("Muster AG")
    entry = await _ask(office, eva, capture, "#todo 3.12. Muster AG: send samples")
    assert (entry.kind, entry.due_on, entry.subject) == (EntryKind.TODO, date(2026, 12, 3), "send samples")
    assert (entry.at, entry.direction) == (AT, Direction.INTERNAL)
    assert await with_whom(entry) == {"": (None, "Muster AG")}


async def test_a_visit_of_yesterday_was_yesterday(office: Office, eva: Staff, capture: str) -> None:
    await person("Max Frei")
    entry = await _ask(office, eva, capture, "#visit yesterday Max Frei")
    assert entry.at.date() == AT.date() - timedelta(days=1)


async def test_an_address_names_as_it_does_in_a_mail(office: Office, eva: Staff, capture: str) -> None:
    await firm("Muster AG", "muster.example")
    await person("Max Frei", "max@frei.example")
    entry = await _ask(office, eva, capture, "#note max@frei.example und neu@muster.example: Preise")
    assert await with_whom(entry) == {
        "max@frei.example": ("Max Frei", None),
        "neu@muster.example": (None, "Muster AG"),
    }
    assert entry.held_reason is None


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("Anna Muster und Max Frei", {("Anna Muster", "Muster AG"), ("Max Frei", None)}),
        ("Anna Muster, Frei", {("Anna Muster", "Muster AG"), ("Max Frei", None)}),
        ("Max Frei & Blau & Söhne", {("Max Frei", None)}),
        ("Max Frei, Muster AG", {("Max Frei", None), (None, "Muster AG")}),
        ("Frau Muster, Muster AG", {("Anna Muster", "Muster AG")}),
        ("Blau & Söhne", {(None, "Blau & Söhne")}),
    ],
)
async def test_several_may_be_named(
    office: Office, eva: Staff, capture: str, names: str, expected: set[tuple[str | None, str | None]]
) -> None:
    await person("Anna Muster", at=await firm("Muster AG"))
    await person("Max Frei")
    await firm("Blau & Söhne")
    entry = await _ask(office, eva, capture, f"#meeting {names}: Preise")
    those = await participants(entry)
    found = {(one.person and one.person.name, one.organisation and one.organisation.name) for one in those}
    assert (found, entry.held_reason) == (expected, None)


async def test_the_first_line_may_name_them(office: Office, eva: Staff, capture: str) -> None:
    await person("Max Frei")
    entry = await _ask(office, eva, capture, "#gift", "Max Frei\n\neine Flasche Wein\n")
    assert (entry.kind, entry.held_reason) == (EntryKind.GIFT, None)


@pytest.mark.parametrize(
    ("subject", "kind", "reason", "told"),
    [
        ("#cal Max Frei", EntryKind.NOTE, "unknown-command", ("tag", "#cal")),
        ("#todo 31.2. Max Frei", EntryKind.TODO, "no-day", ("date", "31.2.")),
        ("#call Moritz Blau: later", EntryKind.CALL, "nobody-of-this-name", ("nobody", "Moritz Blau")),
        ("#call", EntryKind.CALL, "nobody-named", ("nobody", "")),
        ("#anruf Frei", EntryKind.CALL, "several-of-this-name", ("several", "Frei")),
        ("#call new@blau.example", EntryKind.CALL, "unknown-address", ("nobody", "new@blau.example")),
    ],
)
async def test_what_is_not_clear_is_held_and_answered(
    office: Office,
    eva: Staff,
    capture: str,
    subject: str,
    kind: EntryKind,
    reason: str,
    told: tuple[str, str],
) -> None:
    await person("Max Frei")
    await person("Moritz Frei")
    entry = await _ask(office, eva, capture, subject, "\n\n", **{"X-Id": "1"})
    assert (entry.kind, entry.held_reason) == (kind, reason)
    assert await _told() == [("not_understood", *told)]
    notice = await Notice.get()
    assert (notice.staff_id, notice.in_reply_to) == (eva.id, (await Message.get()).message_id)


async def test_a_held_one_is_decided_as_mail_is(office: Office, eva: Staff, capture: str) -> None:
    moritz = await person("Moritz Blau")
    entry = await _ask(office, eva, capture, "#call the man in blue: later")
    (who,) = await participants(entry)
    await held.assign(entry.id, who.id, moritz.id, by=eva.id, remember=True)
    decided = await Entry.get(id=entry.id)
    assert (decided.held_reason, decided.kind) == (None, EntryKind.CALL)
    assert await with_whom(entry) == {"": ("Moritz Blau", None)}


async def test_nobody_else_commands(office: Office, eva: Staff, capture: str) -> None:
    """A mail that nothing shows to be Eva's, one in which she is somebody else, one to a customer too."""
    mail = letter("eva@firm.example", capture, subject="#call Max Frei", at=AT)
    await office.take(mail, staff=eva.id, held_because="not-authenticated")
    otto = await colleague("otto@firm.example")
    await office.take(letter("eva@firm.example", capture, subject="#call Max", at=AT), staff=otto.id)
    outside = letter("eva@firm.example", f"max@frei.example, {capture}", subject="#call Max", at=AT)
    await office.take(outside, staff=eva.id)
    await office.work()
    assert {entry.kind for entry in await Entry.all()} == {EntryKind.EMAIL}
    assert await Notice.all().count() == 0


async def test_nor_does_a_machine_nor_an_old_mail(office: Office, eva: Staff, capture: str) -> None:
    await _ask(office, eva, capture, "#call Max", **{"Auto-Submitted": "auto-replied"})
    old = letter("eva@firm.example", capture, subject="#call Max", at=CAME - timedelta(days=8))
    await office.enter(old, staff=eva.id)
    from_nobody = letter("eva@firm.example", capture, subject="#call Max", at=AT)
    await office.take(from_nobody, staff=eva.id, envelope_sender="")
    await office.work()
    assert {entry.kind for entry in await Entry.all()} == {EntryKind.EMAIL}
    assert await Notice.all().count() == 0


async def test_a_copy_of_a_command_neither_enters_nor_answers_again(
    office: Office, eva: Staff, capture: str
) -> None:
    one = letter("eva@firm.example", capture, subject="#cal Max", own_id="cal@firm.example", at=AT)
    await office.enter_in_turn(one, b"Received: by another way\r\n" + one, staff=eva.id)
    assert await Message.all().count() == 2
    assert await Entry.all().count() == 1
    assert len(await _told()) == 1


async def test_answers_end_where_there_are_very_many(
    office: Office, eva: Staff, capture: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "MOST_ANSWERS_AN_HOUR", 2)
    for number in range(4):
        await _ask(office, eva, capture, f"#nothing {number}")
    assert await Entry.all().count() == 4
    assert len(await _told()) == 2


async def test_a_notice_of_ours_that_comes_back_is_no_entry(office: Office, eva: Staff, capture: str) -> None:
    async with transaction():
        await give_notice(office.queue, eva.id, "command_done", {})
    own_id = own_message_id((await Notice.get()).id, domain="post.test", key=SECRET)
    back = letter("capture@postbuch.test", "eva@firm.example", own_id=own_id, at=datetime.now(UTC))
    message_id = await office.take(back, staff=eva.id)
    answer = letter(
        "eva@firm.example", capture, subject="Automatische Antwort: Digest", answers=[own_id],
        at=AT, **{"Auto-Submitted": "auto-replied"},
    )  # fmt: skip
    answer_id = await office.take(answer, staff=eva.id)
    await office.work()
    assert await Entry.all().count() == 0
    for one in (message_id, answer_id):
        assert (await Message.get(id=one)).state is MessageState.FILED
