"""Those entered twice are found by a walk along the directory, and only those anew who have changed."""

from typing import Any

import pytest

from matcher import finding
from matcher.finding import enqueue_search, find_duplicates
from storage import directory_edits
from storage.connect import transaction
from storage.correspondents import Party, Person, PhoneNumber
from storage.duplicates import BlockKey, LookedAt, Pair, PairState, decide
from storage.jobs import FindDuplicates, TableQueue
from storage.merging import merge
from storage.unmerging import undo
from tests.matcher.people import firm, person

QUEUE = TableQueue(only=frozenset({FindDuplicates.kind}))


async def search() -> int:
    """Walk along all that is entered, and return how many batches it took."""
    async with transaction():
        await enqueue_search(QUEUE)
    batches = 0
    while jobs := await QUEUE.claim(10):
        batches += len(jobs)
        await find_duplicates(jobs, queue=QUEUE)
    return batches


async def found(party: Party = Party.PERSON) -> list[tuple[int, int]]:
    """Return the ids of the open pairs."""
    pairs = await Pair.filter(party=party, state=PairState.OPEN).order_by("id")
    return [(pair.first_id, pair.second_id) for pair in pairs]


async def test_persons_and_organisations_entered_twice_are_found_with_reasons(database: str) -> None:
    one, other = await person("Jürg Müller", "jm@x.example"), await person("Juerg Mueller", "jm@x.example")
    await person("Rita Meier", "rita@x.example")
    firms = [
        await firm("Muster Bau AG", address="info@muster.example"),
        await firm("Muster Bau", address="info@muster.example"),
    ]
    await search()
    assert await found() == [(one.id, other.id)]
    assert await found(Party.ORGANISATION) == [(firms[0].id, firms[1].id)]
    pair = await Pair.get(party=Party.PERSON)
    assert [likeness for likeness, _ in pair.findings] == ["spelling", "email"]


async def test_a_pair_that_was_decided_is_not_proposed_again(database: str) -> None:
    await person("Jürg Müller", "jm@x.example")
    other = await person("Juerg Mueller", "jm@x.example")
    await search()
    await decide((await Pair.get()).id, PairState.TWO, by=None)
    await directory_edits.change(Person, other.id, {"given_name": "Jürg"}, staff_id=None)
    await search()
    assert await found() == []
    assert await Pair.all().count() == 1


async def test_who_has_changed_is_looked_at_anew_and_nobody_else(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = await person("Jürg Müller"), await person("Juerg Mueller")
    for at in range(5):
        await person(f"Hans{at} Anders{at}")
    await search()
    assert await found() == []
    for who in (one, other):
        await directory_edits.add(
            PhoneNumber, {"written": "079 111 22 33", "person_id": who.id}, staff_id=None
        )
    looked_at: list[int] = []
    keys = finding._keys

    def noting(card: finding.Card) -> set[str]:
        looked_at.append(card.id)
        return keys(card)

    monkeypatch.setattr(finding, "_keys", noting)
    await search()
    assert looked_at == [one.id, other.id]
    assert await found() == [(one.id, other.id)]


async def test_what_does_not_hold_any_more_is_proposed_no_longer(database: str) -> None:
    one = await person("Jürg Müller", "jm@x.example")
    await person("Juerg Mueller", "jm@x.example")
    await search()
    await directory_edits.change(
        Person, one.id, {"given_name": "Rita", "family_name": "Anders"}, staff_id=None
    )
    await search()
    assert await found() == []


async def test_nothing_is_kept_of_who_is_gone(database: str) -> None:
    one = await person("Jürg Müller", "jm@x.example")
    await person("Juerg Mueller", "jm@x.example")
    await search()
    await directory_edits.remove(Person, one.id, staff_id=None)
    await search()
    assert await found() == []
    assert not await LookedAt.filter(party=Party.PERSON, row_id=one.id).exists()
    assert not await BlockKey.filter(party=Party.PERSON, row_id=one.id).exists()


async def test_a_large_directory_is_walked_in_batches(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "AT_ONCE", 3)
    for at in range(7):
        await person(f"Jürg Müller{at}", f"x{at}@x.example")
    last = await person("Juerg Mueller0", "x0@x.example")
    assert await search() == 3 + 1
    assert [second for _, second in await found()] == [last.id]


async def test_a_key_that_many_share_compares_nobody(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "MOST_OF_BLOCK", 3)
    for _ in range(5):
        await person("Jürg Müller", "jm@x.example")
    await search()
    assert await found() == []


async def test_a_merge_that_is_undone_is_proposed_again(database: str) -> None:
    one, other = await person("Jürg Müller", "jm@x.example"), await person("Juerg Mueller", "jm@x.example")
    await search()
    values: dict[str, Any] = {}
    done = await merge(Party.PERSON, one.id, other.id, values, by=None, pair_id=(await Pair.get()).id)
    await search()
    assert await found() == []
    await undo(done.id, by=None)
    await search()
    assert await found() == [(one.id, other.id)]
