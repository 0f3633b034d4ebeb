"""Somebody decided that nobody is to be asked about an address, or about all of a domain."""

from collections.abc import Sequence

from matcher.evidence import Case, Evidence
from matcher.known import LookUps, ignorable_names
from storage.entries import Strength
from storage.reasons import Reason


async def ignored(case: Case, look_ups: LookUps) -> Sequence[Evidence]:
    """Return evidence of nobody for each outside address that is ignored: it only counts where nobody else is told."""
    return [
        Evidence(outsider.key, Strength.WEAK, Reason.IGNORED_ADDRESS, {"address": name})
        for outsider in case.parties.outsiders
        for name in ignorable_names(outsider.key)
        if name in look_ups.ignored
    ]
