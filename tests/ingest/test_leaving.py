"""What a rule leaves out leaves nothing behind but a count, however often and by whichever way it comes."""

import itertools
import sqlite3
from collections.abc import Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from history.taking_back import take_back
from history.timeline import Filters, recent
from ingest.attachments import ReadFiles
from ingest.files.apart import reading_apart
from ingest.files.limits import FILE_LIMITS
from ingest.source import CaptureNote, RawMessage
from storage import audit, blobs, leaving_out
from storage.blobs import BlobPart
from storage.connect import transaction
from storage.entries import Attachment, Entry, EntryStaff, Participant, Thread, ThreadReference
from storage.jobs import Job, ReadAttachments, TableQueue
from storage.leaving_out import LeftOutCount, LeftOutReason, LeftOutSeal
from storage.messages import Capture, CaptureSource, Message
from storage.staff import Staff
from tests.ingest.office import CAME, SECRET, Office, allow, participants
from tests.matcher.people import capture_address, letter

EVA, URS, ANNA, BEAT = "eva@firm.example", "urs@firm.example", "anna@muster.example", "beat@holz.example"
OF_MESSAGES = (
    Entry,
    Participant,
    EntryStaff,
    Attachment,
    Message,
    Capture,
    BlobPart,
    Thread,
    ThreadReference,
)
ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def nothing() -> bool:
    """Tell whether no table of messages or entries has a row, and no job waits."""
    return not any([await table.all().count() for table in (*OF_MESSAGES, Job)])


async def counts() -> dict[tuple[str, int | None], int]:
    """Return how many were left out by rule and staff member."""
    return {(row.rule.value, row.staff_id): row.number for row in await LeftOutCount.all()}


async def offer(office: Office, raw: bytes, *ways: tuple[Staff, Sequence[str]]) -> None:
    """Accept a mail that several captured, each with the marks of their way, and file it."""
    notes = tuple(
        CaptureNote(
            CaptureSource.SMTP, staff.id, None, "", (), "192.0.2.1", authenticated=True, marks=tuple(marks)
        )
        for staff, marks in ways
    )
    await office.accept(RawMessage(raw, blobs.digest_of(raw), len(raw), notes, CAME))
    await office.work()


LEFT_OUT = {
    "marked-private": letter(EVA, ANNA, subject="Essen #privat"),
    "among-staff": letter(EVA, URS),
    "blocked": letter(EVA, BEAT),
    "sensitive": letter(EVA, ANNA, Sensitivity="Personal"),
}


@pytest.mark.parametrize("rule", LEFT_OUT)
async def test_of_what_is_left_out_only_a_count_remains(
    office: Office, eva: Staff, urs: Staff, rule: str
) -> None:
    await allow(blocked=(BEAT,), sensitivity="private")
    await office.take(LEFT_OUT[rule], staff=eva.id)
    await office.work()
    assert await nothing()
    assert await counts() == {(rule, eva.id): 1}


async def test_the_same_comes_again_by_any_way_and_is_not_counted_again(
    office: Office, eva: Staff, urs: Staff
) -> None:
    def copy(way: str) -> bytes:
        return letter(EVA, URS, own_id="1@firm.example", Received=way)

    for way, staff in itertools.product("aab", (eva, urs)):
        await office.take(copy(way), staff=staff.id)
        await office.work()
    for way in "cd":
        await office.take(copy(way), staff=eva.id)
    await office.work()
    assert await nothing()
    assert await counts() == {("among-staff", eva.id): 1}


async def test_what_is_left_out_stops_nothing_else_of_its_batch(
    office: Office, eva: Staff, urs: Staff
) -> None:
    for raw in (letter(own_id="1@x"), letter(EVA, URS), letter(own_id="2@x"), letter(subject="#privat")):
        await office.take(raw, staff=eva.id)
    await office.work()
    assert (await Entry.all().count(), await Message.all().count(), await BlobPart.all().count()) == (2, 2, 2)


async def test_a_rule_that_holds_no_longer_lets_the_same_message_in(
    office: Office, eva: Staff, urs: Staff
) -> None:
    await office.take(letter(EVA, URS, own_id="1@x"), staff=eva.id)
    await office.work()
    await allow(among_staff=False)
    (entry,) = await office.enter(letter(EVA, URS, own_id="1@x"), staff=eva.id)
    assert entry.held_reason == "no-outside-participant"
    assert await LeftOutSeal.all().count() == 0
    await allow()
    await office.take(letter(EVA, URS, own_id="1@x", Received="again"), staff=eva.id)
    await office.work()
    assert await Message.all().count() == 2  # a copy of what is entered is no second thing to judge


async def test_what_was_marked_private_stays_out_whatever_the_rules_are(office: Office, eva: Staff) -> None:
    await offer(office, letter(EVA, ANNA, own_id="1@x"), (eva, ["privat"]))
    await allow(private_words=())
    await offer(office, letter(EVA, ANNA, own_id="1@x"), (eva, []))
    await offer(office, letter(EVA, ANNA, own_id="1@x", Received="imap"), (eva, []))
    assert await nothing()
    assert await counts() == {("marked-private", eva.id): 1}


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
async def test_the_authors_private_copy_goes_before_all_others_in_any_order(
    office: Office, eva: Staff, urs: Staff, order: tuple[int, ...]
) -> None:
    def copy(way: str) -> bytes:
        return letter(EVA, f"{ANNA}, {URS}", own_id="1@x", Received=way)

    offers = [(copy("sent"), eva, []), (copy("bcc"), eva, ["privat"]), (copy("urs"), urs, [])]
    for number in order:
        raw, staff, marks = offers[number]
        await offer(office, raw, (staff, marks))
    assert await nothing()
    assert sum((await counts()).values()) == 1


@pytest.mark.parametrize("together", [True, False])
async def test_a_colleagues_mark_does_not_take_the_authors_entry_away(
    office: Office, eva: Staff, urs: Staff, together: bool
) -> None:
    mail = letter(EVA, f"{ANNA}, {URS}", own_id="1@x")
    if together:
        await offer(office, mail, (eva, []), (urs, ["privat"]))
    else:
        await offer(office, mail, (eva, []))
        await offer(office, mail, (urs, ["privat"]))
    assert await Entry.all().count() == 1
    assert await counts() == {}


@pytest.mark.parametrize("marked_first", [True, False])
async def test_who_alone_captured_what_a_customer_wrote_may_mark_it(
    office: Office, eva: Staff, urs: Staff, marked_first: bool
) -> None:
    plain, marked = (letter(ANNA, f"{EVA}, {URS}", own_id="1@x", Received=way) for way in ("imap", "bcc"))
    ways: list[tuple[bytes, list[str]]] = [(plain, []), (marked, ["privat"])]
    for raw, marks in reversed(ways) if marked_first else ways:
        await offer(office, raw, (eva, marks))
    assert await nothing()
    await offer(office, letter(ANNA, f"{EVA}, {URS}", own_id="1@x", Received="urs"), (urs, []))
    assert await Entry.all().count() == 1  # the other recipient's own


async def test_a_copy_that_shows_a_customer_in_bcc_is_entered_with_those_that_do_not(
    office: Office, eva: Staff, urs: Staff
) -> None:
    hidden = letter(EVA, URS, own_id="1@x", Received="bcc")
    await office.take(hidden, staff=eva.id)
    await office.work()
    assert await nothing()
    await office.enter(letter(EVA, URS, own_id="1@x", Bcc=ANNA), staff=eva.id)
    await office.enter(hidden, staff=urs.id)
    (entry,) = await Entry.all()
    assert [one.key for one in await participants(entry)] == [ANNA]
    assert await EntryStaff.filter(entry_id=entry.id, part="captured").count() == 2


async def test_copies_in_one_batch_are_judged_together(office: Office, eva: Staff, urs: Staff) -> None:
    await office.enter(
        letter(EVA, URS, own_id="1@x", Received="bcc"), letter(EVA, URS, own_id="1@x", Bcc=ANNA), staff=eva.id
    )
    assert (await Entry.all().count(), await Message.all().count(), await counts()) == (1, 2, {})


async def test_a_blocked_address_among_others_takes_no_part(office: Office, eva: Staff) -> None:
    await allow(blocked=("holz.example",))
    (entry,) = await office.enter(letter(EVA, f"{ANNA}, {BEAT}", own_id="1@x"), staff=eva.id)
    await office.enter(letter(EVA, f"{ANNA}, {BEAT}", own_id="1@x", Received="again"), staff=eva.id)
    assert [one.key for one in await participants(entry)] == [ANNA]


async def test_a_stranger_cannot_take_an_entry_away_with_a_mark(office: Office, eva: Staff) -> None:
    await office.enter(letter(EVA, ANNA, own_id="1@x"), staff=eva.id)
    raw = letter(EVA, ANNA, own_id="1@x", Received="forged")
    note = CaptureNote(
        CaptureSource.SMTP, None, None, "", (), "192.0.2.66", authenticated=False,
        held_because="not-authenticated", marks=("privat",),
    )  # fmt: skip
    await office.accept(RawMessage(raw, blobs.digest_of(raw), len(raw), (note,), CAME))
    await office.work()
    assert await Entry.all().count() == 1


async def test_taken_back_an_entry_is_gone_with_all_that_was_made_of_it(office: Office, eva: Staff) -> None:
    mail = letter(EVA, ANNA, own_id="1@x", answers=["0@y"])
    (entry,) = await office.enter(mail, staff=eva.id)
    await office.enter(letter(EVA, ANNA, own_id="1@x", answers=["0@y"], Received="b"), staff=eva.id)
    assert await taken_back(office, entry, eva)
    assert await nothing()
    assert await counts() == {("taken-back", eva.id): 1}
    (act,) = await audit.Audit.filter(act="entry-taken-back")
    assert (act.staff_id, act.subject_id, act.details) == (eva.id, entry.id, {"rule": "taken-back"})
    await office.take(mail, staff=eva.id)
    await office.take(letter(EVA, ANNA, own_id="1@x", answers=["0@y"], Received="c"), staff=eva.id)
    await office.work()
    assert await nothing()
    assert not await taken_back(office, entry, eva)


async def test_the_rest_of_a_conversation_stays_without_a_trace_of_what_went(
    office: Office, eva: Staff
) -> None:
    first, answer = await office.enter_in_turn(
        letter(EVA, ANNA, own_id="1@x", subject="Scheidung"),
        letter(ANNA, EVA, own_id="2@x", answers=["1@x"], subject="Offerte"),
        staff=eva.id,
    )
    assert await taken_back(office, first, eva)
    (thread,) = await Thread.all()
    assert (thread.id, thread.subject_key) == (answer.thread_id, "offerte")
    assert [one.reference for one in await ThreadReference.all()] == ["2@x"]
    assert await Message.all().count() == 1


async def taken_back(office: Office, entry: Entry, by: Staff) -> bool:
    """Take an entry back as its page does."""
    async with transaction():
        done = await take_back(
            entry.id, LeftOutReason.TAKEN_BACK, by=by.id, secret=SECRET, queue=office.queue
        )
    await office.work()
    return done


@ONE_DATABASE
@pytest.mark.parametrize("how", ["left out", "taken back", "marked later"])
async def test_no_word_of_it_is_left_in_the_files_of_the_database(
    office: Office, eva: Staff, database_url: str, how: str
) -> None:
    words = [f"Geheimwort{number}" for number in range(3000)]
    secret = letter(
        "Eva <eva@firm.example>",
        "Liebschaft <verborgen@heimlich.example>",
        own_id="kennung4711@firm.example",
        subject="Treffen #privat" if how == "left out" else "Treffen am Seeufer",
        text="Nurfuerdich " + " ".join(words),
    )
    secret = _with_file(secret, "Beilagenwort " + " ".join(f"Aktenwort{number}" for number in range(3000)))
    others = [letter(text=" ".join(f"wort{n}x{k}" for k in range(400)), own_id=f"{n}@x") for n in range(40)]
    await office.enter(*others[:20], staff=eva.id)
    await offer(office, secret, (eva, []))
    await office.enter(*others[20:], staff=eva.id)
    await _read_files()
    if how == "taken back":
        assert await taken_back(office, await Entry.get(subject="Treffen am Seeufer"), eva)
    elif how == "marked later":
        await offer(office, secret, (eva, ["privat"]))
    octets = stored_octets(Path(database_url.removeprefix("sqlite:///")))
    for trace in (b"eheimwort", b"urfuerdich", b"eeufer", b"heimlich.example", b"kennung4711", b"ktenwort"):
        assert trace not in octets.lower()
    assert blobs.digest_of(secret).encode() not in octets
    assert blobs.compressed(secret)[20:60] not in octets
    assert len((await recent(filters=Filters(text="wort7x7"))).entries) == 1
    assert b"wort7x" in octets


def _with_file(raw: bytes, text: str) -> bytes:
    """Return a mail with a text file."""
    mail = message_from_bytes(raw, policy=policy.SMTP)
    assert isinstance(mail, EmailMessage)
    mail.add_attachment(text.encode(), maintype="text", subtype="csv", filename="akten.csv")
    return mail.as_bytes()


async def _read_files() -> None:
    """Read what attached files say, as the service does."""
    queue = TableQueue(only=frozenset({ReadAttachments.kind}))
    async with reading_apart(FILE_LIMITS) as reader:
        await ReadFiles(reader)(await queue.claim(100), queue=queue)


def stored_octets(path: Path) -> bytes:
    """Return what is in the files of a database, and check that they are whole."""
    octets = b"".join(part.read_bytes() for part in path.parent.glob(f"{path.name}*"))
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.execute("INSERT INTO entry_search (entry_search) VALUES ('integrity-check')")
    connection.close()
    return octets


async def test_a_crash_while_filing_leaves_the_message_as_it_was(
    office: Office, eva: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise ZeroDivisionError

    message_id = await office.take(letter(EVA, ANNA, subject="#privat"), staff=eva.id)
    with monkeypatch.context() as broken:
        broken.setattr("storage.leaving_out.seal", fail)
        with pytest.raises(ZeroDivisionError):
            await office.work()
    assert await Message.exists(id=message_id)
    assert (await BlobPart.all().count(), await counts()) == (1, {})


async def test_a_capture_address_with_a_tag_that_an_outsider_knows_is_reported(
    office: Office, eva: Staff
) -> None:
    secret = await capture_address(eva)
    (entry,) = await office.enter(letter(ANNA, f"{EVA}, {secret.replace('@', '+angebot@')}"), staff=eva.id)
    assert entry.kind_fields["leaked_capture_address"] == secret


async def test_seals_say_nothing_without_the_secret(office: Office, eva: Staff, urs: Staff) -> None:
    mail = letter(EVA, URS, own_id="1@x")
    await office.take(mail, staff=eva.id)
    await office.work()
    seals = {row.seal for row in await LeftOutSeal.all()}
    assert len(seals) == 2
    assert blobs.digest_of(mail) not in seals
    sealing = leaving_out.Sealing(blobs.digest_of(mail), None, None)
    assert seals.issuperset(sealing.seals(SECRET))
    assert seals.isdisjoint(sealing.seals(b"another"))
