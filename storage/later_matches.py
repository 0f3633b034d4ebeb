"""Which mail came after a decision and was matched by nothing but it?  Nobody, once that is taken back."""

from collections.abc import AsyncIterator
from typing import Any

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from mail.paper_address import is_paper
from storage.correspondents import EmailAddress
from storage.decisions import of_address
from storage.entries import Participant
from storage.facts import Fact, FactKind, told
from storage.facts import ignored as still_ignored
from storage.reasons import Reason
from storage.trail import AT_ONCE


async def of(fact: Fact) -> AsyncIterator[list[int]]:
    """Yield the entries, in groups, whose participants a fact that is gone had told; they are nobody's now."""
    found = await _told_by(fact)
    while found is not None and (those := await found.order_by("id").limit(AT_ONCE)):
        for one in those:
            one.person_id = one.organisation_id = None
            one.strength = None  # type: ignore[assignment]
            one.function, one.reason = "", Reason.UNKNOWN_ADDRESS
            one.reason_parameters = {"address": one.written}
        columns = ["person_id", "organisation_id", "strength", "function", "reason", "reason_parameters"]
        await Participant.bulk_update(those, fields=columns)
        yield sorted({one.entry_id for one in those})


async def _told_by(fact: Fact) -> QuerySet[Participant] | None:
    """Return the participants that only a fact had told; None where something else tells them too."""
    if not fact.lasting:
        return None
    if fact.kind in {FactKind.ADDRESS_IGNORED, FactKind.DOMAIN_IGNORED}:
        return None if await still_ignored([fact.about]) else _ignored_by(fact)
    if is_paper(fact.about):
        letters = of_address(fact.about).filter(reason=Reason.LETTERHEAD_TOLD)
        return None if await told([fact.about]) else letters
    whose: dict[str, Any] = {"person_id": fact.person_id}
    if not fact.person_id:
        whose["organisation_id"] = fact.organisation_id
    if await EmailAddress.filter(key=fact.about, **whose).exists():
        return None
    reason = Reason.EXACT_ADDRESS if fact.kind is FactKind.PERSON else Reason.ORGANISATION_ADDRESS
    return Participant.filter(key=fact.about, reason=reason, **whose)


def _ignored_by(fact: Fact) -> QuerySet[Participant]:
    if fact.kind is FactKind.ADDRESS_IGNORED:
        return of_address(fact.about).filter(reason=Reason.IGNORED_ADDRESS, person_id=None)
    ends = Q(key__endswith=f"@{fact.about}") | Q(key__endswith=f".{fact.about}")
    return Participant.filter(ends, reason=Reason.IGNORED_ADDRESS, person_id=None)
