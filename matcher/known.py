"""What do the tables know about a batch of messages?  What rules may ask, read once for all of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mail.address import untagged
from mail.message import Automatic, ParsedMessage
from mail.paper_address import firm_key, is_paper
from matcher.decide import Match
from matcher.evidence import Case
from matcher.naming import Naming
from matcher.parties import Outsider
from matcher.signs.signs import Signs
from storage.entries import Direction, ParticipantRole
from storage.lookups import Holder, KnownOrganisation, KnownPerson, Party
from storage.postal import AtHome
from storage.storable import storable_id
from storage.telling import NamedOrganisation, Telephone

_MOST_REFERENCES = 50
_MOST_DOMAINS = 8
_NO_SIGNS = Signs()


@dataclass(frozen=True, slots=True)
class Told:
    """Whom the signs of a batch name; *own* are the organisations that are we ourselves."""

    by_customer_number: Mapping[str, KnownOrganisation] = field(default_factory=dict)
    by_registered_number: Mapping[str, KnownOrganisation] = field(default_factory=dict)
    by_phone: Mapping[str, Sequence[Telephone]] = field(default_factory=dict)
    by_name: Mapping[str, Sequence[NamedOrganisation]] = field(default_factory=dict)
    own: frozenset[int] = frozenset()


@dataclass(slots=True)
class LookUps:
    """What rules may ask: whose an address or domain is, who took part in the conversations referred to.

    Of authors whom their address does not tell also whom their message names, and of
    those who are new at a known organisation who of it is named.
    """

    holders: Mapping[str, Sequence[Holder]]
    domains: Mapping[str, KnownOrganisation]
    persons: dict[int, KnownPerson]
    organisations: dict[int, KnownOrganisation]
    told: Told = field(default_factory=Told)
    namings: dict[tuple[int, str], tuple[Naming, KnownOrganisation]] = field(default_factory=dict)
    reachable_at: Mapping[int, set[str]] = field(default_factory=dict)
    letterheads: Mapping[str, Holder] = field(default_factory=dict)
    at_home: Mapping[str, Sequence[AtHome]] = field(default_factory=dict)
    _parties: defaultdict[str, dict[Party, None]] = field(default_factory=lambda: defaultdict(dict))
    _signs: dict[int, Signs] = field(default_factory=dict)
    ignored: Collection[str] = frozenset()

    def parties_in_thread(self, message: ParsedMessage) -> Iterable[Party]:
        """Return whom the messages that *message* refers to were with."""
        found = (party for reference in references_of(message) for party in self._parties[reference])
        return dict.fromkeys(found)

    def organisation_at(self, outsider: Outsider) -> tuple[str, KnownOrganisation] | None:
        """Return the nearest domain of an address that belongs to an organisation, with that one."""
        for domain in domains_of(outsider):
            if organisation := self.domains.get(domain):
                return domain, organisation
        return None

    def signs_of(self, case: Case) -> Signs:
        """Return what a message says of its author; nothing where the address says who it is."""
        return self._signs.get(id(case.message), _NO_SIGNS)

    def keep_signs(self, case: Case, signs: Signs) -> None:
        """Keep them for as long as the batch is matched; each message is one object."""
        self._signs[id(case.message)] = signs

    def naming(self, case: Case, outsider: Outsider) -> tuple[Naming, KnownOrganisation] | None:
        """Return who of an organisation is named at a new address of it."""
        return self.namings.get((id(case.message), outsider.key))

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
    if is_paper(key):
        yield from dict.fromkeys((key, firm_key(key)))
        return
    yield from dict.fromkeys((key, untagged(key)[0]))
    domain = key.rpartition("@")[2]
    while domain:
        yield domain
        domain = domain.partition(".")[2]


def references_of(message: ParsedMessage) -> list[str]:
    """Return the Message-IDs that a message refers to, the nearest first, as threads keep them."""
    references = [*message.in_reply_to, *reversed(message.references)]
    return list(dict.fromkeys(storable_id(reference) for reference in references[:_MOST_REFERENCES]))


def domains_of(outsider: Outsider) -> list[str]:
    """Return the domain of an address and those above it, the registrable one last; none where strangers share it."""
    registrable = outsider.address.private_domain
    if registrable is None:
        return []
    labels = outsider.address.domain_key.split(".")
    most = len(labels) - registrable.count(".")
    return [".".join(labels[at:]) for at in range(max(0, most - _MOST_DOMAINS), most)]


def author_of(case: Case) -> Outsider | None:
    """Return the outsider whom a message's own words tell of: who wrote it themselves.

    None if we, several, a list or a server did.
    """
    if case.parties.signer:
        return next(one for one in case.parties.outsiders if one.key == case.parties.signer)
    if case.parties.direction is not Direction.INCOMING:
        return None
    if case.message.automatic in {Automatic.BOUNCE, Automatic.LIST}:
        return None
    authors = [one for one in case.parties.outsiders if one.role is ParticipantRole.FROM]
    return authors[0] if len(authors) == 1 else None
