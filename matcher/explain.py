"""Why is a message with whom it is?  What each rule found of each outside participant, and what it comes to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mail.message import ParsedMessage
from matcher.decide import Match, candidates, decide
from matcher.evidence import Case, Evidence
from matcher.look_ups import look_up, own_of
from matcher.parties import Outsider, Parties, parties_of
from matcher.rules.order import RULES
from storage.lookups import KnownOrganisation, KnownPerson


@dataclass(frozen=True, slots=True)
class Explained:
    """An outside participant: the evidence by rule, in the order of the rules, and the decision.

    *candidates* are those whom the evidence is for, the likeliest first.
    """

    outsider: Outsider
    evidence: Mapping[str, Sequence[Evidence]]
    match: Match
    candidates: Sequence[KnownPerson | KnownOrganisation]


async def explain(
    message: ParsedMessage, at: datetime, *, country: str = "CH"
) -> tuple[Parties, list[Explained]]:
    """Return who took part in a message of a certain time, and why each outsider is taken for whom."""
    case = Case(message, parties_of(message, await own_of([message])), at.date())
    look_ups = await look_up([case], country=country)
    found = [(rule.__name__, await rule(case, look_ups)) for rule in RULES]
    explained = []
    for outsider in case.parties.outsiders:
        by_rule = {name: [one for one in those if one.about == outsider.key] for name, those in found}
        evidence = [one for those in by_rule.values() for one in those]
        match = decide(str(outsider.address), evidence, on=case.day)
        explained.append(Explained(outsider, by_rule, match, candidates(evidence)))
    return case.parties, explained
