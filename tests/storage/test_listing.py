"""Lists of organisations and persons: what fits, in which order, page by page."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import by_hand, directory, listing, quarantine
from storage.connect import dialect, rows, transaction
from storage.correspondents import EmailAddress, Organisation, Party, Person, PostalAddress, Role
from storage.entries import Direction, Entry, Participant, ParticipantRole
from storage.listing import Order, WrongCursor
from storage.looking_for import Wanted, conditions

_BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


async def _contact(person: Person, days: int) -> Participant:
    at = _BEGAN + timedelta(days=days)
    entry = await Entry.create(direction=Direction.INCOMING, at=at)
    return await Participant.create(
        entry=entry, at=at, role=ParticipantRole.FROM, person=person, reason="exact-address"
    )


async def _names(wanted: Wanted | None = None, order: Order = Order.NAME, most: int = 2) -> list[str]:
    """Return all family names of a list, read page by page."""
    names, after = [], None
    while True:
        page = await directory.persons(wanted=wanted, order=order, after=after, most=most)
        names += [line.person.family_name for line in page.lines]
        after = page.after
        if after is None:
            return names


async def test_each_order_is_read_in_pages_to_its_end(database: str) -> None:
    for number, (name, days, place) in enumerate(
        [
            ("Egli", 3, "Uster"),
            ("Abt", None, "Zürich"),
            ("Moser", 7, ""),
            ("Frei", 3, "Zug"),
            ("Zahn", None, "Chur"),
        ]
    ):
        person = await Person.create(family_name=name, given_name=str(number))
        if days is not None:
            await _contact(person, days)
        if place:
            await PostalAddress.create(person=person, place=place)
    assert await _names() == ["Abt", "Egli", "Frei", "Moser", "Zahn"]
    assert await _names(order=Order.LAST_CONTACT) == ["Moser", "Frei", "Egli", "Abt", "Zahn"]
    assert await _names(order=Order.PLACE) == ["Zahn", "Egli", "Frei", "Abt", "Moser"]


async def test_the_last_contact_follows_the_entries(database: str) -> None:
    person = await Person.create(family_name="Egli")
    other = await Person.create(family_name="Frei")
    await _contact(person, 1)
    newest = await _contact(person, 5)
    person.note = "Read before the newest contact, saved after it"
    await person.save()
    assert (await Person.get(id=person.id)).last_contact == newest.at
    newest.person_id = other.id
    await newest.save()
    assert (await Person.get(id=person.id)).last_contact == _BEGAN + timedelta(days=1)
    assert (await Person.get(id=other.id)).last_contact == newest.at
    await Entry.filter(id=newest.entry_id).delete()
    assert (await Person.get(id=other.id)).last_contact is None


async def _last(person: Person) -> datetime | None:
    """Return the last contact as the database keeps it, which is the one that lists show."""
    kept = (await Person.get(id=person.id)).last_contact
    assert (await directory.person_lines([person.id]))[person.id].last_contact == kept
    return kept


async def test_what_is_held_is_no_contact_before_it_is_decided(database: str) -> None:
    person = await Person.create(family_name="Egli")
    await _contact(person, 1)
    later = await _contact(person, 5)
    for reason, last in (("unknown-address", 1), (None, 5), ("may-be", 1)):
        await Entry.filter(id=later.entry_id).update(held_reason=reason)
        assert await _last(person) == _BEGAN + timedelta(days=last), reason
    # Somebody who is entered while it is held.
    other = await Person.create(family_name="Frei")
    await Participant.filter(id=later.id).update(person_id=other.id)
    assert await _last(other) is None
    await Entry.filter(id=later.entry_id).update(held_reason=None)
    assert (await _last(other), await _last(person)) == (later.at, _BEGAN + timedelta(days=1))


async def test_what_is_in_quarantine_is_no_contact_until_that_is_over(database: str) -> None:
    person = await Person.create(family_name="Egli")
    entry = await Entry.get(id=(await _contact(person, 1)).entry_id)
    await quarantine.begin([entry.id], 24)
    assert await _last(person) is None
    assert await quarantine.let_go() == 0
    await Entry.filter(id=entry.id).update(visible_from=datetime.now(UTC) - timedelta(seconds=1))
    assert await quarantine.let_go() == 1
    assert await _last(person) == entry.at
    assert await quarantine.let_go() == 0


ROLES = [
    (Wanted(function="eink"), ["Abt", "Beck"]),
    (Wanted(function="EINKAUF, Ltg"), ["Beck"]),
    (Wanted(function="einkauf", has_role=True), ["Beck"]),
    (Wanted(function="einkauf", has_left=True), ["Abt"]),
    (Wanted(organisation="glaswerk"), ["Abt", "Beck", "Cadonau"]),
    (Wanted(organisation="glaswerk", has_role=True), ["Beck", "Cadonau"]),
    (Wanted(organisation="glaswerk", has_left=True), ["Abt"]),
    (Wanted(organisation="mueller", function="ökonom"), ["Abt"]),
    (Wanted(organisation="glaswerk", function="okonom"), []),
    (Wanted(has_left=True), ["Abt"]),
    (Wanted(has_role=False), ["Dörig"]),
]


async def test_persons_are_found_by_what_one_role_of_theirs_is(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    glas = await Organisation.create(name="Glaswerk Süd AG")
    other = await Organisation.create(name="Müller Holz AG")
    abt, beck, cadonau, _ = [
        await Person.create(family_name=name) for name in ("Abt", "Beck", "Cadonau", "Dörig")
    ]
    await Role.create(person=abt, organisation=glas, function="Einkauf", until=date(2020, 1, 1))
    await Role.create(person=abt, organisation=other, function="Ökonomin")
    await Role.create(person=beck, organisation=glas, function="Einkauf, Ltg.")
    await Role.create(person=cadonau, organisation=glas)
    for few in (listing.FEW, 0):
        monkeypatch.setattr(listing, "FEW", few)
        for wanted, names in ROLES:
            assert await _names(wanted) == names, wanted
        assert await _names(Wanted(organisation_id=other.id)) == ["Abt"]
        left = (await directory.organisations(wanted=Wanted(has_left=True))).lines
        assert [line.organisation.name for line in left] == ["Glaswerk Süd AG"]


@pytest.mark.parametrize(
    "wanted", [Wanted(function="einkauf"), Wanted(has_left=True), Wanted(organisation_id=1)]
)
async def test_roles_are_looked_for_along_an_index(database: str, wanted: Wanted) -> None:
    condition, exact = conditions(Party.PERSON, wanted)
    assert condition.probe
    assert exact.probe is None
    probe = condition.probe.format(
        *(by_hand.place(number + 1) for number in range(len(condition.probe_values)))
    )
    if dialect() == "sqlite":
        plan = [row["detail"] for row in await rows(f"EXPLAIN QUERY PLAN {probe}", condition.probe_values)]
        assert all("USING" in one and "INDEX" in one for one in plan), plan
    else:
        async with transaction():
            await rows("SET LOCAL enable_seqscan = off")
            told = await rows(f"EXPLAIN {probe}", condition.probe_values)
        plan = [row["QUERY PLAN"] for row in told]
        assert "Index Cond" in " ".join(plan), plan


async def test_filters_are_combined(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    firm = await Organisation.create(name="Glaswerk Süd AG", industry="Glas")
    for number in range(6):
        person = await Person.create(
            family_name=f"Müller{number}", language="de" if number % 2 else "fr",
            interests=["Wein"] if number > 2 else [], own_fields={"7": "A"} if number > 3 else {},
        )  # fmt: skip
        if number == 5:
            await Role.create(person=person, organisation=firm)
            await EmailAddress.create(person=person, key="m5@glas.example", written="m5@glas.example")
            await _contact(person, 9)
    for few in (listing.FEW, 0):  # few rows put in order, and a walk along the order
        monkeypatch.setattr(listing, "FEW", few)
        assert len(await _names(Wanted(text="mueller"))) == 6
        assert await _names(Wanted(language="de")) == ["Müller1", "Müller3", "Müller5"]
        assert await _names(Wanted(language="de", interest="Wein")) == ["Müller3", "Müller5"]
        assert await _names(Wanted(own=((7, "A"),))) == ["Müller4", "Müller5"]
        for one in (
            Wanted(has_role=True), Wanted(industry="Glas"), Wanted(text="m5@glas"), Wanted(text="glaswerk mull"),
            Wanted(contact_since=_BEGAN), Wanted(contact_since=_BEGAN, own=((7, "A"),)),
        ):  # fmt: skip
            assert await _names(one) == ["Müller5"], one
        assert len(await _names(Wanted(contact_before=_BEGAN + timedelta(days=9)))) == 5
        assert len(await _names(Wanted(has_role=False))) == 5
        assert await _names(Wanted(text="üller5 x")) == []
        assert await listing.count_of(Party.PERSON, Wanted(language="fr")) == 3


async def test_a_corrected_name_is_found_and_the_old_one_is_not(database: str) -> None:
    person = await Person.create(family_name="Huber", interests=["Wein"])
    person.family_name, person.interests = "Keller", ["Käse"]
    await person.save()
    assert await _names(Wanted(text="huber")) == []
    assert await _names(Wanted(text="keller", interest="Käse")) == ["Keller"]
    await person.delete()
    assert await _names(Wanted(interest="Käse")) == []


async def test_organisations_are_ordered_by_customer_number_and_found_by_parts_of_names(
    database: str,
) -> None:
    for name, number in (("Kantonalbank", "K-2"), ("Bank Frey", None), ("Raiffeisen", "K-1")):
        await Organisation.create(name=name, customer_number=number)
    page = await directory.organisations(order=Order.CUSTOMER_NUMBER)
    assert [line.organisation.name for line in page.lines] == ["Raiffeisen", "Kantonalbank", "Bank Frey"]
    page = await directory.organisations(text="bank")
    assert [line.organisation.name for line in page.lines] == ["Bank Frey", "Kantonalbank"]
    page = await directory.organisations(text="K-1")
    assert [line.organisation.name for line in page.lines] == ["Raiffeisen"]


async def test_a_cursor_of_another_order_is_refused(database: str) -> None:
    for number in range(3):
        await Person.create(family_name=f"P{number}")
    page = await directory.persons(most=1)
    with pytest.raises(WrongCursor):
        await directory.persons(order=Order.LAST_CONTACT, after=page.after)


@given(cursor=st.text(max_size=40))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
async def test_no_text_is_taken_for_a_cursor(database: str, cursor: str) -> None:
    if cursor:
        with pytest.raises(WrongCursor):
            await directory.persons(after=cursor)
