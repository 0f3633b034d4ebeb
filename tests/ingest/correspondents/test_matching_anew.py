"""After an import, those whom nobody knew when their mail came are known."""

import pytest

from ingest.matching_anew import match_anew
from storage.entries import Participant
from storage.jobs import MatchAnew, TableQueue
from tests.ingest.correspondents.conftest import Importing
from tests.ingest.office import Office, participants, with_whom
from tests.matcher.people import letter

EVA = "eva@firm.example"
CONTACTS = "Vorname;Nachname;Firma;Website;E-Mail\nAnna;Muster;Muster AG;muster.example;anna@muster.example\n"
pytestmark = pytest.mark.usefixtures("eva")


async def _matched_anew() -> int:
    queue, ranges = TableQueue(only=frozenset({MatchAnew.kind})), 0
    while jobs := await queue.claim(10):
        await match_anew(jobs, queue=queue)
        ranges += len(jobs)
    return ranges


async def test_held_messages_are_let_go_once_their_addresses_are_imported(
    office: Office, importing: Importing
) -> None:
    known, colleague, stranger = await office.enter(
        letter("anna@muster.example", EVA), letter("urs@muster.example", EVA), letter("x@gmx.example", EVA)
    )
    assert {entry.held_reason for entry in (known, colleague, stranger)} == {"unknown-address"}
    await importing.run(CONTACTS)
    assert await _matched_anew() == 1
    for entry in (known, colleague, stranger):
        await entry.refresh_from_db()
    assert await with_whom(known) == {"anna@muster.example": ("Anna Muster", "Muster AG")}
    assert await with_whom(colleague) == {"urs@muster.example": (None, "Muster AG")}
    assert (known.held_reason, stranger.held_reason) == (None, "unknown-address")
    (author,) = await participants(known)
    assert (author.reason, author.decided_by_id) == ("exact-address", None)


async def test_all_are_looked_through_range_by_range(
    office: Office, importing: Importing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.matching_anew.NUMBERS_AT_ONCE", 2)
    entries = await office.enter(*(letter("anna@muster.example", EVA, own_id=f"{n}@x") for n in range(7)))
    await importing.run(CONTACTS)
    newest = await Participant.all().order_by("-id").first()
    assert newest
    assert await _matched_anew() == (newest.id + 1) // 2
    for entry in entries:
        assert [one.person_id is not None for one in await participants(entry)] == [True]
