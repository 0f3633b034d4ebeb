"""A number in subject or text is the customer number of an organisation."""

from collections.abc import Iterator, Sequence

from mail.paper_address import PaperAddress
from matcher.evidence import Case, Evidence
from matcher.known import LookUps, author_of
from matcher.parties import Outsider
from storage.entries import Strength
from storage.reasons import Reason


async def customer_number(case: Case, look_ups: LookUps) -> Sequence[Evidence]:
    """Return whose the customer numbers are that the author of a message names."""
    return customer_numbers(case, look_ups)


def customer_numbers(case: Case, look_ups: LookUps) -> list[Evidence]:
    """Return the same, for those who ask which organisations are named.

    A number that nothing calls a customer number is but a hint; so is every one that a machine
    wrote, and one from the domain of somebody else who does not call it their own: it may be
    the number that we have with them.
    """
    author = author_of(case)
    return list(_of(author, case, look_ups)) if author else []


def _is_firms(author: Outsider) -> bool:
    """Tell whether a firm's letterhead stands on a letter: a number on it may be the one we have with them."""
    return isinstance(author.address, PaperAddress) and bool(author.address.organisation)


def _of(author: Outsider, case: Case, look_ups: LookUps) -> Iterator[Evidence]:
    numbers = look_ups.signs_of(case).customer_numbers
    written = case.message.automatic is None
    alone = written and author.address.private_domain is None and not _is_firms(author)
    for those, sure in ((numbers.own, written), (numbers.called, alone), (numbers.bare, False)):
        for number in those:
            firm = look_ups.told.by_customer_number.get(number)
            if firm and firm.id not in look_ups.told.own:
                yield Evidence(
                    author.key,
                    Strength.STRONG if sure else Strength.WEAK,
                    Reason.CUSTOMER_NUMBER if sure else Reason.BARE_NUMBER,
                    {"number": number, "organisation": firm.name},
                    organisation=firm,
                )
