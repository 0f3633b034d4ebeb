"""What else does a decision settle?  Others of the same address that nobody could tell.

Only who was nobody is told: somebody who was taken for a person stays that person.  A
bounded number at once; where more waits, a job goes on (`storage.jobs.SettleFact`).
"""

from collections.abc import Sequence

from history.copies import LACKS_SOMEBODY, look_again
from history.linking import link, link_to_organisation
from history.threads import join_related
from mail.paper_address import is_paper
from storage import decisions, facts, trail
from storage.connect import transaction
from storage.entering import one_at_a_time
from storage.entries import Participant, Strength
from storage.facts import Fact, FactKind
from storage.jobs import Claimed, JobQueue, SettleFact, payload_of
from storage.lookups import organisations, persons
from storage.reasons import Reason

AT_ONCE = 100
_TOLD = {FactKind.PERSON, FactKind.ORGANISATION}


async def settle(fact: Fact) -> bool:
    """Tell who those are that a lasting fact decides too, and whether more of them are left.

    In the caller's transaction, which follows the fact.
    """
    alike = await decisions.open_alike(fact, most=AT_ONCE + 1)
    now = alike[:AT_ONCE]
    await _tell(fact, now)
    for one in now:
        strength = None if one.reason == Reason.IGNORED_ADDRESS else Strength.CERTAIN
        await decisions.write(one, by=fact.staff_id, strength=strength)
    entry_ids = sorted({one.entry_id for one in now})
    await look_again(entry_ids, LACKS_SOMEBODY)
    await facts.count_settled(fact.id, len(entry_ids))
    if fact.person_id or fact.organisation_id:
        for thread_id in await decisions.threads_of(entry_ids):
            await join_related(thread_id)
    return len(alike) > len(now)


async def settle_more(jobs: Sequence[Claimed], *, queue: JobQueue) -> None:
    """Go on with facts that settle more than was done at once; one that was taken back settles nothing."""
    for job in jobs:
        async with transaction():
            await one_at_a_time()
            fact = await facts.fact(payload_of(job, SettleFact).fact_id)
            if fact is not None:
                async with trail.following(fact.id):
                    is_more = await settle(fact)
                await queue.enqueue([SettleFact(fact.id)] if is_more else [])
            await queue.done([job])


async def _tell(fact: Fact, alike: Sequence[Participant]) -> None:
    """Tell who those are; of those who wrote on paper, a decision is the reason and no address."""
    await _link(fact, alike)
    for one in alike if is_paper(fact.about) and fact.kind in _TOLD else ():
        correspondent = one.reason_parameters.get("person") or one.reason_parameters.get("organisation", "")
        one.reason = Reason.LETTERHEAD_TOLD
        one.reason_parameters = {"address": one.written, "correspondent": correspondent}


async def _link(fact: Fact, alike: Sequence[Participant]) -> None:
    if fact.kind is FactKind.PERSON and fact.person_id:
        person = (await persons([fact.person_id]))[fact.person_id]
        for one in alike:
            link(one, person, on=one.at.date())
            one.reason = Reason.EXACT_ADDRESS
            one.reason_parameters = {"address": one.written, "person": person.name}
    elif fact.kind is FactKind.ORGANISATION and fact.organisation_id:
        organisation = (await organisations([fact.organisation_id]))[fact.organisation_id]
        for one in alike:
            link_to_organisation(one, organisation)
            one.reason = Reason.ORGANISATION_ADDRESS
            one.reason_parameters = {"address": one.written, "organisation": organisation.name}
    else:
        for one in alike:
            one.reason, one.reason_parameters = Reason.IGNORED_ADDRESS, {"address": fact.about}
