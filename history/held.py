"""What waits for a person, and what do they decide?  Whom an address was, by hand.

Each decision is kept as a fact with all that it changed (`storage.facts`), so that it can
be taken back (`history.undoing`); what it settles besides, `history.learning` does.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from history.copies import look_again
from history.learning import settle
from history.linking import link, link_to_organisation
from history.threads import join_related
from mail.address import Address
from mail.paper_address import firm_key, is_paper, names_person
from storage import decisions, directory_edits, facts, filing, trail
from storage.connect import transaction
from storage.correspondents import Organisation, OrganisationDomain, Party, Person, Role
from storage.entering import one_at_a_time
from storage.entries import Entry, Participant
from storage.facts import Fact, FactKind
from storage.jobs import JobQueue, SettleFact, TableQueue
from storage.lookups import organisations, persons
from storage.reasons import Reason
from storage.unmerging import survivor_of

_QUEUE = TableQueue()
_IGNORING = (FactKind.ADDRESS_IGNORED, FactKind.DOMAIN_IGNORED)
_OF_FIRM = (FactKind.ADDRESS_IGNORED, FactKind.ORGANISATION)  # whoever there wrote the letter


class NotHeld(LookupError):
    """The entry is gone or decided already, or this participant, person or organisation is not there."""


class NothingToIgnore(ValueError):
    """The message names no address, or one of a domain that strangers share."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """Somebody to be entered: without names only an organisation, without organisation only a person.

    *new_organisation* is the name of one to be entered too, with the domain of the address.
    """

    given_name: str = ""
    family_name: str = ""
    organisation_id: int | None = None
    new_organisation: str = ""

    @property
    def is_person(self) -> bool:
        """Whether it is a person who is to be entered."""
        return bool(self.given_name or self.family_name)


async def count() -> int:
    """Return how many entries wait."""
    return await decisions.count_held()


async def waits(entry_id: int) -> bool:
    """Tell whether an entry waits."""
    return await decisions.held_entry(entry_id) is not None


async def assign(
    entry_id: int,
    participant_id: int | None,
    person_id: int,
    *,
    by: int | None,
    remember: bool,
    queue: JobQueue = _QUEUE,
) -> Fact:
    """Decide who a participant of a held entry was; without one, with whom the entry is.

    The entry is held no longer.  With *remember* the address is entered as the person's
    own, and what else waits for it is theirs too.  NotHeld.
    """
    on = _On(entry_id, participant_id)
    async with _deciding(FactKind.PERSON, on, by=by, lasting=remember, queue=queue) as case:
        await _assign(case, person_id)
        return case.fact


async def assign_organisation(
    entry_id: int,
    participant_id: int | None,
    organisation_id: int,
    *,
    by: int | None,
    remember: bool,
    queue: JobQueue = _QUEUE,
) -> Fact:
    """Decide that a participant's address is one of an organisation, shared by who works there.  NotHeld."""
    on = _On(entry_id, participant_id)
    async with _deciding(FactKind.ORGANISATION, on, by=by, lasting=remember, queue=queue) as case:
        await _assign_organisation(case, organisation_id)
        return case.fact


async def enter_and_assign(
    entry_id: int,
    participant_id: int | None,
    who: Somebody,
    *,
    by: int | None,
    remember: bool,
    queue: JobQueue = _QUEUE,
) -> Fact:
    """Enter somebody, and decide that a participant of a held entry was they; one undoing undoes both.

    NotHeld; `storage.directory_edits.Taken` where the domain is another organisation's.
    """
    kind, on = FactKind.PERSON if who.is_person else FactKind.ORGANISATION, _On(entry_id, participant_id)
    async with _deciding(kind, on, by=by, lasting=remember, queue=queue) as case:
        organisation_id = await _organisation(case, who)
        if who.is_person:
            names = {"given_name": who.given_name, "family_name": who.family_name}
            roles = [(Role, {"organisation_id": organisation_id})] if organisation_id else []
            person = await directory_edits.add(Person, names, staff_id=by, belongings=roles)
            await _assign(case, person.id)
        else:
            await _assign_organisation(case, organisation_id or 0)
        return case.fact


async def ignore(entry_id: int, *, by: int | None) -> Fact:
    """Let a held entry go without saying whom it was with: it stays, and waits no more.  NotHeld."""
    on = _On(entry_id, None, is_whole=True)
    async with _deciding(FactKind.IGNORED_ONCE, on, by=by, lasting=False, queue=_QUEUE) as case:
        await decisions.note_ignored(case.entry, by=by)
        await filing.set_held(entry_id, None, {})
        return case.fact


async def ignore_always(
    entry_id: int, participant_id: int | None, *, whole_domain: bool, by: int | None, queue: JobQueue = _QUEUE
) -> Fact:
    """Ask about an address, or about all of its domain, no more; its mail is entered as before.

    The entry waits on if it has others whom nobody knows.  NotHeld, NothingToIgnore.
    """
    kind = FactKind.DOMAIN_IGNORED if whole_domain else FactKind.ADDRESS_IGNORED
    on = _On(entry_id, participant_id)
    async with _deciding(kind, on, by=by, lasting=True, queue=queue) as case:
        one, about = case.participant, case.fact.about
        one.reason, one.reason_parameters = Reason.IGNORED_ADDRESS, {"address": about}
        await decisions.write(one, by=by, strength=None)
        await look_again([entry_id], [Reason(case.entry.held_reason or "")])
        return case.fact


def ignorable(written: str, *, whole_domain: bool) -> str | None:
    """Return the address, or the domain that one organisation alone uses, in look-up form; None without one."""
    address = Address.parse(written)
    if address is None:
        return None
    return address.private_domain if whole_domain else address.key


@dataclass(frozen=True, slots=True)
class _On:
    """What is decided on: a participant of an entry, or (*is_whole*) the entry whoever took part."""

    entry_id: int
    participant_id: int | None
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class _Case:
    """A decision at hand."""

    entry: Entry
    participant: Participant
    fact: Fact


@asynccontextmanager
async def _deciding(
    kind: FactKind, on: _On, *, by: int | None, lasting: bool, queue: JobQueue
) -> AsyncIterator[_Case]:
    """Yield what is decided on; then what that settles besides is settled, all in one transaction."""
    async with transaction():
        await one_at_a_time()
        entry = await decisions.held_entry(on.entry_id)
        if entry is None:
            raise NotHeld(str(on.entry_id))
        participant = _chosen(entry, on)
        about = _about(kind, participant)
        fact = await facts.note(
            kind,
            about=about,
            written=about if kind in _IGNORING and not is_paper(about) else participant.written,
            since=entry.at.date(),
            lasting=lasting and bool(about) and _tells(kind, about),
            entry_id=entry.id,
            staff_id=by,
        )
        async with trail.following(fact.id):
            yield _Case(entry, participant, fact)
            if fact.lasting and await settle(fact):
                await queue.enqueue([SettleFact(fact.id)])


def _about(kind: FactKind, participant: Participant) -> str:
    if is_paper(participant.key) and kind in _OF_FIRM:
        return firm_key(participant.key)
    if kind not in _IGNORING:
        return participant.key
    about = ignorable(participant.written, whole_domain=kind is FactKind.DOMAIN_IGNORED)
    if about is None or not participant.key:
        raise NothingToIgnore(participant.written)
    return about


def _tells(kind: FactKind, about: str) -> bool:
    """Tell whether the same address says the same another time: a firm's letterhead does not say who there wrote."""
    return kind is not FactKind.PERSON or not is_paper(about) or names_person(about)


def _chosen(entry: Entry, on: _On) -> Participant:
    participants = list(entry.participants)
    if not participants and on.participant_id is None:
        return decisions.unnamed_author(entry)
    for one in participants:
        if on.is_whole or one.id == on.participant_id:
            return one
    raise NotHeld(str(on.participant_id))


async def _organisation(case: _Case, who: Somebody) -> int | None:
    """Return the organisation of somebody new; one of a new name is entered with the address's domain."""
    if not who.new_organisation:
        return who.organisation_id
    domain = ignorable(case.participant.written, whole_domain=True)
    belongings = [(OrganisationDomain, {"domain": domain})] if domain else []
    entered = await directory_edits.add(
        Organisation, {"name": who.new_organisation}, staff_id=case.fact.staff_id, belongings=belongings
    )
    return int(entered.id)


async def _assign(case: _Case, person_id: int) -> None:
    person_id = await survivor_of(Party.PERSON, person_id) or person_id
    person = (await persons([person_id])).get(person_id)
    if person is None:
        raise NotHeld(str(person_id))
    link(case.participant, person, on=case.entry.at.date())
    await facts.tell_whom(case.fact, person_id=person_id)
    await _write(case)


async def _assign_organisation(case: _Case, organisation_id: int) -> None:
    organisation_id = await survivor_of(Party.ORGANISATION, organisation_id) or organisation_id
    organisation = (await organisations([organisation_id])).get(organisation_id)
    if organisation is None:
        raise NotHeld(str(organisation_id))
    link_to_organisation(case.participant, organisation)
    await facts.tell_whom(case.fact, organisation_id=organisation_id)
    await _write(case)


async def _write(case: _Case) -> None:
    """Write who the participant is; the entry is held no more, and stands in its conversation."""
    one, by = case.participant, case.fact.staff_id
    one.reason, one.reason_parameters = Reason.DECIDED_BY_HAND, {"staff": await decisions.name_of(by)}
    await decisions.write(one, by=by)
    await filing.set_held(case.entry.id, None, {})
    if case.fact.lasting and not is_paper(one.key):  # what is told of a letterhead, the fact itself keeps
        await decisions.remember_address(one, on=case.entry.at.date(), by=by)
    for thread_id in await decisions.threads_of([case.entry.id]):
        await join_related(thread_id)
