"""Whom is each message of a batch with?  Look-ups once, then rules and a decision for each address."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mail.message import ParsedMessage
from matcher.decide import Match, decide
from matcher.evidence import Case, Evidence
from matcher.known import LookUps
from matcher.look_ups import look_up, own_of
from matcher.parties import Parties, parties_of
from matcher.rules.order import RULES
from storage.entries import Strength


@dataclass(frozen=True, slots=True)
class Matched:
    """Who took part in a message, and whom each outside address (by key) was taken for, on what evidence."""

    parties: Parties
    matches: Mapping[str, Match]
    evidence: Mapping[str, Sequence[Evidence]]


async def match_all(messages: Sequence[tuple[ParsedMessage, datetime]]) -> list[Matched]:
    """Return who took part in messages of certain times, in the same order.

    A message may answer an earlier one of the same batch and profit from its match.
    """
    own = await own_of([message for message, _ in messages])
    cases = [Case(message, parties_of(message, own), at.date()) for message, at in messages]
    return await match_cases(cases, [at for _, at in messages])


async def match_cases(cases: Sequence[Case], times: Sequence[datetime]) -> list[Matched]:
    """Return whom the outside addresses of cases of certain times were taken for, in the same order."""
    look_ups = await look_up(cases)
    matched: dict[int, Matched] = {}
    # What answers comes later than what it answers, in whichever order they came here.
    for number in sorted(range(len(cases)), key=lambda number: times[number]):
        matched[number] = await _match(cases[number], look_ups)
    return [matched[number] for number in range(len(cases))]


async def _match(case: Case, look_ups: LookUps) -> Matched:
    evidence: dict[str, list[Evidence]] = defaultdict(list)
    for rule in RULES:
        for one in await rule(case, look_ups):
            about = _about(one, case.parties)
            evidence[about.about].append(about)
    matches = {
        outsider.key: decide(str(outsider.address), evidence[outsider.key], on=case.day)
        for outsider in case.parties.outsiders
        if outsider.key not in case.parties.also
    }
    look_ups.note(case, matches)
    return Matched(case.parties, matches, evidence)


def _about(one: Evidence, parties: Parties) -> Evidence:
    """Return evidence about the outsider who has the address; what is only printed on a letter is never certain."""
    whose = parties.also.get(one.about)
    if whose is None:
        return one
    strength = Strength.STRONG if one.strength is Strength.CERTAIN else one.strength
    return replace(one, about=whose, strength=strength)
