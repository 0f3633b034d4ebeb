"""What speaks for somebody in a message whose sender is not known?  Address, name, domain, conversation."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import permutations

from mail.address import Address
from mail.domains import is_nearly, nearly
from storage import conversations, letters, lookups, telling
from storage.correspondents import Party
from storage.entries import Entry, Participant
from storage.likely import likely_ids
from storage.lookups import KnownOrganisation, KnownPerson
from storage.named import persons_at, persons_beginning
from storage.sort_keys import sort_key, spellings
from storage.unmerging import survivor_of

_MOST_WORDS, _MOST_COLLEAGUES = 4, 3


class Hint(StrEnum):
    """What speaks for somebody, in the order in which it is told."""

    ADDRESS = "address"  # theirs at another time, or shared
    EVIDENCE = "evidence"  # a rule found them by what the message says
    FULL_NAME = "full-name"
    FAMILY_NAME = "family-name"
    NEAR_ADDRESS = "near-address"  # the domain is nearly that of an address of theirs
    WORKS_THERE = "works-there"  # at the organisation of the domain
    DOMAIN = "domain"  # it is the organisation of the domain
    CONVERSATION = "conversation"
    LETTER = "letter"  # what stands on a letter speaks for them
    FOUND = "found"


@dataclass(slots=True)
class Clues:
    """What speaks for which persons and organisations, by number; *known* are the latter."""

    persons: defaultdict[int, set[Hint]] = field(default_factory=lambda: defaultdict(set))
    organisations: defaultdict[int, set[Hint]] = field(default_factory=lambda: defaultdict(set))
    known: dict[int, KnownOrganisation] = field(default_factory=dict)


async def clues_of(entry: Entry, participant: Participant | None) -> Clues:
    """Return what speaks for whom."""
    clues = Clues()
    if participant is not None:
        _of_evidence(participant, clues)
    await _of_conversation(entry, clues)
    await _of_letter(entry, clues)
    if participant is not None:
        await _of_address(participant, clues)
        await _of_domain(participant, clues)
        await _of_name(participant, clues)
    missing = clues.organisations.keys() - clues.known.keys()
    clues.known |= await lookups.organisations(missing)
    return clues


def words_of(participant: Participant) -> list[str]:
    """Return the words of a name as the mail gives it, else of the address before the @."""
    local_part = participant.written.partition("@")[0].partition("+")[0]
    text = participant.name or local_part.replace(".", " ").replace("_", " ")
    return sort_key(text).split()[:_MOST_WORDS]


def _of_evidence(participant: Participant, clues: Clues) -> None:
    persons, organisations = likely_ids(participant.reason_parameters or {})
    for person_id in persons:
        clues.persons[person_id].add(Hint.EVIDENCE)
    for organisation_id in organisations:
        clues.organisations[organisation_id].add(Hint.EVIDENCE)


async def _of_address(participant: Participant, clues: Clues) -> None:
    holders = await lookups.holders([participant.key]) if participant.key else {}
    for one in holders.get(participant.key, ()):
        if one.person:
            clues.persons[one.person.id].add(Hint.ADDRESS)
        elif one.organisation:
            clues.organisations[one.organisation.id].add(Hint.ADDRESS)
            clues.known[one.organisation.id] = one.organisation


async def _of_domain(participant: Participant, clues: Clues) -> None:
    """Note the organisation of the address's domain with some who work there; of a misspelt one, whose it may be."""
    address = Address.parse(participant.written)
    registrable = address.private_domain if address else None
    if address is None or registrable is None:
        return
    found = await lookups.organisations_by_domain({address.domain_key, registrable})
    if employer := found.get(address.domain_key) or found.get(registrable):
        clues.organisations[employer.id].add(Hint.DOMAIN)
        clues.known[employer.id] = employer
        for person_id in await persons_at(employer.id, most=_MOST_COLLEAGUES):
            clues.persons[person_id].add(Hint.WORKS_THERE)
        return
    for one in (await lookups.organisations_by_domain(nearly(registrable))).values():
        clues.organisations[one.id].add(Hint.NEAR_ADDRESS)
        clues.known[one.id] = one


# What speaks for an organisation speaks for who works there and has the name.
_OF_STAFF = {
    Hint.EVIDENCE: Hint.EVIDENCE,
    Hint.NEAR_ADDRESS: Hint.NEAR_ADDRESS,
    Hint.DOMAIN: Hint.WORKS_THERE,
}


async def _of_name(participant: Participant, clues: Clues) -> None:
    words = [form for word in words_of(participant) for form in sorted(spellings(word)) if form]
    # Namesakes may be many: who has both names is looked for apart, and who works where something speaks for.
    both = [" ".join(pair) for pair in permutations(words, 2)]
    called_so = await persons_beginning(both)
    await _of_near_address(participant, called_so, clues)
    firms = {firm: hints for firm, hints in clues.organisations.items() if hints & _OF_STAFF.keys()}
    staffs = (await telling.persons_at(firms, words)).values()
    there = [person for staff in staffs for person in staff if _has_family_name(person, words)]
    for person in [*called_so, *there, *await persons_beginning(words)]:
        hints = clues.persons[person.id]
        hints.add(Hint.FULL_NAME if _has_both(person, words) else Hint.FAMILY_NAME)
        for role in person.roles:
            hints |= {_OF_STAFF[hint] for hint in firms.get(role.organisation.id, ()) if hint in _OF_STAFF}


async def _of_near_address(participant: Participant, persons: Collection[KnownPerson], clues: Clues) -> None:
    """Note of whose addresses the domain is misspelt, among those who have the name."""
    domain = participant.key.rpartition("@")[2]
    if not domain or not persons:
        return
    for person_id, domains in (await telling.domains_of_persons([one.id for one in persons])).items():
        if any(is_nearly(domain, one) for one in domains):
            clues.persons[person_id].add(Hint.NEAR_ADDRESS)


def _has_both(person: KnownPerson, words: Collection[str]) -> bool:
    """Tell whether given and family name are both among some words."""
    given = sort_key(person.given_name).split()[:1]
    return bool(given) and _all_in([*given, *sort_key(person.family_name).split()], words)


def _has_family_name(person: KnownPerson, words: Collection[str]) -> bool:
    return _all_in(sort_key(person.family_name).split(), words)


def _all_in(names: Iterable[str], words: Collection[str]) -> bool:
    return all(not spellings(name).isdisjoint(words) for name in names)


async def _of_letter(entry: Entry, clues: Clues) -> None:
    """Note whom rules found on a letter, as they are called now."""
    for one in await letters.evidence_of(entry.id):
        if person_id := one.get("person_id"):
            clues.persons[await survivor_of(Party.PERSON, person_id) or person_id].add(Hint.LETTER)
        elif firm_id := one.get("organisation_id"):
            clues.organisations[await survivor_of(Party.ORGANISATION, firm_id) or firm_id].add(Hint.LETTER)


async def _of_conversation(entry: Entry, clues: Clues) -> None:
    if entry.thread_id is None:
        return
    threads = await lookups.threads_by_reference(await conversations.references_of(entry.thread_id))
    ids = {one for those in threads.values() for one in those}
    for those in (await lookups.parties_of_threads(ids)).values():
        for party in those:
            if party.person_id:
                clues.persons[party.person_id].add(Hint.CONVERSATION)
            if party.organisation_id:
                clues.organisations[party.organisation_id].add(Hint.CONVERSATION)
