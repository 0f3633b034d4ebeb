"""Accepted messages become entries, each once, whatever they are and however often it is tried."""

import asyncio
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest

from app.wiring import kinds
from app.worker import Worker
from history.timeline import Filters, recent
from ingest.filing import file_messages
from storage.blobs import BlobPart
from storage.connect import transaction
from storage.entries import Attachment, Direction, Entry, EntryStaff, Participant, StaffPart
from storage.jobs import FileMessage, Job, dead_jobs
from storage.messages import Message, MessageState
from storage.reasons import Reason
from storage.staff import Staff
from tests.ingest.office import CAME, SECRET, Office, entry_of, participants
from tests.matcher.people import NOON, capture_address, colleague, letter, person

pytestmark = pytest.mark.usefixtures("eva")
EVA, ANNA = "eva@firm.example", "anna@muster.example"


async def counted() -> dict[str, int]:
    """Return how many rows there are of what filing writes."""
    return {
        model.__name__: await model.all().count()
        for model in (Entry, Participant, EntryStaff, Attachment, Message)
    }


async def parts(entry: Entry) -> set[tuple[int, str]]:
    """Return which staff had which part in an entry."""
    return {(one.staff_id, one.part.value) for one in await EntryStaff.filter(entry_id=entry.id)}


async def test_a_message_becomes_an_entry_with_all_that_it_says(office: Office, eva: Staff) -> None:
    urs = await colleague("urs@firm.example")
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Cc"] = EVA, f"Anna Muster <{ANNA}>", "urs@firm.example"
    mail["Subject"], mail["Date"], mail["Message-ID"] = "Offerte März", NOON, "<1@firm.example>"
    mail.set_content("Guten Tag\n\nHier ist die Offerte.\n")
    mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="Offerte für Sie.pdf")
    await person("Anna Muster", ANNA)
    (entry,) = await office.enter(mail.as_bytes(), staff=eva.id)
    assert (entry.kind, entry.direction, entry.at) == ("email", Direction.OUTGOING, NOON)
    assert (entry.subject, entry.text) == ("Offerte März", "Guten Tag\n\nHier ist die Offerte.")
    assert await parts(entry) == {(eva.id, "author"), (urs.id, "recipient"), (eva.id, "captured")}
    (file,) = await Attachment.all()
    assert (file.name, file.type, file.size, file.number) == ("Offerte für Sie.pdf", "application/pdf", 4, 1)
    message = await Message.get()
    assert (message.state, message.message_id) == (MessageState.FILED, "1@firm.example")
    assert await Job.filter(kind=FileMessage.kind).count() == 0


async def test_what_was_filed_is_found(office: Office) -> None:
    await office.enter(letter(subject="Lüftung", text="Die Anlage im Erdgeschoss"), letter(subject="Anderes"))
    for text in ("lüftung", "erdgesch", "anlage lüftung"):
        assert [line.subject for line in (await recent(filters=Filters(text=text))).entries] == ["Lüftung"]


async def test_a_job_that_is_done_twice_changes_nothing(office: Office, eva: Staff) -> None:
    message_id = await office.take(letter(Cc="beat@holz.example"), staff=eva.id)
    await office.work()
    before, entry = await counted(), await entry_of(message_id)
    for _ in range(2):
        async with transaction():
            await office.queue.enqueue([FileMessage(message_id)])
        await office.work()
    assert (await counted(), await entry_of(message_id)) == (before, entry)


async def test_two_jobs_for_one_message_are_both_done(office: Office) -> None:
    await office.take(letter())
    first = await office.claim()
    async with transaction():
        await office.queue.enqueue([first[0].payload])
    await file_messages([*first, *await office.claim()], queue=office.queue, secret=SECRET)
    assert await Job.filter(kind=FileMessage.kind).count() == 0
    assert await Entry.all().count() == 1


async def test_a_job_whose_message_is_gone_is_done(office: Office) -> None:
    async with transaction():
        await office.queue.enqueue([FileMessage(4711)])
    await office.work()
    assert (await Job.all().count(), await Entry.all().count()) == (0, 0)


async def test_the_same_bytes_from_a_second_colleague_are_one_entry_of_both(
    office: Office, eva: Staff
) -> None:
    urs, mail = await colleague("urs@firm.example"), letter()
    (first,) = await office.enter(mail, staff=eva.id)
    (second,) = await office.enter(mail, staff=urs.id)
    assert first == second
    captured = {(eva.id, "captured"), (urs.id, "captured")}
    assert await parts(first) == {(eva.id, "recipient")} | captured


async def test_two_that_file_at_the_same_time_make_one_entry_of_copies(office: Office) -> None:
    mails = [letter(own_id="1@x", Received=f"by relay{number}") for number in range(6)]
    for mail in mails:
        await office.take(mail)
    jobs = await office.claim()
    await asyncio.gather(
        *[file_messages(jobs[half::2], queue=office.queue, secret=SECRET) for half in (0, 1)]
    )
    assert await Entry.all().count() == 1
    assert {message.state for message in await Message.all()} == {MessageState.HELD}


async def test_messages_of_all_sizes_are_filed_in_one_go(office: Office) -> None:
    mails = [letter(text="x" * size) for size in (10, 3_000_000, 2_000_000, 5_000_000, 10, 10)]
    entries = await office.enter(*mails)
    assert len({entry.id for entry in entries}) == len(mails)
    assert await Job.filter(kind=FileMessage.kind).count() == 0


async def test_a_message_whose_bytes_are_lost_stops_no_other(office: Office) -> None:
    mails = [letter(own_id=f"{number}@x") for number in range(5)]
    lost = [await office.take(mail) for mail in mails][2]
    await BlobPart.filter(digest=(await Message.get(id=lost)).digest).delete()
    worker = Worker(office.queue, kinds(SECRET), poll_seconds=0.01)
    task = asyncio.create_task(worker.run())
    async with asyncio.timeout(20):
        while await Message.filter(state=MessageState.ACCEPTED).exists():
            await asyncio.sleep(0.02)
    worker.stop()
    await task
    assert await Entry.all().count() == 4
    assert (await Message.get(id=lost)).state == MessageState.FAILED
    assert [job.payload for job in await dead_jobs()] == [FileMessage(lost)]


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Tue, 03 Mar 2026 13:00:00 +0100", NOON + timedelta(hours=1)),
        ("Mon, 01 Jun 2026 23:00:00 +0000", datetime(2026, 6, 1, 23, tzinfo=UTC)),  # a clock that is fast
        ("Tue, 03 Mar 2099 13:00:00 +0100", CAME),
        ("Thu, 01 Jan 1970 00:00:00 +0000", CAME),
        ("Fri, 31 Dec 9999 23:59:59 -1200", CAME),
        ("Mon, 01 Jan 1001 00:00:00 +1400", CAME),
        ("yesterday", CAME),
        ("", CAME),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_an_entry_is_of_the_time_when_it_was_written_or_came(
    office: Office, date: str, expected: datetime
) -> None:
    (entry,) = await office.enter(letter(Date=date))
    assert entry.at == expected
    assert {one.at for one in await participants(entry)} == {expected}
    assert {one.at for one in await EntryStaff.filter(entry_id=entry.id)} == {expected}


async def test_an_outsider_who_answers_to_all_gives_the_capture_address_away(
    office: Office, eva: Staff
) -> None:
    secret = await capture_address(eva)
    (entry,) = await office.enter(letter(ANNA, f"{EVA}, {secret}"), staff=eva.id)
    assert (entry.direction, entry.kind_fields["leaked_capture_address"]) == (Direction.INCOMING, secret)
    assert [one.key for one in await participants(entry)] == [ANNA]
    assert (eva.id, StaffPart.AUTHOR) not in await parts(entry)


async def test_what_is_wrong_with_a_message_is_kept(office: Office) -> None:
    await office.enter(b"From: anna@muster.example\r\nDate: never\r\n\r\n\x00x")
    defects = (await Message.get()).defects
    assert {defect["code"] for defect in defects} == {"date-unreadable", "nul-removed"}
    assert all(defect["detail"] for defect in defects)


HUGE = {
    "a long id": letter(own_id="x" * 990 + "@example.org", answers=["y" * 990 + "@example.org"]),
    "a long subject": letter(subject="Sehr langes Wort " * 4000),
    "one long word": letter(subject="ü" * 60_000, text="ß" * 1_000_000),
    "many words": letter(text=" ".join(f"{number:x}" for number in range(400_000))),
    "a long name": letter(f'"{"Anna " * 10_000}" <anna@muster.example>'),
    "a long address": letter("a" * 900 + "@muster.example"),
    "many references": letter(answers=[f"{number}@x" for number in range(3000)]),
}


async def test_what_is_huge_is_filed(office: Office) -> None:
    for name, raw in HUGE.items():
        entry, other = await office.enter(raw, raw.replace(b"\r\n\r\n", b"\r\n\r\nAnders: ", 1))
        assert entry.id != other.id, name
        assert entry.thread_id == other.thread_id, name  # of one id
        assert len(await participants(entry)) == 1, name


async def test_five_thousand_recipients_all_take_part(office: Office) -> None:
    to = ", ".join(f"p{number}@muster{number}.example" for number in range(5000))
    (entry,) = await office.enter(letter(EVA, to, own_id="1@x"))
    assert await Participant.filter(entry_id=entry.id).count() == 5000
    (answer,) = await office.enter(letter("p17@muster17.example", EVA, answers=["1@x"]))
    assert answer.thread_id == entry.thread_id


async def test_nothing_that_a_database_refuses_stops_a_message(office: Office) -> None:
    odd = "a\x00b\ud800\x1b"
    encoded = odd.encode("utf-8", "surrogatepass")
    raw = b"".join(
        [
            b"From: =?utf-8?q?A=00nna?= <anna@muster.example>, " + encoded + b"@muster.example\r\n",
            b"To: \xff\xfe <eva@firm.example>\r\nMessage-ID: <" + encoded + b">\r\nReferences: <" + encoded,
            b">\r\nSubject: =?utf-16-be?b?2AA=?= =?utf-8?q?=00=ED=A0=80?= " + encoded,
            b"\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; ",
            b'charset=utf-16\r\n\r\n\x00\xd8\x00\x00x\r\n--b\r\nContent-Disposition: attachment; filename="',
            encoded + b'"\r\n\r\n\x00\r\n--b--\r\n',
        ]
    )
    (entry,) = await office.enter(raw)
    shown = [entry.subject, entry.text, *[one.name for one in await participants(entry)]]
    assert not any("\x00" in text for text in shown)
    assert all(text.encode() is not None for text in shown)
    assert entry.held_reason == Reason.UNKNOWN_ADDRESS


async def test_nothing_at_all_is_held(office: Office) -> None:
    (entry,) = await office.enter(b"")
    assert (entry.held_reason, entry.subject, entry.text) == (Reason.UNREADABLE, "", "")
