"""What decisions are kept as, what they settle besides, and how they are taken back."""

from collections.abc import Awaitable, Callable

import pytest

from history import held, learning, undoing
from storage import facts
from storage.correspondents import EmailAddress, Organisation, Person
from storage.entries import Entry, Participant
from storage.facts import Fact, FactKind, FactStep
from storage.forgetting import forget_entry
from storage.jobs import SettleFact, TableQueue
from storage.reasons import Reason
from storage.staff import Staff
from tests.history.contents import contents
from tests.ingest.office import Office, participants, with_whom
from tests.matcher.people import colleague, firm, letter, person

EVA, ANNA, BEAT = "eva@firm.example", "anna77@gmx.ch", "beat@holz.example"


async def one_of(entry: Entry) -> int:
    """Return an entry's first participant."""
    return int((await participants(entry))[0].id)


async def now(entry: Entry) -> Entry:
    """Return an entry as it is now."""
    return await Entry.get(id=entry.id)


async def test_a_decision_is_kept_as_what_it_says(office: Office, eva: Staff) -> None:
    anna = await person("Anna Muster")
    first, *_ = await office.enter(*(letter(ANNA) for _ in range(3)))
    made = await held.assign(first.id, await one_of(first), anna.id, by=eva.id, remember=True)
    fact = await facts.fact(made.id)
    assert fact
    assert (fact.kind, fact.about, fact.person_id, fact.staff_id) == (
        FactKind.PERSON,
        ANNA,
        anna.id,
        eva.id,
    )
    assert (fact.since, fact.lasting, fact.settled, fact.entry_id) == (first.at.date(), True, 2, first.id)


async def test_what_was_settled_along_waits_again_when_it_is_taken_back(office: Office, eva: Staff) -> None:
    anna = await person("Anna Muster", at=await firm("Muster AG"))
    waiting = await office.enter(*(letter(ANNA) for _ in range(50)), letter(BEAT))
    before = await contents()
    fact = await held.assign(waiting[0].id, await one_of(waiting[0]), anna.id, by=eva.id, remember=True)
    assert await held.count() == 1
    again = await undoing.take_back(fact.id, by=eva.id)
    assert again == [one.id for one in waiting[:50]]
    assert await contents() == before
    with pytest.raises(undoing.NoSuchFact):
        await undoing.take_back(fact.id, by=eva.id)


Act = Callable[[Entry, int], Awaitable[Fact]]


async def _assigns(entry: Entry, by: int) -> Fact:
    known = await Person.get(family_name="Muster")
    return await held.assign(entry.id, await one_of(entry), known.id, by=by, remember=True)


async def _assigns_once(entry: Entry, by: int) -> Fact:
    known = await Person.get(family_name="Muster")
    return await held.assign(entry.id, await one_of(entry), known.id, by=by, remember=False)


async def _enters(entry: Entry, by: int) -> Fact:
    who = held.Somebody("Berta", "Neu", new_organisation="Neu AG")
    return await held.enter_and_assign(entry.id, await one_of(entry), who, by=by, remember=True)


async def _enters_a_firm(entry: Entry, by: int) -> Fact:
    who = held.Somebody(new_organisation="Neu AG")
    return await held.enter_and_assign(entry.id, await one_of(entry), who, by=by, remember=True)


async def _shares(entry: Entry, by: int) -> Fact:
    known = await Organisation.get(name="Muster AG")
    return await held.assign_organisation(entry.id, await one_of(entry), known.id, by=by, remember=True)


async def _ignores(entry: Entry, by: int) -> Fact:
    return await held.ignore(entry.id, by=by)


async def _ignores_the_address(entry: Entry, by: int) -> Fact:
    return await held.ignore_always(entry.id, await one_of(entry), whole_domain=False, by=by)


async def _ignores_the_domain(entry: Entry, by: int) -> Fact:
    return await held.ignore_always(entry.id, await one_of(entry), whole_domain=True, by=by)


ACTS = [
    _assigns, _assigns_once, _enters, _enters_a_firm, _shares, _ignores, _ignores_the_address, _ignores_the_domain,
]  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
async def test_undoing_leaves_everything_as_it_was(office: Office, eva: Staff, act: Act) -> None:
    muster = await firm("Muster AG", "muster.example")
    await person("Anna Muster", at=muster)
    # A conversation that what is decided joins, an answer that waits for what it answers.
    await office.enter(letter(EVA, "carl@muster.example", own_id="1@x"))
    first, *_ = await office.enter(
        letter("neu@holz.example", answers=["1@x"], own_id="2@x"),
        letter("neu@holz.example", subject="Re: Was anderes"),
        letter("neu@holz.example", Cc="x@elsewhere.example"),
        letter("other@holz.example"),
    )
    before = await contents()
    fact = await act(first, eva.id)
    assert (await now(first)).held_reason is None
    assert await contents() != before
    assert first.id in await undoing.undo(by=eva.id)
    assert await contents() == before
    assert not await Fact.exists(id=fact.id)


async def test_many_decisions_are_undone_one_by_one(office: Office, eva: Staff) -> None:
    await person("Anna Muster", at=await firm("Muster AG", "muster.example"))
    waiting = await office.enter(*(letter(f"n{n}@holz{n % 4}.example", own_id=f"{n}@x") for n in range(16)))
    states = []
    for number, entry in enumerate(waiting):
        if (await now(entry)).held_reason is None:
            continue
        states.append(await contents())
        act = [_assigns, _ignores, _shares, _assigns_once, _ignores_the_address][number % 5]
        await act(entry, eva.id)
    for before in reversed(states):
        await undoing.undo(by=eva.id)
        assert await contents() == before
    with pytest.raises(undoing.NothingToUndo):
        await undoing.undo(by=eva.id)


async def test_one_undoes_what_one_decided_oneself(office: Office, eva: Staff) -> None:
    urs = await colleague("urs@firm.example")
    first, second = await office.enter(letter(ANNA), letter(BEAT))
    await held.ignore(first.id, by=eva.id)
    await held.ignore(second.id, by=urs.id)
    assert await undoing.undo(by=eva.id) == [first.id]
    assert (await now(second)).held_reason is None


async def test_what_was_decided_together_is_undone_together(office: Office, eva: Staff) -> None:
    first, second, third = await office.enter(letter(ANNA), letter(BEAT), letter("c@gmx.ch"))
    await held.ignore(third.id, by=eva.id)
    made = [(await held.ignore(one.id, by=eva.id)).id for one in (first, second)]
    await facts.put_together(made)
    assert await undoing.undo(by=eva.id) == [first.id, second.id]
    assert await undoing.undo(by=eva.id) == [third.id]


async def test_nobody_is_moved_from_one_person_to_another(office: Office, eva: Staff) -> None:
    anna, berta = await person("Anna Muster"), await person("Berta Muster")
    first, second, third = await office.enter(letter(ANNA), letter(ANNA), letter(ANNA))
    await held.assign(first.id, await one_of(first), anna.id, by=eva.id, remember=False)
    await held.assign(second.id, await one_of(second), berta.id, by=eva.id, remember=True)
    assert await with_whom(first) == {ANNA: ("Anna Muster", None)}
    assert await with_whom(third) == {ANNA: ("Berta Muster", None)}


async def test_what_was_decided_otherwise_since_stays(office: Office, eva: Staff) -> None:
    anna, berta = await person("Anna Muster"), await person("Berta Muster")
    first, second = await office.enter(letter(ANNA), letter(ANNA))
    fact = await held.assign(first.id, await one_of(first), anna.id, by=eva.id, remember=True)
    await Participant.filter(entry_id=second.id).update(person_id=berta.id, reason=Reason.DECIDED_BY_HAND)
    assert await undoing.take_back(fact.id, by=eva.id) == [first.id]
    assert await with_whom(second) == {ANNA: ("Berta Muster", None)}
    assert (await now(second)).held_reason is None


async def test_somebody_who_was_entered_stays_if_they_are_used_since(office: Office, eva: Staff) -> None:
    first, second = await office.enter(letter(BEAT), letter("b@gmx.ch"))
    fact = await _enters(first, eva.id)
    berta = await Person.get(family_name="Neu")
    await held.assign(second.id, await one_of(second), berta.id, by=eva.id, remember=False)
    await undoing.take_back(fact.id, by=eva.id)
    assert (await now(first)).held_reason is not None
    assert await with_whom(second) == {"b@gmx.ch": ("Berta Neu", "Neu AG")}
    assert await Organisation.filter(name="Neu AG").count() == 1


async def test_mail_that_only_a_fact_had_matched_waits_when_it_is_taken_back(
    office: Office, eva: Staff
) -> None:
    anna = await person("Anna Muster", "anna@muster.example")
    (first,) = await office.enter(letter(ANNA))
    fact = await held.assign(first.id, await one_of(first), anna.id, by=eva.id, remember=True)
    later, known = await office.enter(letter(ANNA), letter("anna@muster.example"))
    assert later.held_reason is None
    assert await undoing.take_back(fact.id, by=eva.id) == [first.id, later.id]
    assert (await now(later)).held_reason == Reason.UNKNOWN_ADDRESS
    assert (await now(known)).held_reason is None


async def test_a_shared_address_is_its_organisations(office: Office, eva: Staff) -> None:
    muster = await firm("Muster AG")
    first, second = await office.enter(letter("info@muster.example"), letter("info@muster.example"))
    await held.assign_organisation(first.id, await one_of(first), muster.id, by=eva.id, remember=True)
    (third,) = await office.enter(letter("info@muster.example"))
    for entry in (first, second, third):
        assert await with_whom(entry) == {"info@muster.example": (None, "Muster AG")}
        assert (await now(entry)).held_reason is None
    assert (await EmailAddress.get()).organisation_id == muster.id


async def test_who_is_ignored_is_entered_and_not_held(office: Office, eva: Staff) -> None:
    first, second, domain = await office.enter(letter(ANNA), letter(ANNA), letter("a@shop.example"))
    await held.ignore_always(first.id, await one_of(first), whole_domain=False, by=eva.id)
    await held.ignore_always(domain.id, await one_of(domain), whole_domain=True, by=eva.id)
    assert (await now(second)).held_reason is None
    later, other, below, both = await office.enter(
        letter(ANNA), letter("other@gmx.ch"), letter("b@news.shop.example"), letter(ANNA, Cc="c@gmx.ch")
    )
    assert [one.held_reason for one in (later, below)] == [None, None]
    assert [one.held_reason for one in (other, both)] == [Reason.UNKNOWN_ADDRESS] * 2
    assert (await participants(later))[0].reason == Reason.IGNORED_ADDRESS


async def test_who_is_ignored_is_told_once_they_are_entered(office: Office, eva: Staff) -> None:
    (first,) = await office.enter(letter(ANNA))
    await held.ignore_always(first.id, await one_of(first), whole_domain=False, by=eva.id)
    await person("Anna Muster", ANNA)
    (second,) = await office.enter(letter(ANNA))
    assert await with_whom(second) == {ANNA: ("Anna Muster", None)}


async def test_ignored_mail_waits_when_that_is_taken_back(office: Office, eva: Staff) -> None:
    (first,) = await office.enter(letter("a@shop.example"))
    fact = await held.ignore_always(first.id, await one_of(first), whole_domain=True, by=eva.id)
    (later,) = await office.enter(letter("b@shop.example"))
    assert later.held_reason is None
    assert await undoing.take_back(fact.id, by=eva.id) == [first.id, later.id]


async def test_a_domain_that_strangers_share_is_not_ignored(office: Office, eva: Staff) -> None:
    (first,) = await office.enter(letter(ANNA))
    with pytest.raises(held.NothingToIgnore):
        await held.ignore_always(first.id, await one_of(first), whole_domain=True, by=eva.id)
    assert await Fact.all().count() == 0


async def test_where_much_is_settled_a_job_goes_on(
    office: Office, eva: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learning, "AT_ONCE", 2)
    anna = await person("Anna Muster")
    waiting = await office.enter(*(letter(ANNA) for _ in range(6)))
    before = await contents()
    fact = await held.assign(waiting[0].id, await one_of(waiting[0]), anna.id, by=eva.id, remember=True)
    assert await held.count() == 3
    queue = TableQueue(only=frozenset({SettleFact.kind}))
    while jobs := await queue.claim(10):
        await learning.settle_more(jobs, queue=queue)
    assert (await held.count(), (await Fact.get(id=fact.id)).settled) == (0, 5)
    await undoing.undo(by=eva.id)
    assert await contents() == before


async def test_what_is_erased_leaves_no_steps(office: Office, eva: Staff) -> None:
    (first,) = await office.enter(letter(ANNA))
    await _ignores_the_address(first, eva.id)
    assert await FactStep.filter(subject="participant").exists()
    await forget_entry(await now(first))
    assert not await FactStep.filter(subject__in=["participant", "entry"]).exists()
