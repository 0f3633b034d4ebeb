"""When are two messages one?  Copies by several ways, and what each of them adds."""

from email.message import EmailMessage
from itertools import permutations
from typing import Any

import pytest

from storage import blobs, one_entry
from storage.entries import Attachment, Direction, Entry, EntryStaff
from storage.messages import Message, MessageState
from storage.reasons import Reason
from storage.staff import Staff
from tests.ingest.office import Office, entry_of, participants
from tests.matcher.people import colleague, letter, person

pytestmark = pytest.mark.usefixtures("eva")
EVA, ANNA = "eva@firm.example", "anna@muster.example"
TEXT = "Grüezi Frau Müller\n\nmit freundlichen Grüssen und einem langen Satz, der weitergeht.\n"
FOOTER = "\n" + "_" * 47 + "\nverein mailing list -- verein@liste.example\n"
WARNING = "ACHTUNG: Diese E-Mail kommt von einem externen Absender.\n\n"


def coded(encoding: str, body: bytes, **fields: Any) -> bytes:
    """Return a mail whose text is sent in a transfer encoding."""
    mail = letter(own_id="1@x", Content_Type="text/plain; charset=utf-8", **fields)
    head = mail.partition(b"\r\n\r\n")[0] + b"\r\nContent-Transfer-Encoding: " + encoding.encode()
    return head + b"\r\n\r\n" + body


COPIES = {
    "with a trace": lambda: letter(own_id="1@x", text=TEXT, Received="from a by b", X_Spam="no"),
    "folded": lambda: letter(own_id="1@x", text=TEXT, subject="Offerte").replace(b": ", b":\r\n "),
    "in quoted-printable": lambda: coded("quoted-printable", TEXT.encode().replace(b"\xc3\xbc", b"=C3=BC")),
    "with the date of another zone": lambda: letter(
        own_id="1@x", text=TEXT, Date="Tue, 3 Mar 2026 11:00:00 +0000"
    ),
    "with blanks at its end": lambda: letter(own_id="1@x", text=TEXT + "\n \n"),
    "a moment later": lambda: letter(own_id="1@x", text=TEXT, Date="Tue, 3 Mar 2026 11:00:02 +0000"),
    "with the footer of a list": lambda: letter(own_id="1@x", text=TEXT + FOOTER, subject="[verein] Offerte"),
    "with a warning": lambda: letter(own_id="1@x", text=WARNING + TEXT, subject="[EXTERN] Offerte"),
    "without its id": lambda: letter(Message_ID="", text=TEXT),
    "with Bcc": lambda: letter(own_id="1@x", text=TEXT, Bcc="beat@holz.example"),
}


@pytest.mark.parametrize("name", COPIES)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("changed_first", [False, True])
@pytest.mark.parametrize("together", [False, True])
async def test_a_copy_is_no_second_entry(
    office: Office, name: str, changed_first: bool, together: bool
) -> None:
    mails = [letter(own_id="1@x", text=TEXT), COPIES[name]()][:: -1 if changed_first else 1]
    first, second = await (office.enter if together else office.enter_in_turn)(*mails)
    assert first == second
    assert await Message.all().count() == 2


OTHERS = {
    "another text": {"text": "Grüezi Herr Müller\n"},
    "another subject": {"subject": "Offerte 2"},
    "another author": {"author": "beat@muster.example"},
    "another date": {"Date": "Tue, 3 Mar 2026 11:05:00 +0000"},
    "another id": {"own_id": "2@x"},
    "a sentence more": {"text": TEXT + "Und bringen Sie den Vertrag mit.\n"},
    "other recipients, and no id": {"to": "urs@firm.example", "Message_ID": ""},
}


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_says_something_else_is_another_entry(office: Office, name: str) -> None:
    fields = {"own_id": "1@x", "text": TEXT}
    first, second = await office.enter(letter(**fields), letter(**(fields | OTHERS[name])))  # type: ignore[arg-type]
    assert first != second


@pytest.mark.parametrize("together", [True, False])
async def test_copies_by_several_ways_are_one_entry_of_all_who_captured_it(
    office: Office, eva: Staff, together: bool
) -> None:
    urs = await colleague("urs@firm.example")
    ids = []
    for staff, way in ((eva, "a"), (urs, "b"), (urs, "c")):
        ids.append(await office.take(letter(EVA, ANNA, own_id="1@x", Received=way), staff=staff.id))
        if not together:
            await office.work()
    await office.work()
    assert len({(await entry_of(one)).id for one in ids}) == 1
    captured = await EntryStaff.filter(part="captured").values_list("staff_id", flat=True)
    assert sorted(captured) == [eva.id, urs.id]


async def test_without_an_id_the_date_and_all_else_tell_copies(office: Office) -> None:
    def nameless(to: str = EVA, way: str = "a", **fields: Any) -> bytes:
        return letter(ANNA, to, Message_ID="", Received=way, **fields)

    first, copy, other = await office.enter(nameless(), nameless(way="b"), nameless(to="urs@firm.example"))
    assert first == copy != other
    words = [nameless(Date="", way=way) for way in ("a", "b")]
    assert len({entry.id for entry in await office.enter(*words)}) == 2


@pytest.mark.parametrize("shown_first", [True, False])
async def test_who_stands_in_bcc_takes_part_whichever_copy_comes_first(
    office: Office, shown_first: bool
) -> None:
    await person("Anna Muster", ANNA)
    urs = await colleague("urs@firm.example")
    captured = letter(EVA, EVA, own_id="1@x", Received="a")
    sent = letter(EVA, EVA, own_id="1@x", Bcc=f"{ANNA}, urs@firm.example")
    (answer,) = await office.enter(letter(ANNA, EVA, answers=["1@x"]))
    entry, same = await office.enter_in_turn(*([sent, captured] if shown_first else [captured, sent]))
    assert entry == same
    assert [(one.role, one.key, one.at) for one in await participants(entry)] == [("bcc", ANNA, entry.at)]
    assert (entry.direction, entry.held_reason) == (Direction.OUTGOING, None)
    assert {message.state for message in await Message.all()} == {MessageState.FILED}
    assert await EntryStaff.filter(staff_id=urs.id, part="recipient").count() == 1
    assert (await Entry.get(id=answer.id)).thread_id == entry.thread_id


async def test_a_doubtful_copy_adds_nobody(office: Office) -> None:
    (entry,) = await office.enter(letter(EVA, ANNA, own_id="1@x"))
    doubtful = letter(EVA, ANNA, own_id="1@x", Cc="mallory@evil.example")
    assert await entry_of(await _filed(office, doubtful, held_because=Reason.NOT_AUTHENTICATED)) == entry
    assert [one.key for one in await participants(entry)] == [ANNA]


@pytest.mark.parametrize("same_bytes", [True, False])
@pytest.mark.parametrize("together", [True, False])
async def test_a_copy_by_an_authentic_way_lets_a_doubtful_one_go(
    office: Office, eva: Staff, same_bytes: bool, together: bool
) -> None:
    await person("Anna Muster", ANNA)
    mails = [letter(EVA, ANNA, own_id="1@x", Received="" if same_bytes else way) for way in ("a", "b")]
    first = await office.take(mails[0], held_because=Reason.NOT_AUTHENTICATED)
    if not together:
        await office.work()
        assert (await entry_of(first)).held_reason == Reason.NOT_AUTHENTICATED
        assert (await Message.get(id=first)).state == MessageState.HELD
    await office.take(mails[1], staff=eva.id)
    await office.work()
    assert (await entry_of(first)).held_reason is None
    assert {message.state for message in await Message.all()} == {MessageState.FILED}


async def test_an_authentic_copy_of_an_unknown_address_still_waits(office: Office, eva: Staff) -> None:
    mail = letter(EVA, ANNA)
    message_id = await _filed(office, mail, held_because=Reason.NOT_AUTHENTICATED)
    await office.enter(mail, staff=eva.id)
    assert (await entry_of(message_id)).held_reason == Reason.UNKNOWN_ADDRESS


async def test_a_doubtful_copy_of_what_is_known_changes_nothing(office: Office, eva: Staff) -> None:
    await person("Anna Muster", ANNA)
    mail = letter(EVA, ANNA)
    await office.enter(mail, staff=eva.id)
    message_id = await _filed(office, mail, held_because=Reason.NOT_AUTHENTICATED)
    assert (await entry_of(message_id)).held_reason is None


async def _filed(office: Office, raw: bytes, *, held_because: str) -> int:
    message_id = await office.take(raw, held_because=held_because)
    await office.work()
    return message_id


async def test_three_ways_of_which_two_changed_it_are_one_entry_in_any_order(office: Office) -> None:
    for number, order in enumerate(permutations(range(3))):
        own_id = f"{number}@x"
        mails = [
            letter(own_id=own_id, text=TEXT),
            letter(own_id=own_id, text=TEXT + FOOTER, subject="[verein] Offerte"),
            letter(own_id=own_id, text=WARNING + TEXT),
        ]
        entry, *_ = await office.enter_in_turn(*(mails[one] for one in order))
        assert (entry.subject, entry.text) == ("Offerte", TEXT.strip()), order
        shown = await one_entry.original(entry.id, None)
        assert shown
        assert shown.digest == blobs.digest_of(mails[0])
    assert await Entry.all().count() == 6


async def test_a_copy_whose_file_was_taken_out_is_not_shown(office: Office) -> None:
    whole = EmailMessage()
    for name, value in (("From", ANNA), ("To", EVA), ("Subject", "Offerte"), ("Message-ID", "<1@x>")):
        whole[name] = value
    whole["Date"] = "Tue, 03 Mar 2026 12:00:00 +0100"
    whole.set_content(WARNING + TEXT)
    whole.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
    entry, same = await office.enter_in_turn(whole.as_bytes(), letter(own_id="1@x", text=TEXT))
    assert entry == same
    assert entry.text.startswith("ACHTUNG")
    assert await Attachment.filter(entry_id=entry.id).count() == 1


async def test_many_mails_of_one_id_are_as_many_entries(office: Office) -> None:
    mails = [letter(own_id="0@localhost", text=f"Meldung {number}") for number in range(15)]
    assert len({entry.id for entry in await office.enter(*mails)}) == 15
    assert len({entry.id for entry in await office.enter(*(mail + b"." for mail in mails))}) == 15
