"""What do the tables know about a batch of messages?  A few queries for all of them.

First whose the addresses are.  Only of authors whom these do not tell is read what the
messages say themselves; and only of organisations with a new address, who works there.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mail.address import untagged
from mail.message import ParsedMessage
from matcher.evidence import Case
from matcher.known import LookUps, Told, author_of, domains_of, ignorable_names, references_of
from matcher.legal_forms import keys_of
from matcher.naming import Fullness, Naming, by_local_part, by_name, by_signature, is_personal, words_in
from matcher.paper import look_up_paper
from matcher.parties import Outsider, addresses_of
from matcher.rules.customer_number import customer_numbers
from matcher.rules.letterhead import letterheads
from matcher.rules.organisation_name import organisation_names
from matcher.rules.phone_number import phone_numbers
from matcher.rules.registered_number import registered_numbers
from matcher.shared_addresses import is_office
from matcher.signs.signs import Signs, signers_of, signs_of
from storage import facts, lookups, telling
from storage.entries import Strength
from storage.lookups import KnownOrganisation, KnownPerson, Own, Party, valid_on

__all__ = ["look_up", "own_of", "references_of"]
_MOST_PARTIES = 200  # of one conversation
_MOST_NAMES = 150  # of one message: variants of what its signature may name


async def own_of(messages: Sequence[ParsedMessage]) -> Own:
    """Return which addresses of some messages are ours."""
    keys = {one.key for message in messages for one in addresses_of(message)}
    return await lookups.own(keys | {untagged(key)[0] for key in keys})


async def look_up(cases: Sequence[Case]) -> LookUps:
    """Return what is known of all outsiders and conversations of *cases*."""
    outsiders = [outsider for case in cases for outsider in case.parties.outsiders]
    keys = {one.key for one in outsiders}
    parties = await _parties_by_reference({ref for case in cases for ref in references_of(case.message)})
    known = [party for those in parties.values() for party in those]
    found = LookUps(
        holders=await lookups.holders(keys | {untagged(key)[0] for key in keys}),
        domains=await lookups.organisations_by_domain(
            {domain for one in outsiders for domain in domains_of(one)}
        ),
        persons=await lookups.persons({one.person_id for one in known if one.person_id}),
        organisations=await lookups.organisations(
            {one.organisation_id for one in known if one.organisation_id}
        ),
        _parties=parties,
        ignored=await facts.ignored({name for one in outsiders for name in ignorable_names(one.key)}),
    )
    await _read_signs(cases, found)
    await look_up_paper(cases, found)
    await _name_persons(cases, found)
    return found


async def _parties_by_reference(references: set[str]) -> defaultdict[str, dict[Party, None]]:
    """Return who took part where each Message-ID was seen, each once however many threads that are."""
    threads = await lookups.threads_by_reference(references)
    seen_in = {one for those in threads.values() for one in those}
    by_thread = await lookups.parties_of_threads(seen_in, most=_MOST_PARTIES)
    found: defaultdict[str, dict[Party, None]] = defaultdict(dict)
    for reference, ids in threads.items():
        found[reference] = {party: None for thread_id in ids for party in by_thread.get(thread_id, [])}
    return found


async def _read_signs(cases: Sequence[Case], found: LookUps) -> None:
    """Read what messages say of authors whom their address does not tell, and look all of it up."""
    read: list[Signs] = []
    for case in cases:
        author = author_of(case)
        if author is None:
            continue
        holders = _holders(author, found)
        if len({one.person.id for one in holders if one.person}) == 1:
            continue
        if holders or found.organisation_at(author):
            found.keep_signs(case, signers_of(case.message))
        else:
            read.append(signs_of(case.message, author.address))
            found.keep_signs(case, read[-1])
    if not any(one != Signs(signers=one.signers) for one in read):
        return
    customers = {
        number
        for one in read
        for numbers in (one.customer_numbers.own, one.customer_numbers.called, one.customer_numbers.bare)
        for number in numbers
    }
    found.told = Told(
        await telling.by_customer_number(customers),
        await telling.by_registered_number({number for one in read for number in one.registered}),
        await telling.by_phone({number for one in read for number in one.phones}),
        await telling.by_name({key for one in read for key in _name_keys(one)}),
        frozenset(firm.id for firm in (await lookups.organisations_that_are_we()).values()),
    )


def _name_keys(signs: Signs) -> list[str]:
    return list(dict.fromkeys(key for name in signs.firms for key in sorted(keys_of(name))))[:_MOST_NAMES]


@dataclass(frozen=True, slots=True)
class _New:
    """An outsider at a new or shared address of organisations."""

    case: Case
    outsider: Outsider
    firms: tuple[KnownOrganisation, ...]
    texts: tuple[str, ...]

    @property
    def local_part(self) -> str:
        """The local part, where it may name a person."""
        local_part = self.outsider.address.local_part
        return "" if is_office(local_part) else local_part


async def _name_persons(cases: Sequence[Case], found: LookUps) -> None:
    """Find who of an organisation is named where an address is new, or the organisation's own."""
    new = [each for case in cases for each in _new(case, found)]
    firms = {firm.id for one in new for firm in one.firms}
    words = {word for one in new for text in one.texts for word in words_in(text)}
    words |= {word for one in new for word in words_in(one.local_part, joined=True)}
    staffs = await telling.persons_at(firms, words)
    initials: set[int] = set()
    for one in new:
        for firm in one.firms:
            naming = _naming(one, firm, staffs.get(firm.id, ()))
            if naming is None:
                continue
            found.namings[id(one.case.message), one.outsider.key] = naming, firm
            if naming.fullness is Fullness.INITIAL:
                initials |= {person.id for person in naming.persons}
    found.reachable_at = await telling.domains_of_persons(initials)


def _new(case: Case, found: LookUps) -> Iterator[_New]:
    author = author_of(case)
    for outsider in case.parties.outsiders:
        holders = _holders(outsider, found)
        if any(one.person for one in holders):
            continue
        firms = {
            one.organisation.id: one.organisation
            for one in holders
            if one.organisation and valid_on(case.day, one.since, one.until)
        }
        if not firms and (at := found.organisation_at(outsider)):
            firms[at[1].id] = at[1]
        if not firms and outsider == author:
            firms = _told(case, found)
        if firms:
            signers = found.signs_of(case).signers if outsider == author else ()
            yield _New(case, outsider, tuple(firms.values()), (outsider.name, *signers))


def _told(case: Case, found: LookUps) -> dict[int, KnownOrganisation]:
    """Return the organisations that a message names for sure."""
    rules = (letterheads, registered_numbers, phone_numbers, customer_numbers, organisation_names)
    evidence = [one for rule in rules for one in rule(case, found) if one.strength is not Strength.WEAK]
    printed = (found.organisation_at(one) for one in case.parties.outsiders if one.key in case.parties.also)
    by_domain = {at[1].id: at[1] for at in printed if at}
    return by_domain | {one.organisation.id: one.organisation for one in evidence if one.organisation}


def _naming(new: _New, firm: KnownOrganisation, staff: Sequence[KnownPerson]) -> Naming | None:
    """Return who of *firm* is named: by the display name; where it gives nobody's, by local part, by signature."""
    there = [
        one for one in staff if any(role.organisation.id == firm.id for role in one.roles_on(new.case.day))
    ]
    display, *signers = new.texts
    named = by_name(display, there)
    if named is None and is_personal(display, firm.name):
        return None  # it is somebody whom we do not know
    local = by_local_part(new.local_part, there) if new.local_part else None
    if named and local and not set(named.persons) & set(local.persons):
        return None  # the name is one person's and the address another's
    found = [one for one in (named, local, by_signature(signers, there)) if one]
    return next((one for one in found if one.fullness > Fullness.PART), next(iter(found), None))


def _holders(outsider: Outsider, found: LookUps) -> Sequence[lookups.Holder]:
    return found.holders.get(outsider.key) or found.holders.get(untagged(outsider.key)[0], ())
