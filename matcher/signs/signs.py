"""What a message says itself about who wrote it, read once and looked up for many at a time."""

from dataclasses import dataclass

from mail.address import Address
from mail.message import ParsedMessage
from mail.paper_address import PaperAddress
from matcher.signs.names import firms, signers
from matcher.signs.numbers import CustomerNumbers, customer_numbers, registered_numbers
from matcher.signs.phones import phones, phones_elsewhere
from matcher.signs.written import written

_NONE = CustomerNumbers()


@dataclass(frozen=True, slots=True)
class Signs:
    """Numbers and names that an author gives; *registered* ones with their kind.

    *phones_elsewhere* are what numbers are in other countries than the author's and ours.
    """

    customer_numbers: CustomerNumbers = _NONE
    registered: tuple[tuple[str, str], ...] = ()
    phones: tuple[str, ...] = ()
    phones_elsewhere: tuple[str, ...] = ()
    firms: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()


def signs_of(message: ParsedMessage, author: Address | PaperAddress, *, country: str) -> Signs:
    """Return the signs of a message that *author* wrote; of an organisation and of the person.

    *country* (ISO 3166-1) is ours: where telephone numbers that name none are dialled.
    """
    its = written(message)
    card = (*its.last, *its.signature)
    return Signs(
        customer_numbers(its.subject, its.text, "\n".join(its.signature)),
        registered_numbers(card),
        phones(card, domain=author.domain_key, country=country),
        phones_elsewhere(card, domain=author.domain_key, country=country),
        firms(card),
        signers(card),
    )


def signers_of(message: ParsedMessage) -> Signs:
    """Return the signs of the person alone: the organisation is known."""
    its = written(message)
    return Signs(signers=signers((*its.last, *its.signature)))
