"""Two entries become one and two again: nothing is lost, and every row is as it was."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from storage import directory_edits
from storage.connect import dialect, rows
from storage.correspondents import (
    EmailAddress,
    FormerName,
    Organisation,
    OrganisationDomain,
    Party,
    Person,
    PhoneNumber,
    PostalAddress,
    Role,
)
from storage.duplicates import MODELS
from storage.entries import Direction, Entry, Participant, ParticipantRole
from storage.merges import Merge, MergedRow
from storage.merging import NotThere, merge, references
from storage.unmerging import CannotBeUndone, forget_what_went, survivor_of, survivors_by_name, undo
from tests.matcher.people import firm, person, reachable, works

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
_TABLES = (
    "person", "organisation", "role", "email_address", "phone_number", "postal_address", "former_name",
    "organisation_domain", "participant", "entry",
)  # fmt: skip


async def dump() -> dict[str, list[dict[str, Any]]]:
    """Return every row of what is known of correspondents and of the history."""
    return {table: await rows(f"SELECT * FROM {table} ORDER BY id") for table in _TABLES}


async def letter_with(who: Person | None, at: Organisation | None = None) -> Participant:
    """Enter a letter in somebody's history."""
    entry = await Entry.create(direction=Direction.INCOMING, at=NOON, subject="Offerte")
    return await Participant.create(
        entry=entry,
        at=NOON,
        role=ParticipantRole.FROM,
        key="a@x.example",
        person=who,
        organisation=at,
        reason="x",
    )


async def two_persons() -> tuple[Person, Person]:
    """Enter somebody twice, each time with a part of what is known, and one address in both."""
    muster = await firm("Muster AG", "muster.example")
    one = await person("Hans Müller", "hans@muster.example", at=muster)
    other = await person("Hans Mueller", "hans@muster.example", "hm@home.example", at=muster)
    await directory_edits.change(
        Person, other.id, {"external_key": "crm-7", "note": "Isst kein Fleisch"}, staff_id=None
    )
    await works(other, await firm("Beispiel AG"), "Präsident")
    await directory_edits.add(PhoneNumber, {"written": "079 111 22 33", "person_id": other.id}, staff_id=None)
    await directory_edits.add(PostalAddress, {"place": "Zürich", "person_id": other.id}, staff_id=None)
    for who in (one, other, other):
        await letter_with(who, muster)
    return one, other


async def test_a_merge_keeps_all_that_was_known_of_both(database: str) -> None:
    one, other = await two_persons()
    await merge(Party.PERSON, one.id, other.id, {"note": "Isst kein Fleisch"}, by=None)
    assert not await Person.exists(id=other.id)
    assert (await Person.get(id=one.id)).note == "Isst kein Fleisch"
    addresses = [email.key for email in await EmailAddress.filter(person_id=one.id).order_by("key")]
    assert addresses == ["hans@muster.example", "hm@home.example"]
    assert await Role.filter(person_id=one.id).count() == 2
    assert await PhoneNumber.filter(person_id=one.id).count() == 1
    assert await PostalAddress.filter(person_id=one.id).count() == 1
    assert await Participant.filter(person_id=one.id).count() == 3


async def test_undone_every_row_is_as_it_was(database: str) -> None:
    one, other = await two_persons()
    before = await dump()
    done = await merge(Party.PERSON, one.id, other.id, {"title": "Dr.", "external_key": "crm-7"}, by=None)
    assert await dump() != before
    await undo(done.id, by=None)
    assert await dump() == before


async def test_organisations_are_made_one_and_two_again(database: str) -> None:
    mother = await firm("Muster Holding AG", "muster.example", address="info@muster.example")
    one = await firm("Müller Bau AG", "mueller-bau.example", address="info@muster.example")
    other = await firm("Mueller Bau", "muellerbau.example", address="info@muster.example")
    await directory_edits.change(
        Organisation, other.id, {"parent_id": mother.id, "customer_number": "K 7"}, staff_id=None
    )
    await directory_edits.change(Organisation, one.id, {"parent_id": other.id}, staff_id=None)
    await person("Eva Keller", at=other)
    await letter_with(None, other)
    before = await dump()
    done = await merge(Party.ORGANISATION, one.id, other.id, {"customer_number": "K 7"}, by=None)
    survivor = await Organisation.get(id=one.id)
    assert (survivor.parent_id, survivor.customer_number) == (None, "K 7")
    domains = {domain.domain for domain in await OrganisationDomain.filter(organisation_id=one.id)}
    assert domains == {"mueller-bau.example", "muellerbau.example"}
    assert [name.name for name in await FormerName.filter(organisation_id=one.id)] == ["Mueller Bau"]
    assert await EmailAddress.filter(organisation_id=one.id).count() == 1
    await undo(done.id, by=None)
    assert await dump() == before


async def test_what_came_after_the_merge_stays_with_the_survivor(database: str) -> None:
    one, other = await two_persons()
    done = await merge(Party.PERSON, one.id, other.id, {"title": "Dr."}, by=None)
    await reachable(one, "new@muster.example")
    late = await letter_with(await Person.get(id=one.id))
    await directory_edits.change(Person, one.id, {"title": "Prof."}, staff_id=None)
    await undo(done.id, by=None)
    assert await EmailAddress.filter(person_id=one.id, key="new@muster.example").exists()
    assert (await Participant.get(id=late.id)).person_id == one.id
    assert (await Person.get(id=one.id)).title == "Prof."
    assert await Participant.filter(person_id=other.id).count() == 2


async def test_what_somebody_moved_elsewhere_since_is_left_there(database: str) -> None:
    one, other = await two_persons()
    moved = await Participant.filter(person_id=other.id).order_by("id").first()
    assert moved
    done = await merge(Party.PERSON, one.id, other.id, {}, by=None)
    third = await person("Urs Ander")
    await Participant.filter(id=moved.id).update(person_id=third.id)
    await undo(done.id, by=None)
    assert (await Participant.get(id=moved.id)).person_id == third.id


async def test_merges_into_the_same_one_are_undone_from_the_last(database: str) -> None:
    one, other = await two_persons()
    third = await person("H. Müller", "hm@home.example")
    before = await dump()
    first = await merge(Party.PERSON, one.id, other.id, {}, by=None)
    second = await merge(Party.PERSON, one.id, third.id, {}, by=None)
    with pytest.raises(CannotBeUndone) as refused:
        await undo(first.id, by=None)
    assert (refused.value.code, refused.value.later) == ("later", second.id)
    assert (await Merge.get(id=first.id)).undone_at is None
    await undo(second.id, by=None)
    await undo(first.id, by=None)
    assert await dump() == before


async def test_old_links_lead_to_the_survivor_over_several_merges(database: str) -> None:
    one, other = await two_persons()
    third = await person("Hans Müller-Graf")
    await merge(Party.PERSON, one.id, other.id, {}, by=None)
    await merge(Party.PERSON, third.id, one.id, {}, by=None)
    assert await survivor_of(Party.PERSON, other.id) == third.id
    assert await survivor_of(Party.PERSON, third.id) is None
    by_key, by_id = await survivors_by_name(Party.PERSON, keys={"crm-7"}, ids={one.id})
    assert by_key["crm-7"] == third.id
    assert by_id[one.id] == third.id


async def test_after_ninety_days_a_merge_stays(database: str) -> None:
    one, other = await two_persons()
    done = await merge(Party.PERSON, one.id, other.id, {}, by=None)
    await Merge.filter(id=done.id).update(at=datetime.now(UTC) - timedelta(days=91))
    with pytest.raises(CannotBeUndone, match="late"):
        await undo(done.id, by=None)
    assert (await Merge.get(id=done.id)).undone_at is None


async def test_after_ninety_days_nothing_is_kept_of_who_went_but_the_survivor(database: str) -> None:
    one, other = await two_persons()
    done = await merge(Party.PERSON, one.id, other.id, {}, by=None)
    assert await forget_what_went() == 0
    assert (await Merge.get(id=done.id)).gone
    await Merge.filter(id=done.id).update(at=datetime.now(UTC) - timedelta(days=91))
    while await forget_what_went():
        pass
    kept = await Merge.get(id=done.id)
    assert (kept.gone, kept.before, kept.after) == ({}, {}, {})
    assert await MergedRow.all().count() == 0
    assert await survivor_of(Party.PERSON, other.id) == one.id


async def test_a_merge_is_undone_once(database: str) -> None:
    one, other = await two_persons()
    done = await merge(Party.PERSON, one.id, other.id, {}, by=None)
    await undo(done.id, by=None)
    with pytest.raises(CannotBeUndone, match="done"):
        await undo(done.id, by=None)


async def test_a_key_that_somebody_else_has_got_since_keeps_a_merge_from_being_undone(database: str) -> None:
    one, other = await two_persons()
    done = await merge(Party.PERSON, one.id, other.id, {}, by=None)
    third = await person("Urs Ander")
    await directory_edits.change(Person, third.id, {"external_key": "crm-7"}, staff_id=None)
    with pytest.raises(CannotBeUndone, match="taken"):
        await undo(done.id, by=None)
    assert not await Person.exists(id=other.id)


async def test_nobody_is_merged_with_themselves_or_with_somebody_who_is_gone(database: str) -> None:
    one, other = await two_persons()
    before = await dump()
    for stays, goes in ((one.id, one.id), (one.id, 10**9), (10**9, other.id)):
        with pytest.raises(NotThere):
            await merge(Party.PERSON, stays, goes, {}, by=None)
    assert await dump() == before


async def test_every_table_that_points_at_a_person_or_organisation_is_moved(database: str) -> None:
    for party in Party:
        known = {(one.table, one.column) for one in references(party)}
        assert known == await _foreign_keys(MODELS[party]._meta.db_table)


async def _foreign_keys(table: str) -> set[tuple[str, str]]:
    if dialect() == "sqlite":
        found = await rows(
            'SELECT m.name AS tbl, f."from" AS col FROM sqlite_master m, pragma_foreign_key_list(m.name) f'
            f" WHERE m.type = 'table' AND f.\"table\" = '{table}'"
        )
    else:
        found = await rows(
            "SELECT c.conrelid::regclass::text AS tbl, a.attname AS col FROM pg_constraint c JOIN pg_attribute a"
            " ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] WHERE c.contype = 'f'"
            f" AND c.confrelid = '{table}'::regclass"
        )
    return {(row["tbl"], row["col"]) for row in found}


async def test_the_former_name_of_a_merge_goes_when_it_is_undone(database: str) -> None:
    one, other = await firm("Müller Bau AG"), await firm("Mueller Bau")
    done = await merge(Party.ORGANISATION, one.id, other.id, {}, by=None)
    assert await FormerName.filter(organisation_id=one.id).count() == 1
    await undo(done.id, by=None)
    assert not await FormerName.all().exists()
