"""A person changes employer: the role of before ends, the new one begins, in one step.

Entries keep what was: who wrote from the old organisation then, wrote from there.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from storage import directory_edits
from storage.connect import transaction
from storage.correspondents import EmailAddress, OrganisationDomain, Person, Role


@dataclass(frozen=True, slots=True)
class Move:
    """Where somebody works from *first_day* on.

    The roles in *ending* and the e-mail addresses in *lost* end the day before.
    """

    organisation_id: int
    function: str
    first_day: date
    ending: frozenset[int]
    lost: frozenset[int] = frozenset()


class EndsBeforeItBegan(ValueError):
    """A role or address that is to end began later: *since*."""

    def __init__(self, since: date) -> None:
        super().__init__(f"it began on {since}")
        self.since = since


async def move(person_id: int, its: Move, *, staff_id: int | None) -> Role:
    """Let a person change employer, each part in the journal.  EndsBeforeItBegan, and nothing is changed."""
    last_day = its.first_day - timedelta(days=1)
    async with transaction():
        for model, ids in ((Role, its.ending), (EmailAddress, its.lost)):
            for row in await model.filter(id__in=list(ids), person_id=person_id, until__isnull=True).order_by(
                "id"
            ):
                if row.since and row.since > last_day:
                    raise EndsBeforeItBegan(row.since)
                await directory_edits.change(model, row.id, {"until": last_day}, staff_id=staff_id)
        values = {
            "person_id": person_id,
            "organisation_id": its.organisation_id,
            "function": its.function,
            "since": its.first_day,
        }
        return await directory_edits.add(Role, values, staff_id=staff_id)


async def addresses_of_employers(person: Person, organisation_ids: Collection[int]) -> set[int]:
    """Return which of a person's addresses of today lie at the mail domains of organisations."""
    domains = OrganisationDomain.filter(organisation_id__in=list(organisation_ids))
    known = {row.domain for row in await domains}
    return {
        one.id
        for one in person.emails
        if one.until is None and any(_at(one.key.rpartition("@")[2], domain) for domain in known)
    }


def _at(host: str, domain: str) -> bool:
    return host == domain or host.endswith("." + domain)
