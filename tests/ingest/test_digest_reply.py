"""Deciding by an answer to the digest."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from history.own_mail import own_message_id
from ingest.digest import give_digests
from ingest.digest_reply import Decision, read_reply
from storage.entries import Entry, Participant
from storage.messages import Message, MessageState
from storage.notices import Notice
from storage.staff import AccessRole, Staff
from tests.ingest.office import CAME, SECRET, Office
from tests.matcher.people import capture_address, colleague, letter, person

AT = CAME - timedelta(hours=1)


@pytest.mark.parametrize(
    ("text", "decisions"),
    [
        ("1 a", [(1, "a")]),
        ("Guten Morgen\n\n1 a\n2 ignorieren\n3: B\n\nGruss Eva", [(1, "a"), (2, None), (3, "b")]),
        ("1) a\n2. ignore\n 3 = c.", [(1, "a"), (2, None), (3, "c")]),
        ("1a\n12 «b»", [(1, "a"), (12, "b")]),
        ("1 a\n1 b", [(1, "b")]),
        ("- 4 ignorer\n5 ignorare", [(4, None), (5, None)]),
        ("Danke!", []),
    ],
)
def test_lines_that_decide(text: str, decisions: list[tuple[int, str | None]]) -> None:
    reply = read_reply(text)
    assert list(reply.decisions) == [Decision(*one) for one in decisions]
    assert reply.unclear == ()


@pytest.mark.parametrize("line", ["1", "1 ab", "2 vielleicht", "3 ä", "1 a 2 b"])
def test_what_begins_with_a_number_was_meant_to_decide(line: str) -> None:
    reply = read_reply(line)
    assert (reply.decisions, reply.unclear) == ((), (line,))


@given(st.text(max_size=300))
def test_nothing_that_somebody_answers_is_too_much(text: str) -> None:
    read_reply(text)


async def _asked(office: Office) -> tuple[Staff, str, list[Entry]]:
    """Return Eva, where she answers, and three entries of her digest, the first with Anna or Max."""
    eva = await colleague()
    await person("Anna Muster")
    await person("Max Muster")
    senders = ("Muster <m@new.example>", "o@other.example", "p@third.example")
    mails = [
        letter(one, "eva@firm.example", at=CAME - timedelta(days=n)) for n, one in enumerate(senders, start=1)
    ]
    entries = await office.enter(*mails, staff=eva.id)
    await give_digests(CAME.date(), queue=office.queue)
    return eva, await capture_address(eva), entries


async def _answer(
    office: Office, eva: Staff, to: str, text: str, author: str = "eva@firm.example"
) -> Message:
    own_id = own_message_id((await Notice.get(code="digest")).id, domain="post.test", key=SECRET)
    text += "\n\nAm 25.11.2026 um 07:30 schrieb Postbuch:\n> 3 ignore\n"
    raw = letter(
        author,
        to,
        subject="Re: 3 entries wait",
        text=text,
        answers=[own_id],
        at=AT,
        own_id="answer@firm.example",
    )
    return await Message.get(id=await _taken(office, raw, eva.id))


async def _taken(office: Office, raw: bytes, staff: int) -> int:
    message_id = await office.take(raw, staff=staff)
    await office.work()
    return message_id


async def _held() -> list[int]:
    return [entry.id for entry in await Entry.filter(held_reason__isnull=False).order_by("-at")]


async def test_an_answer_decides_and_is_no_entry(office: Office) -> None:
    eva, to, entries = await _asked(office)
    message = await _answer(office, eva, to, "1 b\n2 ignorieren")
    assert (message.state, message.entry_id) == (MessageState.FILED, None)
    assert await _held() == [entries[2].id]
    who = await Participant.get(entry_id=entries[0].id).select_related("person")
    assert who.person is not None
    assert who.decided_by_id == eva.id
    told = await Notice.get(code="command_done")
    assert told.parameters == {"done": [1, 2], "before": [], "lines": []}
    assert told.in_reply_to == "answer@firm.example"


async def test_what_it_says_of_others_and_of_nobody_is_told(office: Office) -> None:
    eva, to, entries = await _asked(office)
    await _answer(office, eva, to, "1 z\n3 ignore\n77 a\n2 vielleicht")
    assert await _held() == [entries[0].id, entries[1].id]
    told = await Notice.get(code="command_done")
    assert told.parameters == {"done": [3], "before": [], "lines": ["2 vielleicht", "1 z", "77 a"]}


async def test_an_answer_without_a_decision_is_answered_with_how(office: Office) -> None:
    eva, to, _ = await _asked(office)
    await _answer(office, eva, to, "Danke!")
    assert len(await _held()) == 3
    assert (await Notice.get(code="not_understood")).parameters["problem"] == "lines"


async def test_nobody_else_decides_by_answer(office: Office) -> None:
    eva, to, _ = await _asked(office)
    otto = await colleague("otto@firm.example")
    await _answer(office, otto, await capture_address(otto), "1 ignore", "otto@firm.example")
    await _answer(office, otto, to, "1 ignore")  # Eva's name, by Otto's address
    await Staff.filter(id=eva.id).update(access=AccessRole.READER)
    await _answer(office, eva, to, "1 ignore\n")
    held = await Entry.filter(held_reason="unknown-address").count()
    assert held == 3
    assert not await Notice.filter(code__in=["command_done", "not_understood"]).exists()


async def test_the_digest_of_a_day_is_given_once(office: Office) -> None:
    await _asked(office)
    await give_digests(CAME.date(), queue=office.queue)
    assert await Notice.filter(code="digest").count() == 1
    await give_digests(CAME.date() + timedelta(days=1), queue=office.queue)
    assert await Notice.filter(code="digest").count() == 2
