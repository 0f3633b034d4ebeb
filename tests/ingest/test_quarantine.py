"""For some hours only those who captured an entry see it; then everybody does."""

from datetime import UTC, datetime, timedelta

from history.held import count as count_held
from history.timeline import Filters, quarantined, recent
from storage import directory, one_entry, quarantine
from storage.entries import Entry
from storage.staff import Staff
from tests.ingest.office import Office, allow
from tests.matcher.people import letter, person

EVA, ANNA, BEAT = "eva@firm.example", "anna@muster.example", "beat@holz.example"


async def test_in_quarantine_only_who_captured_it_sees_an_entry(
    office: Office, eva: Staff, urs: Staff
) -> None:
    await allow(quarantine_hours=24)
    await person("Anna Muster", ANNA)
    (known, held) = await office.enter(letter(EVA, ANNA), letter(EVA, BEAT), staff=eva.id)
    assert (await recent(filters=Filters())).entries == []
    assert [line.id for line in (await quarantined(eva.id)).entries] == [held.id, known.id]
    assert (await quarantined(urs.id)).entries == []
    assert [await quarantine.count_of(staff.id) for staff in (eva, urs)] == [2, 0]
    assert await count_held() == 0
    (line,) = (await directory.persons(text="Muster")).lines
    assert line.last_contact is None
    for look in (one_entry.entry, one_entry.original):
        assert await look(known.id, eva.id)
        assert [await look(known.id, viewer) for viewer in (urs.id, None)] == [None, None]
    until = (await Entry.get(id=known.id)).visible_from
    assert until
    assert timedelta(hours=23) < until - datetime.now(UTC) <= timedelta(hours=24)


async def test_when_its_time_is_over_everybody_sees_it(office: Office, eva: Staff, urs: Staff) -> None:
    await allow(quarantine_hours=1)
    (entry,) = await office.enter(letter(EVA, BEAT), staff=eva.id)
    await Entry.filter(id=entry.id).update(visible_from=datetime.now(UTC) - timedelta(seconds=1))
    assert [line.id for line in (await recent(filters=Filters())).entries] == [entry.id]
    assert await one_entry.entry(entry.id, urs.id)
    assert ((await quarantined(eva.id)).entries, await count_held()) == ([], 1)


async def test_what_nobody_captured_for_themselves_is_in_no_quarantine(office: Office, eva: Staff) -> None:
    await allow(quarantine_hours=1)
    (entry,) = await office.enter(letter(ANNA, EVA))
    assert entry.visible_from is None


async def test_a_colleague_who_captures_it_too_sees_it(office: Office, eva: Staff, urs: Staff) -> None:
    await allow(quarantine_hours=1)
    await office.enter(letter(EVA, BEAT, own_id="1@x"), staff=eva.id)
    await office.enter(letter(EVA, BEAT, own_id="1@x", Received="b"), staff=urs.id)
    assert len((await quarantined(urs.id)).entries) == 1
