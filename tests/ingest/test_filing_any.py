"""What holds for whatever comes, in whichever order: properties of filing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.entries import Entry
from storage.messages import Message, MessageState
from tests.ingest.office import Office, with_whom
from tests.matcher.people import NOON, firm, letter

HOSTILE = sorted((Path(__file__).parents[1] / "corpus" / "hostile").glob("*"))
EVA = "eva@firm.example"
OUTSIDERS = ["anna@muster{}.example", "beat@muster{}.example", "carla@holz{}.example", "x@fremd{}.example"]
_worlds = count(1)

pytestmark = [
    pytest.mark.usefixtures("eva"),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
on_one_database = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@dataclass(frozen=True)
class Told:
    """One mail of a conversation that is made up: what it answers, and with whom it is."""

    answers: int | None
    names_all: bool
    outgoing: bool
    outsiders: Sequence[int]
    in_bcc: bool
    captured: bool
    number: int = field(default=0)


def mails_of(told: Sequence[Told], world: int) -> list[bytes]:
    """Return the mails that are captured, in the order in which they were written."""
    ids = [f"{number}@world{world}" for number in range(len(told))]
    found = []
    for number, one in enumerate(told):
        outside = [OUTSIDERS[which].format(world) for which in one.outsiders]
        author, to = (EVA, outside) if one.outgoing else (outside[0], [EVA, *outside[1:]])
        ancestors = _ancestors(told, number)
        hidden = one.in_bcc and one.outgoing
        raw = letter(
            author,
            EVA if hidden else ", ".join(to),
            own_id=ids[number],
            answers=[ids[each] for each in (ancestors if one.names_all else ancestors[-1:])],
            at=NOON + timedelta(minutes=number),
            Bcc=", ".join(to) if hidden else "",
        )
        found += [raw] if one.captured else []
    return found


def _ancestors(told: Sequence[Told], number: int) -> list[int]:
    parent = told[number].answers
    return [] if parent is None else [*_ancestors(told, parent), parent]


@st.composite
def conversations(draw: st.DrawFn) -> list[Told]:
    """Some mails, each perhaps an answer to an earlier one."""
    return [
        Told(
            answers=draw(st.sampled_from([None, *range(number)][-3:])) if number else None,
            names_all=draw(st.booleans()),
            outgoing=draw(st.booleans()),
            outsiders=draw(st.lists(st.integers(0, 3), min_size=1, max_size=2, unique=True)),
            in_bcc=draw(st.integers(0, 4)) == 0,
            captured=draw(st.integers(0, 3)) > 0,
        )
        for number in range(draw(st.integers(2, 6)))
    ]


async def filed(office: Office, told: Sequence[Told], order: Sequence[int], most: int) -> list[object]:
    """File a conversation of its own in some order, up to *most* in a batch; return threads and matches."""
    world = next(_worlds)
    await firm("Muster AG", f"muster{world}.example")
    await firm("Holz AG", f"holz{world}.example")
    mails = mails_of(told, world)
    turns = [which for which in order if which < len(mails)]
    entries: dict[int, Entry] = {}
    for start in range(0, len(turns), most):
        batch = turns[start : start + most]
        entries |= dict(zip(batch, await office.enter(*[mails[which] for which in batch]), strict=True))
    threads = [(await Entry.get(id=entries[which].id)).thread_id for which in sorted(entries)]
    matches = [sorted((await with_whom(entries[which])).values(), key=str) for which in sorted(entries)]
    return [[list(dict.fromkeys(threads)).index(one) for one in threads], matches]


@on_one_database
@given(told=conversations(), order=st.permutations(range(6)), most=st.integers(1, 3))
async def test_it_does_not_matter_in_which_order_a_conversation_comes(
    office: Office, told: list[Told], order: list[int], most: int
) -> None:
    assert await filed(office, told, order, most) == await filed(office, told, range(6), 1)


async def has_its_entry(office: Office, raw: bytes) -> bool:
    """File a message, and tell whether it has one entry and nothing is left to do."""
    message_id = await office.take(raw)
    await office.work()
    message = await Message.get(id=message_id)
    assert message.state in {MessageState.FILED, MessageState.HELD}
    return await Entry.filter(id=message.entry_id).count() == 1 and not await office.claim()


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.stem)
async def test_hostile_mail_is_filed(office: Office, path: Path) -> None:
    assert await has_its_entry(office, path.read_bytes())


FIELDS = [b"From: ", b"To: ", b"Date: ", b"Message-ID: <", b"References: <", b"Subject: ", b"Reply-To: "]
PIECES = [
    b"a@b.example",
    b"Re: x",
    b">",
    b" <",
    b"\r\n",
    b",",
    b"\x00",
    b"\xff",
    b"=?utf-8?q?=00?=",
    b"\r\n\r\n",
]


@on_one_database
@given(
    st.one_of(
        st.binary(max_size=200), st.lists(st.sampled_from([*FIELDS, *PIECES]), max_size=15).map(b"".join)
    )
)
async def test_any_bytes_are_filed_as_one_entry(office: Office, raw: bytes) -> None:
    before = await Message.all().count()
    assert await has_its_entry(office, raw)
    assert await Message.all().count() <= before + 1
    assert await Entry.all().count() <= await Message.all().count()
