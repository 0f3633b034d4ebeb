"""What do the tables know about a batch of messages?  Read once for all of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mail.address import untagged
from mail.message import ParsedMessage
from matcher.decide import Match
from matcher.evidence import Case
from matcher.parties import addresses_of
from storage import facts, lookups
from storage.lookups import Holder, KnownOrganisation, KnownPerson, Own, Party
from storage.storable import storable_id

_MOST_REFERENCES = 50


@dataclass(frozen=True, slots=True)
class LookUps:
    """What rules may ask: whose an address or domain is, and who took part in the conversations referred to."""

    holders: Mapping[str, Sequence[Holder]]
    domains: Mapping[str, KnownOrganisation]
    persons: dict[int, KnownPerson]
    organisations: dict[int, KnownOrganisation]
    _parties: defaultdict[str, dict[Party, None]] = field(default_factory=lambda: defaultdict(dict))
    ignored: Collection[str] = frozenset()

    def parties_in_thread(self, message: ParsedMessage) -> Iterable[Party]:
        """Return whom the messages that *message* refers to were with."""
        found = (party for reference in references_of(message) for party in self._parties[reference])
        return dict.fromkeys(found)

    def note(self, case: Case, matches: Mapping[str, Match]) -> None:
        """Remember what was decided, for a later message of the same batch that answers this one."""
        parties = {
            Party(
                key,
                match.person.id if match.person else None,
                match.organisation.id if match.organisation else None,
            ): None
            for key, match in matches.items()
            if match.person or match.organisation
        }
        self.persons.update({match.person.id: match.person for match in matches.values() if match.person})
        self.organisations.update(
            {match.organisation.id: match.organisation for match in matches.values() if match.organisation}
        )
        own_id = [storable_id(case.message.message_id)] if case.message.message_id else []
        for reference in [*own_id, *references_of(case.message)]:
            self._parties[reference] |= parties


def ignorable_names(key: str) -> Iterator[str]:
    """Yield by what an address may be ignored: itself, without its tag, its domain and those above."""
    yield from dict.fromkeys((key, untagged(key)[0]))
    domain = key.rpartition("@")[2]
    while domain:
        yield domain
        domain = domain.partition(".")[2]


def references_of(message: ParsedMessage) -> list[str]:
    """Return the Message-IDs that a message refers to, the nearest first, as threads keep them."""
    references = [*message.in_reply_to, *reversed(message.references)]
    return list(dict.fromkeys(storable_id(reference) for reference in references[:_MOST_REFERENCES]))


async def own_of(messages: Sequence[ParsedMessage]) -> Own:
    """Return which addresses of some messages are ours."""
    keys = {one.key for message in messages for one in addresses_of(message)}
    return await lookups.own(keys | {untagged(key)[0] for key in keys})


async def look_up(cases: Sequence[Case]) -> LookUps:
    """Return what is known of all outsiders and conversations of *cases*."""
    outsiders = [outsider for case in cases for outsider in case.parties.outsiders]
    domains = {
        domain
        for one in outsiders
        for domain in (one.address.domain_key, one.address.private_domain)
        if domain
    }
    parties = await _parties_by_reference({ref for case in cases for ref in references_of(case.message)})
    known = [party for those in parties.values() for party in those]
    return LookUps(
        holders=await lookups.holders({one.key for one in outsiders}),
        domains=await lookups.organisations_by_domain(domains),
        persons=await lookups.persons({one.person_id for one in known if one.person_id}),
        organisations=await lookups.organisations(
            {one.organisation_id for one in known if one.organisation_id}
        ),
        _parties=parties,
        ignored=await facts.ignored({name for one in outsiders for name in ignorable_names(one.key)}),
    )


async def _parties_by_reference(references: set[str]) -> defaultdict[str, dict[Party, None]]:
    """Return who took part where each Message-ID was seen, each once however many threads that are."""
    threads = await lookups.threads_by_reference(references)
    by_thread = await lookups.parties_of_threads({one for those in threads.values() for one in those})
    found: defaultdict[str, dict[Party, None]] = defaultdict(dict)
    for reference, ids in threads.items():
        found[reference] = {party: None for thread_id in ids for party in by_thread.get(thread_id, [])}
    return found
