"""The IBAN, UID or VAT number in a signature is an organisation's."""

from collections.abc import Sequence

from matcher.evidence import Case, Evidence
from matcher.known import LookUps, author_of
from storage.entries import Strength
from storage.reasons import Reason


async def registered_number(case: Case, look_ups: LookUps) -> Sequence[Evidence]:
    """Return whose the registered numbers are that the author of a message signs with."""
    return registered_numbers(case, look_ups)


def registered_numbers(case: Case, look_ups: LookUps) -> list[Evidence]:
    """Return the same, for those who ask which organisations are named."""
    author, told = author_of(case), look_ups.told
    return [
        Evidence(
            author.key,
            Strength.STRONG,
            Reason.REGISTERED_NUMBER,
            {"number": value, "organisation": firm.name},
            organisation=firm,
        )
        for _, value in look_ups.signs_of(case).registered
        if author and (firm := told.by_registered_number.get(value)) and firm.id not in told.own
    ]
